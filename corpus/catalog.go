package corpus

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// A Catalog holds sources and cards and finds them by id or citation. It is
// not modified after it is made, and so safe for concurrent use.
type Catalog struct {
	Sources []*Source // public ones first, by id
	Cards   []*Card   // by id; their sources are among Sources
	byID    map[string]*Source
	byCite  map[citation.Citation][]*Source
	cards   map[string]*Card
	hash    string
	// versions are the official texts held; standing says which of each is
	// the law on the day the catalog was made for (see On).
	versions map[citation.Citation][]*Source
	standing map[citation.Citation]Standing
}

// Load reads every digest (.md) and every card (.yaml in a folder named
// cards or corrections) below fsys. The error lists everything wrong with
// any of them, so that an author sees it all at once.
func Load(fsys fs.FS) (*Catalog, error) {
	var sources []*Source
	var cards []*Card
	var errs []error
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		dir := path.Base(path.Dir(name))
		isCard := path.Ext(name) == ".yaml" && (dir == "cards" || dir == "corrections")
		if path.Ext(name) != ".md" && !isCard {
			return nil
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		if isCard {
			c, err := ParseCard(name, data)
			if err != nil {
				errs = append(errs, err)
				return nil
			}
			cards = append(cards, c)
			return nil
		}
		s, err := ParseDigest(name, data)
		if err != nil {
			errs = append(errs, err)
			return nil
		}
		sources = append(sources, s)
		return nil
	})
	if err := errors.Join(append(errs, err)...); err != nil {
		return nil, err
	}
	return NewCatalog(sources, cards)
}

// NewCatalog joins sources and cards. Two of one id, or a point that cites
// a passage which does not exist, are errors.
func NewCatalog(sources []*Source, cards []*Card) (*Catalog, error) {
	c := &Catalog{Cards: slices.Clone(cards), Sources: slices.Clone(sources),
		byID: map[string]*Source{}, byCite: map[citation.Citation][]*Source{}, cards: map[string]*Card{}}
	for _, card := range cards {
		c.Sources = append(c.Sources, card.Source)
		c.cards[card.Source.ID] = card
	}
	slices.SortFunc(c.Sources, func(a, b *Source) int {
		return cmp.Or(publicFirst(a)-publicFirst(b), strings.Compare(a.ID, b.ID))
	})
	slices.SortFunc(c.Cards, func(a, b *Card) int { return strings.Compare(a.Source.ID, b.Source.ID) })
	c.hash = hashAll(c.Sources)
	var errs []error
	for _, s := range c.Sources {
		if c.byID[s.ID] != nil {
			errs = append(errs, fmt.Errorf("corpus: two sources are called %s", s.ID))
		}
		c.byID[s.ID] = s
		if !s.Cite.IsZero() {
			c.byCite[s.Cite.Base()] = append(c.byCite[s.Cite.Base()], s)
		}
	}
	for _, s := range c.Sources { // after the documents of their own
		for _, covered := range s.Covers {
			c.byCite[covered] = append(c.byCite[covered], s)
		}
	}
	for _, card := range cards {
		for _, p := range card.Points() {
			for _, cite := range p.Cites {
				if _, at := c.Resolve(cite); at == nil {
					errs = append(errs, fmt.Errorf("corpus: %s: %q cites %s, which is not in the library", card.Source.ID, p.Say, cite))
				}
			}
		}
	}
	return c, errors.Join(errs...)
}

func publicFirst(s *Source) int {
	if s.Scope == PublicScope {
		return 0
	}
	return 1
}

// Source returns the source called id, or nil.
func (c *Catalog) Source(id string) *Source { return c.byID[id] }

// Card returns the card called id, or nil.
func (c *Catalog) Card(id string) *Card { return c.cards[id] }

// Find returns the sources that carry cite, without regard to its pinpoint;
// those that only cover it come last.
func (c *Catalog) Find(cite citation.Citation) []*Source { return c.byCite[cite.Base()] }

// Resolve returns the source and the passage that cite names exactly; where
// several hold it, one that everyone may search comes first. The passage is
// nil where the source is held and the pinpoint is not; both are nil where
// nothing of the source is held.
func (c *Catalog) Resolve(cite citation.Citation) (*Source, *Passage) {
	var first *Source
	for _, s := range c.Find(cite) {
		if p := s.Passage(cite.Pin); p != nil {
			return s, p
		}
		if first == nil {
			first = s
		}
	}
	return first, nil
}

// Hash is the SHA-256, in hex, over all sources' hashes: the version of the
// library.
func (c *Catalog) Hash() string { return c.hash }

func hashAll(sources []*Source) string {
	h := sha256.New()
	for _, s := range sources {
		h.Write([]byte(s.Hash()))
	}
	return hex.EncodeToString(h.Sum(nil))
}
