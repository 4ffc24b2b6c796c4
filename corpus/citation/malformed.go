package citation

import "fmt"

// malformed is the hit of a system named between two positions with a number
// it cannot have.
func (t *folded) malformed(system System, start, end int) []hit {
	text := t.src[t.start(start):t.end(end)]
	err := fmt.Errorf("citation: %q: %w: %s", text, ErrMalformed, wants[system])
	return []hit{{cite: Citation{System: system}, start: start, end: end, err: err}}
}

// wants says what a system's number looks like, for those whose name hardly
// means anything else.
var wants = map[System]string{
	RCW:     "want title.chapter.section, as in RCW 48.43.045",
	WAC:     "want title-chapter-section, as in WAC 284-170-270",
	USC:     "want a title up to 54 and a section, as in 42 U.S.C. 300gg-5",
	CFR:     "want a title up to 50, a part and a section, as in 29 C.F.R. 2560.503-1",
	NCD:     "want numbers with dots, as in NCD 30.3.3",
	ORS:     "want chapter.section, as in ORS 414.613",
	CRS:     "want title-article-section, as in C.R.S. 25.5-6-1301",
	FlaStat: "want chapter.section, as in Fla. Stat. 627.736",
	DCCode:  "want title-section, as in D.C. Code 3-1201.02",
	KRS:     "want chapter.section, as in KRS 304.17A-270",
	PubL:    "want congress-number, as in Pub. L. 111-148",
	CPT:     "want five digits, as in CPT 97124",
	ICD10CM: "want a letter, two more characters and up to four after a dot, as in M54.50",
}

// junk is the position after what looks like a number at i, whatever it is:
// digits, letters and the marks between them.
func (t *folded) junk(i int) int {
	const longest = 40
	j := i
	for j < i+longest && (isWord(t.low(j)) || isWord(t.low(j+1)) && (t.low(j) == '.' || t.low(j) == '-')) {
		j++
	}
	return j
}
