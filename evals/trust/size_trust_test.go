//go:build trust

package trust

// scale is how much of each row the tests run.
const scale = Full

// raced is set where the race detector makes everything ten times as slow.
const raced = false
