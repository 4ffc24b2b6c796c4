//go:build race && !trust

package bot_test

// The race detector makes everything ten times as slow, and looks for what one
// example shows as well as a hundred.
const (
	hostileNotes  = 1
	honestNotes   = 5
	noteCanaries  = 50
	rebuttals     = 40
	rebutCanaries = 80
	askStep       = 20
)
