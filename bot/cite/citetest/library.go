package citetest

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/corpus/library"
)

// Library is the shipped library with Fixture.
func Library() (*corpus.Catalog, error) {
	c, err := corpus.Load(library.FS())
	if err != nil {
		return nil, err
	}
	return corpus.NewCatalog(append(Fixture(), Digests(c)...), c.Cards)
}

// Digests are c's sources that are no cards.
func Digests(c *corpus.Catalog) []*corpus.Source {
	var out []*corpus.Source
	for _, s := range c.Sources {
		if s.Kind != corpus.CardKind && s.Kind != corpus.Correction {
			out = append(out, s)
		}
	}
	return out
}

// Fixture is statute-like text made up for tests, because the library quotes
// too little for a thousand mutants of each kind. It is not law anywhere,
// and its title (99 RCW) does not exist.
func Fixture() []*corpus.Source {
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

// Words is one run of official words of a place that can be cited.
type Words struct {
	Cite citation.Citation
	Text string
}

// OfficialWords are all official words of the catalog, five words or more.
func OfficialWords(c *corpus.Catalog) []Words {
	var out []Words
	for _, s := range c.Sources {
		if s.Cite.IsZero() {
			continue
		}
		for _, p := range s.Passages {
			for _, o := range p.Official(s.Form) {
				if len(strings.Fields(o)) > 4 {
					out = append(out, Words{s.Cite.At(p.Pin), o})
				}
			}
		}
	}
	return out
}

// Said is one of our own sentences and what it cites.
type Said struct {
	Text  string
	Cites []citation.Citation
}

// Sentences are all sentences of the digests.
func Sentences(c *corpus.Catalog) []Said {
	var out []Said
	for _, s := range c.Sources {
		if s.Cite.IsZero() || s.Form != corpus.Digest {
			continue
		}
		for _, p := range s.Passages {
			for _, text := range p.Sentences() {
				out = append(out, Said{text, []citation.Citation{s.Cite.At(p.Pin)}})
			}
		}
	}
	return out
}

// Points are all points of the cards, each sentence once.
func Points(c *corpus.Catalog) []Said {
	var out []Said
	seen := map[string]bool{}
	for _, card := range c.Cards {
		for _, p := range card.Points() {
			if !seen[p.Say] {
				out = append(out, Said{p.Say, p.Cites})
			}
			seen[p.Say] = true
		}
	}
	return out
}

// Official are the official words at a place of s.
func Official(s *corpus.Source, pin citation.Pinpoint) []string {
	var out []string
	for _, p := range s.Within(pin) {
		out = append(out, p.Official(s.Form)...)
	}
	return out
}

//go:embed honest.tsv
var honest string

// Honest are sentences written by hand that say what their places say in
// other words.
func Honest() ([]Said, error) {
	var out []Said
	for line := range strings.Lines(honest) {
		text, places, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok {
			continue
		}
		s := Said{Text: text}
		for place := range strings.SplitSeq(places, " + ") {
			cite, err := citation.Parse(place)
			if err != nil {
				return nil, fmt.Errorf("citetest: %q: %w", text, err)
			}
			s.Cites = append(s.Cites, cite)
		}
		out = append(out, s)
	}
	return out, nil
}

// StandsThere is the oracle of equivalent mutants: plain containment in the
// official words of the place, without any of a checker's machinery. Where
// the mutant is a cut one, it has to stand there once without the limit too.
func StandsThere(c *corpus.Catalog, cite citation.Citation, q string, cut bool) bool {
	q = strings.TrimRight(q, ".,;:… ")
	for _, s := range c.Find(cite) {
		if s.Passage(cite.Pin) == nil {
			continue
		}
		for _, o := range Official(s, cite.Pin) {
			for rest := strings.Join(strings.Fields(o), " "); ; {
				_, after, ok := strings.Cut(rest, q)
				if !ok {
					break
				}
				if at := cutAt.FindStringIndex(after); !cut || at == nil || at[0] > 0 {
					return true
				}
				rest = after
			}
		}
	}
	return false
}
