package layout

import (
	"fmt"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot"
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
