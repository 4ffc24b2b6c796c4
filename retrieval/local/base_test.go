package local

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/retrieval"
)

// ids are the public sources that hold the words of text, best first.
func ids(t testing.TB, x *Index, text string) []string {
	t.Helper()
	q := retrieval.Query{Filter: retrieval.Filter{Scopes: []string{"public"}}, Limit: 1000}
	for _, tok := range retrieval.Analyze(text) {
		q.Terms = append(q.Terms, retrieval.Term{Token: tok.Stem, Weight: 1})
	}
	res, err := x.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, h := range res.Words {
		out = append(out, h.Source.ID)
	}
	return out
}

func put(t testing.TB, x *Index, docs ...retrieval.Document) {
	t.Helper()
	if err := x.Put(t.Context(), docs); err != nil {
		t.Fatal(err)
	}
}

func revision(t testing.TB, x *Index) string {
	t.Helper()
	info, err := x.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return info.Revision
}

func TestBase(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "index.db")
	base := []retrieval.Document{doc("a", "kidney"), doc("b", "kidney ledger")}
	x := open(t, file, base...)
	want := func(what, text string, want ...string) {
		t.Helper()
		if got := ids(t, x, text); !slices.Equal(got, want) {
			t.Errorf("%s: %q is found in %q, want %q", what, text, got, want)
		}
	}
	want("base alone", "kidney", "a", "b")
	alone := revision(t, x)

	put(t, x, doc("a", "replaced"), doc("c", "kidney"))
	want("a taken over", "kidney", "c", "b")
	want("a taken over", "replaced", "a")
	all, err := New(doc("a", "replaced"), base[1], doc("c", "kidney"))
	if err != nil {
		t.Fatal(err)
	}
	if revision(t, x) != revision(t, all) {
		t.Error("an index over a base and one that holds the same differ in revision")
	}

	x.Close()
	x = open(t, file, base...)
	want("reopened", "kidney", "c", "b")
	if err := x.Delete(t.Context(), "public", []string{"c", "b"}); !errors.Is(err, retrieval.ErrReadOnly) || !strings.Contains(err.Error(), `"b"`) {
		t.Errorf("deleting a base document: %v, want ErrReadOnly and its name", err)
	}
	want("nothing deleted", "kidney", "c", "b")
	if err := x.Delete(t.Context(), "public", []string{"a", "c"}); err != nil {
		t.Fatal(err)
	}
	want("a given back", "kidney", "a", "b")
	if revision(t, x) != alone {
		t.Error("with all that was put deleted, the revision is not the base's")
	}

	other := open(t, file) // without base: none of it was written
	if got := ids(t, other, "kidney"); len(got) != 0 {
		t.Errorf("the file holds %q of the base", got)
	}
}

// TestBaseCopied checks that a put that equals a base document is written
// all the same: the next version of the program may ship another.
func TestBaseCopied(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "index.db")
	x := open(t, file, doc("a", "kidney"))
	before := revision(t, x)
	put(t, x, doc("a", "kidney"))
	if revision(t, x) != before {
		t.Error("equal content, another revision")
	}
	if got := ids(t, open(t, file, doc("a", "ledger")), "kidney"); len(got) != 1 {
		t.Error("what was put is gone with another base")
	}
}

func TestBaseRefused(t *testing.T) {
	t.Parallel()
	narrow, wide := doc("n", "text"), doc("w", "text")
	narrow.Vectors, wide.Vectors = [][]float32{{1, 2}}, [][]float32{{1, 2, 3}}
	if _, err := New(narrow, wide); !errors.Is(err, retrieval.ErrDimension) {
		t.Errorf("a base of two dimensions: %v", err)
	}
	if _, err := New(narrow, narrow); err == nil {
		t.Error("a base with a document twice gave no error")
	}
	file := filepath.Join(t.TempDir(), "index.db")
	put(t, open(t, file), narrow)
	if _, err := Open(t.Context(), file, []retrieval.Document{wide}, Options{}); !errors.Is(err, retrieval.ErrDimension) {
		t.Errorf("a file and a base of two dimensions: %v", err)
	}
	x := open(t, file, doc("n", "base, without vectors"))
	put(t, x, narrow)
	if err := x.Delete(t.Context(), "public", []string{"n"}); err != nil {
		t.Fatal(err)
	}
	put(t, x, wide) // with the last vectors gone, their dimension is free
	res, err := x.Search(t.Context(), retrieval.Query{Vector: []float32{1, 2, 3}, Filter: retrieval.Filter{Scopes: []string{"public"}}, Limit: 9})
	if err != nil || len(res.Vectors) != 1 || res.Vectors[0].Score < 0.999 {
		t.Errorf("with vectors of another dimension, found %+v, %v", res.Vectors, err)
	}
}

// TestStorable checks that what cannot be read back is not taken.
func TestStorable(t *testing.T) {
	t.Parallel()
	for _, x := range []*Index{open(t, filepath.Join(t.TempDir(), "index.db")), must(New())} {
		bad := doc("bad", "text \xff")
		if err := x.Put(t.Context(), []retrieval.Document{doc("good", "text"), bad}); err == nil {
			t.Error("a text that is not UTF-8 gave no error")
		}
		bad = doc("bad", "text")
		bad.Source.Cite.System, bad.Source.Cite.Number = "RCW", "no such form"
		if err := x.Put(t.Context(), []retrieval.Document{bad}); err == nil {
			t.Error("a citation that cannot be read gave no error")
		}
		if got := ids(t, x, "text"); len(got) != 0 {
			t.Errorf("found %q", got)
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
