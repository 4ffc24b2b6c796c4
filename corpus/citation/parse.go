package citation

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Parse reads a text that is one citation, in any spelling Find reads and
// besides with a named pinpoint in parentheses: "RCW 48.43.005 (definition of
// health plan)". A case's name before it and a year or court after it are
// dropped; a run of pages is cited by its first, and two spellings of one place
// side by side ("ERISA § 514, 29 U.S.C. 1144") are that place. The error matches
// ErrMalformed or ErrNone.
func Parse(s string) (Citation, error) {
	text, pin := cutNamed(strings.TrimSpace(s))
	if m := guideForm.FindStringSubmatch(text); m != nil {
		return Citation{System: Guide, Number: m[1], Pin: pin}, nil
	}
	if m := manualForm.FindStringSubmatch(text); m != nil {
		return Citation{System: Manual, Number: m[1], Pin: cmp.Or(Pinpoint(m[2]), pin)}, nil
	}
	t := fold(text)
	hits := t.find()
	if len(hits) == 0 {
		return Citation{}, fmt.Errorf("citation: %q: %w", s, ErrNone)
	}
	first, last := hits[0], hits[len(hits)-1]
	if first.err != nil {
		return Citation{}, first.err
	}
	if !t.onePlace(hits) {
		return Citation{}, fmt.Errorf("citation: %q: %w: it names %d places; give one", s, ErrNone, len(hits))
	}
	if !leads(first.cite, t.lower[:first.start]) || !trails.Match(t.lower[last.end:]) {
		return Citation{}, fmt.Errorf("citation: %q: %w: there is more than a citation", s, ErrNone)
	}
	c := first.cite
	if c.Pin == "" {
		c.Pin = pin
	}
	return c, nil
}

// onePlace reports whether hits are one place in two spellings, or the pages
// of one source, with no words between them.
func (t *folded) onePlace(hits []hit) bool {
	first, end := hits[0].cite, hits[0].end
	for _, h := range hits[1:] {
		pages := first.Pin.Page() && h.cite.Pin.Page() && h.cite.Base() == first.Base()
		if h.err != nil || h.cite != first && !pages || !between.Match(t.lower[end:h.start]) {
			return false
		}
		end = h.end
	}
	return true
}

var (
	between = regexp.MustCompile(`^[\s"'()\[\],;=&-]*$`)
	opens   = regexp.MustCompile(`^[\s"'(\[]*$`)
	versus  = regexp.MustCompile(`(?:\bvs?\.? |\bin re |\bex rel).*, *$`)
	trails  = regexp.MustCompile(`^(?:-[0-9a-z]{2}\b)*(?:,? et seq| nn?\. ?\d+)?[\s.,;:!?"')\]]*(?:\([0-9a-z]*)?$`)
	hasYear = regexp.MustCompile(`\b(?:1[789]|20)\d\d\b`)
)

// leads reports whether text may stand before c: opening marks, or before a
// case its name.
func leads(c Citation, text []byte) bool {
	reported := titleFirst[c.System] && c.System != USC && c.System != CFR
	return opens.Match(text) || reported && versus.Match(text)
}

// cutNamed takes the parentheses off the end of s that are no labels, and
// returns the named pinpoint if one of them is.
func cutNamed(s string) (string, Pinpoint) {
	var pin Pinpoint
	for range 3 {
		cut := strings.TrimRight(s, ".;, ")
		open := matching(cut)
		if open <= 0 {
			break
		}
		before, inner := cut[:open], cut[open+1:len(cut)-1]
		named, ok := namedPin(inner)
		if !ok && !hasYear.MatchString(inner) || inAddress(before) {
			break
		}
		if pin == "" {
			pin = named
		}
		s = strings.TrimSpace(before)
	}
	return s, pin
}

// inAddress reports whether what follows s at once is part of an address.
func inAddress(s string) bool {
	return strings.Contains(s[strings.LastIndexFunc(s, unicode.IsSpace)+1:], "://")
}

// matching is the index of the parenthesis that the last byte of s closes,
// or -1.
func matching(s string) int {
	if !strings.HasSuffix(s, ")") {
		return -1
	}
	depth := 0
	for i := len(s) - 1; i >= 0; i-- {
		switch s[i] {
		case ')':
			depth++
		case '(':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// namedPin reads what stands in parentheses as a named pinpoint: words in
// small letters, a letter first, or a heading by years ("1995: enactment").
// Words with capitals are one too, in small letters, unless they hold a year,
// as the name of a court does.
func namedPin(s string) (Pinpoint, bool) {
	first, _ := utf8.DecodeRuneInString(s)
	byYear := unicode.IsDigit(first) && strings.Contains(s, ": ")
	if !unicode.IsLetter(first) && !byYear || isLabel(s) || strings.TrimSpace(s) != s || strings.Contains(s, "://") {
		return "", false
	}
	low := Pinpoint(strings.ToLower(s))
	if low.Page() || string(low) != s && hasYear.MatchString(s) {
		return "", false
	}
	return low, true
}
