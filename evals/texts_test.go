package evals_test

import (
	"context"
	"os"
	"testing"

	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/library"
	"github.com/everycategory/advocate/corpus/official"
)

// withTexts is the shipped library with the official texts of the folder
// that TEST_OFFICIAL names, as the law stands on their day.
func withTexts(t *testing.T) *corpus.Catalog {
	t.Helper()
	dir := os.Getenv("TEST_OFFICIAL")
	if dir == "" {
		t.Skip("TEST_OFFICIAL names no folder of official texts")
	}
	const day = "2026-07-18"
	store := &official.Store{Dir: t.TempDir()}
	w, err := store.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer w.End()
	if _, err := (official.Folder{Dir: dir, Captured: day, Today: day}).Import(context.Background(), w); err != nil {
		t.Fatal(err)
	}
	texts, damaged, err := store.Load()
	if err != nil || len(damaged) > 0 {
		t.Fatal(err, damaged)
	}
	lib, err := corpus.Load(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	catalog := lib.WithVersions(texts).On(day)
	t.Logf("%d texts held, %d of them the law on %s", len(texts), len(catalog.Texts()), day)
	return catalog
}

// TestTheLibraryStandsBesideTheTexts holds every sentence of the library,
// with every quotation in it, and every prepared point against digests and
// official texts together: a text must not make an honest sentence fail.
func TestTheLibraryStandsBesideTheTexts(t *testing.T) {
	t.Parallel()
	catalog := withTexts(t)
	checker := cite.New(catalog)
	n, quotes := 0, 0
	for _, s := range catalog.Sources {
		if s.Cite.IsZero() {
			continue
		}
		for _, p := range s.Passages {
			for _, say := range p.Sentences() {
				n++
				res := checker.Claim(cite.Claim{Text: say, Refs: []cite.Ref{{Cite: s.Cite.At(p.Pin)}}})
				if res.Verdict == cite.Withheld {
					t.Errorf("%s: %q: %s", s.Cite.At(p.Pin), say, res.Reason)
				}
			}
		}
	}
	for _, st := range checker.Verify() {
		quotes++
		if !st.Stands() {
			t.Errorf("%s: %q: %s %q %s", st.Cite, st.Quote, st.Status, st.Now, st.Note)
		}
	}
	for _, card := range catalog.Cards {
		for _, p := range card.Points() {
			claim := cite.Claim{Text: p.Say}
			for _, c := range p.Cites {
				claim.Refs = append(claim.Refs, cite.Ref{Cite: c})
			}
			n++
			if res := checker.Claim(claim); res.Verdict == cite.Withheld {
				t.Errorf("%s: %q: %s", card.Source.ID, p.Say, res.Reason)
			}
		}
	}
	if quotes == 0 {
		t.Error("no quotation was held against a text: the test shows nothing")
	}
	t.Logf("%d sentences and points, %d quotations held against official texts", n, quotes)
}
