package slack

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/coverage"
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
	// Notes says that notes and denials may be given in Slack: the operator
	// has signed agreements for health information.
	Notes     bool
	Committee bool // a channel of people who answer is configured
	Keeping   Keeping
	Agent     bool // the app has the agent features
}

// start begins a sheet with the question and who shares the answer.
func start(sh chat.Shape) *sheet {
	s := &sheet{ref: sh.Ref}
	var p para
	if asked := clip(clean(sh.Asked), maxAsked); asked != "" {
		p = p.say("Asked: " + strings.ReplaceAll(asked, "\n", " "))
	}
	if userID(sh.By) {
		if len(p) > 0 {
			p = p.say(" · ")
		}
		p = append(p.say("shared by "), span{kind: mark, text: "<@" + sh.By + ">"})
	}
	s.small(p)
	return s
}

// userID reports whether s is the id of a person, as Slack writes it.
func userID(s string) bool {
	return len(s) > 1 && len(s) <= 32 && (s[0] == 'U' || s[0] == 'W') && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	})
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
func (v View) cited(p para, cite string) para {
	c, err := citation.Parse(cite)
	if err != nil || v.Catalog == nil {
		return p.say(cite)
	}
	src, at := v.Catalog.Resolve(c)
	if src == nil {
		return p.say(cite)
	}
	k := bot.Citation{Source: src.ID, URL: src.URL}
	if at != nil {
		k.Pinpoint = at.Pin
	}
	return p.linked(cite, v.address(k))
}

// source is a line of the list of sources: its number, its name with the link,
// its words, and with a source's first place its title and how it was read.
func (v View) source(c bot.Citation, first bool) para {
	p := para{}.marks([]int{c.N}).say(string(nbsp)).linked(c.Cite.String(), v.address(c))
	if first && c.Title != "" {
		p = p.say(": " + c.Title)
	}
	switch {
	case c.Quote != "":
		p = p.say(" “" + c.Quote + "”")
	case c.Digest != "":
		p = p.say(" — in our words: " + c.Digest)
	}
	if first {
		p = p.say(" · " + read(c))
	}
	return p
}

// read says in what copy a place was read, as the page does.
func read(c bot.Citation) string {
	switch {
	case c.Scope != corpus.PublicScope || c.Kind == corpus.Manual:
		return "a document added here, as of " + string(c.AsOf)
	case c.TextStatus == corpus.Text:
		return "law as of " + string(c.AsOf)
	}
	out := "our digest, as of " + string(c.AsOf)
	if c.Law != "" {
		out += ", its quotations checked against the law as of " + string(c.Law)
	}
	if c.Partial {
		out += ", from an incomplete copy"
	}
	return out
}

// sources puts the list of sources.
func (v View) sources(s *sheet, citations []bot.Citation) {
	var lines []para
	seen := map[string]bool{}
	for _, c := range citations {
		lines = append(lines, v.source(c, !seen[c.Source+c.Text]))
		seen[c.Source+c.Text] = true
	}
	s.list("Sources", lines)
}

// used are the citations that some claims rest on, with their numbers.
func used(citations []bot.Citation, claims []bot.Claim) []bot.Citation {
	var out []bot.Citation
	for _, c := range citations {
		if slices.ContainsFunc(claims, func(x bot.Claim) bool { return slices.Contains(x.Citations, c.N) }) {
			out = append(out, c)
		}
	}
	return out
}

// nearest puts sources that are no answer.
func (v View) nearest(s *sheet, label string, nearest []bot.Nearest) {
	var lines []para
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
		lines = append(lines, para{}.linked(cmp.Or(n.Cite, n.Title), to).say(": "+n.Title))
	}
	s.list(label, bulleted(lines))
}

// claim adds a sentence with its marks before its full stop.
func (p para) claim(text string, numbers []int) para {
	body, stop := clean(text), ""
	if len(numbers) == 0 {
		return p.say(body)
	}
	if strings.HasSuffix(body, ".") {
		body, stop = strings.TrimSuffix(body, "."), "."
	}
	return p.say(body + string(nbsp)).marks(numbers).say(stop)
}

// closing is the role line with the receipt.
func closing(role, id, model string) para {
	if model != "" && model != "composer" {
		role += fmt.Sprintf(" · phrased by %s, checked here", model)
	}
	if id != "" {
		role += " · receipt " + id
	}
	return say(role)
}
