package library_test

import (
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/library"
)

// TestLibraryLoads refuses a document without its front matter, a citation
// that does not parse, a point that cites a passage which does not exist,
// and a quotation over the limit: corpus.Load returns an error for each.
func TestLibraryLoads(t *testing.T) {
	t.Parallel()
	c, err := corpus.Load(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d sources, %d cards, version %.12s", len(c.Sources), len(c.Cards), c.Hash())
	for _, id := range []string{"rcw-48.43.045", "rcw-48.43.005", "rcw-48.43.016", "rcw-18.108.005", "rcw-18.108.010",
		"wac-284-170-270", "miller", "gregoire", "usc-42-300gg-5", "usc-29-1144", "usc-29-1185d", "cpt-97124", "cpt-97140",
		"not-medically-necessary", "insufficient-evidence", "erisa-preemption", "cost", "credentialing",
		"rcw-48.22.005", "rcw-41.05.017", "wac-284-43-3110", "wa-2026-laws", "reason-codes", "icd-m25.5"} {
		if c.Source(id) == nil {
			t.Errorf("the library lacks %s", id)
		}
	}
}
