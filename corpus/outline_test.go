package corpus_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/everycategory/advocate/corpus"
)

func TestCutStrictFollowsTheJoints(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"Washington order", "(1) Plans shall:\n(a) Permit, if:\n(i) In scope;\n(ii) They agree on:\n(A) review; and\n(B) cost; and\n(iii) Covered.\n(b) Report.\n(2) Not for some.",
			"|(1)|(1)(a)|(1)(a)(i)|(1)(a)(ii)|(1)(a)(ii)(A)|(1)(a)(ii)(B)|(1)(a)(iii)|(1)(b)|(2)"},
		{"federal order", "(a) General rule\n(1) One.\n(2) Two.\n(A) In part.\n(b) Exception.", "|(a)|(a)(1)|(a)(2)|(a)(2)(A)|(b)"},
		{"labels that share a paragraph", "(1) One.\n(2)(a) Two a.\n(b) Two b.", "|(1)|(2)|(2)(a)|(2)(b)"},
		{"i after h is a letter", "(1) X:\n(a) a\n(b) b\n(c) c\n(d) d\n(e) e\n(f) f\n(g) g\n(h) h\n(i) i\n(j) j",
			"|(1)|(1)(a)|(1)(b)|(1)(c)|(1)(d)|(1)(e)|(1)(f)|(1)(g)|(1)(h)|(1)(i)|(1)(j)"},
		{"i after h is a numeral where ii follows", "(1) X:\n(a) a\n(b) b\n(c) c\n(d) d\n(e) e\n(f) f\n(g) g\n(h) h:\n(i) one\n(ii) two\n(i) letter\n(j) j",
			"|(1)|(1)(a)|(1)(b)|(1)(c)|(1)(d)|(1)(e)|(1)(f)|(1)(g)|(1)(h)|(1)(h)(i)|(1)(h)(ii)|(1)(i)|(1)(j)"},
		{"a lone i after h: opens a level after a colon", "(a) a\n(b) b\n(c) c\n(d) d\n(e) e\n(f) f\n(g) g\n(h) h:\n(i) one", "|(a)|(b)|(c)|(d)|(e)|(f)|(g)|(h)|(h)(i)"},
		{"a lone i after h: a sibling after a stop", "(a) a\n(b) b\n(c) c\n(d) d\n(e) e\n(f) f\n(g) g\n(h) h.\n(i) one", "|(a)|(b)|(c)|(d)|(e)|(f)|(g)|(h)|(i)"},
		{"capital I", "(1) X:\n(a) y:\n(i) z:\n(A) a:\n(I) one\n(II) two\n(B) b", "|(1)|(1)(a)|(1)(a)(i)|(1)(a)(i)(A)|(1)(a)(i)(A)(I)|(1)(a)(i)(A)(II)|(1)(a)(i)(B)"},
		{"a list in a definition has no pinpoints", "(1) One.\n(2) Words:\n\"Board\" - decides whether:\n(1) it is;\n(2) it was.\n\"File\" - a file.\n(3) Three.", "|(1)|(2)|(3)"},
		{"no labels", "Just one.\nAnd two.", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			passages, err := corpus.CutStrict("A title", strings.Split(tt.text, "\n"))
			if err != nil {
				t.Fatal(err)
			}
			var pins []string
			for _, p := range passages {
				pins = append(pins, string(p.Pin))
			}
			if diff := cmp.Diff(tt.want, strings.Join(pins, "|")); diff != "" {
				t.Error(diff)
			}
			words := ""
			for _, p := range passages {
				words += " " + p.Text
			}
			for _, w := range strings.Fields(tt.text) {
				if !strings.HasPrefix(w, "(") && !strings.Contains(words, w) {
					t.Errorf("%q was lost", w)
				}
			}
		})
	}
}

func TestCutStrictLeadsIn(t *testing.T) {
	t.Parallel()
	passages, err := corpus.CutStrict("Sample duties", []string{"(1) A carrier shall:", "(a) Answer."})
	if err != nil {
		t.Fatal(err)
	}
	if got := passages[2].Context; got != "Sample duties\nA carrier shall:" {
		t.Errorf("context %q", got)
	}
}

func TestCutStrictRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"a number left out", "(1) One.\n(3) Three.", "(3) after (1)"},
		{"a middle left out", "(1) X:\n(a) a\n(c) c", "(c) after (1)(a)"},
		{"begins in the middle", "(4) Four.", "(4) after "},
		{"goes back", "(1) One.\n(2) Two.\n(1) One again.", "(1) after (2)"},
		{"a word for a label", "(1) One.\n(NOTE) Two.", "(NOTE) after (1)"},
		{"a list in a definition that nothing follows", "(1) One.\n\"Board\" - decides whether:\n(1) it is.", "after (1)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := corpus.CutStrict("A title", strings.Split(tt.text, "\n"))
			if !errors.Is(err, corpus.ErrOrder) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q in it", err, tt.want)
			}
		})
	}
}

func FuzzCutStrict(f *testing.F) {
	f.Add("(1) A\n(a) b:\n(i) c\n(ii) d\n(2)(a) e")
	f.Add("(i)(i)(i)(i)(i)(i)(i)(i)(i)(i)")
	f.Fuzz(func(t *testing.T, text string) {
		passages, err := corpus.CutStrict("T", strings.Split(text, "\n"))
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, p := range passages {
			if seen[string(p.Pin)] {
				t.Fatalf("two passages at %s", p.Pin)
			}
			seen[string(p.Pin)] = true
			if p.Pin != "" && !seen[string(p.Pin.Parent())] {
				t.Fatalf("%s without its parent", p.Pin)
			}
		}
	})
}
