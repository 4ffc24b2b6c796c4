package coverage

import (
	"errors"
	"strings"
	"testing"
)

func TestGiven(t *testing.T) {
	t.Parallel()
	r := rules(t)
	for _, c := range []struct {
		plan, state, kv, want, wrong string
	}{
		{"self-funded", "WA", "", "plan=self-funded state=WA", ""},
		{"", "", "", "-", ""},
		{"unknown", "unknown", "market=unknown", "-", ""},
		{"Fully-Insured", "washington", "", "plan=fully-insured state=WA", ""},
		{"", "wa", "in-network=y; visit=3; grandfathered=FALSE", "state=WA in_network=yes visit=3 grandfathered=no", ""},
		{"", "", "plan=va; state=or", "plan=va state=OR", ""},
		{"", "the district of columbia", "", "state=DC", ""},
		{"", "other", "", "state=other", ""},
		{"public", "", "funding=fully-insured", "plan=public funding=fully-insured", ""},
		{"hmo", "", "", "", "plan=hmo: want fully-insured, self-funded, public"},
		{"", "XX", "", "", "a state's name or its two letters"},
		{"", "", "market=medium", "", "want individual, small-group, large-group"},
		{"", "", "visit=0", "", "a number from 1 to 999"},
		{"", "", "colour=red", "", "where name is plan, state,"},
		{"", "", "market", "", "want name=value"},
		{"va", "", "plan=auto", "", "given twice"},
		{"self-funded", "", "market=individual", "", "does not go with"},
		{"", "OR", "pebb=yes", "", "does not go with"},
	} {
		var kv []string
		if c.kv != "" {
			kv = strings.Split(c.kv, "; ")
		}
		got, err := r.Given(c.plan, c.state, kv)
		switch {
		case c.wrong != "":
			if !errors.Is(err, ErrFact) || !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("Given(%q, %q, %q): error %v; want %q", c.plan, c.state, c.kv, err, c.wrong)
			}
		case err != nil || !same(got, facts(t, c.want)):
			t.Errorf("Given(%q, %q, %q) = %v, %v; want %s", c.plan, c.state, c.kv, got, err, c.want)
		}
	}
}

func TestComplete(t *testing.T) {
	t.Parallel()
	r := rules(t)
	for given, want := range map[string]string{
		"-":                                    "-",
		"funding=level-funded":                 "funding=level-funded plan=self-funded",
		"funding=self-funded":                  "funding=self-funded plan=self-funded",
		"funding=fully-insured":                "funding=fully-insured plan=fully-insured",
		"market=individual":                    "market=individual plan=fully-insured sponsor=individual",
		"sponsor=individual":                   "market=individual plan=fully-insured sponsor=individual",
		"plan=public":                          "plan=public sponsor=public-employer",
		"pebb=yes":                             "pebb=yes state=WA sponsor=public-employer",
		"market=short-term":                    "market=short-term",
		"sponsor=church":                       "sponsor=church",
		"sponsor=union plan=va":                "sponsor=union plan=va",
		"sponsor=public-employer":              "sponsor=public-employer",
		"sponsor=individual market=short-term": "sponsor=individual market=short-term",
		"sponsor=public-employer funding=self-funded":        "sponsor=public-employer funding=self-funded plan=public",
		"sponsor=public-employer plan=self-funded":           "sponsor=public-employer plan=public",
		"sponsor=public-employer funding=fully-insured":      "sponsor=public-employer funding=fully-insured plan=fully-insured",
		"plan=public funding=fully-insured":                  "plan=fully-insured funding=fully-insured sponsor=public-employer",
		"pebb=yes state=OR":                                  "pebb=yes state=OR sponsor=public-employer",
		"sponsor=union funding=self-funded state=WA":         "sponsor=union funding=self-funded state=WA plan=self-funded",
		"plan=medicare market=individual sponsor=individual": "plan=medicare market=individual sponsor=individual",
	} {
		f := facts(t, given)
		got := r.Complete(f)
		if !same(got, facts(t, want)) {
			t.Errorf("Complete(%s) = %v; want %s", given, got, want)
		}
		if !same(f, facts(t, given)) {
			t.Errorf("Complete(%s) changed its argument to %v", given, f)
		}
		if again := r.Complete(got); !same(again, got) {
			t.Errorf("Complete(%s) is not complete: %v, then %v", given, got, again)
		}
	}
}

func TestMerge(t *testing.T) {
	t.Parallel()
	r := rules(t)
	for _, c := range []struct{ read, given, want string }{
		{"state=WA plan=medicare", "-", "state=WA plan=medicare"},
		{"state=WA", "state=OR", "state=OR"},
		{"plan=fully-insured market=individual sponsor=individual", "plan=self-funded", "plan=self-funded"},
		{"plan=self-funded", "sponsor=public-employer", "plan=public sponsor=public-employer"},
		{"funding=self-funded plan=self-funded state=WA", "plan=fully-insured", "plan=fully-insured state=WA"},
		{"visit=3", "in_network=yes", "visit=3 in_network=yes"},
	} {
		if got := r.Merge(facts(t, c.read), facts(t, c.given)); !same(got, facts(t, c.want)) {
			t.Errorf("Merge(%s, %s) = %v; want %s", c.read, c.given, got, c.want)
		}
	}
}

// FuzzGiven holds that what is accepted is valid and stands together.
func FuzzGiven(f *testing.F) {
	r := rules(f)
	for _, seed := range [][3]string{{"self-funded", "WA", "market=individual"}, {"", "", "visit=7"}, {"va", "oregon", "="}, {"UNKNOWN", "\x00", "a=b=c"}} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, plan, state, kv string) {
		got, err := r.Given(plan, state, []string{kv})
		if err != nil {
			if got != nil || !errors.Is(err, ErrFact) {
				t.Fatalf("facts %v with error %v", got, err)
			}
			return
		}
		for name, value := range got {
			if !r.valid(name, value) {
				t.Fatalf("accepted %s=%s", name, value)
			}
		}
		if no := r.contradiction(r.Complete(got)); no != "" {
			t.Fatalf("accepted %v: %s", got, no)
		}
	})
}
