//go:build !trust && !race

package bot_test

// How much the trust tests try in the ordinary suite: a hundredth.
const (
	hostileNotes  = 6  // notes for each family of a hostile model
	honestNotes   = 10 // notes for an honest one
	noteCanaries  = 200
	rebuttals     = 400
	rebutCanaries = 200
	askStep       = 1 // every so many ways to ask are asked
)
