package slack

import (
	"fmt"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
	"github.com/everycategory/advocate/bot/cite"
)

// Checked lays a checked draft out: how many of its citations are to be
// mended, then each with its verdict, what is right, and how the draft's words
// differ from the official ones.
func (v View) Checked(out *bot.Checked, sh chat.Shape) []Message {
	s := start(sh)
	s.head(layout.Tally(out))
	if read := out.SayRead(); len(read) > 0 {
		s.put(layout.Labelled("Read from the draft:", layout.Say(strings.Join(read, "; ")+". Is that wrong? Check it again with state and plan chosen.")))
	}
	for _, w := range out.Warnings {
		s.put(layout.Labelled("Note:", layout.Say(w)))
	}
	for i, f := range out.Citations {
		s.put(v.finding(i+1, f))
	}
	if len(out.Citations) > 0 {
		s.small(layout.Say(layout.SayVerdicts))
	}
	s.small(layout.Say("No language model read the draft, and it was not kept. Information, not legal advice"))
	v.feedback(s)
	v.handOver(s, sh)
	return s.messages()
}

// finding is one citation of a draft: its words, its verdict, what is right.
func (v View) finding(n int, f bot.Finding) layout.Para {
	p := layout.Say(fmt.Sprintf("%d.%c", n, layout.NBSP)).Say(strings.Join(strings.Fields(f.Text), " ") + ": ").Bold(layout.Verdict(f.Status))
	switch {
	case len(f.Diff) > 0:
		p = layout.Diffed(p.Say("\nThe draft against the official words: "), f.Diff)
	case f.Quoted != "" && f.Wrong():
		p = p.Say("\nThe draft: “" + f.Quoted + "”")
	}
	switch {
	case f.Expected == "":
	case f.Status == cite.StatusWrongPinpoint:
		p = v.cited(p.Say("\nRight place: "), f.Expected)
	case f.Status == cite.StatusSuperseded:
		p = v.cited(p.Say("\nNow: "), f.Expected)
	default:
		p = p.Say("\nOfficial words: “" + f.Expected + "”")
	}
	if f.Note != "" {
		p = p.Say("\n" + f.Note)
	}
	if f.Cite != "" {
		p = v.cited(p.Say("\n"), f.Cite)
	}
	return p
}
