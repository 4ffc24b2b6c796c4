package bot

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/coverage"
)

// planFacts are the facts that a denial may tell of its plan. What it says of
// networks, episodes and visits is mostly said of all members, and is asked.
var planFacts = []string{"plan", "state", "funding", "sponsor", "pebb", "outside"}

// ofNoPlan matches sentences of a denial that say nothing of its plan: rights
// and addresses, another payer, what holds under a condition.
var ofNoPlan = regexp.MustCompile(`(?i)\b(?:if|whether|unless|may also|complain\w*|grievance|mail|fax|send|sent|submit\w*|write to|call|contact|phone|address|p\.?o\.? box|bill(?:ed)? (?:to|the)|liability|other insur\w+|another (?:insurer|payer|carrier|plan)|for more information|help you|contracted)\b`)

// sentenceEnd cuts a letter at its full stops and lines.
var sentenceEnd = regexp.MustCompile(`(?:[.!?;]["”’)]*\s+|\n+)`)

// denialFacts are the facts of a denial: those given beside it, and what its
// own sentences say of the plan. Notes say which were read and used, and which
// contradict what was given.
func (a *Assistant) denialFacts(r Request, text string) (facts coverage.Facts, notes []string, err error) {
	given, err := a.Rules.Given(r.Plan, r.State, r.Facts)
	if err != nil {
		return nil, nil, err
	}
	var of []string
	for _, s := range sentenceEnd.Split(text, -1) {
		if !ofNoPlan.MatchString(s) {
			of = append(of, s)
		}
	}
	said := a.Rules.Read(strings.Join(of, ".\n"))
	maps.DeleteFunc(said, func(name, _ string) bool { return !slices.Contains(planFacts, name) })
	facts = a.Rules.Merge(said, given)
	var read []string
	for _, name := range slices.Sorted(maps.Keys(said)) {
		is := strings.ReplaceAll(name, "_", " ") + " " + said[name]
		switch {
		case given[name] == "" && facts[name] == said[name]:
			read = append(read, is)
		case given[name] != "" && given[name] != said[name]:
			notes = append(notes, "The denial says "+is+"; "+given[name]+" was given beside it, and that is what I used.")
		}
	}
	if len(read) > 0 {
		notes = append(notes, "Read in the denial: "+strings.Join(read, ", ")+". If that is wrong, give the plan, the state or the fact that is right.")
	}
	return facts, notes, nil
}
