package corpus

import (
	"errors"
	"fmt"
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// A Card holds prepared points on one objection, question or misreading.
// A card is never cited: each of its points cites the law it rests on.
type Card struct {
	Source *Source `yaml:"-"`
	// Asks are ways people put it, in their own words; they are how
	// retrieval finds the card.
	Asks []string `yaml:"-"`
	// Codes are reason codes that mean the same (CARC, RARC).
	Codes []string `yaml:"codes"`
	// Answer says it in order: direct answer first. A point is shown where
	// every authority it cites can apply to the plan at hand.
	Answer []Point `yaml:"answer"`
	// Weak says where this position is weak.
	Weak []Point `yaml:"weak"`
	// Next is what to do.
	Next []Point `yaml:"next"`
	// Enclosures are papers to send along.
	Enclosures []string `yaml:"enclosures"`
	// Followups are questions a person would ask next.
	Followups []string `yaml:"followups"`
}

// PinPoints is the passage of a card that holds its points; its other
// passages are the ways it is asked for.
const PinPoints citation.Pinpoint = "points"

// A Point is one sentence of ours and the passages that carry it.
type Point struct {
	Say   string              `yaml:"say"`
	Cites []citation.Citation `yaml:"cites"`
	// If restricts the point to facts: each named fact must have one of
	// the values; "unknown" is the value of a fact that is not known.
	If map[string][]string `yaml:"if"`
	// Lead marks the point that answers the question in one sentence. It
	// is shown before all branches, where it applies.
	Lead bool `yaml:"lead"`
}

// ParseCard reads a card from YAML: the front matter's fields, then the
// card's own. The error lists everything that is wrong.
func ParseCard(name string, data []byte) (*Card, error) {
	var file struct {
		Head frontMatter `yaml:",inline"`
		Body Card        `yaml:",inline"`
	}
	if err := unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("corpus: %s: %w", name, err)
	}
	c := file.Body
	c.Asks, file.Head.Asks = file.Head.Asks, nil // each is a passage of its own
	s, err := file.Head.source()
	errs := []error{err}
	if err == nil && s.Kind != CardKind && s.Kind != Correction {
		errs = append(errs, fmt.Errorf("kind %q: want card or correction", s.Kind))
	}
	if len(c.Asks) == 0 || len(c.Answer) == 0 || len(c.Next) == 0 {
		errs = append(errs, errors.New("asks, answer and next each need at least one entry"))
	}
	for _, p := range c.Points() {
		if p.Say == "" || strings.ContainsAny(p.Say, "\n") {
			errs = append(errs, fmt.Errorf("point %q: want one line", p.Say))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("corpus: %s: %w", name, err)
	}
	c.Source = s
	var says []string
	for _, p := range c.Points() {
		says = append(says, p.Say)
	}
	s.Passages = []Passage{{Pin: PinPoints, Heading: s.Title, Text: strings.Join(says, "\n")}}
	for i, ask := range append(append([]string{}, c.Asks...), c.Codes...) {
		s.Passages = append(s.Passages, Passage{Pin: citation.Pinpoint(fmt.Sprintf("ask %d", i+1)), Text: ask})
	}
	return &c, nil
}

// Points returns the card's points in order: answer, weak, next.
func (c *Card) Points() []Point {
	out := append([]Point{}, c.Answer...)
	out = append(out, c.Weak...)
	return append(out, c.Next...)
}
