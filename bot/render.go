package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A Style marks up the pieces of a rendered answer; nil fields leave them
// as they are.
type Style struct {
	Label func(string) string // "If the employer self-funds", "Next"
	Mark  func(string) string // "[1]"
	Faint func(string) string // sources and the closing line
}

// Plain is the style without any mark-up.
var Plain = Style{}

func (s Style) label(t string) string { return markUp(s.Label, t) }
func (s Style) mark(t string) string  { return markUp(s.Mark, t) }
func (s Style) faint(t string) string { return markUp(s.Faint, t) }

func markUp(f func(string) string, t string) string {
	if f == nil || t == "" {
		return t
	}
	return f(t)
}

// Render writes the answer as paragraphs, one to a line: the direct answer,
// each branch, the limits, what to do next, to whom it applies, the sources.
// Wrapping to a width is the caller's.
func (ans *Answer) Render(s Style) string {
	if ans.Abstained {
		return ans.renderDeclined(s)
	}
	var b strings.Builder
	para := func(parts ...string) {
		if text := strings.TrimSpace(strings.Join(parts, "")); text != "" {
			b.WriteString(text + "\n\n")
		}
	}
	para(s.label(ans.First))
	para(ans.Unanswered)
	for _, clock := range ans.Clocks() {
		para(s.label(clock))
	}
	if ans.EnclosuresFirst {
		para(ans.enclose(s))
	}
	asked := ans.Question == nil
	for i, g := range ans.groups(Lead) {
		if g.branch != "" && g.branch != branchAlso && !asked {
			para(s.label("It "+oneFact+":"), " ", lowerFirst(ans.Question.Text))
			asked = true
		}
		asked = asked || strings.Contains(g.join(Plain), oneFact)
		label := ""
		switch {
		case g.branch != "":
			label = s.label(g.branch+":") + " "
		case i > 0:
			label = s.label("In any case:") + " "
		}
		para(label, g.join(s))
	}
	for _, g := range ans.groups(Limits) {
		para(s.label(under("Limits", g.branch)), " ", g.join(s))
	}
	for _, g := range ans.groups(Documents) {
		para(s.label("In your documents:"), " ", g.join(s))
	}
	for _, g := range ans.groups(Next) {
		para(s.label(under("Next", g.branch)), " ", g.join(s))
	}
	if !ans.EnclosuresFirst {
		para(ans.enclose(s))
	}
	for _, g := range ans.groups(Terms) {
		para(s.label("In plain words:"), " ", g.join(s))
	}
	para(Applies(ans.Applicability, ans.Question))
	for _, w := range append(slices.Clone(ans.Warnings), ans.Readings...) {
		para(s.label("Note:"), " ", w)
	}
	for _, f := range ans.Followups {
		b.WriteString(s.faint("You might ask: "+f) + "\n")
	}
	if len(ans.Followups) > 0 {
		b.WriteString("\n")
	}
	seen := map[string]bool{}
	for _, c := range ans.Citations {
		b.WriteString(s.mark(fmt.Sprintf("[%d]", c.N)) + " " + s.faint(c.line(!seen[c.Source+c.Text])) + "\n")
		seen[c.Source+c.Text] = true
	}
	b.WriteString(s.faint(ans.closing()) + "\n")
	return b.String()
}

// enclose is the line of papers to send along, or "".
func (ans *Answer) enclose(s Style) string {
	if len(ans.Enclosures) == 0 {
		return ""
	}
	return s.label("Enclose:") + " " + strings.Join(ans.Enclosures, "; ") + "."
}

// oneFact frames the question; an answer that says so itself needs no frame.
const oneFact = "turns on one fact"

func (ans *Answer) renderDeclined(s Style) string {
	var b strings.Builder
	if ans.First != "" {
		b.WriteString(s.label(ans.First) + "\n")
		if len(ans.Warnings) > 0 {
			b.WriteString("\n")
		}
	}
	if len(ans.Warnings) > 0 {
		b.WriteString(strings.Join(ans.Warnings, " ") + "\n")
	}
	if len(ans.Nearest) > 0 {
		b.WriteString("\n" + sayNearest + "\n")
	}
	for _, n := range ans.Nearest {
		b.WriteString(s.faint("- "+strings.TrimSpace(n.Cite+": "+n.Title+" "+n.URL)) + "\n")
	}
	return b.String()
}

// A group is a run of claims of one part and branch.
type group struct {
	branch string
	claims []Claim
}

// groups returns the runs of a part's claims, in their order.
func (ans *Answer) groups(part Part) []group {
	var out []group
	for _, c := range ans.Claims {
		if c.Part != part {
			continue
		}
		if n := len(out); n == 0 || out[n-1].branch != c.Branch {
			out = append(out, group{branch: c.Branch})
		}
		g := &out[len(out)-1]
		g.claims = append(g.claims, c)
	}
	return out
}

func (g group) join(s Style) string {
	var out []string
	for _, c := range g.claims {
		out = append(out, c.withMarks(s))
	}
	return strings.Join(out, " ")
}

func under(label, branch string) string {
	if branch == "" {
		return label + ":"
	}
	return label + ", " + lowerFirst(branch) + ":"
}

// withMarks puts the citation numbers before the sentence's full stop.
func (c Claim) withMarks(s Style) string {
	var marks strings.Builder
	for _, n := range c.Citations {
		marks.WriteString(s.mark(fmt.Sprintf("[%d]", n)))
	}
	body, stop := c.Text, ""
	if strings.HasSuffix(body, ".") {
		body, stop = strings.TrimSuffix(body, "."), "."
	}
	return body + " " + marks.String() + stop
}

// line is a citation as the list of sources shows it; how it was read and
// its address are shown with a source's first place only.
func (c Citation) line(first bool) string {
	parts := []string{c.Cite.String()}
	switch {
	case c.Quote != "" && !isManual(c): // a manual's words stand in the claim
		parts[0] += ` "` + clip(c.Quote) + `"`
	case first:
		parts[0] += ": " + c.Title
	}
	if first {
		read := "digest, as of " + string(c.AsOf)
		if c.TextStatus == corpus.Text {
			read = "law as of " + string(c.AsOf)
		} else if c.Law != "" {
			read = "digest, its quotations checked against the law as of " + string(c.Law)
		}
		if c.Scope != corpus.PublicScope || isManual(c) {
			read = "a document added here, as of " + string(c.AsOf)
		}
		if c.Partial {
			read += ", incomplete copy"
		}
		parts = append(parts, read)
	}
	if first && c.URL != "" {
		parts = append(parts, c.URL)
	}
	return strings.Join(parts, " · ")
}

// clip is the beginning of a long quotation: the list of sources does not
// repeat what an answer shows in full.
func clip(quote string) string {
	words := strings.Fields(quote)
	if len(words) <= corpus.MaxQuote {
		return quote
	}
	return strings.Join(words[:corpus.MaxQuote], " ") + " …"
}

func (ans *Answer) closing() string {
	if ans.ID == "" {
		return "Information, not legal advice"
	}
	return "Information, not legal advice · receipt " + ans.ID
}

// maxFacts is how many missing facts an answer names; JSON has all.
const maxFacts = 3

// factWords are facts as a reader knows them.
var factWords = map[string]string{
	"plan": "the kind of plan", "state": "the state", "in_network": "whether you are in network", "new_episode": "whether it is a new episode of care",
	"visit": "which visit it is", "market": "whether it is an individual, small or large group", "grandfathered": "whether the plan is grandfathered",
	"sponsor": "who sponsors the plan", "funding": "how the plan is funded", "pebb": "whether the state's public-employee program offers it",
	"managed_care": "whether a managed-care plan runs it", "church_election": "whether the church elected ERISA",
}

// isCase reports whether c is a court's decision.
func isCase(c citation.Citation) bool {
	return slices.Contains([]citation.System{citation.US, citation.F3d, citation.F4th, citation.FSupp, citation.FSupp2d, citation.FSupp3d, citation.So3d}, c.System)
}

// Applies is the applicability card in one line, as every door shows it: which laws bind the plan,
// which do not, and what the others turn on. What is asked above is not said
// again.
func Applies(a coverage.Applicability, asked *coverage.Question) string {
	var parts []string
	add := func(label string, rulings []coverage.Ruling) {
		if cites := lawNames(rulings); len(cites) > 0 {
			parts = append(parts, label+" "+strings.Join(cites, ", "))
		}
	}
	add("Binds:", a.Binds)
	add("Does not bind:", a.DoesNotBind)
	var facts []string
	for _, c := range a.WouldChange {
		if asked == nil || asked.Fact != c.Fact {
			facts = append(facts, cmp.Or(factWords[c.Fact], strings.ReplaceAll(c.Fact, "_", " ")))
		}
	}
	facts = facts[:min(len(facts), maxFacts)]
	switch depends := lawNames(a.Depends); {
	case len(facts) == 0 && asked == nil:
		add("Turns on a fact:", a.Depends)
	case len(facts) == 0:
	case len(depends) == 0:
		parts = append(parts, "What would change this: "+strings.Join(facts, ", "))
	case asked != nil:
		parts = append(parts, "It also depends on: "+strings.Join(facts, ", "))
	default:
		parts = append(parts, "Whether "+either(depends)+" applies depends on "+strings.Join(facts, ", "))
	}
	return strings.Join(parts, " · ")
}

// lawNames are the laws of rulings as they are cited, each once. A court's
// decision binds no plan, and one that does not apply is no bad law.
func lawNames(rulings []coverage.Ruling) []string {
	var out []string
	for _, r := range rulings {
		if !isCase(r.Cite) && !slices.Contains(out, r.Cite.Base().String()) { // the whole is said already
			out = append(out, r.Cite.String())
		}
	}
	return out
}

// either joins names with "or" before the last.
func either(names []string) string {
	n := len(names) - 1
	if n == 0 {
		return names[0]
	}
	return strings.Join(names[:n], ", ") + " or " + names[n]
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
