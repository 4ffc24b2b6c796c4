package bot

import (
	"regexp"
	"strings"

	"github.com/everycategory/advocate/retrieval"
)

// verdicts are what the sentence of a prepared answer to a yes-or-no question
// may begin with.
var verdicts = []string{"No; ", "Close: ", "Yes; "}

// withoutVerdict is a sentence without the "No; " that it begins with.
func withoutVerdict(say string) string {
	for _, verdict := range verdicts {
		if rest, ok := strings.CutPrefix(say, verdict); ok {
			return strings.ToUpper(rest[:1]) + rest[1:]
		}
	}
	return say
}

// answerTo drops the "No; " of a prepared answer where something else was
// asked: how, what or when; what the source does not clearly answer; or the
// contrary. A verdict is written for the first of the questions that its topic
// lists, and "do they have to pay me the same?" and "can they pay me less?" are
// near in words, in meaning and in law.
func (a *Assistant) answerTo(d *draft, question string, h retrieval.Hit, r retrieval.Reading) {
	if !r.Open && a.asksYesOrNo(h, r) && (len(d.answered) == 0 || contrary(question) == contrary(d.answered[0])) {
		return
	}
	for i, p := range d.points {
		d.points[i].say = withoutVerdict(p.say)
	}
}

// asksYesOrNo reports whether the listed question to which a text is clearly
// near asks no "what" or "how": no verdict answers that.
func (a *Assistant) asksYesOrNo(h retrieval.Hit, r retrieval.Reading) bool {
	near, at := a.nearest(h.Source, r)
	if near < clearlyNear {
		at = h.NearAsk
	}
	return a.answersClearly(h, r) && (at < 0 || at >= len(h.Source.Asks) || !retrieval.IsOpen(h.Source.Asks[at]))
}

// against matches what turns a question about a duty or a right into its
// contrary.
var against = regexp.MustCompile(`(?i)\b(?:exclu(?:de[sd]?|ding|sion)|(?:leave|left|leaving)\b[^.?!]{0,40}\bout|refus(?:e[sd]?|ing)|less|lower(?:ed|s)?|unequal|different(?:ly)?|cap(?:s|ped)?|limit(?:s|ed)?|review(?:s|ed)?|free (?:of|from)|forbid(?:s|den)?|bar(?:s|red)?|ban(?:s|ned)?|prohibit(?:s|ed)?|illegal|unlawful|against the law|exempt|escape[sd]?|ignore[sd]?|non-?covered|uncovered|not (?:be )?(?:covered|covering|cover|pay|paying)|(?:not|n't|nt) have to|drop(?:s|ped)?|stop(?:s|ped)?)\b`)

// contrary reports whether a question asks for the contrary of what it would
// ask without the words of against: two of them undo each other. Where a text
// asks somewhere, the rest of it is not counted.
func contrary(question string) bool {
	asked, n := false, 0
	for _, s := range sentenceEnd.Split(question, -1) {
		if asksFirst.MatchString(s) {
			asked = true
			n += len(against.FindAllString(s, -1))
		}
	}
	if !asked {
		n = len(against.FindAllString(question, -1))
	}
	return n%2 == 1
}
