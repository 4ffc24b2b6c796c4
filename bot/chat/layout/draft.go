package layout

import (
	"fmt"

	"github.com/everycategory/advocate/bot"
)

// Spoken are the sentences of the script and of the answers, as claims.
func Spoken(out *bot.Testimony) []bot.Claim {
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

// SpokenTime is how long the script takes.
func SpokenTime(out *bot.Testimony) string {
	seconds := int(float64(out.Words) * out.Minutes * 60 / float64(max(out.Budget, 1)))
	return fmt.Sprintf("%d min %d s", seconds/60, seconds%60)
}

// Script are the sentences of the script by their part, each on a line
// with what it is: law, evidence and how strong, opinion, or the speaker's own.
func Script(out *bot.Testimony) []Group {
	var groups []Group
	var last bot.SpeechPart
	for _, st := range out.Statements {
		if st.In != "script" {
			continue
		}
		if len(groups) == 0 || st.Part != last {
			groups = append(groups, Group{Label: speechNames[st.Part]})
			last = st.Part
		}
		g := &groups[len(groups)-1]
		if len(g.Text) > 0 {
			g.Text = g.Text.Say("\n")
		}
		g.Text = g.Text.Claim(st.Text, st.Citations)
		if what := markNames[st.Mark]; what != "" {
			if st.Strength != "" {
				what += ": " + st.Strength
			}
			g.Text = g.Text.Say(" (" + what + ")")
		}
	}
	return groups
}

// Tally says how many citations of a draft are to be mended.
func Tally(out *bot.Checked) string {
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

// Diffed shows what is in the draft alone struck through and what is in the
// law alone bold, each named, for whoever hears it.
func Diffed(p Para, edits []bot.Edit) Para {
	for _, e := range edits {
		switch e.Op {
		case bot.Gone:
			p = append(p.Say(" [draft: "), Span{Kind: Strike, Text: e.Text}).Say("]")
		case bot.New:
			p = p.Say(" [law: ").Bold(e.Text).Say("]")
		default:
			p = p.Say(" " + e.Text)
		}
	}
	return p
}

// Changes tells each change once.
func Changes(out *bot.Rewritten) []Para {
	var lines []string
	count := map[string]int{}
	for _, c := range out.Changes {
		line := "“" + c.From + "” → “" + c.To + "”: " + c.Why
		if count[line]++; count[line] == 1 {
			lines = append(lines, line)
		}
	}
	var told []Para
	for _, line := range lines {
		if n := count[line]; n > 1 {
			line = fmt.Sprintf("%s (%d times)", line, n)
		}
		told = append(told, Say(line))
	}
	return told
}

// Gaps are what only the speaker of a testimony can fill in.
func Gaps(out *bot.Testimony) []Para {
	var lines []Para
	for _, m := range out.Missing {
		lines = append(lines, Para{}.Bold(m.Element).Say(": "+m.Ask))
	}
	return lines
}

// Hardest are the hardest questions of the other side with their answers,
// below a line that says so; none where there is none.
func Hardest(out *bot.Testimony) []Para {
	if len(out.Questions) == 0 {
		return nil
	}
	paras := []Para{Para{}.Bold("The hardest questions of the other side")}
	for _, q := range out.Questions {
		p := Para{}.Bold(q.Q).Say("\n")
		for i, c := range q.Claims {
			if i > 0 {
				p = p.Say(" ")
			}
			p = p.Claim(c.Text, c.Citations)
		}
		paras = append(paras, p)
	}
	return paras
}
