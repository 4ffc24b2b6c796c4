package corpus

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// A Card holds prepared points on one objection, question or misreading.
// A card is never cited: each of its points cites the law it rests on.
type Card struct {
	Source *Source `yaml:"-"`
	// Codes are reason codes that mean the same (CARC, RARC). With the
	// source's Asks, they are how retrieval finds the card.
	Codes []string `yaml:"codes"`
	// Answer says it in order: direct answer first. A point is shown where
	// every authority it cites can apply to the plan at hand.
	Answer []Point `yaml:"answer"`
	// Weak says where this position is weak.
	Weak []Point `yaml:"weak"`
	// Next is what to do.
	Next []Point `yaml:"next"`
	// Enclosures are papers to send along, each in words that follow "the denial, …".
	Enclosures []string `yaml:"enclosures"`
	// Followups are questions a person would ask next.
	Followups []string `yaml:"followups"`
	// Topics are narrower questions about the same thing, each with an
	// answer of its own.
	Topics []Topic `yaml:"topics"`

	own int // of the source's asks, how many are of no topic: they come first
}

// A Topic answers one narrower question than its card. Weak, Next,
// Enclosures and Followups that it leaves out are the card's.
type Topic struct {
	Asks       []string `yaml:"asks"`
	Answer     []Point  `yaml:"answer"`
	Weak       []Point  `yaml:"weak"`
	Next       []Point  `yaml:"next"`
	Enclosures []string `yaml:"enclosures"`
	Followups  []string `yaml:"followups"`
}

// PinPoints is the passage of a card that holds its points.
const PinPoints citation.Pinpoint = "points"

// A Point is one sentence of ours and the passages that carry it.
type Point struct {
	Say   string              `yaml:"say"`
	Cites []citation.Citation `yaml:"cites"`
	// If restricts the point to facts: each named fact must have one of
	// the values; "unknown" is the value of a fact that is not known, and
	// "not WA" stands for all known ones but WA.
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
	s, err := file.Head.source()
	errs := []error{err}
	if err == nil && s.Kind != CardKind && s.Kind != Correction {
		errs = append(errs, fmt.Errorf("kind %q: want card or correction", s.Kind))
	}
	if len(file.Head.Asks) == 0 || len(c.Answer) == 0 || len(c.Next) == 0 {
		errs = append(errs, errors.New("asks, answer and next each need at least one entry"))
	}
	for _, k := range c.Topics {
		if len(k.Asks) == 0 || len(k.Answer) == 0 {
			errs = append(errs, fmt.Errorf("topic %q: want asks and answer", k.Asks))
		}
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
	c.own = len(s.Asks) + len(c.Codes)
	s.Asks = append(slices.Clone(s.Asks), c.Codes...)
	for _, k := range c.Topics {
		s.Asks = append(s.Asks, k.Asks...)
	}
	return &c, nil
}

// Topic returns the topic that the ask at place i of the source's belongs to;
// for its own, and for a negative i, what the card says in general. Its Asks
// are those that it answers.
func (c *Card) Topic(i int) Topic {
	whole := Topic{Asks: c.Source.Asks[:min(c.own, len(c.Source.Asks))], Answer: c.Answer, Weak: c.Weak, Next: c.Next, Enclosures: c.Enclosures, Followups: c.Followups}
	first := c.own
	for _, k := range c.Topics {
		if i >= first && i < first+len(k.Asks) {
			return k.over(whole)
		}
		first += len(k.Asks)
	}
	return whole
}

// over fills what k leaves out from the card's own.
func (k Topic) over(whole Topic) Topic {
	if k.Weak == nil {
		k.Weak = whole.Weak
	}
	if k.Next == nil {
		k.Next = whole.Next
	}
	if k.Enclosures == nil {
		k.Enclosures = whole.Enclosures
	}
	if k.Followups == nil {
		k.Followups = whole.Followups
	}
	return k
}

// Points returns the card's points in order: answer, weak, next; then those
// of its topics.
func (c *Card) Points() []Point {
	out := slices.Concat(c.Answer, c.Weak, c.Next)
	for _, k := range c.Topics {
		out = slices.Concat(out, k.Answer, k.Weak, k.Next)
	}
	return out
}
