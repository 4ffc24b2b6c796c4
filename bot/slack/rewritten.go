package slack

import (
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat/layout"
)

// Rewritten lays a chart note out, to be copied: what to know of it, what is
// missing, the checks, what was changed. It is the person's who gave the note
// alone: there is no button to share it, and no reference that leads to it.
func (v View) Rewritten(out *bot.Rewritten) []Message {
	s := &sheet{}
	s.head("Chart note")
	s.verbatim(out.Text)
	for _, w := range out.Warnings {
		s.put(layout.Labelled("Note:", layout.Say(w)))
	}
	var missing, checks []layout.Para
	for _, m := range out.Missing {
		missing = append(missing, layout.Para{}.Bold(strings.ReplaceAll(m.Element, "_", " ")).Say(": "+m.Ask))
	}
	for _, k := range out.Checks {
		line := layout.Say(k.Finding)
		if k.Cite != "" {
			line = v.places().Cited(line.Say(" "), k.Cite)
		}
		checks = append(checks, line)
	}
	s.list("Missing: only you know these", bulleted(missing))
	s.list("Checks, beside the note and not in it", bulleted(checks))
	s.list("What was changed", bulleted(layout.Changes(out)))
	s.list("What identifies somebody", bulleted(layout.Identifiers(out.PHI)))
	text := "A draft: read it against your note before you sign it. The note was not kept"
	if out.Model != "composer" {
		text += " · put in words by " + out.Model + ", checked here"
	}
	if out.ID != "" {
		text += " · receipt " + out.ID
	}
	s.small(layout.Say(text))
	return s.messages()
}
