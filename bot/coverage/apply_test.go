package coverage

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

func cite(t testing.TB, s string) citation.Citation {
	t.Helper()
	c, err := citation.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// cites joins the citations of rulings.
func cites(in []Ruling) string {
	var out []string
	for _, r := range in {
		out = append(out, r.Cite.String())
	}
	return strings.Join(out, ", ")
}

func TestApplyJSON(t *testing.T) {
	t.Parallel()
	a := rules(t).Apply(Facts{"plan": "self-funded", "state": "WA", "visit": "3"}, "2026-01-01")
	data, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"plan", "state", "facts", "binds", "does_not_bind", "would_change"} {
		if got[key] == nil {
			t.Errorf("%s is missing in %s", key, data)
		}
	}
	if got["outside"] != nil || got["plan"] != "self-funded" || got["facts"].(map[string]any)["visit"] != "3" {
		t.Errorf("got %s", data)
	}
	change := got["would_change"].([]any)[0].(map[string]any)
	if change["fact"] != "grandfathered" || change["effect"] == "" || len(change) != 2 {
		t.Errorf("change is %v", change)
	}
	empty, _ := json.Marshal(rules(t).Apply(nil, ""))
	for _, want := range []string{`"plan":"unknown"`, `"facts":{}`, `"binds":[]`} {
		if !strings.Contains(string(empty), want) {
			t.Errorf("without facts: want %s in %s", want, empty)
		}
	}
}

func TestApplyOnADay(t *testing.T) {
	t.Parallel()
	r := rules(t)
	insured := Facts{"plan": "fully-insured", "state": "WA", "grandfathered": "no"}
	for _, c := range []struct {
		cite  string
		on    corpus.Date
		binds bool
	}{
		{"RCW 48.43.045", "1995-12-31", false},
		{"RCW 48.43.045", "1996-01-01", true},
		{"RCW 48.43.045", "1996", true},
		{"RCW 48.43.045", "", true},
		{"WAC 284-43-205", "2015-06-01", true},
		{"WAC 284-43-205", "2016-08-06", false},
		{"WAC 284-43-205", "", false},
		{"WAC 284-170-270", "2015-06-01", false},
		{"WAC 284-170-270", "2026-01-01", true},
		{"42 U.S.C. 300gg-5", "2013-12-31", false},
		{"42 U.S.C. 300gg-5", "2014-01-01", true},
	} {
		a := r.Apply(insured, c.on)
		if got := slices.ContainsFunc(a.Binds, func(r Ruling) bool { return r.Cite == cite(t, c.cite) }); got != c.binds {
			t.Errorf("%s on %q: binds is %v", c.cite, c.on, got)
		}
	}
}

func TestAbout(t *testing.T) {
	t.Parallel()
	r := rules(t)
	a := r.Apply(Facts{"plan": "fully-insured", "state": "WA"}, "")
	got := a.About([]citation.Citation{cite(t, "RCW 48.43.045(1)(a)"), cite(t, "WAC 284-170-270"), cite(t, "42 U.S.C. 300gg-5(a)"), cite(t, "RCW 41.05.074")})
	if cites(got.Binds) != "RCW 48.43.045, WAC 284-170-270" || cites(got.DoesNotBind) != "RCW 41.05.074" || cites(got.Depends) != "42 U.S.C. 300gg-5" {
		t.Errorf("binds %s; does not bind %s; depends %s", cites(got.Binds), cites(got.DoesNotBind), cites(got.Depends))
	}
	effects := map[string]string{}
	for _, c := range got.WouldChange {
		effects[c.Fact] = c.Effect
	}
	if len(effects) != 2 || effects["grandfathered"] != "42 U.S.C. 300gg-5 turns on whether the plan is grandfathered." ||
		!strings.HasPrefix(effects["market"], "The low-back-pain example") {
		t.Errorf("would change: %v", effects)
	}
	if len(a.WouldChange) <= len(got.WouldChange) {
		t.Error("About changed what it was called on")
	}
}

func TestEffectIsShort(t *testing.T) {
	t.Parallel()
	for _, c := range rules(t).Apply(nil, "").WouldChange {
		if c.Effect == "" || !strings.HasSuffix(c.Effect, ".") || len(c.Effect) > 900 {
			t.Errorf("%s: %q", c.Fact, c.Effect)
		}
	}
}

func TestOutside(t *testing.T) {
	t.Parallel()
	r := rules(t)
	for text, want := range map[string]string{
		"My patient has FEHB":    "The federal employees' health program (FEHB)",
		"TRICARE denied massage": "TRICARE",
		"CHAMPVA patient":        "CHAMPVA",
	} {
		a := r.Apply(r.Read(text), "")
		if a.Outside != want || len(a.Binds)+len(a.DoesNotBind)+len(a.WouldChange) > 0 {
			t.Errorf("%s: outside is %q, with %d rulings", text, a.Outside, len(a.Binds)+len(a.DoesNotBind))
		}
		if q, ok := r.Question(r.Read(text), []citation.Citation{cite(t, "RCW 48.43.045")}); ok {
			t.Errorf("%s: asks %q", text, q.Text)
		}
	}
}

func TestQuestion(t *testing.T) {
	t.Parallel()
	r := rules(t)
	for _, c := range []struct {
		name, facts, relevant, fact, labels string
	}{
		{"nothing known: who funds it comes first", "-", "RCW 48.43.045; WAC 284-170-270; 29 U.S.C. 1144; 42 U.S.C. 300gg-5", "plan",
			"If a carrier insures the plan / If the employer self-funds"},
		{"in Washington", "state=WA", "RCW 48.43.045; 29 U.S.C. 1144; 42 U.S.C. 300gg-5", "plan", "If the plan is insured in Washington / If the employer self-funds"},
		{"a union trust", "state=WA sponsor=union", "RCW 48.43.045; 42 U.S.C. 300gg-5", "plan", "If the plan is insured in Washington / If the union trust pays its own claims"},
		{"a public employer", "state=WA sponsor=public-employer", "RCW 48.43.016; RCW 41.05.074", "plan", "If the plan is insured in Washington / If it is a public employer's own plan"},
		{"only what can bind is branched", "state=WA", "RCW 48.43.016; WAC 296-23-250", "plan", "If the plan is insured in Washington / If it is workers' compensation"},
		{"the state of an insured plan", "plan=fully-insured", "RCW 48.43.045; 42 U.S.C. 300gg-5", "state", "If the plan was issued in Washington / If the plan was issued in another state"},
		{"the state of a claim", "plan=workers-comp", "WAC 296-23-250", "state", "If it is Washington's program / If it is another state's program"},
		{"then the visit", "plan=fully-insured state=WA", "RCW 48.43.016; 42 U.S.C. 300gg-5", "in_network", "If the therapist is in network / If the therapist is out of network"},
		{"and its number", "plan=fully-insured state=WA in_network=yes new_episode=yes", "RCW 48.43.016", "visit", "If it is one of the first six visits / If it is the eighth visit or later"},
		{"then the sponsor", "plan=fully-insured state=WA", "29 U.S.C. 1144; 42 U.S.C. 300gg-5", "sponsor", "If a private employer sponsors the plan / If a public employer sponsors the plan"},
		{"grandfathering is asked last and not branched", "plan=self-funded state=WA", "RCW 48.43.045; 42 U.S.C. 300gg-5", "grandfathered", ""},
		{"nothing is open", "plan=self-funded state=WA", "RCW 48.43.045; 29 U.S.C. 1144", "", ""},
		{"nothing depends", "-", "CPT 97124; RCW 18.108.010", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var relevant []citation.Citation
			for s := range strings.SplitSeq(c.relevant, "; ") {
				relevant = append(relevant, cite(t, s))
			}
			f := facts(t, c.facts)
			q, ok := r.Question(f, relevant)
			if q.Fact != c.fact || ok != (c.fact != "") {
				t.Fatalf("asks %q (%s)", q.Fact, q.Text)
			}
			if !ok {
				return
			}
			var labels []string
			for _, b := range r.Branches(q, f, nil) {
				labels = append(labels, b.Label)
				if !contains(b.Facts, r.Complete(f)) || b.Facts[q.Fact] == "" {
					t.Errorf("%s: facts %v", b.Label, b.Facts)
				}
			}
			if got := strings.Join(labels, " / "); got != c.labels {
				t.Errorf("branches %s", got)
			}
			if len(q.Options) < 2 || !strings.HasSuffix(q.Text, "?") && !strings.Contains(q.Text, "? ") {
				t.Errorf("question %q with options %v", q.Text, q.Options)
			}
			for _, o := range q.Options {
				if _, err := r.Given("", "", []string{q.Fact + "=" + o}); err != nil {
					t.Errorf("an option cannot be given back: %v", err)
				}
			}
		})
	}
}
