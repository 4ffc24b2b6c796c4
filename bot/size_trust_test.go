//go:build trust

package bot_test

// How much the trust tests try.
const (
	hostileNotes  = 600
	honestNotes   = 1000
	noteCanaries  = 20_000
	rebuttals     = 40_000
	rebutCanaries = 20_000
	askStep       = 1 // every so many ways to ask are asked
)
