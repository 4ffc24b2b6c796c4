package web_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/web"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/local"
)

// TestLimitedDocument asks the API for every page of a document of which
// four words may be shown at a time: each holder of a key is shown no more
// than ten times four in a day, whatever another was shown.
func TestLimitedDocument(t *testing.T) {
	t.Parallel()
	s := &corpus.Source{ID: "sample-manual", Title: "Sample Office Manual", Kind: corpus.Manual, Authority: corpus.Practice,
		Jurisdiction: "any", Cite: citation.Citation{System: citation.Manual, Number: "sample-manual"}, AsOf: "2026",
		Licence: "quote:4", Status: "in-force", Scope: corpus.PublicScope, Form: corpus.Text}
	own := map[string]bool{}
	for page := range 30 {
		var words []string
		for n := range 6 {
			w := fmt.Sprintf("zq%c%cword%c", 'a'+page%26, 'a'+page/26, 'a'+n)
			words = append(words, w)
			own[w] = true
		}
		s.Passages = append(s.Passages, corpus.Passage{Pin: citation.Pinpoint(fmt.Sprintf("p. %d", page+1)), Text: strings.Join(words, " ") + "."})
	}
	_, h := serve(t, func(c *web.Config) {
		idx, err := local.New(retrieval.Document{Source: s})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { idx.Close() })
		c.Assistant.Retriever.Index = idx
		c.Assistant.Shown = &bot.Shown{Dir: t.TempDir()}
		c.Keys = map[string]string{"one": "sample-key-one-0123456789", "two": "sample-key-two-0123456789"}
	})
	asked := slices.Clone(s.Passages)
	together := map[string]bool{}
	for _, key := range []string{"sample-key-one-0123456789", "sample-key-two-0123456789"} {
		c := &web.Client{Base: h.URL, Key: key}
		seen := map[string]bool{}
		count := func(out any) int {
			body, err := json.Marshal(out)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for w := range own {
				if strings.Contains(string(body), w) {
					seen[w] = true
					n++
				}
			}
			return n
		}
		slices.Reverse(asked) // each begins with other pages
		for _, p := range asked {
			hits, err := c.Search(t.Context(), web.Search{Query: p.Text, Count: 1})
			if err != nil {
				t.Fatal(err)
			}
			if n := count(hits); n > 4 {
				t.Fatalf("one search shows %d words", n)
			}
		}
		if len(seen) == 0 || len(seen) > 40 {
			t.Errorf("%s is shown %d words, want 1 to 40", key, len(seen))
		}
		got, err := c.Source(t.Context(), s.ID)
		if err != nil {
			t.Fatal(err)
		}
		before := len(seen)
		if count(got); len(seen) > before {
			t.Errorf("the page of the source shows %d words more", len(seen)-before)
		}
		maps.Copy(together, seen)
	}
	if len(together) <= 40 {
		t.Errorf("both holders together are shown %d words: they count as one person", len(together))
	}
}
