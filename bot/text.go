package bot

import (
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// How much of an official text without a digest an answer shows.
const (
	mostParagraphs = 4
	mostTextWords  = 220
)

// fromText answers a question that cites a provision of which the official
// text is held and no digest: with the law's own words at that place. It is
// nil where the question cites no such provision, or one with a digest too.
func (l *law) fromText(r retrieval.Reading) *draft {
	var text *corpus.Source
	var pin citation.Pinpoint
	for _, c := range r.Citations {
		sources := l.catalog.Find(c)
		if slices.ContainsFunc(sources, func(s *corpus.Source) bool { return s.Form == corpus.Digest }) {
			return nil
		}
		if st := l.catalog.Standing(c); text == nil && st.Text != nil && len(st.Text.Within(c.Pin)) > 0 {
			text, pin = st.Text, c.Pin
		}
	}
	if text == nil {
		return nil
	}
	d := &draft{spoke: []citation.Citation{text.Cite}}
	words := 0
	for _, p := range text.Within(pin) {
		for _, para := range p.Sentences() {
			if words += len(strings.Fields(para)); len(d.points) == mostParagraphs || words > mostTextWords && len(d.points) > 0 {
				d.note = text.Cite.At(pin).String() + " goes on, and what follows may limit this. 'advocate corpus show \"" + text.Cite.At(pin).String() + "\"' shows all of it."
				return d
			}
			if para == "…" {
				continue
			}
			d.points = append(d.points, point{say: inTheWords(text.Cite.At(p.Pin), para), cites: []citation.Citation{text.Cite.At(p.Pin)}, part: Lead, quote: para})
		}
	}
	if text.Status == "partial" {
		d.note = "The copy held of " + text.Cite.String() + " is incomplete; what it lacks may limit this."
	}
	return d
}

// inTheWords puts a paragraph of the law in quotation marks.
func inTheWords(c citation.Citation, para string) string {
	return c.String() + ": “" + para + "”"
}
