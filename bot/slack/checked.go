package slack

import (
	"fmt"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/cite"
)

// statusWords are the verdicts of a check as the page says them.
var statusWords = map[cite.Status]string{
	cite.StatusVerified:      "verified",
	cite.StatusFound:         "found",
	cite.StatusUnchecked:     "not checked",
	cite.StatusMisquoted:     "misquoted",
	cite.StatusWrongPinpoint: "wrong place",
	bot.DoesNotApply:         "does not apply",
	cite.StatusSuperseded:    "superseded",
	cite.StatusOutside:       "not in the library",
	cite.StatusMalformed:     "no such citation",
}

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
	v.feedback(s)
	v.handOver(s, sh)
	return s.messages()
}

const sayVerdicts = "verified: the words quoted stand in the place cited. found: the place is held and can apply; nothing was quoted. " +
	"not checked: held as a digest, without these words or that place. not in the library: nothing is known of it here, and it may be invented."

func tally(out *bot.Checked) string {
	wrong := 0
	for _, f := range out.Citations {
		if f.Wrong() {
			wrong++
		}
	}
	switch n := len(out.Citations); {
	case n == 0:
		return "No citation was found"
	case wrong > 0:
		return fmt.Sprintf("%d of %d citations to mend", wrong, n)
	case n == 1:
		return "Nothing to mend in 1 citation"
	default:
		return fmt.Sprintf("Nothing to mend in %d citations", n)
	}
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

// diffed shows what is in the draft alone struck through and what is in the
// law alone bold, each named, for whoever hears it.
func diffed(p para, edits []bot.Edit) para {
	for _, e := range edits {
		switch e.Op {
		case bot.Gone:
			p = append(p.say(" [draft: "), span{kind: strike, text: e.Text}).say("]")
		case bot.New:
			p = p.say(" [law: ").bold(e.Text).say("]")
		default:
			p = p.say(" " + e.Text)
		}
	}
	return p
}
