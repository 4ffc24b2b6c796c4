package local

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"testing"

	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// TestEveryCount fills an index one by one, past the widths of its bitmaps,
// by way of changes in place and of rebuilding, and empties it.
func TestEveryCount(t *testing.T) {
	t.Parallel()
	x := must(New())
	f := retrieval.Filter{Scopes: []string{"public"}}
	check := func(n int) {
		t.Helper()
		res, err := x.Search(t.Context(), retrieval.Query{Terms: []retrieval.Term{{Token: "kidney", Weight: 1}}, Vector: []float32{1, 1}, Filter: f, Limit: 1000})
		if err != nil || len(res.Words) != n || len(res.Vectors) != n {
			t.Errorf("of %d, found %d and %d, %v", n, len(res.Words), len(res.Vectors), err)
		}
		all, err := x.Sources(t.Context(), f)
		if err != nil || len(all) != n {
			t.Errorf("of %d, listed %d, %v", n, len(all), err)
		}
	}
	for n := range 200 {
		check(n)
		d := doc(fmt.Sprint(n), "kidney")
		d.Source.Cite = citation.Citation{System: citation.RCW, Number: fmt.Sprintf("48.43.%03d", n/2+1)}
		d.Vectors = [][]float32{{1, float32(n)}}
		put(t, x, d)
	}
	for n := 200; n > 0; n-- {
		check(n)
		if err := x.Delete(t.Context(), "public", []string{fmt.Sprint(n * 7 % 200)}); err != nil { // 7 and 200 share no factor
			t.Fatal(err)
		}
	}
	check(0)
	if len(x.memory.cites) != 0 || x.memory.words.total != 0 || x.memory.passages != 0 || x.memory.revision != (total{}) {
		t.Errorf("emptied, it holds %+v", x.memory)
	}
	if n := len(x.memory.sections); n > 65 {
		t.Errorf("%d sections are left of removed sources", n)
	}
}

// TestWeightsNotPositive checks that terms of such weights are left out.
func TestWeightsNotPositive(t *testing.T) {
	t.Parallel()
	x := must(New(doc("a", "kidney"), doc("b", "ledger kidney")))
	ask := func(more ...retrieval.Term) retrieval.Results {
		res, err := x.Search(t.Context(), retrieval.Query{Limit: 9, Filter: retrieval.Filter{Scopes: []string{"public"}},
			Terms: append(more, retrieval.Term{Token: "kidney", Weight: 1})})
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	want := ask()
	for _, w := range []float32{0, -1, float32(math.NaN()), float32(math.Inf(-1))} {
		if got := ask(retrieval.Term{Token: "ledger", Weight: w}); !reflect.DeepEqual(got, want) {
			t.Errorf("a term of weight %v gave %+v, without it %+v", w, got, want)
		}
	}
}

// TestScopeWithoutName checks that a scope that was left empty by mistake is
// told, not taken for one that holds nothing.
func TestScopeWithoutName(t *testing.T) {
	t.Parallel()
	x := must(New(doc("a", "kidney")))
	if _, err := x.Sources(t.Context(), retrieval.Filter{Scopes: []string{"public", ""}}); !errors.Is(err, retrieval.ErrNoScope) {
		t.Errorf("%v, want ErrNoScope", err)
	}
}
