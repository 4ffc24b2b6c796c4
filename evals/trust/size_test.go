//go:build !trust

package trust

// scale is how much of each row the tests run.
const scale = Hundredth
