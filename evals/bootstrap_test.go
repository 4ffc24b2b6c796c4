package evals_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// A figure is a mean over questions with the interval that holds 95 % of the
// means of ten thousand resamplings (bootstrap, seeded: the same each time).
type figure struct{ mean, low, high float64 }

func newFigure(values []float64) figure {
	const resamplings = 10_000
	r := rand.New(rand.NewPCG(20261128, 10))
	mean := func(at func() int) float64 {
		sum := 0.0
		for range values {
			sum += values[at()]
		}
		return sum / float64(len(values))
	}
	i := -1
	f := figure{mean: mean(func() int { i++; return i })}
	means := make([]float64, resamplings)
	for k := range means {
		means[k] = mean(func() int { return r.IntN(len(values)) })
	}
	slices.Sort(means)
	f.low, f.high = means[resamplings*25/1000], means[resamplings*975/1000-1]
	return f
}

func (f figure) String() string { return fmt.Sprintf("%.3f (%.3f to %.3f)", f.mean, f.low, f.high) }

// gain is by how much b is more than a, question by question: of the same
// questions, so its interval is narrower than theirs.
func gain(a, b []float64) figure {
	d := make([]float64, len(a))
	for i := range d {
		d[i] = b[i] - a[i]
	}
	return newFigure(d)
}
