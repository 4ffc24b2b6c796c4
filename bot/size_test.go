//go:build !trust

package bot_test

// How much the trust tests try in the ordinary suite: a hundredth.
const (
	hostileNotes = 6  // notes for each family of a hostile model
	honestNotes  = 10 // notes for an honest one
	noteCanaries = 200
)
