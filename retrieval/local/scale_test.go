//go:build !trust

package local

// scale multiplies the counts of tests that gain from large ones.
const scale = 1
