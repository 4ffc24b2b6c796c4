package bot_test

import (
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/corpus/citation"
)

// A resident asks whether a law binds a plan. Rulings are what the rules say
// of each law for the facts in the question, "depends on" naming the facts;
// Says must stand in the answer, First in its first paragraph.
type resident struct {
	Ask     string            `yaml:"ask"`
	Rulings map[string]string `yaml:"rulings"`
	First   string            `yaml:"first"`
	Says    []string          `yaml:"says"`
	Not     []string          `yaml:"not"`
	Outside bool              `yaml:"outside"`
}

// TestResidents reads testdata/residents.yaml: every kind of plan, in words.
func TestResidents(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/residents.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var cases []resident
	if err := yaml.UnmarshalWithOptions(data, &cases, yaml.Strict()); err != nil {
		t.Fatal(yaml.FormatError(err, false, true))
	}
	if len(cases) < 30 {
		t.Errorf("%d cases: want 30 and more", len(cases))
	}
	as := assistant(t)
	for _, c := range cases {
		facts := as.Rules.Read(c.Ask)
		for law, want := range c.Rulings {
			cite, err := citation.Parse(law)
			if err != nil {
				t.Fatal(err)
			}
			status, _, missing := as.Rules.Status(cite, facts)
			got := string(status)
			if len(missing) > 0 {
				got += " on " + strings.Join(missing, " ")
			}
			if got != want {
				t.Errorf("%q: %s %s, want %s (facts %v)", c.Ask, law, got, want, facts)
			}
		}
		ans, err := as.Ask(t.Context(), bot.Request{Text: c.Ask})
		if err != nil {
			t.Fatal(err)
		}
		if c.Outside != (ans.Applicability.Outside != "") {
			t.Errorf("%q: outside is %q", c.Ask, ans.Applicability.Outside)
		}
		text := strings.Join(strings.Fields(ans.Text), " ")
		first, _, _ := strings.Cut(ans.Text, "\n\n")
		if !strings.Contains(first, c.First) {
			t.Errorf("%q begins with %q, want %q", c.Ask, first, c.First)
		}
		for _, want := range c.Says {
			if !strings.Contains(text, want) {
				t.Errorf("%q does not say %q:\n%s", c.Ask, want, ans.Text)
			}
		}
		for _, not := range c.Not {
			if strings.Contains(text, not) {
				t.Errorf("%q says %q:\n%s", c.Ask, not, ans.Text)
			}
		}
	}
}
