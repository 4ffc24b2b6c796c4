package bot

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/everycategory/advocate/bot/coverage"
)

// maxClocks is how many dated deadlines an answer shows.
const maxClocks = 2

// asksTime matches a question about time.
var asksTime = regexp.MustCompile(`(?i)\b(how (long|many days|soon|fast|late)|deadline|due|last day|when|too late|time (left|limit)|days)\b`)

// asksReview matches a question about review outside the plan.
var asksReview = regexp.MustCompile(`(?i)\b(external|independent|outside) (medical )?review|\bIROs?\b|review organi[sz]ation`)

// clocks are the deadlines that run from the day the question gives: those
// of the person who asks before the plan's, and none where it gives none. A
// question about review outside the plan gets no clock of another step: a
// denial's day starts the clock of the appeal, and not that of the review.
func (a *Assistant) clocks(text string, facts coverage.Facts) []coverage.Deadline {
	if !asksTime.MatchString(text) {
		return nil
	}
	happened := a.Rules.Happened(text, a.Now())
	var out []coverage.Deadline
	for _, d := range a.Rules.Deadlines(facts, happened) {
		if d.Date != "" && (!asksReview.MatchString(text) || strings.Contains(d.What, "review")) {
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(x, y coverage.Deadline) int { return askerFirst(x) - askerFirst(y) })
	return out[:min(len(out), maxClocks)]
}

func askerFirst(d coverage.Deadline) int {
	if d.Who == "provider" || d.Who == "enrollee" {
		return 0
	}
	return 1
}

// Clocks says each deadline of the answer in a sentence.
func (ans *Answer) Clocks() []string {
	var out []string
	for _, d := range ans.Deadlines {
		out = append(out, clockLine(d))
	}
	return out
}

// clockLine says one dated deadline, with what it turns on.
func clockLine(d coverage.Deadline) string {
	day := string(d.Date)
	if t, err := time.Parse(time.DateOnly, day); err == nil {
		day = t.Format("January 2, 2006")
	}
	who := map[string]string{"enrollee": "the patient", "provider": "the provider", "plan": "the plan", "reviewer": "the reviewer"}[d.Who]
	limit := "has until"
	if d.Opens {
		limit = "must wait through"
	}
	if d.Least {
		limit += " at least"
	}
	line := fmt.Sprintf("%s %s %s to %s: %s from %s (%s).", strings.ToUpper(who[:1])+who[1:], limit, day, d.What, d.In(), d.From, d.Cite)
	if len(d.Turns) > 0 {
		line += " Whether this clock runs turns on: " + strings.ReplaceAll(strings.Join(d.Turns, ", "), "_", " ") + "."
	}
	return line
}
