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
	terms    *vocabulary
	postings [][]posting // by term, sections ascending, removed ones included
	holders  []uint32    // by term: how many sections that are there hold it
	lengths  []float32   // by section: how many words
	forward  [][]passage // by section; nil once removed
	sections int         // that are there
	passages int         // of those
	total    float64     // words in those
	last     *translation
}

// A posting says that a section holds a term n times.
type posting struct{ section, n uint32 }

// A passage is its words, by term.
type passage struct {
	counts []count
	length uint32
}

func newWords() words { return words{terms: newVocabulary()} }

// add appends a section, whose counts are of the vocabulary in. It is
// quickest where sections of one vocabulary come one after another.
func (w *words) add(in *vocabulary, passages [][]count) {
	w.last = translate(w.last, in, w.terms)
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
		for _, c := range p {
			all = append(all, count{w.last.id(c.term), c.n})
			forward[i].length += c.n
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
	for len(w.postings) < len(w.terms.names) {
		w.postings, w.holders = append(w.postings, nil), append(w.holders, 0)
	}
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

// passageCounts are what add was given for section n, by w.terms.
func (w *words) passageCounts(n uint32) [][]count {
	out := make([][]count, len(w.forward[n]))
	for i, p := range w.forward[n] {
		out[i] = p.counts
	}
	return out
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
