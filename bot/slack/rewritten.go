package slack

import (
	"fmt"
	"strings"

	"github.com/everycategory/advocate/bot"
)

// Rewritten lays a chart note out, to be copied: what to know of it, what is
// missing, the checks, what was changed. It is the person's who gave the note
// alone: there is no button to share it, and no reference that leads to it.
func (v View) Rewritten(out *bot.Rewritten) []Message {
	s := &sheet{}
	s.head("Chart note")
	s.verbatim(out.Text)
	for _, w := range out.Warnings {
		s.put(labelled("Note:", say(w)))
	}
	var missing, checks []para
	for _, m := range out.Missing {
		missing = append(missing, para{}.bold(strings.ReplaceAll(m.Element, "_", " ")).say(": "+m.Ask))
	}
	for _, k := range out.Checks {
		line := say(k.Finding)
		if k.Cite != "" {
			line = v.cited(line.say(" "), k.Cite)
		}
		checks = append(checks, line)
	}
	s.list("Missing: only you know these", bulleted(missing))
	s.list("Checks, beside the note and not in it", bulleted(checks))
	s.list("What was changed", bulleted(changes(out)))
	s.list("What identifies somebody", bulleted(identifiers(out.PHI)))
	text := "A draft: read it against your note before you sign it. The note was not kept"
	if out.Model != "composer" {
		text += " · put in words by " + out.Model + ", checked here"
	}
	if out.ID != "" {
		text += " · receipt " + out.ID
	}
	s.small(say(text))
	return s.messages()
}

// changes tells each change once.
func changes(out *bot.Rewritten) []para {
	var lines []string
	count := map[string]int{}
	for _, c := range out.Changes {
		line := "“" + c.From + "” → “" + c.To + "”: " + c.Why
		if count[line]++; count[line] == 1 {
			lines = append(lines, line)
		}
	}
	var told []para
	for _, line := range lines {
		if n := count[line]; n > 1 {
			line = fmt.Sprintf("%s (%d times)", line, n)
		}
		told = append(told, say(line))
	}
	return told
}
