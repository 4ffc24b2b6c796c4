//go:build !race

package embed

import "testing"

// TestNoAllocation: a question costs no memory.
func TestNoAllocation(t *testing.T) {
	s := static(t)
	dst := make([]float32, s.Dim())
	s.Into(dst, "can they refuse me because I'm an LMT, and what is 97140?")
	if n := testing.AllocsPerRun(100, func() { s.Into(dst, "can they refuse me because I'm an LMT, and what is 97140?") }); n > 0 {
		t.Errorf("%.1f allocations", n)
	}
}
