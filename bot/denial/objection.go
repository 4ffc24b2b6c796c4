package denial

import (
	"cmp"
	"slices"
)

// A candidate is one place that may raise an objection.
type candidate struct {
	id       string
	sentence int
	from, to int   // words
	code     *read // the code that raises it, or nil
	dropped  bool
}

// objections lists what the text raises, each objection once, in the order of
// the text.
func (r *Reader) objections(p *page, codes []read) []Objection {
	byWords := r.spoken(p)
	all := append(byWords, r.coded(p, codes)...)
	yield(all)
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(a.from, b.from) })

	out := []Objection{}
	for _, worded := range []bool{true, false} { // words say more than a code
		for _, c := range all {
			if c.dropped || (c.code == nil) != worded || slices.ContainsFunc(out, func(o Objection) bool { return o.ID == c.id }) {
				continue
			}
			out = append(out, r.objection(p, c))
		}
	}
	for i := range out {
		for _, c := range all {
			if c.code != nil && c.id == out[i].ID && !c.dropped && !slices.Contains(out[i].Codes, c.code.Code.Code) {
				out[i].Codes = append(out[i].Codes, c.code.Code.Code)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Objection) int { return cmp.Compare(a.Start, b.Start) })
	return out
}

func (r *Reader) objection(p *page, c candidate) Objection {
	start, end := p.quoted(c)
	return Objection{ID: c.id, Title: r.titles[c.id], Quote: p.folded(start, end), Start: start, End: end, Codes: []string{}}
}

// spoken lists what the words of each sentence raise.
func (r *Reader) spoken(p *page) []candidate {
	var out []candidate
	if p.granted(r) {
		return nil
	}
	for s := range p.sentences {
		begin := len(out)
		add := func(k kind) {
			for _, h := range p.in(s, k) {
				id := r.reading.Objections[h.ref].ID
				if slices.ContainsFunc(out[begin:], func(c candidate) bool { return c.id == id }) || p.cancelled(s, h) || p.guarded(r, s, h) {
					continue
				}
				out = append(out, candidate{id: id, sentence: s, from: h.from, to: h.to})
			}
		}
		add(says)
		if p.form == Bare {
			add(told)
		}
		if p.form == Bare || len(p.in(s, denying)) > 0 {
			add(hints)
		}
		r.settle(out[begin:])
	}
	return out
}

// cancelled reports whether words that take its objection back overlap h.
func (p *page) cancelled(s int, h hit) bool {
	return slices.ContainsFunc(p.in(s, cancels), func(c hit) bool {
		return c.ref == h.ref && c.from < h.to && h.from < c.long
	})
}

// settle drops what another objection of one sentence silences.
func (r *Reader) settle(all []candidate) {
	for _, c := range all {
		for j := range all {
			if r.silences[c.id][all[j].id] {
				all[j].dropped = true
			}
		}
	}
}

// coded lists what the codes raise; a code in a sentence may be guarded, one in
// a table is not.
func (r *Reader) coded(p *page, codes []read) []candidate {
	var out []candidate
	for i := range codes {
		c := &codes[i]
		guarded := !p.sentences[c.sentence].row && p.guarded(r, c.sentence, hit{from: c.from, to: c.to, long: c.to})
		if c.Objection != "" && !guarded {
			out = append(out, candidate{id: c.Objection, sentence: c.sentence, from: c.from, to: c.to, code: c})
		}
	}
	return out
}

// yield drops a code that says that another one says more, where one of the
// same sentence does.
func yield(all []candidate) {
	for i := range all {
		c := &all[i]
		if c.code == nil || !c.code.yields {
			continue
		}
		c.dropped = slices.ContainsFunc(all, func(o candidate) bool {
			return o.sentence == c.sentence && o.id != c.id && !o.dropped && (o.code == nil || !o.code.yields)
		})
	}
}

// maxQuote is the most words of a quotation on either side of what raises it.
const maxQuote = 40

// quoted is the sentence that raises c, the cell of a table, or a code with the
// words that follow it.
func (p *page) quoted(c candidate) (start, end int) {
	s := p.sentences[c.sentence]
	start, end = s.start, s.end
	if c.from-s.from > maxQuote {
		start = p.words[c.from-maxQuote].start
	}
	if s.to-c.to > maxQuote {
		end = p.words[c.to+maxQuote-1].end
	}
	if c.code != nil {
		return p.codeQuote(c, s)
	}
	if s.row {
		l := p.lines[p.words[c.from].line]
		for i, cl := range l.cells {
			if w := p.words[c.from]; w.start >= cl.start && w.start < cl.end {
				start = max(start, cl.start)
				if i+1 < len(l.cells) && p.words[c.to-1].end <= cl.end {
					end = cl.end
				}
			}
		}
	}
	return start, end
}

// codeQuote is a code alone, or with its words where the rest of its sentence
// is words.
func (p *page) codeQuote(c candidate, s sentence) (start, end int) {
	letters := 0
	for _, w := range p.words[c.to:s.to] {
		if !w.digits && len(w.text) > 2 && w.line == p.words[c.from].line {
			letters++
		}
	}
	if letters >= 3 && s.to-c.to <= maxQuote && p.sentencesWords(c, s) {
		return p.words[c.from].start, s.end
	}
	return c.code.Start, c.code.End
}

// sentencesWords reports whether no further figure stands behind the code of c.
func (p *page) sentencesWords(c candidate, s sentence) bool {
	return !slices.ContainsFunc(p.words[c.to:s.to], func(w word) bool { return w.digits })
}
