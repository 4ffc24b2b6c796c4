package trust

import "context"

// A Row is one promise and the attempts to break it.
type Row struct {
	ID      string
	Promise string // in plain words
	What    string // what n counts
	N       int    // attempts of a full run
	Bar     Bar
	Best    string // the best figure known elsewhere; "" for none
	From    string // where that figure is from
	Guards  []Guard
	// Lean is how many attempts the self-test makes; 0: a hundredth.
	Lean int
	// Rough says that the row is known to fail though its bar is 0.
	Rough bool
	// Missing says why the row is not measured here; "" if it is.
	Missing string

	run func(ctx context.Context, w *Work) error
}

// A Bar is what a row must reach. Bars are those of the plan, and no figure
// moves them.
type Bar struct {
	Most  float64 // the largest share of failures
	Least float64 // the smallest share of honest work that passes; 0: none is tried
}

// A Guard is what a row rests on, by name, with what replaces it by one that
// agrees to everything.
type Guard struct {
	Name    string
	Replace func(*House)
}

// Rows are all rows, in the order of the scoreboard.
func Rows() []Row {
	return []Row{
		citations(), quotations(), pinpoints(), unmarked(), paraphrases(), abstention(), planTraps(),
		notes(), upcoding(), canaries(), terms(), trips(), injection(), poison(),
		sealedFive(), sealedTen(), spellings(), otherStates(), alone(), faults(), killed(), receipts(), stale(), voice(),
	}
}
