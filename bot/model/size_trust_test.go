//go:build trust

package model_test

// How much the trust tests try.
const (
	hostileEach   = 600
	hostileDrafts = 300
	honestAnswers = 1000
	faultEach     = 200
	identifiers   = 10_000
)
