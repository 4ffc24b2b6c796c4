package corpus

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

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
	// Topics are narrower questions about the same thing, each with an
	// answer of its own.
	Topics []Topic `yaml:"topics"`
}

// A Topic answers one narrower question than its card. Weak, Next and
// Followups that it leaves out are the card's.
type Topic struct {
	Asks      []string `yaml:"asks"`
	Answer    []Point  `yaml:"answer"`
	Weak      []Point  `yaml:"weak"`
	Next      []Point  `yaml:"next"`
	Followups []string `yaml:"followups"`
}

// PinPoints is the passage of a card that holds its points; its other
// passages are the ways it is asked for.
const PinPoints citation.Pinpoint = "points"

// AskPrefix begins the pinpoint of each way to ask for a card.
const AskPrefix = "ask "

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
	if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("corpus: %s: %s", name, yaml.FormatError(err, false, false))
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
	for i, ask := range c.asks() {
		s.Passages = append(s.Passages, Passage{Pin: askPin(i), Text: ask})
	}
	return &c, nil
}

// asks are all ways to ask for the card: its own, its codes, its topics'.
func (c *Card) asks() []string {
	out := append(append([]string{}, c.Asks...), c.Codes...)
	for _, k := range c.Topics {
		out = append(out, k.Asks...)
	}
	return out
}

func askPin(i int) citation.Pinpoint { return citation.Pinpoint(fmt.Sprintf("%s%d", AskPrefix, i+1)) }

// Topic returns the topic that the ask at pin belongs to; for any other pin,
// what the card says in general.
func (c *Card) Topic(pin citation.Pinpoint) Topic {
	whole := Topic{Asks: c.Asks, Answer: c.Answer, Weak: c.Weak, Next: c.Next, Followups: c.Followups}
	first := len(c.Asks) + len(c.Codes)
	for _, k := range c.Topics {
		for i := range k.Asks {
			if askPin(first+i) == pin {
				return k.over(whole)
			}
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
