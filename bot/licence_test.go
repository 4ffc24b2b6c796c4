package bot

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

var licenceDay = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)

// numberedManual has pages of so many words, no two alike.
func numberedManual(licence string, pages, words int) *corpus.Source {
	s := &corpus.Source{ID: "m", Title: "Sample Manual", Kind: corpus.Manual, Form: corpus.Text, Licence: licence, Scope: "machine",
		Cite: citation.Citation{System: citation.Manual, Number: "m"}}
	for p := range pages {
		var text []string
		for w := range words {
			text = append(text, fmt.Sprintf("word%dx%d", p+1, w))
		}
		s.Passages = append(s.Passages, corpus.Passage{Pin: citation.Pinpoint(fmt.Sprintf("p. %d", p+1)), Text: strings.Join(text, " ")})
	}
	return s
}

// claimsOn is an answer with a claim for each text, on page i+1 of s.
func claimsOn(s *corpus.Source, texts ...string) *Answer {
	ans := &Answer{}
	for i, text := range texts {
		pin := citation.Pinpoint(fmt.Sprintf("p. %d", i+1))
		ans.Claims = append(ans.Claims, Claim{Text: text, Citations: []int{i + 1}})
		ans.Citations = append(ans.Citations, Citation{N: i + 1, Source: s.ID, Title: s.Title, Cite: s.Cite.At(pin), Pinpoint: pin})
	}
	return ans
}

func TestLicenseOneAnswer(t *testing.T) {
	t.Parallel()
	first := func(s *corpus.Source, page, n int) string {
		return strings.Join(strings.Fields(s.Passages[page].Text)[:n], " ")
	}
	for _, c := range []struct {
		name, licence string
		words         []int // shown of each page
		scopes        []string
		kept          int
	}{
		{"within", "quote:10", []int{4, 6}, []string{"machine"}, 2},
		{"together too many", "quote:10", []int{6, 6}, []string{"machine"}, 1},
		{"the first too many", "quote:10", []int{11, 6}, []string{"machine"}, 1},
		{"public has no limit", "public", []int{30, 30}, []string{"machine"}, 2},
		{"private to its owner", "private", []int{30}, []string{"machine"}, 1},
		{"private to others", "private", []int{3}, nil, 0},
		{"limited, of another scope", "quote:10", []int{3}, []string{"public"}, 0},
		{"a licence nobody can read", "quote:many", []int{3}, []string{"machine"}, 0},
	} {
		s := numberedManual(c.licence, 3, 40)
		catalog, err := corpus.NewCatalog([]*corpus.Source{s}, nil)
		if err != nil {
			t.Fatal(err)
		}
		a := &Assistant{Catalog: catalog, Shown: &Shown{Dir: t.TempDir()}, Now: func() time.Time { return licenceDay }}
		var texts []string
		for i, n := range c.words {
			texts = append(texts, "It comes to this: "+first(s, i, n)+".") // not in quotation marks: words are words
		}
		ans := claimsOn(s, texts...)
		a.license(ans, Request{Scopes: c.scopes, Person: "a"})
		if len(ans.Claims) != c.kept || len(ans.Citations) != c.kept {
			t.Errorf("%s: %d claims and %d citations are kept, want %d", c.name, len(ans.Claims), len(ans.Citations), c.kept)
		}
		for i, claim := range ans.Claims {
			if claim.Citations[0] != i+1 || ans.Citations[i].N != i+1 {
				t.Errorf("%s: citations are not numbered anew: %+v", c.name, ans)
			}
		}
	}
}

// TestShownIsShared: many askers at once never see more together than one
// after another.
func TestShownIsShared(t *testing.T) {
	t.Parallel()
	s := numberedManual("quote:10", 1, 400)
	dir := t.TempDir()
	var granted sync.Map
	var wg sync.WaitGroup
	for i := range 30 {
		wg.Go(func() {
			sh := &Shown{Dir: dir} // as in a process of its own
			if sh.take("a", licenceDay, s, []wordRange{{i * 10, i*10 + 10}}) == nil {
				granted.Store(i, true)
			}
		})
	}
	wg.Wait()
	n := 0
	granted.Range(func(any, any) bool { n++; return true })
	if n != dayShare {
		t.Errorf("%d grants of 10 words each; want exactly %d", n, dayShare)
	}
	if err := (&Shown{Dir: dir}).take("a", licenceDay, s, []wordRange{{3, 5}}); err != nil && n == dayShare {
		if _, ok := granted.Load(0); ok {
			t.Errorf("words that were shown cost again: %v", err)
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, "2026-07-01.json"))
	if err != nil || strings.Contains(string(data), "word1x") || strings.Contains(string(data), `"a"`) {
		t.Errorf("the record holds words or persons: %s %v", data, err)
	}
}

func TestShownDamagedShowsNothing(t *testing.T) {
	t.Parallel()
	s := numberedManual("quote:10", 1, 40)
	sh := &Shown{Dir: t.TempDir()}
	name := filepath.Join(sh.Dir, "2026-07-01.json")
	if err := os.WriteFile(name, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	few, note := sh.Excerpt("a", licenceDay, s, "")
	if len(few.Passages) != 0 || !strings.Contains(note, name) {
		t.Errorf("shown %v, said %q", few.Passages, note)
	}
}

func TestExcerpt(t *testing.T) {
	t.Parallel()
	s := numberedManual("quote:7", 3, 40)
	sh := &Shown{Dir: t.TempDir()}
	few, _ := sh.Excerpt("a", licenceDay, s, "p. 2")
	if len(few.Passages) != 1 || few.Passages[0].Pin != "p. 2" || len(strings.Fields(few.Passages[0].Text)) != 8 || !strings.HasSuffix(few.Passages[0].Text, " …") {
		t.Errorf("excerpt %+v", few.Passages)
	}
	if len(s.Passages) != 3 || len(strings.Fields(s.Passages[1].Text)) != 40 {
		t.Error("the source was changed")
	}
	for _, open := range []string{"public", "private"} {
		all := numberedManual(open, 3, 40)
		if out, note := sh.Excerpt("a", licenceDay, all, ""); out != all || note != "" {
			t.Errorf("%s: it is cut", open)
		}
	}
}

func TestCutWords(t *testing.T) {
	t.Parallel()
	const quote = "File the sample form, with the stamp on it, before the end of the month."
	for n, want := range map[int]string{
		15: quote,
		10: "File the sample form, with the stamp on it …",
		8:  "File the sample form, with the stamp on …",
		2:  "File the …",
	} {
		if got := cutWords(quote, n); got != want {
			t.Errorf("of %d words: %q, want %q", n, got, want)
		}
	}
}
