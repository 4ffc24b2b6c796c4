package discord

import (
	"cmp"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A View lays values out. Rules and Catalog are required. It is not modified
// and safe for concurrent use.
type View struct {
	Rules   *coverage.Rules
	Catalog *corpus.Catalog
	// Link is the address of a cited place on our own page; nil, or "" from
	// it: the publisher's address is given.
	Link func(source string, pin citation.Pinpoint) string
	// Page is the address of our own page, "https://advocate.example.org", or "".
	Page string
	// Notes says that our own page takes notes and denials: what is refused
	// here leads to its forms.
	Notes bool
	// Desk says that an insurer's reason may be given here without
	// identifiers, to be answered with a letter.
	Desk      bool
	Committee bool // a channel of people who answer is configured
	Keeping   Keeping
}

// Refused reports whether what was given identifies somebody, so that nothing
// that was made of it is shown in Discord.
func Refused(found []phi.Finding) bool {
	return slices.ContainsFunc(found, func(f phi.Finding) bool { return f.Sure })
}

// start begins a sheet with the question and who shares the answer.
func start(sh chat.Shape) *sheet {
	s := &sheet{ref: sh.Ref}
	var p layout.Para
	if asked := layout.Clip(layout.Clean(sh.Asked), maxAsked); asked != "" {
		p = p.Say("Asked: " + strings.ReplaceAll(asked, "\n", " "))
	}
	if userID(sh.By) {
		if len(p) > 0 {
			p = p.Say(" · ")
		}
		p = append(p.Say("shared by "), layout.Span{Kind: layout.Mark, Text: "<@" + sh.By + ">"})
	}
	s.small(p)
	return s
}

// userID reports whether s is the id of a person or a channel, as Discord
// writes it.
func userID(s string) bool {
	return len(s) >= 15 && len(s) <= 20 && strings.Trim(s, "0123456789") == ""
}

// address is where a citation leads: our own page of the place, or the
// publisher's; "" where there is neither.
func (v View) address(c bot.Citation) string {
	if v.Link != nil {
		if to := v.Link(c.Source, c.Pinpoint); to != "" {
			return to
		}
	}
	return c.URL
}

// cited is a place of the library that a text names, as words that lead to it
// where it is held.
func (v View) cited(p layout.Para, cite string) layout.Para {
	c, err := citation.Parse(cite)
	if err != nil || v.Catalog == nil {
		return p.Say(cite)
	}
	src, at := v.Catalog.Resolve(c)
	if src == nil {
		return p.Say(cite)
	}
	k := bot.Citation{Source: src.ID, URL: src.URL}
	if at != nil {
		k.Pinpoint = at.Pin
	}
	return linked(p, cite, v.address(k))
}

// source is a line of the list of sources: its number, its name with the link,
// its words, and with a source's first place its title and how it was read.
func (v View) source(c bot.Citation, first bool) layout.Para {
	p := linked(layout.Para{}.Marks([]int{c.N}).Say(string(layout.NBSP)), c.Cite.String(), v.address(c))
	if first && c.Title != "" {
		p = p.Say(": " + c.Title)
	}
	switch {
	case c.Quote != "":
		p = p.Say(" “" + c.Quote + "”")
	case c.Digest != "":
		p = p.Say(" — in our words: " + c.Digest)
	}
	if first {
		p = p.Say(" · " + layout.ReadAs(c))
	}
	return p
}

// sources puts the list of sources.
func (v View) sources(s *sheet, citations []bot.Citation) {
	var lines []layout.Para
	seen := map[string]bool{}
	for _, c := range citations {
		lines = append(lines, v.source(c, !seen[c.Source+c.Text]))
		seen[c.Source+c.Text] = true
	}
	s.list("Sources", lines)
}

// nearest puts sources that are no answer.
func (v View) nearest(s *sheet, label string, nearest []bot.Nearest) {
	var lines []layout.Para
	for _, n := range nearest {
		k := bot.Citation{URL: n.URL}
		if c, err := citation.Parse(n.Cite); err == nil && v.Catalog != nil {
			if src, at := v.Catalog.Resolve(c); src != nil {
				if k.Source = src.ID; at != nil {
					k.Pinpoint = at.Pin
				}
			}
		}
		to := n.URL
		if k.Source != "" {
			to = v.address(k)
		}
		lines = append(lines, linked(layout.Para{}, cmp.Or(n.Cite, n.Title), to).Say(": "+n.Title))
	}
	s.list(label, bulleted(lines))
}
