package slack

import (
	"strings"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
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

// userID reports whether s is the id of a person, as Slack writes it.
func userID(s string) bool {
	return len(s) > 1 && len(s) <= 32 && (s[0] == 'U' || s[0] == 'W') && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	})
}

// places are those of the library, with addresses as Slack takes them.
func (v View) places() layout.Places {
	return layout.Places{Catalog: v.Catalog, Link: v.Link, Take: address}
}
