package layout

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

// A Group is a run of claims of one part and branch.
type Group struct {
	Label string
	Text  Para
}

// Groups are the runs of an answer's claims, in their order.
func Groups(ans *bot.Answer) []Group {
	var out []Group
	for i, c := range ans.Claims {
		if i == 0 || ans.Claims[i-1].Part != c.Part || ans.Claims[i-1].Branch != c.Branch {
			out = append(out, Group{Label: groupLabel(c, i == 0, ans)})
		}
		g := &out[len(out)-1]
		if len(g.Text) > 0 {
			g.Text = g.Text.Say(" ")
		}
		g.Text = g.Text.Claim(c.Text, c.Citations)
	}
	return out
}

// groupLabel is what stands before a run of claims.
func groupLabel(c bot.Claim, first bool, ans *bot.Answer) string {
	part := partNames[c.Part]
	switch {
	case part != "" && c.Branch != "":
		return part + ", " + LowerFirst(c.Branch) + ":"
	case part != "":
		return part + ":"
	case c.Branch != "":
		return c.Branch + ":"
	case first || ans.Question == nil:
		return ""
	}
	return "In any case:"
}

// Claim adds a sentence with its marks before its full stop.
func (p Para) Claim(text string, numbers []int) Para {
	body, stop := Clean(text), ""
	if len(numbers) == 0 {
		return p.Say(body)
	}
	if strings.HasSuffix(body, ".") {
		body, stop = strings.TrimSuffix(body, "."), "."
	}
	return p.Say(body + string(NBSP)).Marks(numbers).Say(stop)
}

// Closing is the role line with the receipt.
func Closing(role, id, model string) Para {
	if model != "" && model != "composer" {
		role += fmt.Sprintf(" · phrased by %s, checked here", model)
	}
	if id != "" {
		role += " · receipt " + id
	}
	return Say(role)
}

// ReadAs says in what copy a place was read, as the page does.
func ReadAs(c bot.Citation) string {
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

// Used are the citations that some claims rest on, with their numbers.
func Used(citations []bot.Citation, claims []bot.Claim) []bot.Citation {
	var out []bot.Citation
	for _, c := range citations {
		if slices.ContainsFunc(claims, func(x bot.Claim) bool { return slices.Contains(x.Citations, c.N) }) {
			out = append(out, c)
		}
	}
	return out
}

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

// Identifiers count what was replaced, by type, and name what was not.
func Identifiers(found []phi.Finding) []Para {
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
	var lines []Para
	if len(sure) > 0 {
		lines = append(lines, Say("found: "+strings.Join(sure, ", ")))
	}
	if len(unsure) > 0 {
		lines = append(lines, Say("perhaps, and left as you wrote it: "+strings.Join(unsure, ", ")))
	}
	return lines
}
