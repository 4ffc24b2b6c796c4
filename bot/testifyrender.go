package bot

import (
	"fmt"
	"slices"
	"strings"
)

// Render writes a testimony as a terminal shows it: the script with its time,
// what to know and what to fill in, the written version, the handout, the
// hardest questions, and what kind of statement each sentence is. Wrapping to a
// width is the caller's.
func (out *Testimony) Render(s Style) string {
	var b strings.Builder
	head := func(text string) { b.WriteString("\n" + s.label(text) + "\n\n") }
	list := func(title string, lines []string) {
		if len(lines) > 0 {
			b.WriteString("\n" + s.label(title) + "\n- " + strings.Join(lines, "\n- ") + "\n")
		}
	}
	pace := frames{Pace: max(int(float64(out.Budget)/out.Minutes), 1)}
	b.WriteString(s.label(fmt.Sprintf("Script: %s, %d words of %d", pace.spokenTime(out.Words), out.Words, out.Budget)) + "\n\n")
	b.WriteString(out.Script + "\n")
	for _, w := range out.Warnings {
		b.WriteString("\n" + s.label("Note:") + " " + w + "\n")
	}
	var gaps []string
	for _, g := range out.Missing {
		gaps = append(gaps, s.label(g.Element)+": "+g.Ask)
	}
	list("To fill in: only you know these", gaps)
	list("What each sentence of the script is", out.markLines(s))
	head("Written version")
	b.WriteString(out.Written)
	head("Handout")
	b.WriteString(out.Handout)
	head("Hardest questions")
	for i, q := range out.Questions {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(s.label(q.Q) + "\n")
		var parts []string
		for _, c := range q.Claims {
			parts = append(parts, Claim{Text: c.Text, Citations: c.Citations}.withMarks(s))
		}
		b.WriteString(strings.Join(parts, " ") + "\n")
	}
	b.WriteString("\n")
	for _, c := range out.usedIn(out.Questions) {
		b.WriteString(s.mark(fmt.Sprintf("[%d]", c.N)) + " " + s.faint(c.line(true)) + "\n")
	}
	b.WriteString("\n" + s.faint(out.closing()) + "\n")
	return b.String()
}

// usedIn are the citations of some questions, in their order.
func (out *Testimony) usedIn(questions []HostileQuestion) []Citation {
	var used []Citation
	for _, c := range out.Citations {
		if slices.ContainsFunc(questions, func(q HostileQuestion) bool { return slices.Contains(q.Citations, c.N) }) {
			used = append(used, c)
		}
	}
	return used
}

// markedWords is how much of a sentence its mark is shown with.
const markedWords = 9

// markLines say of each sentence of the script that states something whether it
// is law, evidence and how strong, or opinion; the rest is the speaker's own.
func (out *Testimony) markLines(s Style) []string {
	var lines []string
	rest := 0
	for _, st := range out.Statements {
		if st.In != inScript {
			continue
		}
		if st.Mark == MarkOwn {
			rest++
			continue
		}
		words := strings.Fields(st.Text)
		text := strings.Join(words[:min(len(words), markedWords)], " ")
		if len(words) > markedWords {
			text += " …"
		}
		if st.Strength != "" {
			text += " (" + st.Strength + ")"
		}
		for _, n := range st.Citations {
			text += " " + s.mark("["+out.Citations[n-1].Cite.String()+"]")
		}
		lines = append(lines, s.label(string(st.Mark))+": "+text)
	}
	return append(lines, s.label("your own")+fmt.Sprintf(": the other %d sentences, with who you are, what you ask, and your own words on the bill", rest))
}

func (out *Testimony) closing() string {
	text := "Information, not legal advice. Read the bill and the sources before you speak; nothing you gave was kept"
	if out.ID != "" {
		text += " · receipt " + out.ID
	}
	return text
}
