package bot

import (
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/bot/clinical"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/prompts"
)

// Improper is improper, for tests.
var Improper = improper

// Applies is applies on this day, for tests.
func (a *Assistant) Applies(p corpus.Point, f coverage.Facts) bool {
	return a.applies(p, known{f, a.today()})
}

// SameWords is sameWords, for tests.
var SameWords = sameWords

// FitToSend is the last look at a prompt, for tests.
func FitToSend(c *phi.Case, p prompts.Prompt) error {
	_, err := leaving(c, p)
	return err
}

// Resolved and KeepRewrite are resolved and keepRewrite, for tests.
func (a *Assistant) Resolved(checks []clinical.Check) []clinical.Check { return a.resolved(checks) }
func (a *Assistant) KeepRewrite(out *Rewritten)                        { a.keepRewrite(out) }

// A TestimonySentence is a sentence that a testimony may say, and why the
// checker withholds it; "" where it does not.
type TestimonySentence struct{ ID, Text, Reason string }

// TestimonySentences are all of them, as written and as spoken.
func (a *Assistant) TestimonySentences() []TestimonySentence {
	s := &speaker{Assistant: a, hearing: &hearing{frames: &a.Testimonies.frames}, law: a.law(a.today())}
	var out []TestimonySentence
	add := func(id, text string, cites []citation.Citation) {
		out = append(out, TestimonySentence{id, text, s.said(text, cites).Reason})
	}
	for _, p := range a.Testimonies.points {
		for _, x := range p.Sentences {
			if p.Mark != MarkOpinion {
				add(p.ID, x.Say, x.Cites)
				add(p.ID+", spoken", s.aloud(x), x.Cites)
			}
		}
	}
	for _, q := range a.Testimonies.questions {
		for _, x := range q.Answer {
			add(q.ID, x.Say, x.Cites)
		}
	}
	return out
}

// LooseStrengths are the strengths of evidence that do not stand, in these
// words, in a passage that their point cites.
func (a *Assistant) LooseStrengths() []string {
	var out []string
	all := slices.Clone(a.Testimonies.points)
	for _, q := range a.Testimonies.questions {
		for _, x := range q.Answer {
			all = append(all, heard{ID: q.ID, Strength: a.Testimonies.strength(x), Sentences: []heardSentence{{Cites: x.Cites}}})
		}
	}
	for _, p := range all {
		var held strings.Builder
		for _, x := range p.Sentences {
			for _, c := range x.Cites {
				if src, _ := a.Catalog.Resolve(c); src != nil {
					held.WriteString(src.Title + "\n")
					for _, at := range src.Passages {
						held.WriteString(strings.ToLower(at.Text) + "\n")
					}
				}
			}
		}
		for _, s := range p.Strength {
			if !strings.Contains(held.String(), strings.ToLower(s)) {
				out = append(out, p.ID+": "+s)
			}
		}
	}
	return out
}

// SpeakCitation is how a place is named aloud.
func (a *Assistant) SpeakCitation(c citation.Citation, title string) string {
	return a.Testimonies.frames.Speech.cite(c, title)
}

// SpeakBill is how a bill is named aloud.
func (a *Assistant) SpeakBill(bill string) string { return a.Testimonies.frames.Speech.bill(bill) }

// SentencesOf and Harmless are sentencesOf and harmless, for tests.
var SentencesOf, Harmless = sentencesOf, harmless

// TestimonyTexts are all sentences that a testimony may say and that the
// speaker did not write.
func (a *Assistant) TestimonyTexts() []string {
	s := &speaker{Assistant: a, hearing: &hearing{frames: &a.Testimonies.frames}, law: a.law(a.today())}
	var out []string
	for _, p := range a.Testimonies.points {
		for _, x := range p.Sentences {
			out = append(out, x.Say, s.aloud(x))
		}
	}
	for _, q := range a.Testimonies.questions {
		out = append(out, q.Q)
		for _, x := range q.Answer {
			out = append(out, x.Say)
		}
	}
	f := a.Testimonies.frames
	fill := strings.NewReplacer("{bill}", "House Bill 2", "{speaker}", "Pat Sample", "{committee}", "committee", "{about}", "does this.")
	for _, t := range []map[string]string{f.Position, f.Headline, f.Signposts} {
		for _, text := range t {
			out = append(out, fill.Replace(text))
		}
	}
	for _, aud := range f.Audiences {
		out = append(out, fill.Replace(aud.Greeting), fill.Replace(aud.Close))
		for _, text := range aud.Ask {
			out = append(out, fill.Replace(text))
		}
	}
	return append(out, fill.Replace(f.About), fill.Replace(f.AboutVerb), fill.Replace(f.AboutIt), f.Story)
}

// SpokenWords counts a sentence of a testimony, its brackets as what goes into
// them.
func (a *Assistant) SpokenWords(text string) int { return a.Testimonies.frames.words(text) }

// Unnamed is unnamed, for tests.
var Unnamed = unnamed

// SayWhy is what may be said of a reason on a law, and the checker's word on
// the reason itself, for tests.
func (a *Assistant) SayWhy(c citation.Citation, why string) (string, cite.Result) {
	l := a.law(a.today())
	p := point{say: why, cites: a.reasonRefs(why)}
	say, _ := l.checked(p)
	return say, l.checker.Claim(cite.Claim{Text: why, Refs: l.quoteRefs(why, p.cites)})
}
