//go:build !trust && !race

package trust

// scale is how much of each row the tests run.
const scale = Hundredth

// raced is set where the race detector makes everything ten times as slow.
const raced = false
