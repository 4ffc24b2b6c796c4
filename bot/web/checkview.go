package web

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/cite"
)

// A checkView is a checked draft laid out for the page.
type checkView struct {
	Out       *bot.Checked
	Draft     []checkPiece
	Rows      []checkedRow
	Right     int // verified or found
	Wrong     int // to be mended
	Unchecked int
	Read      string // what was read from the draft, in words; ""
	Text      string // the findings as text, for copying
}

// A checkPiece is a run of the draft: words alone, or a citation.
type checkPiece struct {
	Text string
	Row  *checkedRow // nil: words alone
}

// A checkedRow is a finding with its number and its links.
type checkedRow struct {
	bot.Finding
	N         int
	Class     string // "yes", "no" or "open"
	Say       string // the status in words
	Source    string // the title of what is cited
	Link      template.URL
	RightLink template.URL // of the place that is right
}

// statusWords are the statuses as the page says them.
var statusWords = map[cite.Status]string{
	cite.StatusVerified:      "verified",
	cite.StatusFound:         "found",
	cite.StatusUnchecked:     "not checked",
	cite.StatusMisquoted:     "misquoted",
	cite.StatusWrongPinpoint: "wrong place",
	bot.DoesNotApply:         "does not apply",
	cite.StatusSuperseded:    "superseded",
	cite.StatusOutside:       "not in the library",
	cite.StatusMalformed:     "no such citation",
}

func (s *Server) checkView(out *bot.Checked, f checkForm) *checkView {
	v := &checkView{Out: out, Read: strings.Join(s.sayRead(out), "; ")}
	var b strings.Builder
	for i, g := range out.Citations {
		row := checkedRow{Finding: g, N: i + 1, Class: "yes", Say: statusWords[g.Status]}
		row.Text = strings.Join(strings.Fields(g.Text), " ")
		switch {
		case g.Wrong():
			row.Class = "no"
			v.Wrong++
		case g.Status == cite.StatusUnchecked:
			row.Class = "open"
			v.Unchecked++
		default:
			v.Right++
		}
		if src, p := s.Assistant.Cited(g.Cite); src != nil {
			row.Source = src.Title
			if p != nil {
				row.Link = sourceLink(src.ID, p.Pin)
			} else {
				row.Link = sourceLink(src.ID, "")
			}
		}
		if g.Status == cite.StatusWrongPinpoint || g.Status == cite.StatusSuperseded {
			if src, p := s.Assistant.Cited(g.Expected); p != nil {
				row.RightLink = sourceLink(src.ID, p.Pin)
			}
		}
		v.Rows = append(v.Rows, row)
		fmt.Fprintf(&b, "%d. %s: %s. %s\n", row.N, row.Text, row.Say, strings.TrimSpace(g.Note+" "+g.Expected))
	}
	v.Text = b.String()
	v.cut(f.Text)
	return v
}

// cut makes pieces of the draft.
func (v *checkView) cut(draft string) {
	runes := []rune(draft)
	at := 0
	add := func(to int, row *checkedRow) {
		if to > at {
			v.Draft = append(v.Draft, checkPiece{string(runes[at:to]), row})
			at = to
		}
	}
	for i := range v.Rows {
		add(v.Rows[i].Start, nil)
		add(v.Rows[i].End, &v.Rows[i])
	}
	add(len(runes), nil)
}

// sayRead are the facts read from the draft, plan and state as the form has
// them.
func (s *Server) sayRead(out *bot.Checked) []string {
	read := out.SayRead()
	for i, fact := range read {
		name, value, _ := strings.Cut(fact, ": ")
		switch name {
		case "plan", "state":
		default:
			read[i] = name + ": " + words(value)
			continue
		}
		if label := s.Assistant.Rules.Label(name, value); label != "" {
			read[i] = name + ": " + label
		}
	}
	return read
}
