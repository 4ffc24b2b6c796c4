package local

import "github.com/everycategory/advocate/retrieval"

// A matrix holds the unit vectors of passages, those of one section together
// as rows of dim numbers each. What was added stays where it lies: sections
// that are added from one array are read in one go.
type matrix struct {
	retrieval.Vectored             // of the sections that are there
	numbers            [][]float32 // by section: its rows, one after the other; nil without any
}

// add appends the rows of a section; flat is empty for one without vectors.
func (x *matrix) add(dim int, embedder string, flat []float32) {
	if len(flat) > 0 {
		x.Vectored = retrieval.Vectored{Dim: dim, Embedder: embedder, Held: x.Held + 1}
	} else {
		flat = nil
	}
	x.numbers = append(x.numbers, flat)
}

func (x *matrix) remove(n uint32) {
	if x.holds(n) {
		x.Vectored = x.Without(x.Dim)
		x.numbers[n] = nil
	}
}

// holds reports whether section n has vectors.
func (x *matrix) holds(n uint32) bool { return x.numbers[n] != nil }

// rows are those of section n, one after the other; nil if it has none.
func (x *matrix) rows(n uint32) []float32 { return x.numbers[n] }
