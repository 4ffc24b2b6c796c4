package coverage

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// library reads the library's coverage files into a map that a test may
// spoil.
func library(t *testing.T) fstest.MapFS {
	t.Helper()
	names, err := filepath.Glob("../../corpus/library/coverage/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("no coverage files", err)
	}
	out := fstest.MapFS{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out["coverage/"+filepath.Base(name)] = &fstest.MapFile{Data: data}
	}
	return out
}

func TestLoadErrors(t *testing.T) {
	t.Parallel()
	const wa, facts, cond, read, states = "rules-1-washington.yaml", "facts.yaml", "conditions.yaml", "reading.yaml", "states.yaml"
	for _, c := range []struct{ name, file, old, new, want string }{
		{"unknown field", wa, "    why:", "    reason:", "unknown field"},
		{"unknown fact in a condition", cond, "fact: grandfathered", "fact: grandfather", `there is no fact "grandfather"`},
		{"unknown value in a condition", cond, "is: [fully-insured]", "is: [insured]", `"insured" is no value of plan`},
		{"unknown value in a case", cond, "sponsor: [union]", "sponsor: [unions]", `"unions" is no value of sponsor`},
		{"unknown state", cond, "is: [WA]", "is: [WX]", `"WX" is no value of state`},
		{"a failing value without a sentence", cond, "      - if: {plan: [va]}\n", "      - if: {plan: [auto]}\n", "no sentence for plan=va"},
		{"a citation that is none", wa, "cite: RCW 48.43.055", "cite: RCW forty-eight", "RCW forty-eight"},
		{"a sentence that cites nothing", wa, "RCW 48.43.055(1).", "the law.", "cites nothing"},
		{"a sentence with a malformed citation", wa, "RCW 48.43.055(1).", "RCW 48.43.055(1) and RCW twelve.", "malformed"},
		{"a sentence without its full stop", wa, "RCW 48.43.055(1).", "RCW 48.43.055(1)", "one sentence with a full stop"},
		{"an unknown placeholder", wa, "{cite} binds health carriers when they pay chiropractors, and", "{law} binds, by {cite}, but", "no braces but"},
		{"a rule on one place twice", wa, "cite: RCW 48.43.055", "cite: RCW 48.43.045", "ruled on twice"},
		{"an unknown condition", wa, "when: [medicaid, washington-program]", "when: [medicaide, washington-program]", `no condition "medicaide"`},
		{"a condition nobody uses", cond, "conditions:\n", "conditions:\n  idle:\n    fact: pebb\n    is: [\"yes\"]\n    otherwise: [{say: \"{cite}.\"}]\n", "condition idle is never used"},
		{"a condition defined twice", cond, "conditions:\n", "conditions:\n  pebb:\n    fact: pebb\n    is: [\"yes\"]\n    otherwise: [{say: \"{cite}.\"}]\n", "condition pebb is defined twice"},
		{"no last sentence", wa, "      - say: A health carrier insures this plan in Washington, so RCW 48.43.045(1)(a) makes", "      - if: {pebb: [\"no\"]}\n        say: A health carrier insures this plan in Washington, so RCW 48.43.045(1)(a) makes", "last sentence without if"},
		{"a date that is none", wa, "date: 1996-01-01", "date: 1/1/96", "is no date"},
		{"a note on an unknown fact", wa, "- fact: market", "- fact: markets", `there is no fact "markets"`},
		{"plan types that are not the corpus's", facts, "workers-comp, auto, va]", "workers-comp, auto]", "want plan with the values"},
		{"a fact without its turn", facts, "    turns: whether the plan is grandfathered\n", "", "want turns"},
		{"an option that is no value", facts, "options: [WA, other]", "options: [WA, elsewhere]", `"elsewhere" is no value of state`},
		{"an implication of nothing", facts, "then: {sponsor: public-employer}", "then: {sponsors: public-employer}", `there is no fact "sponsors"`},
		{"a reading of an unknown value", read, "set: {plan: va}", "set: {plan: veterans}", `"veterans" is no value of plan`},
		{"a phrase of nothing", read, "      - aso\n", "      - ~\n", "want words at both ends"},
		{"a phrase that may be empty", read, "      - aso\n", "      - aso?\n", "every word may be missing"},
		{"a state twice", states, "{code: AK,", "{code: AL,", "want two capitals, once"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			fsys := library(t)
			f := fsys["coverage/"+c.file]
			if !strings.Contains(string(f.Data), c.old) {
				t.Fatalf("%s does not contain %q", c.file, c.old)
			}
			f.Data = []byte(strings.Replace(string(f.Data), c.old, c.new, 1))
			r, err := Load(fsys)
			if r != nil || err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v; want %q", err, c.want)
			}
		})
	}
}

func TestLoadNothing(t *testing.T) {
	t.Parallel()
	if _, err := Load(fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "no coverage/*.yaml") {
		t.Errorf("error %v", err)
	}
	for _, name := range []string{"grammar.yaml", "states.yaml", "facts.yaml"} {
		fsys := library(t)
		delete(fsys, "coverage/"+name)
		if _, err := Load(fsys); err == nil {
			t.Errorf("loads without %s", name)
		}
	}
}

// TestLoadTellsAll: one run shows an author every mistake.
func TestLoadTellsAll(t *testing.T) {
	t.Parallel()
	fsys := library(t)
	f := fsys["coverage/rules-1-washington.yaml"]
	f.Data = []byte(strings.NewReplacer("RCW 48.43.055(1).", "the law.", "RCW 48.43.605(1).", "the law.").Replace(string(f.Data)))
	_, err := Load(fsys)
	if err == nil || strings.Count(err.Error(), "cites nothing") != 2 {
		t.Errorf("error %v; want two complaints", err)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(os.DirFS("../../corpus/library")); err != nil {
			b.Fatal(err)
		}
	}
}
