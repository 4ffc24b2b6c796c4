package corpus_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/everycategory/advocate/corpus"
)

func TestCutFollowsTheJoints(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"Washington order", "(1) Plans shall:\n(a) Permit, if:\n(i) In scope;\n(ii) They agree on\n(A) review; and\n(B) cost; and\n(iii) Covered.\n(b) Report.\n(2) Not for some.",
			"|(1)|(1)(a)|(1)(a)(i)|(1)(a)(ii)|(1)(a)(ii)(A)|(1)(a)(ii)(B)|(1)(a)(iii)|(1)(b)|(2)"},
		{"federal order", "(a)\nGeneral rule\n(1)\nOne.\n(2)\nTwo.\n(A)\nIn part.\n(b)\nException.",
			"|(a)|(a)(1)|(a)(2)|(a)(2)(A)|(b)"},
		{"labels that share a paragraph", "(1) One.\n(2)(a) Two a.\n(b) Two b.", "|(1)|(2)|(2)(a)|(2)(b)"},
		{"i after h is a letter", "(1) X:\n(a) a\n(b) b\n(c) c\n(d) d\n(e) e\n(f) f\n(g) g\n(h) h\n(i) i\n(j) j",
			"|(1)|(1)(a)|(1)(b)|(1)(c)|(1)(d)|(1)(e)|(1)(f)|(1)(g)|(1)(h)|(1)(i)|(1)(j)"},
		{"i after a opens numerals", "(a) A:\n(i) one\n(ii) two\n(b) B", "|(a)|(a)(i)|(a)(ii)|(b)"},
		{"no labels", "Just words.\nMore words.", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var pins []string
			for _, p := range corpus.Cut("T", nil, strings.Split(tt.text, "\n")) {
				pins = append(pins, string(p.Pin))
			}
			if got := strings.Join(pins, "|"); got != tt.want {
				t.Errorf("cut at\n %s, want\n %s", got, tt.want)
			}
		})
	}
}

func TestCutKeepsEveryWordAndItsLeadIn(t *testing.T) {
	t.Parallel()
	text := "Before.\n(1) A carrier shall:\n(a) Post the standards; and\nkeep them posted.\n(b) Answer."
	passages := corpus.Cut("Duties", []string{"Title 48"}, strings.Split(text, "\n"))
	got := map[string]string{}
	for _, p := range passages {
		got[string(p.Pin)] = p.Text
	}
	want := map[string]string{"": "Before.", "(1)": "A carrier shall:", "(1)(a)": "Post the standards; and\nkeep them posted.", "(1)(b)": "Answer."}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	last := passages[len(passages)-1]
	for _, part := range []string{"Duties", "Title 48", "A carrier shall:"} {
		if !strings.Contains(last.Context, part) {
			t.Errorf("context %q lacks %q", last.Context, part)
		}
	}
}

func FuzzCut(f *testing.F) {
	f.Add("(1) One:\n(a) a\n(i) i\n(2) Two.")
	f.Add("(zz)(AA)(99)")
	f.Fuzz(func(t *testing.T, text string) {
		seen := map[string]bool{}
		for _, p := range corpus.Cut("T", nil, strings.Split(text, "\n")) {
			if seen[string(p.Pin)] {
				t.Fatalf("two passages at %q", p.Pin)
			}
			seen[string(p.Pin)] = true
		}
	})
}
