//go:build !trust && !race

package model_test

// How much the trust tests try in the ordinary suite: a hundredth.
const (
	hostileEach   = 40 // answers for each family of lies
	hostileDrafts = 8
	honestAnswers = 60 // answers of an honest model
	faultEach     = 2  // answers for each fault
	identifiers   = 100
)
