package chat

import (
	"context"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/ledger"
)

// A remembered turn is what later questions of a thread are read with.
type remembered struct {
	Root  string         `json:"root"` // the question that later ones lean on
	Facts coverage.Facts `json:"facts,omitempty"`
}

// turnOf is what is remembered of a question.
func turnOf(rules *coverage.Rules, r bot.Request) (ledger.Text, error) {
	facts := coverage.Facts{}
	maps.Copy(facts, rules.Read(r.Text))
	for _, f := range append(slices.Clone(r.Facts), "plan="+r.Plan, "state="+r.State) {
		if name, value, ok := strings.Cut(f, "="); ok && value != "" {
			facts[name] = value
		}
	}
	return json.Marshal(remembered{Root: r.Text, Facts: facts})
}

// follow reads a question with those before it in its thread, and with what
// is set for the place: facts that were said there before hold on, unless the
// question says otherwise, and a question that says too little to stand alone
// is read together with the one that it leans on.
func (w *work) follow(ctx context.Context, r bot.Request) (bot.Request, error) {
	said := w.Rules.Read(r.Text)
	if w.job.At.Thread != "" {
		turns, err := w.Ledger.Thread(ctx, w.job.At)
		if err != nil {
			return r, err
		}
		// In a conversation without threads a question that stands alone begins
		// anew: what was said of another plan does not hold for it.
		anew := w.job.At.Thread == w.job.At.Channel && !leans(r.Text)
		if root, facts := before(turns); root != "" && !anew {
			if leans(r.Text) {
				r.Text = root + "\n" + r.Text
			}
			merged := maps.Clone(facts)
			maps.Copy(merged, said)
			r = withUnsaid(r, merged)
		}
	}
	if r.State == "" && said["state"] == "" {
		s, ok, err := w.Ledger.Setting(ctx, w.job.At, settingState)
		if err != nil {
			return r, err
		}
		if ok {
			r.State = string(s.Value)
		}
	}
	return r, nil
}

// before is the question that a thread is about, and what was said in it.
func before(turns []ledger.Turn) (root string, facts coverage.Facts) {
	facts = coverage.Facts{}
	for _, t := range turns {
		var m remembered
		if json.Unmarshal(t.Answer, &m) != nil {
			continue
		}
		maps.Copy(facts, m.Facts)
		if root == "" || !leans(m.Root) {
			root = m.Root
		}
	}
	return root, facts
}

// withUnsaid adds facts that the request does not give.
func withUnsaid(r bot.Request, facts coverage.Facts) bot.Request {
	for _, name := range slices.Sorted(maps.Keys(facts)) {
		given := name == "plan" && r.Plan != "" || name == "state" && r.State != "" ||
			slices.ContainsFunc(r.Facts, func(f string) bool { return strings.HasPrefix(f, name+"=") })
		if !given && facts[name] != "" {
			r = withFacts(r, []string{name + "=" + facts[name]})
		}
	}
	return r
}

// shortQuestion is how many words say too little to stand alone.
const shortQuestion = 4

var (
	opensOn  = regexp.MustCompile(`(?i)^\W*(and|but|so|or|then|ok(ay)?|what about|how about|what if|and if|even if|only if|same for|also|why)\b`)
	pointsTo = regexp.MustCompile(`(?i)\b(that|this|it|those|these|them|there|he|she|the same)\b`)
)

// leans says whether a question leans on what was said before it.
func leans(text string) bool {
	words := strings.Fields(text)
	return len(words) <= shortQuestion || opensOn.MatchString(text) || len(words) <= 10 && pointsTo.MatchString(text)
}
