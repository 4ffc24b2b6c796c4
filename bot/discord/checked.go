package discord

import (
	"fmt"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/cite"
)

// Checked lays a checked draft out: how many of its citations are to be
// mended, then each with its verdict, what is right, and how the draft's words
// differ from the official ones.
func (v View) Checked(out *bot.Checked, sh chat.Shape) []Message {
	s := start(sh)
	s.head(tally(out))
	if read := out.SayRead(); len(read) > 0 {
		s.put(labelled("Read from the draft:", say(strings.Join(read, "; ")+". Is that wrong? Check it again with state and plan chosen.")))
	}
	for _, w := range out.Warnings {
		s.put(labelled("Note:", say(w)))
	}
	for i, f := range out.Citations {
		s.put(v.finding(i+1, f))
	}
	if len(out.Citations) > 0 {
		s.small(say(sayVerdicts))
	}
	s.small(say("No language model read the draft, and it was not kept. Information, not legal advice"))
	v.feedback(s, sh)
	return s.messages()
}

// finding is one citation of a draft: its words, its verdict, what is right.
func (v View) finding(n int, f bot.Finding) para {
	p := say(fmt.Sprintf("%d.%c", n, nbsp)).say(strings.Join(strings.Fields(f.Text), " ") + ": ").bold(statusWords[f.Status])
	switch {
	case len(f.Diff) > 0:
		p = diffed(p.say("\nThe draft against the official words: "), f.Diff)
	case f.Quoted != "" && f.Wrong():
		p = p.say("\nThe draft: “" + f.Quoted + "”")
	}
	switch {
	case f.Expected == "":
	case f.Status == cite.StatusWrongPinpoint:
		p = v.cited(p.say("\nRight place: "), f.Expected)
	case f.Status == cite.StatusSuperseded:
		p = v.cited(p.say("\nNow: "), f.Expected)
	default:
		p = p.say("\nOfficial words: “" + f.Expected + "”")
	}
	if f.Note != "" {
		p = p.say("\n" + f.Note)
	}
	if f.Cite != "" {
		p = v.cited(p.say("\n"), f.Cite)
	}
	return p
}
