package citation

import "regexp"

// The forms of Washington session laws; a section is part of the number,
// because each section of an act is law of its own.
var (
	sessionForm = regexp.MustCompile(`^((?:18|19|20)\d\d) {1,2}(?:((?:\d(?:st|nd|rd|th) )?(?:sp|ex)\.? ?s(?:ess)?\.?),? )?` +
		`(?:wash\.? (?:sess\.? )?laws,? )?(?:c|ch|chap|chapter)\.? ?(\d{1,4})`)
	lawsForm = regexp.MustCompile(`^laws(?: of)? ((?:18|19|20)\d\d),? {0,2}(?:c|ch|chap|chapter)\.? ?(\d{1,4})`)
	ofLaws   = regexp.MustCompile(`^(\d{1,4}),? {0,2}(?:laws of |wash\.? laws )((?:18|19|20)\d\d)`)
	lawPart  = regexp.MustCompile(`^,? {0,2}(?:\x01|sec\.?|section|s\.?) ?(\d{1,4}[a-z]?)`)
	extra    = regexp.MustCompile(`^(?:(\d(?:st|nd|rd|th)) )?(sp|ex)`)
)

// session reads a session law at a year or at "Laws of": "2015 c 237 § 2".
func (t *folded) session(i int) []hit {
	switch b := t.low(i); {
	case isDigit(b):
		if m := sessionForm.FindSubmatch(t.window(i)); m != nil {
			return t.law(i, i+len(m[0]), string(m[1]), extraSession(string(m[2])), string(m[3]))
		}
	case b == 'l':
		if m := lawsForm.FindSubmatch(t.window(i)); m != nil {
			return t.law(i, i+len(m[0]), string(m[1]), "", string(m[2]))
		}
	}
	return nil
}

// lawsChapter reads "chapter 237, Laws of 2015", the number after l.
func (t *folded) lawsChapter(i int, l lead) []hit {
	if l.part != aChapter {
		return nil
	}
	m := ofLaws.FindSubmatch(t.window(l.end))
	if m == nil {
		return nil
	}
	return t.law(i, l.end+len(m[0]), string(m[2]), "", string(m[1]))
}

// law reads the section and labels at end.
func (t *folded) law(start, end int, year, extra, chapter string) []hit {
	if isWord(t.low(end)) {
		return nil
	}
	c := Citation{System: Laws, Number: year + " " + extra + "c " + chapter}
	m := lawPart.FindSubmatch(t.window(end))
	sectioned := m != nil && !isWord(t.low(end+len(m[0])))
	if sectioned {
		c.Number += " § " + string(m[1])
		c.Pin, end = t.labels(end + len(m[0]))
	}
	if c.Pin == "" {
		c.Pin, end = t.page(end)
	}
	return []hit{{cite: c, start: start, end: end, whole: !sectioned}}
}

// extraSession spells a special or extraordinary session: "1st sp.s. ".
func extraSession(s string) string {
	m := extra.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	if m[1] != "" {
		m[1] += " "
	}
	return m[1] + m[2] + ".s. "
}
