package coverage

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

var update = flag.Bool("update", false, "write what the rules say into testdata, to be reviewed there")

// TestRules reads testdata/rules-*.txt: for each authority, facts and what
// is to be said of them. Every rule has a case that fires and one that does
// not.
func TestRules(t *testing.T) {
	t.Parallel()
	r := rules(t)
	names, err := filepath.Glob("testdata/rules-*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal("no testdata/rules-*.txt", err)
	}
	fired, quiet := map[*rule]bool{}, map[*rule]bool{}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range archive.Files {
			cite, err := citation.Parse(f.Name)
			if err != nil {
				t.Fatalf("%s: %q: %v", name, f.Name, err)
			}
			rule := r.find(cite)
			var got strings.Builder
			for line := range strings.Lines(string(f.Data)) {
				if strings.HasPrefix(line, "\t") || strings.TrimSpace(line) == "" {
					continue
				}
				status, why, missing := r.Status(cite, facts(t, line))
				fmt.Fprintf(&got, "%s\t%s: %s\n", line, status, why)
				if len(missing) > 0 {
					fmt.Fprintf(&got, "\tmissing: %s\n", strings.Join(missing, " "))
				}
				fired[rule] = fired[rule] || status == Binds
				quiet[rule] = quiet[rule] || status == DoesNotBind
			}
			if *update {
				archive.Files[i].Data = []byte(got.String())
			} else if got.String() != string(f.Data) {
				t.Errorf("%s: %s\n got %s\nwant %s", name, f.Name, got.String(), f.Data)
			}
		}
		if *update {
			if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, rule := range r.rules {
		expired := rule.Until != nil // by now it binds nobody
		if !fired[rule] && !expired || !quiet[rule] {
			t.Errorf("%s: want a case that binds and one that does not", rule.Cite)
		}
	}
}

// TestTable holds who is bound by what, at a glance: B binds, - does not,
// ? depends on a fact, ~ not in this library.
func TestTable(t *testing.T) {
	t.Parallel()
	r := rules(t)
	var got strings.Builder
	row := func(name string, cells []string) { fmt.Fprintf(&got, "%-20s %s\n", name, strings.Join(cells, " ")) }
	for _, c := range []struct{ title, facts string }{
		{"Washington, nothing else known", "state=WA"},
		{"Washington, all known: an employer's plan, not grandfathered, small group, in network, new episode, third visit, PEBB if public",
			"state=WA grandfathered=no in_network=yes new_episode=yes visit=3"},
		{"Oregon, nothing else known", "state=OR"},
		{"a state not in this library", "state=other"},
	} {
		fmt.Fprintf(&got, "# %s\n", c.title)
		var heads []string
		for _, p := range append(corpus.Plans(), corpus.UnknownPlan) {
			heads = append(heads, fmt.Sprintf("%-5.5s", p))
		}
		row("", heads)
		for _, rule := range r.rules {
			var cells []string
			for _, p := range append(corpus.Plans(), corpus.UnknownPlan) {
				f := facts(t, c.facts)
				if p != corpus.UnknownPlan {
					f[factPlan] = string(p)
				}
				if f["visit"] != "" {
					switch p {
					case corpus.FullyInsured:
						f["market"], f["sponsor"] = "small-group", "employer"
					case corpus.Public:
						f["pebb"] = "yes"
					}
				}
				v := r.ruling(rule, r.Complete(f), "")
				cells = append(cells, fmt.Sprintf("%-5s", map[Status]string{Binds: "B", DoesNotBind: "-", Depends: "?", NotVerified: "~"}[v.status]))
			}
			row(rule.Cite.String(), cells)
		}
		got.WriteString("\n")
	}
	trimmed := ""
	for line := range strings.Lines(got.String()) {
		trimmed += strings.TrimRight(line, " \n") + "\n"
	}
	golden(t, "testdata/table.txt", trimmed)
}

// golden compares with a file, or writes it under -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: differs; run with -update and review the change\n got %s", name, got)
	}
}

// TestCited finds every place that a rule or a sentence names in the
// library itself.
func TestCited(t *testing.T) {
	t.Parallel()
	r := rules(t)
	catalog, err := corpus.Load(os.DirFS("../../corpus/library"))
	if err != nil {
		t.Fatal(err)
	}
	want := func(rule *rule, c citation.Citation) {
		t.Helper()
		if s, p := catalog.Resolve(c); p == nil {
			t.Errorf("rule %s: %s is not in the library (source held: %v)", rule.Cite, c, s != nil)
		}
	}
	for _, rule := range r.rules {
		for _, c := range append([]citation.Citation{rule.Cite}, rule.Covers...) {
			if len(catalog.Find(c)) == 0 {
				t.Errorf("rule %s: %s is not in the library", rule.Cite, c)
			}
		}
		says := slices.Concat(rule.Why, rule.Open)
		for _, c := range rule.when {
			says = append(says, c.Otherwise...)
		}
		for _, limit := range []*limit{rule.From, rule.Until} {
			if limit != nil {
				says = append(says, saying{Say: limit.Say})
			}
		}
		for _, n := range rule.Notes {
			says = append(says, saying{Say: n.Say})
		}
		for _, say := range says {
			for _, f := range citation.Find(r.filler(rule, Facts{})(say.Say)) {
				want(rule, f.Citation)
			}
		}
	}
}
