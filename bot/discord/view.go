package discord

import (
	"slices"
	"strings"

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

// places are those of the library, with addresses as Discord takes them.
func (v View) places() layout.Places {
	return layout.Places{Catalog: v.Catalog, Link: v.Link, Take: address}
}
