package cite

import (
	"sync"
	"testing"

	"github.com/everycategory/advocate/bot/cite/citetest"
	"github.com/everycategory/advocate/corpus"
)

var library = sync.OnceValues(citetest.Library)

func load(t testing.TB) *corpus.Catalog {
	t.Helper()
	c, err := library()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// claim is a sentence with the places it rests on, to be checked.
func claim(s citetest.Said) Claim {
	c := Claim{Text: s.Text}
	for _, cite := range s.Cites {
		c.Refs = append(c.Refs, Ref{Cite: cite})
	}
	return c
}
