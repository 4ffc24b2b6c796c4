package slack

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/denial"
	"github.com/everycategory/advocate/bot/phi"
)

// kindLines say what a letter is.
var kindLines = map[bot.LetterKind]string{
	bot.Appeal:        "Appeal",
	bot.RequestLetter: "Request, not an appeal",
	bot.Explanation:   "Explanation, not an appeal",
	"":                "No letter",
}

// Rebuttal lays a rebuttal out: what the letter is and why, what was read of
// the denial, its claims by objection, the clocks, what would decide more as
// buttons, what is to be filled in, the sources. Where the position is weak is
// shown to the person who asked alone. The letter itself is a file, or Letter.
func (v View) Rebuttal(out *bot.Rebuttal, sh chat.Shape) []Message {
	s := start(sh)
	s.head(kindLines[out.LetterKind])
	for _, why := range out.Why {
		s.put(say(why))
	}
	for _, w := range out.Warnings {
		s.put(labelled("Note:", say(w)))
	}
	if out.Document() != nil {
		s.put(say("The letter is ready as a file: your own words go into its brackets."))
		b := button(ActionDocument, 0, "Get the Letter as DOCX", chat.DocumentLetter)
		b.Style = slack.StylePrimary
		s.buttons("document", b)
	}
	for i, q := range out.Questions {
		s.put(labelled("What would decide more:", say(q.Text)))
		v.options(s, fmt.Sprintf("question:%d", i), q)
	}
	s.list("What the denial says", bulleted(readLines(out)))
	for _, g := range byObjection(out) {
		s.put(labelled(g.label, g.text))
	}
	var clocks, blanks []para
	for _, d := range out.Deadlines {
		clocks = append(clocks, say(bot.ClockLine(d)))
	}
	for i := 0; i < len(out.Missing); i++ { // what the same belongs in is one line
		text := out.Missing[i].Text
		for ; i+1 < len(out.Missing) && out.Missing[i+1].Ask == out.Missing[i].Ask; i++ {
			text += ", " + out.Missing[i+1].Text
		}
		blanks = append(blanks, say(text+" "+out.Missing[i].Ask))
	}
	s.list("Clocks", bulleted(clocks))
	s.list("What you fill in", bulleted(blanks))
	var enclosures []para
	for _, e := range out.Enclosures {
		enclosures = append(enclosures, say(e))
	}
	s.list("Enclosures", bulleted(enclosures))
	s.list("Steps", numbered(claimLines(out.Ladder)))
	if sh.Private {
		weak, replies := weaknesses(out.Weaknesses)
		s.list("For you, not for the letter: where it is weak", bulleted(weak))
		s.list("What the reviewer will reply", bulleted(replies))
	}
	s.small(say(bot.Applies(out.Applicability, nil)))
	v.nearest(s, "Near it in the library", out.Nearest)
	shown := slices.Concat(out.Claims, out.Ladder)
	if sh.Private {
		shown = append(shown, out.Weaknesses...)
	}
	v.sources(s, used(out.Citations, shown))
	if sh.Private {
		s.list("What identifies somebody", bulleted(identifiers(out.PHI)))
	}
	s.small(closing("Information, not legal advice. Read the letter against the denial and the chart before you sign it; nothing was sent", out.ID, out.Model))
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

// readLines say what was read of a denial.
func readLines(out *bot.Rebuttal) []para {
	var lines []para
	for _, o := range out.Objections {
		line := para{}.bold(o.Title).say(": “" + o.Quote + "”")
		if len(o.Codes) > 0 {
			line = line.say(" (" + strings.Join(o.Codes, ", ") + ")")
		}
		lines = append(lines, line)
	}
	for _, c := range out.Codes {
		lines = append(lines, para{}.bold(codeName(c)).say(": "+cmp.Or(c.Meaning, "its meaning is not held here; it stands on the remittance")))
	}
	return lines
}

// codeName is a code as a remittance has it: CO-50.
func codeName(c denial.Code) string {
	name := strings.TrimPrefix(strings.TrimPrefix(c.Code, "CARC "), "RARC ")
	if c.Group != "" {
		return c.Group + "-" + name
	}
	return name
}

// byObjection are the claims of a letter by the objection that each answers,
// in the letter's order.
func byObjection(out *bot.Rebuttal) []group {
	titles := map[string]string{}
	for _, o := range out.Objections {
		titles[o.ID] = o.Title
	}
	var groups []group
	for i, c := range out.Claims {
		if i == 0 || out.Claims[i-1].Branch != c.Branch {
			label := "In the letter:"
			if c.Branch != "" {
				label = "To “" + cmp.Or(titles[c.Branch], c.Branch) + "”:"
			}
			groups = append(groups, group{label: label})
		}
		g := &groups[len(groups)-1]
		if len(g.text) > 0 {
			g.text = g.text.say(" ")
		}
		g.text = g.text.claim(c.Text, c.Citations)
	}
	return groups
}

func claimLines(claims []bot.Claim) []para {
	var lines []para
	for _, c := range claims {
		lines = append(lines, para{}.claim(c.Text, c.Citations))
	}
	return lines
}

// numbered are lines with their numbers.
func numbered(lines []para) []para {
	out := make([]para, len(lines))
	for i, line := range lines {
		out[i] = append(say(fmt.Sprintf("%d.%c", i+1, nbsp)), line...)
	}
	return out
}

func weaknesses(claims []bot.Claim) (weak, replies []para) {
	for _, c := range claims {
		line := para{}.claim(c.Text, c.Citations)
		if c.Part == bot.Reply {
			replies = append(replies, line)
		} else {
			weak = append(weak, line)
		}
	}
	return weak, replies
}

// identifiers count what was replaced, by type, and name what was not.
func identifiers(found []phi.Finding) []para {
	var sure, unsure []string
	count := map[string]int{}
	seen := map[string]bool{}
	for _, f := range found {
		name := strings.ReplaceAll(string(f.Type), "_", " ")
		switch {
		case f.Sure:
			if count[name]++; count[name] == 1 {
				sure = append(sure, name)
			}
		case f.Text != "" && !seen[f.Text]:
			seen[f.Text] = true
			unsure = append(unsure, "“"+f.Text+"”")
		}
	}
	for i, name := range sure {
		sure[i] = fmt.Sprintf("%s %d", name, count[name])
	}
	var lines []para
	if len(sure) > 0 {
		lines = append(lines, say("found: "+strings.Join(sure, ", ")))
	}
	if len(unsure) > 0 {
		lines = append(lines, say("perhaps, and left as you wrote it: "+strings.Join(unsure, ", ")))
	}
	return lines
}
