package phi

import (
	"sync"
	"testing"
)

var oneGate = sync.OnceValues(func() (*Gate, error) { return New() })

// gate is one gate for all tests: it is safe for concurrent use.
func gate(t testing.TB) *Gate {
	t.Helper()
	g, err := oneGate()
	if err != nil {
		t.Fatal(err)
	}
	return g
}
