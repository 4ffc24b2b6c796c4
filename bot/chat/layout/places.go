package layout

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// Places are the places of the library, as words that lead to them. Take is
// required.
type Places struct {
	Catalog *corpus.Catalog // nil: what a text names leads nowhere
	// Link is the address of a cited place on our own page; nil, or "" from
	// it: the publisher's address is given.
	Link func(source string, pin citation.Pinpoint) string
	// Take is an address as the platform takes it, or "".
	Take func(address string) string
}

func (p Places) linked(line Para, text, to string) Para { return line.Link(text, p.Take(to)) }

// Address is where a citation leads: our own page of the place, or the
// publisher's; "" where there is neither.
func (p Places) Address(c bot.Citation) string {
	if p.Link != nil {
		if to := p.Link(c.Source, c.Pinpoint); to != "" {
			return to
		}
	}
	return c.URL
}

// Cited is a place of the library that a text names, as words that lead to it
// where it is held.
func (p Places) Cited(line Para, cite string) Para {
	c, err := citation.Parse(cite)
	if err != nil || p.Catalog == nil {
		return line.Say(cite)
	}
	src, at := p.Catalog.Resolve(c)
	if src == nil {
		return line.Say(cite)
	}
	k := bot.Citation{Source: src.ID, URL: src.URL}
	if at != nil {
		k.Pinpoint = at.Pin
	}
	return p.linked(line, cite, p.Address(k))
}

// source is a line of the list of sources: its number, its name with the link,
// its words, and with a source's first place its title and how it was read.
func (p Places) source(c bot.Citation, first bool) Para {
	line := p.linked(Para{}.Marks([]int{c.N}).Say(string(NBSP)), c.Cite.String(), p.Address(c))
	if first && c.Title != "" {
		line = line.Say(": " + c.Title)
	}
	switch {
	case c.Quote != "":
		line = line.Say(" “" + c.Quote + "”")
	case c.Digest != "":
		line = line.Say(" — in our words: " + c.Digest)
	}
	if first {
		line = line.Say(" · " + ReadAs(c))
	}
	return line
}

// Sources are the lines of the list of sources.
func (p Places) Sources(citations []bot.Citation) []Para {
	var lines []Para
	seen := map[string]bool{}
	for _, c := range citations {
		lines = append(lines, p.source(c, !seen[c.Source+c.Text]))
		seen[c.Source+c.Text] = true
	}
	return lines
}

// Nearest are the lines of sources that are no answer.
func (p Places) Nearest(nearest []bot.Nearest) []Para {
	var lines []Para
	for _, n := range nearest {
		k := bot.Citation{URL: n.URL}
		if c, err := citation.Parse(n.Cite); err == nil && p.Catalog != nil {
			if src, at := p.Catalog.Resolve(c); src != nil {
				if k.Source = src.ID; at != nil {
					k.Pinpoint = at.Pin
				}
			}
		}
		to := n.URL
		if k.Source != "" {
			to = p.Address(k)
		}
		lines = append(lines, p.linked(Para{}, cmp.Or(n.Cite, n.Title), to).Say(": "+n.Title))
	}
	return lines
}

// Finding is one citation of a draft: its words, its verdict, what is right.
func (p Places) Finding(n int, f bot.Finding) Para {
	line := Say(fmt.Sprintf("%d.%c", n, NBSP)).Say(strings.Join(strings.Fields(f.Text), " ") + ": ").Bold(Verdict(f.Status))
	switch {
	case len(f.Diff) > 0:
		line = Diffed(line.Say("\nThe draft against the official words: "), f.Diff)
	case f.Quoted != "" && f.Wrong():
		line = line.Say("\nThe draft: “" + f.Quoted + "”")
	}
	switch {
	case f.Expected == "":
	case f.Status == cite.StatusWrongPinpoint:
		line = p.Cited(line.Say("\nRight place: "), f.Expected)
	case f.Status == cite.StatusSuperseded:
		line = p.Cited(line.Say("\nNow: "), f.Expected)
	default:
		line = line.Say("\nOfficial words: “" + f.Expected + "”")
	}
	if f.Note != "" {
		line = line.Say("\n" + f.Note)
	}
	if f.Cite != "" {
		line = p.Cited(line.Say("\n"), f.Cite)
	}
	return line
}
