package denial

import (
	"slices"
	"strings"
	"unicode"
)

// maxCodes is the most procedures, and diagnoses, that are listed.
const maxCodes = 100

// procedures lists the CPT codes: five figures of a family that massage meets,
// or behind a word for procedures. A ZIP code behind a state is none.
func (r *Reader) procedures(p *page, codes []read) []string {
	out := []string{}
	for s := range p.sentences {
		for i := p.sentences[s].from; i < p.sentences[s].to; i++ {
			w := p.words[i]
			if !w.digits || len(w.text) != 5 || len(out) >= maxCodes || slices.Contains(out, w.text) || p.zip(i) || !p.wholeNumber(w) {
				continue
			}
			if slices.ContainsFunc(r.reading.Codes.Families, func(f string) bool { return strings.HasPrefix(w.text, f) }) || p.behind(s, i, procedureCues) {
				out = append(out, w.text)
			}
		}
	}
	return out
}

// wholeNumber reports whether w is no part of a longer number or a sum.
func (p *page) wholeNumber(w word) bool {
	if w.start > 0 && strings.ContainsRune("$#.,-/", p.runes[w.start-1]) {
		return false
	}
	return w.end+1 >= len(p.runes) || !strings.ContainsRune(",.", p.runes[w.end]) || !digit(p.runes[w.end+1])
}

// zip reports whether word i is the ZIP code of an address.
func (p *page) zip(i int) bool {
	w := p.words[i]
	if w.end+4 < len(p.runes) && p.runes[w.end] == '-' && digit(p.runes[w.end+1]) && digit(p.runes[w.end+2]) && digit(p.runes[w.end+3]) && digit(p.runes[w.end+4]) {
		return true
	}
	if i == 0 || p.words[i-1].line != w.line {
		return false
	}
	state := p.words[i-1]
	raw := string(p.runes[state.start:state.end])
	return len(raw) == 2 && raw == strings.ToUpper(raw) && unicode.IsUpper(p.runes[state.start]) && !groups[raw] ||
		slices.Contains([]string{"washington", "oregon", "idaho", "alaska", "california"}, state.text)
}

// behind reports whether word i stands behind a cue of a kind, in a list of
// numbers at most.
func (p *page) behind(s, i int, k kind) bool {
	return slices.ContainsFunc(p.in(s, k), func(h hit) bool {
		if h.long > i || i-h.long > 8 {
			return false
		}
		for _, w := range p.words[h.long:i] {
			if !w.digits && !slices.Contains([]string{"and", "or", "code", "codes", "cpt", "is", "are", "no", "number", "s"}, w.text) && len(w.text) > 2 {
				return false
			}
		}
		return true
	})
}

// diagnoses lists the ICD-10-CM codes: with their dot, or without one behind a
// word for diagnoses or of a family of conditions.
func (r *Reader) diagnoses(p *page) []string {
	out := []string{}
	for s := range p.sentences {
		for i := p.sentences[s].from; i < p.sentences[s].to && len(out) < maxCodes; i++ {
			if code := r.diagnosis(p, s, i); code != "" && !slices.Contains(out, code) {
				out = append(out, code)
			}
		}
	}
	return out
}

func (r *Reader) diagnosis(p *page, s, i int) string {
	w := p.words[i]
	if w.held || w.digits || len(w.text) < 3 || len(w.text) > 7 || w.text[0] < 'a' || w.text[0] > 'z' || w.text[0] == 'u' {
		return ""
	}
	t := w.text
	if !digit(rune(t[1])) || !digit(rune(t[2])) && t[2] != 'a' && t[2] != 'b' {
		return ""
	}
	if len(t) == 3 {
		if i+1 == len(p.words) || p.words[i+1].start != w.end+1 || p.runes[w.end] != '.' || len(p.words[i+1].text) > 4 || !ascii(p.words[i+1].text) {
			return ""
		}
		return strings.ToUpper(t + "." + p.words[i+1].text)
	}
	if !ascii(t) || !w.capital && !p.shouts && p.form != Bare {
		return ""
	}
	dotted := strings.ToUpper(t[:3] + "." + t[3:])
	if p.behind(s, i, diagnosisCues) {
		return dotted
	}
	for _, c := range r.reading.Conditions {
		if slices.ContainsFunc(c.ICD, func(f string) bool { return strings.HasPrefix(dotted, f) && len(f) > 3 }) {
			return dotted
		}
	}
	return ""
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 || r < '0' || r > '9' && r < 'a' || r > 'z' }) < 0
}
