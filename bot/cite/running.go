package cite

import (
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// apart is the line of an official text that sets what follows the inner
// levels of a place apart from what leads into them.
const apart = "\n…\n"

// Running is an official text at and inside pin as it runs on, with its
// labels; "" where that is one passage, or s is no official text.
func Running(s *corpus.Source, pin citation.Pinpoint) string {
	if s.Form != corpus.Text {
		return ""
	}
	if !isPlace(s, pin) {
		pin = ""
	}
	inside := s.Within(pin)
	if len(inside) < 2 {
		return ""
	}
	return running(inside)
}

// running joins passages as the publisher prints them: each with its label,
// and what follows the inner levels of a place after these.
func running(passages []*corpus.Passage) string {
	type rest struct {
		pin   citation.Pinpoint
		words string
	}
	var b strings.Builder
	var open []rest
	glued := true // right after a label with no words of its own: "(2)(a)"
	closeTo := func(pin citation.Pinpoint, all bool) {
		for len(open) > 0 && (all || !open[len(open)-1].pin.Contains(pin)) {
			b.WriteString("\n" + open[len(open)-1].words)
			open = open[:len(open)-1]
		}
	}
	for i, p := range passages {
		closeTo(p.Pin, false)
		if !glued {
			b.WriteByte('\n')
		}
		if i > 0 || p.Text == "" {
			b.WriteString(strings.TrimPrefix(string(p.Pin), string(p.Pin.Parent())))
		}
		if glued = p.Text == ""; glued {
			continue
		}
		lead, tail, ok := strings.Cut(p.Text, apart)
		if ok {
			open = append(open, rest{p.Pin, tail})
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(lead)
	}
	closeTo("", true)
	return b.String()
}
