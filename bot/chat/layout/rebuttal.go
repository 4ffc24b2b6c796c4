package layout

import (
	"cmp"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/denial"
)

// ByObjection are the claims of a letter by the objection that each answers,
// in the letter's order.
func ByObjection(out *bot.Rebuttal) []Group {
	titles := map[string]string{}
	for _, o := range out.Objections {
		titles[o.ID] = o.Title
	}
	var groups []Group
	for i, c := range out.Claims {
		if i == 0 || out.Claims[i-1].Branch != c.Branch {
			label := "In the letter:"
			if c.Branch != "" {
				label = "To “" + cmp.Or(titles[c.Branch], c.Branch) + "”:"
			}
			groups = append(groups, Group{Label: label})
		}
		g := &groups[len(groups)-1]
		if len(g.Text) > 0 {
			g.Text = g.Text.Say(" ")
		}
		g.Text = g.Text.Claim(c.Text, c.Citations)
	}
	return groups
}

// DenialLines say what was read of a denial.
func DenialLines(out *bot.Rebuttal) []Para {
	var lines []Para
	for _, o := range out.Objections {
		line := Para{}.Bold(o.Title).Say(": “" + o.Quote + "”")
		if len(o.Codes) > 0 {
			line = line.Say(" (" + strings.Join(o.Codes, ", ") + ")")
		}
		lines = append(lines, line)
	}
	for _, c := range out.Codes {
		lines = append(lines, Para{}.Bold(codeName(c)).Say(": "+cmp.Or(c.Meaning, "its meaning is not held here; it stands on the remittance")))
	}
	return lines
}

// codeName is a code as a remittance has it: CO-50.
func codeName(c denial.Code) string {
	name := strings.TrimPrefix(strings.TrimPrefix(c.Code, "CARC "), "RARC ")
	if c.Group != "" {
		return c.Group + "-" + name
	}
	return name
}

// ClaimLines are claims, each on a line with its marks.
func ClaimLines(claims []bot.Claim) []Para {
	var lines []Para
	for _, c := range claims {
		lines = append(lines, Para{}.Claim(c.Text, c.Citations))
	}
	return lines
}

// Weaknesses are where a position is weak, and what the reviewer will reply.
func Weaknesses(claims []bot.Claim) (weak, replies []Para) {
	for _, c := range claims {
		line := Para{}.Claim(c.Text, c.Citations)
		if c.Part == bot.Reply {
			replies = append(replies, line)
		} else {
			weak = append(weak, line)
		}
	}
	return weak, replies
}

// Clocks are the deadlines of a rebuttal.
func Clocks(out *bot.Rebuttal) []Para {
	var lines []Para
	for _, d := range out.Deadlines {
		lines = append(lines, Say(bot.ClockLine(d)))
	}
	return lines
}

// Blanks are what is to be filled in in a letter: what the same belongs in is
// one line.
func Blanks(out *bot.Rebuttal) []Para {
	var lines []Para
	for i := 0; i < len(out.Missing); i++ {
		text := out.Missing[i].Text
		for ; i+1 < len(out.Missing) && out.Missing[i+1].Ask == out.Missing[i].Ask; i++ {
			text += ", " + out.Missing[i+1].Text
		}
		lines = append(lines, Say(text+" "+out.Missing[i].Ask))
	}
	return lines
}

// Enclosures are what goes with a letter.
func Enclosures(out *bot.Rebuttal) []Para {
	var lines []Para
	for _, e := range out.Enclosures {
		lines = append(lines, Say(e))
	}
	return lines
}
