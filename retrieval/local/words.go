package local

import (
	"cmp"
	"math"
	"slices"
)

// BM25's parameters, as retrieval.SectionHit fixes them.
const (
	k1          = 1.2
	lengthShare = 0.75 // usually called b
)

// words is an inverted index over sections, with each passage's own words
// beside it. Terms and sections are numbered.
type words struct {
	terms    map[string]uint32
	names    []string    // by term
	postings [][]posting // by term, sections ascending, removed ones included
	holders  []uint32    // by term: how many sections that are there hold it
	lengths  []float32   // by section: how many words
	forward  [][]passage // by section; nil once removed
	sections int         // that are there
	passages int         // of those
	total    float64     // words in those
}

// A posting says that a section holds a term n times.
type posting struct{ section, n uint32 }

// A passage is its words, by term.
type passage struct {
	counts []count
	length uint32
}

// A count says how often a passage holds a term.
type count struct{ term, n uint32 }

func newWords() words { return words{terms: map[string]uint32{}} }

// add appends a section.
func (w *words) add(passages [][]stem) {
	section := uint32(len(w.lengths))
	size := 0
	for _, p := range passages {
		size += len(p)
	}
	all := make([]count, 0, size) // one allocation for all passages
	forward := make([]passage, len(passages))
	var length uint32
	for i, p := range passages {
		from := len(all)
		for _, s := range p {
			all = append(all, count{w.term(s.word), s.n})
			forward[i].length += s.n
		}
		forward[i].counts = all[from:len(all):len(all)]
		slices.SortFunc(forward[i].counts, byTerm)
		length += forward[i].length
	}
	w.lengths = append(w.lengths, float32(length))
	w.forward = append(w.forward, forward)
	w.sections++
	w.passages += len(passages)
	w.total += float64(length)
	for _, c := range merged(all) {
		w.postings[c.term] = append(w.postings[c.term], posting{section, c.n})
		w.holders[c.term]++
	}
}

// remove takes section n out of all counts. Its postings stay, out of reach.
func (w *words) remove(n uint32) {
	for _, c := range merged(w.counts(n)) {
		w.holders[c.term]--
	}
	w.sections--
	w.passages -= len(w.forward[n])
	w.total -= float64(w.lengths[n])
	w.forward[n] = nil
}

// counts are those of all passages of section n.
func (w *words) counts(n uint32) []count {
	var all []count
	for _, p := range w.forward[n] {
		all = append(all, p.counts...)
	}
	return all
}

// stems are what add was given for section n, in another order.
func (w *words) stems(n uint32) [][]stem {
	out := make([][]stem, len(w.forward[n]))
	for i, p := range w.forward[n] {
		out[i] = make([]stem, len(p.counts))
		for j, c := range p.counts {
			out[i][j] = stem{w.names[c.term], c.n}
		}
	}
	return out
}

// term returns the number of word, a new one if need be.
func (w *words) term(word string) uint32 {
	t, ok := w.terms[word]
	if !ok {
		t = uint32(len(w.names))
		w.terms[word] = t
		w.names = append(w.names, word)
		w.postings = append(w.postings, nil)
		w.holders = append(w.holders, 0)
	}
	return t
}

// idf is Lucene's for a word that holders of all sections hold.
func (w *words) idf(holders uint32) float64 {
	n := float64(holders)
	return math.Log(1 + (float64(w.sections)-n+0.5)/(n+0.5))
}

// merged adds up the counts of each term, in the order of terms.
func merged(counts []count) []count {
	all := slices.Clone(counts)
	slices.SortFunc(all, byTerm)
	out := all[:0]
	for _, c := range all {
		if last := len(out) - 1; last >= 0 && out[last].term == c.term {
			out[last].n += c.n
		} else {
			out = append(out, c)
		}
	}
	return out
}

func byTerm(a, b count) int { return cmp.Compare(a.term, b.term) }
