package bot

import (
	"fmt"
	"strings"

	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/denial"
)

// Render writes a rebuttal as a terminal shows it: what was read, the letter,
// and what the writer has to know before it is sent. Wrapping to a width is
// the caller's.
func (out *Rebuttal) Render(s Style) string {
	var b strings.Builder
	list := func(title string, lines []string) {
		if len(lines) > 0 {
			b.WriteString("\n" + s.label(title) + "\n- " + strings.Join(lines, "\n- ") + "\n")
		}
	}
	b.WriteString(s.label(kindLine(out.LetterKind)) + "\n")
	for _, why := range out.Why {
		b.WriteString(why + "\n")
	}
	list("What the denial says", readLines(out.Objections, out.Codes))
	if out.Letter != "" {
		b.WriteString("\n" + s.faint(strings.Repeat("─", 20)) + "\n" + out.Letter + s.faint(strings.Repeat("─", 20)) + "\n")
	}
	for _, w := range out.Warnings {
		b.WriteString("\n" + s.label("Note:") + " " + w + "\n")
	}
	var questions, clocks, blanks []string
	for _, q := range out.Questions {
		questions = append(questions, q.Text+" "+s.faint(fmt.Sprintf("(--fact %s=%s)", q.Fact, strings.Join(q.Options, "|"))))
	}
	for _, d := range out.Deadlines {
		clocks = append(clocks, ClockLine(d))
	}
	for i, m := range out.Missing {
		if n := len(blanks); i > 0 && m.Ask == out.Missing[i-1].Ask {
			blanks[n-1] = strings.TrimSuffix(blanks[n-1], " "+m.Ask) + ", " + m.Text + " " + m.Ask
			continue
		}
		blanks = append(blanks, m.Text+" "+m.Ask)
	}
	list("What would decide more", questions)
	list("Clocks", clocks)
	list("What you fill in", blanks)
	list("Steps", out.lines(out.Ladder, s))
	list("For you, not for the letter: where it is weak, and what the reviewer will reply", out.lines(out.Weaknesses, s))
	if line := Applies(out.Applicability, nil); line != "" {
		b.WriteString("\n" + line + "\n")
	}
	list("Sources", sourceLines(out.Citations))
	var near []string
	for _, n := range out.Nearest {
		near = append(near, strings.TrimSpace(n.Cite+": "+n.Title+" "+n.URL))
	}
	list("Near it in the library", near)
	list("What identifies somebody", identifierLines(out.PHI))
	b.WriteString("\n" + s.faint(out.closing()) + "\n")
	return b.String()
}

func kindLine(kind LetterKind) string {
	switch kind {
	case Appeal:
		return "An appeal: something that binds this plan, or the evidence, supports reversal."
	case RequestLetter:
		return "A request, not an appeal: nothing found here supports reversal yet."
	case Explanation:
		return "An explanation, not an appeal: nothing found here supports reversal."
	}
	return "No letter."
}

// readLines say what was read of a denial.
func readLines(objections []denial.Objection, codes []denial.Code) []string {
	var lines []string
	for _, o := range objections {
		line := o.Title + ": “" + clip(o.Quote) + "”"
		if len(o.Codes) > 0 {
			line += " (" + strings.Join(o.Codes, ", ") + ")"
		}
		lines = append(lines, line)
	}
	for _, c := range codes {
		switch {
		case c.Meaning != "":
			lines = append(lines, codeName(c)+": "+c.Meaning)
		case c.Objection == "":
			lines = append(lines, codeName(c)+": its meaning is not held here; it stands on the remittance")
		}
	}
	return lines
}

// ClockLine says one clock in a sentence: with its last day where its first is
// known.
func ClockLine(d coverage.Deadline) string {
	if d.Date != "" {
		return clockLine(d)
	}
	who := map[string]string{"enrollee": "The patient", "provider": "The provider", "plan": "The plan", "reviewer": "The reviewer"}[d.Who]
	has := " has "
	switch {
	case d.Opens:
		has = " must wait "
	case d.Least:
		has = " has at least "
	}
	line := fmt.Sprintf("%s%s%s from %s to %s (%s).", who, has, d.In(), d.From, d.What, d.Cite)
	if len(d.Turns) > 0 {
		line += " Whether this clock runs turns on: " + strings.ReplaceAll(strings.Join(d.Turns, ", "), "_", " ") + "."
	}
	return line
}

// lines are claims with their marks.
func (out *Rebuttal) lines(claims []Claim, s Style) []string {
	var lines []string
	for _, c := range claims {
		lines = append(lines, c.withMarks(s))
	}
	return lines
}

func sourceLines(citations []Citation) []string {
	var lines []string
	seen := map[string]bool{}
	for _, c := range citations {
		lines = append(lines, fmt.Sprintf("[%d] %s", c.N, c.line(!seen[c.Source])))
		seen[c.Source] = true
	}
	return lines
}

func (out *Rebuttal) closing() string {
	line := "Information, not legal advice. Read the letter against the denial and the chart before you sign it; nothing was sent."
	if out.ID != "" {
		line += " · receipt " + out.ID
	}
	return line
}
