package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/corpus/citation"
)

// A checkedPoint is a point whose sentences all passed the checker, as they
// are written and as they are spoken.
type checkedPoint struct {
	*heard
	order           int
	score           int
	words           int // said aloud
	written, spoken []checkedSaying
}

// A checkedSaying is a sentence and the checker's word on it.
type checkedSaying struct {
	text string
	cite.Result
}

// fits reports whether something that is for some positions and some states is
// for this hearing.
func (h *hearing) fits(side []string, states map[string][]string) bool {
	return (len(side) == 0 || slices.Contains(side, h.position)) && (states["state"] == nil || holds(states["state"], h.state))
}

// What is added to a point's own worth: for the bill's first theme, less for
// each one after it; for a theme of the audience; for the state's own law.
const (
	themeWorth    = 40
	audienceWorth = 10
	homeWorth     = 25
)

// score is what a point is worth at this hearing: its own worth, and more for
// the bill's themes. Without a theme of the bill or a default one it is
// nothing.
func (h *hearing) score(worth int, themes []string) (score int, ok bool) {
	for i, t := range h.themes {
		if slices.Contains(themes, t) {
			score, ok = score+themeWorth/(i+1), true
		}
	}
	for _, t := range themes {
		ok = ok || slices.Contains(h.frames.Default, t)
		if slices.Contains(h.audience.Themes, t) {
			score += audienceWorth
		}
	}
	return worth + score, ok
}

// candidates are the points that may be made here, the best first.
func (s *speaker) candidates() []*checkedPoint {
	var out []*checkedPoint
	for i := range s.Testimonies.points {
		p := &s.Testimonies.points[i]
		score, ok := s.score(p.Worth, p.Themes)
		if !ok || !s.fits(p.Side, p.If) {
			continue
		}
		if slices.Contains(p.If["state"], s.state) {
			score += homeWorth
		}
		c := &checkedPoint{heard: p, order: i, score: score}
		if s.check(c) {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b *checkedPoint) int { return cmp.Compare(b.score, a.score) })
	return out
}

// check runs each sentence of a point through the checker, as it is written
// and as it is spoken, and reports whether all may be said.
func (s *speaker) check(c *checkedPoint) bool {
	for _, sentence := range c.Sentences {
		spoken := s.aloud(sentence)
		w, x := s.said(sentence.Say, sentence.Cites), s.said(spoken, sentence.Cites)
		if c.Mark != MarkOpinion && (w.Verdict == cite.Withheld || x.Verdict == cite.Withheld) {
			return false
		}
		c.written = append(c.written, w)
		c.spoken = append(c.spoken, x)
		c.words += SpokenWords(spoken)
	}
	return true
}

// aloud is a sentence as it is spoken, with {1}, {2} … as its sources are
// named aloud.
func (s *speaker) aloud(sentence heardSentence) string {
	text := sentence.Spoken
	if text == "" {
		text = sentence.Say
	}
	for i, c := range sentence.Cites {
		if mark := fmt.Sprintf("{%d}", i+1); strings.Contains(text, mark) {
			title := ""
			if src, _ := s.Catalog.Resolve(c); src != nil {
				title = src.Title
			}
			text = strings.ReplaceAll(text, mark, s.Testimonies.frames.Speech.cite(c, title))
		}
	}
	return upperFirst(strings.NewReplacer(",,", ",", ",.", ".").Replace(text))
}

// said holds a sentence against its cites. What the checker withholds is left
// out; nothing is put in its place.
func (s *speaker) said(text string, cites []citation.Citation) checkedSaying {
	key := "hearing\x00" + text
	for _, c := range cites {
		key += "\x00" + c.String()
	}
	if v, ok := s.law.verdicts.Load(key); ok {
		return checkedSaying{text, v.(verdict).Result}
	}
	res := s.law.checker.Claim(cite.Claim{Text: text, Refs: s.law.quoteRefs(text, cites)})
	s.law.verdicts.Store(key, verdict{text, res})
	return checkedSaying{text, res}
}

// mostMore is how many points the written version has beyond the script's.
const mostMore = 4

// fill takes points while they fit into most words, in rounds of one for each
// part, and no more for a part than one and one for each minute.
func (s *speaker) fill(all []*checkedPoint, most int) {
	taken := map[SpeechPart]int{}
	for more := true; more; {
		more = false
		for _, part := range s.round(all, taken) {
			if part == PartLimit && taken[part] > len(s.chosen)/3 {
				continue // limits are never more than half of the rest, and one
			}
			post := s.signpost(part, taken[part] == 0)
			if c := s.next(all, part, most-post); c != nil {
				most -= c.words + post
				s.chosen = append(s.chosen, c)
				taken[part]++
				more = true
			}
		}
	}
	for _, c := range all {
		if len(s.more) < mostMore && !slices.Contains(s.chosen, c) && c.follows(slices.Concat(s.chosen, s.more)) {
			s.more = append(s.more, c)
		}
	}
	for _, list := range [][]*checkedPoint{s.chosen, s.more} {
		slices.SortFunc(list, func(a, b *checkedPoint) int { return cmp.Compare(a.order, b.order) })
	}
}

// round is the parts that may take one more point, in the order of what their
// best is worth, but limits second: what is claimed is limited before more is
// claimed.
func (s *speaker) round(all []*checkedPoint, taken map[SpeechPart]int) []SpeechPart {
	const endless = 1 << 20
	score := map[SpeechPart]int{}
	var out []SpeechPart
	for _, part := range speechParts {
		if c := s.next(all, part, endless); part != PartLimit && c != nil && taken[part] <= int(s.minutes) {
			score[part] = c.score
			out = append(out, part)
		}
	}
	slices.SortStableFunc(out, func(a, b SpeechPart) int { return cmp.Compare(score[b], score[a]) })
	if taken[PartLimit] > int(s.minutes) {
		return out
	}
	return slices.Insert(out, min(1, len(out)), PartLimit)
}

// next is the best point of a part that was not taken yet, follows what was,
// and fits into most words; nil for none.
func (s *speaker) next(all []*checkedPoint, part SpeechPart, most int) *checkedPoint {
	for _, c := range all {
		if c.Part == part && c.words <= most && !slices.Contains(s.chosen, c) && c.follows(s.chosen) {
			return c
		}
	}
	return nil
}

// follows reports whether a point that speaks of another comes after it.
func (c *checkedPoint) follows(said []*checkedPoint) bool {
	return len(c.Of) == 0 || slices.ContainsFunc(said, func(other *checkedPoint) bool { return slices.Contains(c.Of, other.ID) })
}

// signposts are said in testimonies of two minutes and more.
const signpostMinutes = 2

// signpost is how many words the signpost before a part takes.
func (s *speaker) signpost(part SpeechPart, first bool) int {
	if !first || s.minutes < signpostMinutes {
		return 0
	}
	return SpokenWords(s.frames.Signposts[string(part)])
}
