package slack

import (
	"fmt"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
)

// speechNames are the parts of a testimony as a reader knows them.
var speechNames = map[bot.SpeechPart]string{
	bot.PartOpening: "Opening", bot.PartBill: "The bill", bot.PartProblem: "The problem", bot.PartLaw: "The law",
	bot.PartEvidence: "The evidence", bot.PartLimit: "What is not said", bot.PartStory: "Your story", bot.PartAsk: "What you ask",
}

// markNames are the marks of sentences that are not the speaker's own.
var markNames = map[bot.Mark]string{bot.MarkLaw: "law", bot.MarkEvidence: "evidence", bot.MarkOpinion: "opinion"}

// Testimony lays a testimony out: the script in its parts, each sentence with
// what it is and rests on, what only the speaker can fill in, the hardest
// questions with their answers, the sources, and the files.
func (v View) Testimony(out *bot.Testimony, sh chat.Shape) []Message {
	s := start(sh)
	s.head("Your testimony")
	s.put(labelled("To be spoken:", say(fmt.Sprintf("%s, %d of %d words", spokenTime(out), out.Words, out.Budget))))
	for _, w := range out.Warnings {
		s.put(labelled("Note:", say(w)))
	}
	for _, g := range scriptParts(out) {
		s.list(g.label, []para{g.text})
	}
	s.small(say("Sentences without a mark are your own."))
	var gaps []para
	for _, m := range out.Missing {
		gaps = append(gaps, para{}.bold(m.Element).say(": "+m.Ask))
	}
	s.list("Only you know these", bulleted(gaps))
	if len(out.Questions) > 0 {
		s.put(para{}.bold("The hardest questions of the other side"))
	}
	for _, q := range out.Questions {
		p := para{}.bold(q.Q).say("\n")
		for i, c := range q.Claims {
			if i > 0 {
				p = p.say(" ")
			}
			p = p.claim(c.Text, c.Citations)
		}
		s.put(p)
	}
	s.small(say(bot.Applies(out.Applicability, nil)))
	v.sources(s, used(out.Citations, spoken(out)))
	if sh.Private {
		s.list("What identifies somebody in the story", bulleted(identifiers(out.PHI)))
	}
	s.small(closing("Information, not legal advice. Read the bill and the sources before you speak; nothing you gave was kept", out.ID, out.Model))
	s.buttons("document", button(ActionDocument, 0, "Get the Script as DOCX", chat.DocumentScript),
		button(ActionDocument, 1, "Get the Written Version", chat.DocumentWritten), button(ActionDocument, 2, "Get the Handout", chat.DocumentHandout))
	v.feedback(s)
	v.handOver(s, sh)
	return s.messages()
}

// spoken are the sentences of the script and of the answers, as claims.
func spoken(out *bot.Testimony) []bot.Claim {
	var all []bot.Claim
	for _, st := range out.Statements {
		if st.In == "script" {
			all = append(all, bot.Claim{Text: st.Text, Citations: st.Citations})
		}
	}
	for _, q := range out.Questions {
		for _, st := range q.Claims {
			all = append(all, bot.Claim{Text: st.Text, Citations: st.Citations})
		}
	}
	return all
}

// spokenTime is how long the script takes.
func spokenTime(out *bot.Testimony) string {
	seconds := int(float64(out.Words) * out.Minutes * 60 / float64(max(out.Budget, 1)))
	return fmt.Sprintf("%d min %d s", seconds/60, seconds%60)
}

// scriptParts are the sentences of the script by their part, each on a line
// with what it is: law, evidence and how strong, opinion, or the speaker's own.
func scriptParts(out *bot.Testimony) []group {
	var groups []group
	var last bot.SpeechPart
	for _, st := range out.Statements {
		if st.In != "script" {
			continue
		}
		if len(groups) == 0 || st.Part != last {
			groups = append(groups, group{label: speechNames[st.Part]})
			last = st.Part
		}
		g := &groups[len(groups)-1]
		if len(g.text) > 0 {
			g.text = g.text.say("\n")
		}
		g.text = g.text.claim(st.Text, st.Citations)
		if what := markNames[st.Mark]; what != "" {
			if st.Strength != "" {
				what += ": " + st.Strength
			}
			g.text = g.text.say(" (" + what + ")")
		}
	}
	return groups
}
