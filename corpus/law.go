package corpus

import (
	"cmp"
	"maps"
	"slices"

	"github.com/everycategory/advocate/corpus/citation"
)

// WithVersions returns a catalog like c that also holds official texts: all
// versions of each provision, in any order. Until On is called none of them
// takes part in Find or Resolve: which one is the law depends on the day.
func (c *Catalog) WithVersions(texts []*Source) *Catalog {
	out := *c
	out.versions = map[citation.Citation][]*Source{}
	for _, s := range texts {
		if s.Form == Text && s.Capture != nil && !s.Cite.IsZero() {
			out.versions[s.Cite.Base()] = append(out.versions[s.Cite.Base()], s)
		}
	}
	for cite, v := range out.versions {
		out.versions[cite] = bySeen(v)
	}
	return &out
}

// Versions returns the official texts held of cite, by the day they
// were seen last.
func (c *Catalog) Versions(cite citation.Citation) []*Source { return c.versions[cite.Base()] }

// Captured returns the provisions of which an official text is held, in the
// order of their citations as written.
func (c *Catalog) Captured() []citation.Citation {
	return slices.SortedFunc(maps.Keys(c.versions), func(a, b citation.Citation) int {
		return cmp.Compare(a.String(), b.String())
	})
}

// On returns the catalog as the law stood on day: Find and Resolve then see,
// beside the digests, the official text that was the law that day, where the
// versions held show it. A catalog without versions is returned as it is.
func (c *Catalog) On(day Date) *Catalog {
	if len(c.versions) == 0 {
		return c
	}
	out := *c
	out.byCite = maps.Clone(c.byCite)
	out.standing = map[citation.Citation]Standing{}
	for cite, versions := range c.versions {
		st := LawOn(versions, day)
		out.standing[cite] = st
		if st.Text != nil {
			out.byCite[cite] = append(slices.Clone(c.byCite[cite]), st.Text)
		}
	}
	return &out
}

// Standing returns which official text of cite is the law on the day that
// c was made for by On.
func (c *Catalog) Standing(cite citation.Citation) Standing { return c.standing[cite.Base()] }

// Texts returns the official texts that are the law on the day c was made
// for, in the order of their citations.
func (c *Catalog) Texts() []*Source {
	var out []*Source
	for _, cite := range c.Captured() {
		if st := c.standing[cite]; st.Text != nil {
			out = append(out, st.Text)
		}
	}
	return out
}

// Leaning returns the digests of cite and the cards with a point that cites
// it, by id.
func (c *Catalog) Leaning(cite citation.Citation) (digests, cards []string) {
	for _, s := range c.byCite[cite.Base()] {
		if s.Form == Digest {
			digests = append(digests, s.ID)
		}
	}
	for _, card := range c.Cards {
		if slices.ContainsFunc(card.Points(), func(p Point) bool {
			return slices.ContainsFunc(p.Cites, func(x citation.Citation) bool { return x.Base() == cite.Base() })
		}) {
			cards = append(cards, card.Source.ID)
		}
	}
	return digests, cards
}
