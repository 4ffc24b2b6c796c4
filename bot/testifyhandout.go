package bot

import (
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// What a handout holds, in words as they stand on paper: one page.
const (
	mostHandout      = 350
	mostHandoutPoint = 75
	mostHandoutAbout = 45
	mostHandoutLimit = 60
	handoutPoints    = 3
)

// handOut makes the page to leave behind: what the bill does, three points,
// their limits, whom to ask, the sources.
func (s *speaker) handOut() {
	points := s.handoutPoints(s.all)
	for {
		p := s.handoutOf(points, s.handoutLimit(s.all, points))
		s.out.handout, s.out.Handout = &p.Document, p.Document.plain()
		if len(points) < 2 || len(strings.Fields(s.out.Handout)) <= mostHandout {
			return
		}
		points = points[:len(points)-1]
	}
}

// paperWords counts the words of a point as it is written.
func (c *checkedPoint) paperWords() int {
	n := 0
	for _, x := range c.written {
		n += len(strings.Fields(x.text))
	}
	return n
}

// sourced reports whether a point rests on a source that a reader can open,
// and not on a page of the library alone.
func (c *checkedPoint) sourced() bool {
	return slices.ContainsFunc(c.Sentences, func(x heardSentence) bool {
		return slices.ContainsFunc(x.Cites, func(c citation.Citation) bool { return c.System != citation.Guide })
	})
}

// handoutPoints are the best point of law, the best of evidence, and the next
// best, where one is short enough for the page.
func (s *speaker) handoutPoints(best []*checkedPoint) []*checkedPoint {
	var out []*checkedPoint
	take := func(parts ...SpeechPart) {
		for _, c := range best {
			if len(out) < handoutPoints && slices.Contains(parts, c.Part) && c.sourced() && !slices.Contains(out, c) && c.follows(out) && c.paperWords() <= mostHandoutPoint {
				out = append(out, c)
				return
			}
		}
	}
	take(PartLaw)
	take(PartEvidence)
	take(PartLaw, PartEvidence, PartProblem)
	return out
}

// handoutLimit is the best limit that cites something.
func (s *speaker) handoutLimit(best, points []*checkedPoint) *checkedPoint {
	for _, c := range best {
		if c.Part == PartLimit && c.sourced() && c.follows(points) && c.paperWords() <= mostHandoutLimit {
			return c
		}
	}
	return nil
}

func (s *speaker) handoutOf(points []*checkedPoint, limit *checkedPoint) *page {
	p := newPage("Handout on " + s.bill)
	p.short = true
	words := s.frames.Handout
	p.line(Heading, strings.ReplaceAll(s.frames.Headline[s.position], "{bill}", s.billAloud))
	p.line(Heading, words["what"])
	p.line(Paragraph, s.shortBill())
	p.line(Heading, words["points"])
	for _, c := range points {
		p.para(Numbered, s.statements(c, "", c.written), s.out.Citations)
	}
	if limit != nil {
		p.line(Heading, words["limits"])
		p.para(Paragraph, s.statements(limit, "", limit.written), s.out.Citations)
	}
	p.line(Heading, words["contact"])
	p.line(Paragraph, s.blank("contact"))
	return p
}

// shortBill is what the bill does in a few of the speaker's words, or the
// bracket.
func (s *speaker) shortBill() string {
	for told := s.about.within(mostHandoutAbout); len(told) > 0; told = told[:len(told)-1] {
		var out []string
		for _, st := range s.sayAbout(told) {
			out = append(out, st.Text)
		}
		if text := strings.Join(out, " "); len(strings.Fields(text)) <= mostHandoutAbout+10 {
			return text
		}
	}
	return s.blank("about")
}
