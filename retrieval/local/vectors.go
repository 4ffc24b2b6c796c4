package local

// A matrix holds the unit vectors of passages as rows, those of one section
// together. Its rows all have dim numbers. Rows of removed sections stay,
// out of reach, until the last section with vectors goes.
type matrix struct {
	dim     int
	numbers []float32
	spans   []span // by section
	held    int    // sections that are there and have vectors
}

// A span is the rows of one section.
type span struct{ first, n uint32 }

// add appends the rows of section n; flat is empty for one without vectors.
func (x *matrix) add(n uint32, dim int, flat []float32) {
	s := span{}
	if dim > 0 {
		if x.held == 0 {
			x.dim, x.numbers = dim, x.numbers[:0]
		}
		s = span{uint32(len(x.numbers) / dim), uint32(len(flat) / dim)}
		x.numbers = append(x.numbers, flat...)
		x.held++
	}
	x.spans = append(x.spans, s)
}

func (x *matrix) remove(n uint32) {
	if x.holds(n) {
		x.held--
		x.spans[n] = span{}
	}
	if x.held == 0 {
		x.dim = 0
	}
}

// holds reports whether section n has vectors.
func (x *matrix) holds(n uint32) bool { return x.spans[n].n > 0 }

// rows are those of section n, one after the other; nil if it has none.
func (x *matrix) rows(n uint32) []float32 {
	s := x.spans[n]
	if s.n == 0 {
		return nil
	}
	return x.numbers[int(s.first)*x.dim : int(s.first+s.n)*x.dim]
}
