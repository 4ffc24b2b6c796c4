package discord

import (
	"fmt"

	"github.com/everycategory/advocate/bot"
)

// spoken are the sentences of the script and of the answers, as claims.
func spoken(out *bot.Testimony) []bot.Claim {
	var all []bot.Claim
	for _, st := range out.Statements {
		if st.In == "script" {
			all = append(all, bot.Claim{Text: st.Text, Citations: st.Citations})
		}
	}
	for _, q := range out.Questions {
		for _, st := range q.Claims {
			all = append(all, bot.Claim{Text: st.Text, Citations: st.Citations})
		}
	}
	return all
}

// spokenTime is how long the script takes.
func spokenTime(out *bot.Testimony) string {
	seconds := int(float64(out.Words) * out.Minutes * 60 / float64(max(out.Budget, 1)))
	return fmt.Sprintf("%d min %d s", seconds/60, seconds%60)
}

// scriptParts are the sentences of the script by their part, each on a line
// with what it is: law, evidence and how strong, opinion, or the speaker's own.
func scriptParts(out *bot.Testimony) []group {
	var groups []group
	var last bot.SpeechPart
	for _, st := range out.Statements {
		if st.In != "script" {
			continue
		}
		if len(groups) == 0 || st.Part != last {
			groups = append(groups, group{label: speechNames[st.Part]})
			last = st.Part
		}
		g := &groups[len(groups)-1]
		if len(g.text) > 0 {
			g.text = g.text.say("\n")
		}
		g.text = g.text.claim(st.Text, st.Citations)
		if what := markNames[st.Mark]; what != "" {
			if st.Strength != "" {
				what += ": " + st.Strength
			}
			g.text = g.text.say(" (" + what + ")")
		}
	}
	return groups
}

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
