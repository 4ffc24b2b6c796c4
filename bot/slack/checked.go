package slack

import (
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
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
		s.put(v.places().Finding(i+1, f))
	}
	if len(out.Citations) > 0 {
		s.small(layout.Say(layout.SayVerdicts))
	}
	s.small(layout.Say("No language model read the draft, and it was not kept. Information, not legal advice"))
	v.feedback(s)
	v.handOver(s, sh)
	return s.messages()
}
