package citation

import "fmt"

// A Found is a citation at its place in a text.
type Found struct {
	// Citation is the place cited. Where Err is not nil it has a System only.
	Citation Citation
	// Start and End are byte offsets: Text is text[Start:End].
	Start, End int
	Text       string
	// Err matches ErrMalformed where the words name a system but the number
	// cannot be one of it; else it is nil.
	Err error
}

// Find returns the citations in text, in order and not overlapping. Lists and
// ranges give one Found for each member that is written: "RCW 48.43.530 and
// .535" gives two, the second with the Text ".535". What only looks like a
// citation (a bill, a telephone number, a vertebra) is left alone, and so is
// a section of an act whose place in the Code is not known here. It takes
// time linear in the text.
func Find(text string) []Found {
	t := fold(text)
	var out []Found
	for _, h := range t.find() {
		f := Found{Citation: h.cite, Start: t.start(h.start), End: t.end(h.end), Err: h.err}
		f.Text = text[f.Start:f.End]
		out = append(out, f)
	}
	return out
}

// A hit is a citation between two positions of a folded text.
type hit struct {
	cite       Citation
	start, end int
	err        error
	whole      bool // the number is that of a title, chapter or part: no labels follow
}

func (t *folded) find() []hit {
	var out []hit
	for i := 0; i < len(t.lower); {
		var hits []hit
		if t.wordStart(i) {
			hits = t.read(i)
		}
		if len(hits) == 0 {
			i++
			continue
		}
		out = append(out, hits...)
		i = hits[len(hits)-1].end
	}
	return out
}

// read reads the citations that begin with the word, number or section sign
// at i.
func (t *folded) read(i int) []hit {
	b := t.low(i)
	if isDigit(b) {
		return t.readNumber(i)
	}
	j := t.letters(i)
	if isDigit(t.low(j)) && j == i+1 {
		if hits := t.bareDiagnosis(i); hits != nil {
			return hits
		}
	}
	if b != sectionSign && !openers[string(t.lower[i:j])] {
		return nil
	}
	if hits := t.readLaw(i); hits != nil {
		return hits
	}
	if hits := t.pinFirst(i); hits != nil {
		return hits
	}
	if hits := t.coded(i); hits != nil {
		return hits
	}
	return t.web(i)
}

// readLaw reads a law whose name or mark is at i.
func (t *folded) readLaw(i int) []hit {
	if hits := t.named(i); hits != nil {
		return hits
	}
	if hits := t.act(i); hits != nil {
		return hits
	}
	if hits := t.session(i); hits != nil {
		return hits
	}
	return t.marked(i)
}

// readNumber reads a citation that begins with a number.
func (t *folded) readNumber(i int) []hit {
	if hits := t.titled(i); hits != nil {
		return hits
	}
	if hits := t.reported(i); hits != nil {
		return hits
	}
	if yearLike(t.digits(i)) {
		if hits := t.session(i); hits != nil {
			return hits
		}
		if hits := t.article(i); hits != nil {
			return hits
		}
	}
	return t.bare(i)
}

// openers has the words a citation can begin with.
var openers = func() map[string]bool {
	out := set("laws https http", codeOpeners)
	for _, table := range []map[string][]name{names, actNames} {
		for w := range table {
			out[w] = true
		}
	}
	for w := range leadWords {
		out[w] = true
	}
	for w := range pinWords {
		out[w] = true
	}
	return out
}()

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
