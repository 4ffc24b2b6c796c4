package phi

import "slices"

// A span is a candidate: bytes of the text.
type span struct {
	start, end int
	typ        Type
	sure       bool
	firm       bool    // declared, or behind a cue: it stands even where other rules keep
	role       Role    // of a name, where a cue tells
	order      int     // of a date: its day; else 0
	who        *person // of a declared name
}

// found reads what the layers found in a text.
type reader struct {
	gate  *Gate
	text  string
	words []word
	kind  Kind
	to    Destination
	keep  []bool // by word: it stays
	spans []span
	done  []bool // by word: it is in a finding
	// nameEnds marks the last words of names.
	nameEnds []bool
	// unlisted marks the words that were found only because no list has them.
	unlisted []bool
}

func (g *Gate) read(text string, kind Kind, to Destination) *reader {
	r := &reader{gate: g, text: text, words: split(text), kind: kind, to: to}
	r.keep = make([]bool, len(r.words))
	r.done = make([]bool, len(r.words))
	r.nameEnds = make([]bool, len(r.words))
	r.unlisted = make([]bool, len(r.words))
	return r
}

// add records that the words from i to before j are something.
func (r *reader) add(i, j int, t Type, sure bool) *span {
	return r.addSpan(span{start: r.words[i].start, end: r.words[j-1].end, typ: t, sure: sure}, i, j)
}

// cued records it where a cue says so, whatever other rules keep.
func (r *reader) cued(i, j int, t Type) *span {
	s := r.add(i, j, t, true)
	s.firm = true
	return s
}

func (r *reader) addSpan(s span, i, j int) *span {
	r.spans = append(r.spans, s)
	for k := i; k < j; k++ {
		r.done[k] = true
	}
	if s.typ == Name {
		r.nameEnds[j-1] = true
	}
	return &r.spans[len(r.spans)-1]
}

// addBytes records a stretch of bytes that begins with word i, and gives the
// word behind it.
func (r *reader) addBytes(i, end int, t Type, sure bool) int {
	j := r.wordAt(i, end)
	r.addSpan(span{start: r.words[i].start, end: end, typ: t, sure: sure}, i, j)
	return j
}

// wordAt is the first word from i on that starts at or behind the byte end.
func (r *reader) wordAt(i, end int) int {
	for i < len(r.words) && r.words[i].start < end {
		i++
	}
	return i
}

// is reports whether word i is one of the given marks or folded words.
func (r *reader) is(i int, folds ...string) bool {
	return i >= 0 && i < len(r.words) && slices.Contains(folds, r.words[i].fold)
}

// in reports whether word i is in a set.
func (r *reader) in(i int, set map[string]bool) bool {
	return i >= 0 && i < len(r.words) && set[r.words[i].fold]
}

// merged gives the candidates as spans that do not overlap, in order. What
// overlaps becomes one span of the firmest type, so that nothing found is
// left over at an edge.
func (r *reader) merged() []span {
	slices.SortStableFunc(r.spans, func(a, b span) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	var out []span
	for _, s := range r.spans {
		if s.end <= s.start {
			continue
		}
		if n := len(out); n > 0 && s.start < out[n-1].end {
			join(&out[n-1], s)
			continue
		}
		out = append(out, s)
	}
	return out
}

// join makes s a part of a.
func join(a *span, s span) {
	inside := s.end <= a.end
	switch {
	case s.firm && !a.firm && !(inside && a.sure && a.end-a.start > s.end-s.start),
		!inside && s.sure && !a.sure:
		a.typ, a.role, a.order = s.typ, s.role, 0
	case a.typ == Name && a.role == "" && s.typ == Name:
		a.role = s.role
	}
	if !inside {
		a.order = 0
	}
	a.end = max(a.end, s.end)
	a.sure = a.sure || s.sure
	a.firm = a.firm || s.firm
}
