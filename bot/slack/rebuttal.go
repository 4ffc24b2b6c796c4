package slack

import (
	"fmt"
	"slices"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
)

// Rebuttal lays a rebuttal out: what the letter is and why, what was read of
// the denial, its claims by objection, the clocks, what would decide more as
// buttons, what is to be filled in, the sources. Where the position is weak is
// shown to the person who asked alone. The letter itself is a file, or Letter.
func (v View) Rebuttal(out *bot.Rebuttal, sh chat.Shape) []Message {
	s := start(sh)
	s.head(layout.LetterName(out.LetterKind))
	for _, why := range out.Why {
		s.put(layout.Say(why))
	}
	for _, w := range out.Warnings {
		s.put(layout.Labelled("Note:", layout.Say(w)))
	}
	if out.Document() != nil {
		s.put(layout.Say("The letter is ready as a file: your own words go into its brackets."))
		b := button(ActionDocument, 0, "Get the Letter as DOCX", chat.DocumentLetter)
		b.Style = slack.StylePrimary
		s.buttons("document", b)
	}
	for i, q := range out.Questions {
		s.put(layout.Labelled("What would decide more:", layout.Say(q.Text)))
		v.options(s, fmt.Sprintf("question:%d", i), q)
	}
	s.list("What the denial says", bulleted(layout.DenialLines(out)))
	for _, g := range layout.ByObjection(out) {
		s.put(layout.Labelled(g.Label, g.Text))
	}
	s.list("Clocks", bulleted(layout.Clocks(out)))
	s.list("What you fill in", bulleted(layout.Blanks(out)))
	s.list("Enclosures", bulleted(layout.Enclosures(out)))
	s.list("Steps", numbered(layout.ClaimLines(out.Ladder)))
	if sh.Private {
		weak, replies := layout.Weaknesses(out.Weaknesses)
		s.list("For you, not for the letter: where it is weak", bulleted(weak))
		s.list("What the reviewer will reply", bulleted(replies))
	}
	s.small(layout.Say(bot.Applies(out.Applicability, nil)))
	s.list("Near it in the library", bulleted(v.places().Nearest(out.Nearest)))
	shown := slices.Concat(out.Claims, out.Ladder)
	if sh.Private {
		shown = append(shown, out.Weaknesses...)
	}
	s.list("Sources", v.places().Sources(layout.Used(out.Citations, shown)))
	if sh.Private {
		s.list("What identifies somebody", bulleted(layout.Identifiers(out.PHI)))
	}
	s.small(layout.Closing("Information, not legal advice. Read the letter against the denial and the chart before you sign it; nothing was sent", out.ID, out.Model))
	v.feedback(s)
	v.handOver(s, sh)
	return s.messages()
}

// Letter is the letter as text that can be copied, where no file can be made.
// It is the person's who asked alone.
func (v View) Letter(out *bot.Rebuttal, sh chat.Shape) []Message {
	return Copy("The letter", out.Letter, sh)
}

// Copy shows a text as it is, to be copied.
func Copy(title, text string, sh chat.Shape) []Message {
	s := &sheet{ref: sh.Ref}
	s.head(title)
	s.verbatim(text)
	return s.messages()
}

// numbered are lines with their numbers.
func numbered(lines []layout.Para) []layout.Para {
	out := make([]layout.Para, len(lines))
	for i, line := range lines {
		out[i] = append(layout.Say(fmt.Sprintf("%d.%c", i+1, layout.NBSP)), line...)
	}
	return out
}
