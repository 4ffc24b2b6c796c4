package denial

import (
	"slices"
	"strings"
	"unicode"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A read is a code with its place among the words.
type read struct {
	Code
	sentence int
	from, to int
	yields   bool
}

// codes indexes codes.yaml.
func (l *loader) codes(t codeTable, c *corpus.Catalog) {
	for i, lists := range [][]codeList{t.CARC, t.RARC} {
		system := []string{"CARC ", "RARC "}[i]
		for _, list := range lists {
			if list.Objection != "" && l.r.titles[list.Objection] == "" {
				l.wrong("codes: there is no objection %q", list.Objection)
			}
			cite := l.cite(list.Cite, c)
			for _, code := range list.Codes {
				name := system + code.Code
				if _, twice := l.r.codes[name]; twice || code.Code == "" || code.Meaning == "" {
					l.wrong("codes: %s: want it once, with a meaning", name)
				}
				l.r.codes[name] = known{code.Meaning, cite, list.Objection, code.Yields}
			}
		}
	}
	for _, g := range t.Groups {
		if !groups[g.Code] || g.Meaning == "" {
			l.wrong("codes: %q is no group with a meaning", g.Code)
		}
	}
}

// cite checks a citation of a passage of the library.
func (l *loader) cite(s string, c *corpus.Catalog) string {
	if s == "" {
		return ""
	}
	cite, err := citation.Parse(s)
	if err != nil {
		l.wrong("codes: cite %q: %v", s, err)
		return ""
	}
	if _, passage := c.Resolve(cite); passage == nil {
		l.wrong("codes: cite %q: the library has no such passage", s)
	}
	return cite.String()
}

var groups = map[string]bool{"CO": true, "PR": true, "OA": true, "PI": true, "CR": true}

// codesOf lists the reason and remark codes of the page, each with its group
// once.
func (r *Reader) codesOf(p *page) []read {
	var out []read
	for s := range p.sentences {
		at := p.sentences[s]
		for i := at.from; i < at.to; i++ {
			found := r.codeAt(p, s, i)
			for _, c := range found {
				c.sentence = s
				if !slices.ContainsFunc(out, func(o read) bool { return o.Code.Code == c.Code.Code && (o.Group == c.Group || c.Group == "") }) {
					out = append(out, c)
				}
				i = max(i, c.to-1)
			}
		}
	}
	return out
}

// codeAt reads the code that begins with word i of sentence s.
func (r *Reader) codeAt(p *page, s, i int) []read {
	w := p.words[i]
	if w.held || len(w.text) > 7 {
		return nil
	}
	if group, number, to := p.grouped(i); to > 0 && (r.holds("CARC ", number) || attached(p, i, to)) {
		return []read{r.newCode(p, "CARC "+number, group, i, to)}
	}
	if number, ok := strings.CutPrefix(w.text, "carc"); ok && reasonNumber(number) {
		return []read{r.newCode(p, "CARC "+strings.ToUpper(number), "", i, i+1)}
	}
	if reasonNumber(w.text) && p.plainNumber(i) {
		if group, ok := r.reasonAt(p, s, i); ok {
			return []read{r.newCode(p, "CARC "+strings.ToUpper(w.text), group, i, i+1)}
		}
	}
	if name := strings.ToUpper(w.text); remarkNumber(w.text) && r.remarkAt(p, s, i, name) {
		return []read{r.newCode(p, "RARC "+name, "", i, i+1)}
	}
	return nil
}

func (r *Reader) holds(system, number string) bool {
	_, ok := r.codes[system+number]
	return ok
}

func (r *Reader) newCode(p *page, name, group string, from, to int) read {
	k := r.codes[name]
	return read{Code: Code{Code: name, Group: group, Meaning: k.meaning, Cite: k.cite, Objection: k.objection,
		Start: p.words[from].start, End: p.words[to-1].end}, from: from, to: to, yields: k.yields}
}

// grouped reads "CO-50", "CO50" and "CO 50" at word i: the group, the number and
// the word after, or 0.
func (p *page) grouped(i int) (group, number string, to int) {
	w := p.words[i]
	if len(w.text) < 2 {
		return "", "", 0
	}
	group = strings.ToUpper(strings.ReplaceAll(w.text[:2], "0", "o"))
	if !groups[group] || strings.HasPrefix(w.text, "0") && len(w.text) == 2 && !p.shouts && !unicode.IsUpper(p.runes[w.end-1]) {
		return "", "", 0
	}
	if rest := w.text[2:]; rest != "" {
		if reasonNumber(rest) && p.plainNumber(i) {
			return group, strings.ToUpper(rest), i + 1
		}
		return "", "", 0
	}
	if i+1 == len(p.words) || p.words[i+1].line != w.line || !reasonNumber(p.words[i+1].text) || !joins(p.runes[w.end:p.words[i+1].start]) || !p.plainNumber(i+1) {
		return "", "", 0
	}
	return group, strings.ToUpper(p.words[i+1].text), i + 2
}

// attached reports whether the group and the number of a code touch, or only
// a hyphen stands between them.
func attached(p *page, from, to int) bool {
	return to == from+1 || p.words[to-1].start-p.words[from].end == 1 && p.runes[p.words[from].end] != ' '
}

// joins reports whether between may stand between a group and its number.
func joins(between []rune) bool {
	marks := 0
	for _, r := range between {
		switch r {
		case '-', '–', '—', '‐', ':', '*', '/', '|':
			marks++
		case ' ', '\t':
		default:
			return false
		}
	}
	return marks <= 1 && len(between) <= 8
}

// reasonNumber reports whether s is like 50, 197, B7, P12.
func reasonNumber(s string) bool {
	if s == "" || len(s) > 3 || s[0] == '0' {
		return false
	}
	if strings.ContainsRune("abdpwy", rune(s[0])) {
		s = s[1:]
	}
	return figures(s)
}

// remarkNumber reports whether s is like n130, ma130 or m20.
func remarkNumber(s string) bool {
	for _, prefix := range []string{"ma", "n", "m"} {
		if n, ok := strings.CutPrefix(s, prefix); ok {
			return figures(n) && len(n) <= 3 && (prefix != "ma" || len(n) > 1)
		}
	}
	return false
}

// plainNumber reports whether word i is no part of a date, a sum, a share or a
// longer number.
func (p *page) plainNumber(i int) bool {
	w := p.words[i]
	after, next := rune(' '), rune(' ')
	if w.end < len(p.runes) {
		after = p.runes[w.end]
	}
	if w.end+1 < len(p.runes) {
		next = p.runes[w.end+1]
	}
	before := rune(' ')
	if w.start > 0 {
		before = p.runes[w.start-1]
	}
	return before != '$' && before != '.' && before != '#' && after != '%' && !((after == '.' || after == ',' || after == '/' || after == '-') && (digit(next) || unicode.IsLetter(next) && after == '.'))
}

// reasonAt reports whether the number at word i stands behind a word for reason
// codes, in a list of them, or in their column; and its group.
func (r *Reader) reasonAt(p *page, s, i int) (string, bool) {
	if group, ok := p.columns.reason(p, i); ok {
		return group, r.holds("CARC ", strings.ToUpper(p.words[i].text)) || len(p.words[i].text) > 0 && !p.words[i].digits
	}
	for _, h := range p.in(s, reasonCues) {
		if h.long > i || i-h.long > 6 {
			continue
		}
		listed := true
		for k := h.long; k < i; k++ {
			t := p.words[k].text
			listed = listed && (reasonNumber(t) || remarkNumber(t) || groups[strings.ToUpper(t)] || t == "and" || t == "or" || t == "is" || t == "number" || t == "no")
		}
		if listed && r.holds("CARC ", strings.ToUpper(p.words[i].text)) && !p.counted(i) {
			return "", true
		}
	}
	return "", false
}

// counted reports whether the number at word i counts things: "20 visits".
func (p *page) counted(i int) bool {
	if i+1 == len(p.words) || p.words[i+1].line != p.words[i].line {
		return false
	}
	between := strings.TrimSpace(string(p.runes[p.words[i].end:p.words[i+1].start]))
	return between == "" && slices.Contains([]string{"visits", "visit", "days", "day", "months", "sessions", "units", "minutes", "years", "percent", "weeks", "hours"}, p.words[i+1].text)
}

// remarkAt reports whether word i is a remark code: one that the library holds,
// or any in a place of codes. What may be a family of diagnoses, such as M54,
// needs the place.
func (r *Reader) remarkAt(p *page, s, i int, name string) bool {
	if w := p.words[i]; !p.plainNumber(i) || w.end < len(p.runes) && p.runes[w.end] == '*' || !p.shouts && p.form != Bare && !w.capital {
		return false
	}
	if len(p.in(s, diagnosisCues)) > 0 && len(name) < 4 {
		return false
	}
	place := p.columns.remark(p, i) || len(p.in(s, remarkCues)) > 0
	for k := max(p.sentences[s].from, i-12); k < i && !place; k++ {
		_, _, to := p.grouped(k)
		place = to > 0
	}
	return place || r.holds("RARC ", name) && len(name) > 3
}
