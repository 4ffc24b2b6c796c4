package clinical_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/everycategory/advocate/bot/clinical"
	"github.com/everycategory/advocate/corpus"
)

var update = flag.Bool("update", false, "rewrite what is expected beside notes")

// TestBeside holds what is said beside notes: each file of testdata/beside.txtar
// is a note, and the one behind it what a therapist is told. A name may end in
// options: "state=WA on=2026-11-01 signed". Every refusal, every check and every
// missing element is told somewhere, and not told elsewhere.
func TestBeside(t *testing.T) {
	t.Parallel()
	const name = "testdata/beside.txtar"
	w := writer(t)
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	fired, notes := map[string]int{}, 0
	for i := 0; i+1 < len(archive.Files); i += 2 {
		note, want := archive.Files[i], archive.Files[i+1]
		notes++
		got := beside(w.Rewrite(string(note.Data), options(t, archive, note.Name)), fired)
		if *update {
			archive.Files[i+1].Data = []byte(got)
		} else if diff := cmp.Diff(string(want.Data), got); diff != "" {
			t.Errorf("%s: %s", note.Name, diff)
		}
	}
	if *update {
		if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, rule := range rules(t) {
		if fired[rule] == 0 || fired[rule] == notes {
			t.Errorf("%s is told %d times of %d: want a note with it and one without", rule, fired[rule], notes)
		}
	}
}

// options are those that a note's name ends in. "previous=N" is the note of
// that name.
func options(t *testing.T, archive *txtar.Archive, name string) clinical.Options {
	t.Helper()
	o := clinical.Options{Today: "2026-11-27"}
	for _, f := range strings.Fields(name) {
		key, value, _ := strings.Cut(f, "=")
		switch key {
		case "state":
			o.State = value
		case "on":
			o.On = corpus.Date(value)
		case "signed":
			o.Signed = true
		case "previous":
			for _, other := range archive.Files {
				if other.Name == value {
					o.Previous = string(other.Data)
				}
			}
		}
	}
	return o
}

// beside is what stands beside a note, a line for each, and counts which rules
// spoke. Of an addendum its first line is told as well.
func beside(r clinical.Rewrite, fired map[string]int) string {
	var b strings.Builder
	seen := map[string]bool{}
	speak := func(rule string) {
		if !seen[rule] {
			seen[rule] = true
			fired[rule]++
		}
	}
	if head, _, ok := strings.Cut(r.Text, "\n"); ok && strings.HasPrefix(head, "Addendum") {
		fmt.Fprintf(&b, "first line: %s\n", head)
	}
	for _, k := range r.Checks {
		fmt.Fprintf(&b, "check %s [%s]: %s\n", k.Rule, k.Cite, k.Finding)
		speak("check " + k.Rule)
		if k.Rule == "wording" {
			_, why, _ := strings.Cut(k.Finding, "” ")
			speak("wording " + why)
		}
	}
	if len(r.Missing) > 0 {
		b.WriteString("missing:")
		for _, m := range r.Missing {
			b.WriteString(" " + m.Element)
			speak("missing " + m.Element)
		}
		b.WriteString("\n")
	}
	for _, warning := range r.Warnings {
		fmt.Fprintf(&b, "warning: %s\n", warning)
		_, tell, _ := strings.Cut(warning, "” ")
		speak("aside " + tell)
	}
	return b.String()
}

// rules are the names of all that may be told, from the library's lists.
func rules(t *testing.T) []string {
	t.Helper()
	read := func(name string, to any) {
		data, err := os.ReadFile("../../corpus/library/clinical/" + name)
		if err == nil {
			err = yaml.Unmarshal(data, to)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var checks struct {
		Findings map[string]any `yaml:"findings"`
		Wording  []struct {
			Why string `yaml:"why"`
		} `yaml:"wording"`
	}
	var note struct {
		Asides []struct {
			Tell string `yaml:"tell"`
		} `yaml:"asides"`
	}
	var missing []struct {
		Element string `yaml:"element"`
	}
	read("checks.yaml", &checks)
	read("note.yaml", &note)
	read("missing.yaml", &missing)
	var out []string
	for rule := range checks.Findings {
		out = append(out, "check "+rule)
	}
	for _, x := range checks.Wording {
		_, why, _ := strings.Cut(x.Why, "” ")
		out = append(out, "wording "+why)
	}
	for _, a := range note.Asides {
		out = append(out, "aside "+a.Tell)
	}
	for _, m := range missing {
		out = append(out, "missing "+m.Element)
	}
	return out
}
