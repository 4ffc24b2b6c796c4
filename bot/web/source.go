package web

import (
	"html/template"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// sourceLink is SourceURL within the page, as templates take it.
func sourceLink(source string, pin citation.Pinpoint) template.URL {
	return template.URL(SourceURL("", source, pin))
}

// A view is a source laid out for its page.
type view struct {
	*corpus.Source
	Name   string // as it is cited; "" for a card
	Own    bool   // ours: a card, a correction, a guide
	Hidden bool   // its words may not be shown
	Places []placeView
}

// A placeView is one passage, with what is official told from what is ours.
type placeView struct {
	Pin     citation.Pinpoint
	Label   string
	Heading string
	Lines   [][]piece
}

// A piece is a run of words.
type piece struct {
	Text     string
	Official bool
}

func sourceView(s *corpus.Source) view {
	v := view{Source: s, Own: s.Kind.Own(), Hidden: s.Licence != "public"}
	if !s.Cite.IsZero() {
		v.Name = s.Cite.String()
	}
	for _, p := range s.Passages {
		x := placeView{Pin: p.Pin, Heading: p.Heading}
		if p.Pin.Enumerated() || p.Pin.Page() {
			x.Label = string(p.Pin)
		}
		for _, line := range p.Sentences() {
			x.Lines = append(x.Lines, pieces(line, s.Form))
		}
		v.Places = append(v.Places, x)
	}
	return v
}

// pieces tells the official words of a sentence from ours: in a digest they
// are those in quotation marks, which stay.
func pieces(line string, f corpus.Form) []piece {
	if f == corpus.Text {
		return []piece{{line, true}}
	}
	var out []piece
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			out = append(out, piece{"“" + part + "”", true})
		} else if part != "" {
			out = append(out, piece{part, false})
		}
	}
	return out
}
