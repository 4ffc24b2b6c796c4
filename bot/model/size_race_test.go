//go:build race && !trust

package model_test

// The race detector makes everything ten times as slow, and looks for what one
// example shows as well as a hundred.
const (
	hostileEach   = 4
	hostileDrafts = 1
	honestAnswers = 20
	faultEach     = 1
	identifiers   = 20
)
