package cite

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// library is the shipped library with the fixture of this file.
var library = sync.OnceValues(func() (*corpus.Catalog, error) {
	c, err := corpus.Load(os.DirFS("../../corpus/library"))
	if err != nil {
		return nil, err
	}
	return corpus.NewCatalog(append(fixture(), digestsOf(c)...), c.Cards)
})

// digestsOf are c's sources that are no cards.
func digestsOf(c *corpus.Catalog) []*corpus.Source {
	var out []*corpus.Source
	for _, s := range c.Sources {
		if s.Kind != corpus.CardKind && s.Kind != corpus.Correction {
			out = append(out, s)
		}
	}
	return out
}

func load(t testing.TB) *corpus.Catalog {
	t.Helper()
	c, err := library()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// fixture is statute-like text made up for tests, because the library quotes
// too little for a thousand mutants of each kind. It is not law anywhere,
// and its title (99 RCW) does not exist.
func fixture() []*corpus.Source {
	who := []string{"A carrier", "An enrollee", "A provider", "The commissioner", "An employer", "The department"}
	must := []string{"shall", "may", "must", "may not", "shall not", "must not"}
	does := []string{"pay a complete claim", "decide a written request", "give notice of a denial", "renew the registration", "review the file and the bill", "refund an overpayment or a fee"}
	when := []string{"within thirty days", "within 24 months", "after two visits", "within 72 hours", "at least 90 days before the plan year", "for no more than six visits"}
	whom := []string{"to the enrollee", "to the provider", "to the carrier", "on behalf of the employer", "with the commissioner"}
	tail := []string{".", "; and keep a copy for five years.", ", except where the claim is incomplete.", ", unless the enrollee agrees otherwise.",
		", provided that the file is complete.", " and the bill or the receipt is attached.", ", subject to the approval of the commissioner.", " only if the request is in writing."}
	var out []*corpus.Source
	n := 0
	for section := 1; section <= 40; section++ {
		s := &corpus.Source{ID: fmt.Sprintf("rcw-99.99.%03d", section), Title: "Fixture", Kind: corpus.Statute, Authority: corpus.PrimaryLaw,
			Jurisdiction: "WA", URL: "https://example.org", AsOf: "2026", ReadIn: "a fixture", Licence: "public", Status: "in-force",
			Scope: corpus.PublicScope, Form: corpus.Text, Cite: citation.Citation{System: citation.RCW, Number: fmt.Sprintf("99.99.%03d", section)}}
		s.Passages = append(s.Passages, corpus.Passage{Heading: "Fixture", Text: "Fixture section."})
		for sub := 1; sub <= 5; sub++ {
			var text []string
			for range 2 {
				n++
				text = append(text, fmt.Sprintf("%s %s %s %s under part %d of this chapter %s%s", who[n%6], must[n/6%6], does[n/5%6], when[n/7%6], n, whom[n/3%5], tail[n/11%8]))
			}
			s.Passages = append(s.Passages, corpus.Passage{Pin: citation.Pinpoint(fmt.Sprintf("(%d)", sub)), Heading: "Fixture", Text: strings.Join(text, "\n")})
		}
		out = append(out, s)
	}
	return out
}

// words is one run of official words of a place that can be cited.
type words struct {
	cite citation.Citation
	text string
}

// officialWords are all official words of the catalog, five words or more.
func officialWords(c *corpus.Catalog) []words {
	var out []words
	for _, s := range c.Sources {
		if s.Cite.IsZero() {
			continue
		}
		for _, p := range s.Passages {
			for _, o := range p.Official(s.Form) {
				if len(strings.Fields(o)) > 4 {
					out = append(out, words{s.Cite.At(p.Pin), o})
				}
			}
		}
	}
	return out
}

// said is one of our own sentences and what it cites.
type said struct {
	text  string
	cites []citation.Citation
}

// sentences are all sentences of the digests.
func sentences(c *corpus.Catalog) []said {
	var out []said
	for _, s := range c.Sources {
		if s.Cite.IsZero() || s.Form != corpus.Digest {
			continue
		}
		for _, p := range s.Passages {
			for _, text := range p.Sentences() {
				out = append(out, said{text, []citation.Citation{s.Cite.At(p.Pin)}})
			}
		}
	}
	return out
}

// points are all points of the cards, each sentence once.
func points(c *corpus.Catalog) []said {
	var out []said
	seen := map[string]bool{}
	for _, card := range c.Cards {
		for _, p := range card.Points() {
			if !seen[p.Say] {
				out = append(out, said{p.Say, p.Cites})
			}
			seen[p.Say] = true
		}
	}
	return out
}

func (s said) claim() Claim {
	c := Claim{Text: s.text}
	for _, cite := range s.cites {
		c.Refs = append(c.Refs, Ref{Cite: cite})
	}
	return c
}
