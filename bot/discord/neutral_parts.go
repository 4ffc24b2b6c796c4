package discord

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/denial"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/corpus"
)

// A group is a run of claims of one part and branch.
type group struct {
	label string
	text  para
}

// groups are the runs of an answer's claims, in their order.
func groups(ans *bot.Answer) []group {
	var out []group
	for i, c := range ans.Claims {
		if i == 0 || ans.Claims[i-1].Part != c.Part || ans.Claims[i-1].Branch != c.Branch {
			out = append(out, group{label: groupLabel(c, i == 0, ans)})
		}
		g := &out[len(out)-1]
		if len(g.text) > 0 {
			g.text = g.text.say(" ")
		}
		g.text = g.text.claim(c.Text, c.Citations)
	}
	return out
}

// groupLabel is what stands before a run of claims.
func groupLabel(c bot.Claim, first bool, ans *bot.Answer) string {
	part := partNames[c.Part]
	switch {
	case part != "" && c.Branch != "":
		return part + ", " + lowerFirst(c.Branch) + ":"
	case part != "":
		return part + ":"
	case c.Branch != "":
		return c.Branch + ":"
	case first || ans.Question == nil:
		return ""
	}
	return "In any case:"
}

// claim adds a sentence with its marks before its full stop.
func (p para) claim(text string, numbers []int) para {
	body, stop := clean(text), ""
	if len(numbers) == 0 {
		return p.say(body)
	}
	if strings.HasSuffix(body, ".") {
		body, stop = strings.TrimSuffix(body, "."), "."
	}
	return p.say(body + string(nbsp)).marks(numbers).say(stop)
}

// closing is the role line with the receipt.
func closing(role, id, model string) para {
	if model != "" && model != "composer" {
		role += fmt.Sprintf(" · phrased by %s, checked here", model)
	}
	if id != "" {
		role += " · receipt " + id
	}
	return say(role)
}

// read says in what copy a place was read, as the page does.
func read(c bot.Citation) string {
	switch {
	case c.Scope != corpus.PublicScope || c.Kind == corpus.Manual:
		return "a document added here, as of " + string(c.AsOf)
	case c.TextStatus == corpus.Text:
		return "law as of " + string(c.AsOf)
	}
	out := "our digest, as of " + string(c.AsOf)
	if c.Law != "" {
		out += ", its quotations checked against the law as of " + string(c.Law)
	}
	if c.Partial {
		out += ", from an incomplete copy"
	}
	return out
}

// used are the citations that some claims rest on, with their numbers.
func used(citations []bot.Citation, claims []bot.Claim) []bot.Citation {
	var out []bot.Citation
	for _, c := range citations {
		if slices.ContainsFunc(claims, func(x bot.Claim) bool { return slices.Contains(x.Citations, c.N) }) {
			out = append(out, c)
		}
	}
	return out
}

// byObjection are the claims of a letter by the objection that each answers,
// in the letter's order.
func byObjection(out *bot.Rebuttal) []group {
	titles := map[string]string{}
	for _, o := range out.Objections {
		titles[o.ID] = o.Title
	}
	var groups []group
	for i, c := range out.Claims {
		if i == 0 || out.Claims[i-1].Branch != c.Branch {
			label := "In the letter:"
			if c.Branch != "" {
				label = "To “" + cmp.Or(titles[c.Branch], c.Branch) + "”:"
			}
			groups = append(groups, group{label: label})
		}
		g := &groups[len(groups)-1]
		if len(g.text) > 0 {
			g.text = g.text.say(" ")
		}
		g.text = g.text.claim(c.Text, c.Citations)
	}
	return groups
}

// readLines say what was read of a denial.
func readLines(out *bot.Rebuttal) []para {
	var lines []para
	for _, o := range out.Objections {
		line := para{}.bold(o.Title).say(": “" + o.Quote + "”")
		if len(o.Codes) > 0 {
			line = line.say(" (" + strings.Join(o.Codes, ", ") + ")")
		}
		lines = append(lines, line)
	}
	for _, c := range out.Codes {
		lines = append(lines, para{}.bold(codeName(c)).say(": "+cmp.Or(c.Meaning, "its meaning is not held here; it stands on the remittance")))
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

func claimLines(claims []bot.Claim) []para {
	var lines []para
	for _, c := range claims {
		lines = append(lines, para{}.claim(c.Text, c.Citations))
	}
	return lines
}

func weaknesses(claims []bot.Claim) (weak, replies []para) {
	for _, c := range claims {
		line := para{}.claim(c.Text, c.Citations)
		if c.Part == bot.Reply {
			replies = append(replies, line)
		} else {
			weak = append(weak, line)
		}
	}
	return weak, replies
}

// identifiers count what was replaced, by type, and name what was not.
func identifiers(found []phi.Finding) []para {
	var sure, unsure []string
	count := map[string]int{}
	seen := map[string]bool{}
	for _, f := range found {
		name := strings.ReplaceAll(string(f.Type), "_", " ")
		switch {
		case f.Sure:
			if count[name]++; count[name] == 1 {
				sure = append(sure, name)
			}
		case f.Text != "" && !seen[f.Text]:
			seen[f.Text] = true
			unsure = append(unsure, "“"+f.Text+"”")
		}
	}
	for i, name := range sure {
		sure[i] = fmt.Sprintf("%s %d", name, count[name])
	}
	var lines []para
	if len(sure) > 0 {
		lines = append(lines, say("found: "+strings.Join(sure, ", ")))
	}
	if len(unsure) > 0 {
		lines = append(lines, say("perhaps, and left as you wrote it: "+strings.Join(unsure, ", ")))
	}
	return lines
}
