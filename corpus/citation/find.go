package citation

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
		t.taken = i
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
