package coverage

import (
	"os"
	"strings"
	"sync"
	"testing"
)

var load = sync.OnceValues(func() (*Rules, error) { return Load(os.DirFS("../../corpus/library")) })

// rules is the library's rules.
func rules(t testing.TB) *Rules {
	t.Helper()
	r, err := load()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// facts reads "plan=self-funded state=WA"; "-" is none.
func facts(t testing.TB, s string) Facts {
	t.Helper()
	f := Facts{}
	for _, kv := range strings.Fields(s) {
		if kv == "-" {
			continue
		}
		name, value, ok := strings.Cut(kv, "=")
		if !ok {
			t.Fatalf("%q: want name=value", kv)
		}
		f[name] = value
	}
	return f
}

// same reports whether two sets of facts are equal.
func same(f, g Facts) bool { return contains(f, g) && contains(g, f) }

func TestRead(t *testing.T) {
	t.Parallel()
	r := rules(t)
	data, err := os.ReadFile("testdata/read.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		say, want, ok := strings.Cut(strings.TrimSpace(line), " => ")
		if !ok {
			continue
		}
		n++
		if got := r.Read(say); !same(got, facts(t, want)) {
			t.Errorf("Read(%q)\n got %v\nwant %v", say, got, facts(t, want))
		}
	}
	if n < 120 {
		t.Errorf("%d sentences; want at least 120", n)
	}
}

func TestMentions(t *testing.T) {
	t.Parallel()
	r := rules(t)
	for text, want := range map[string]string{
		"does my state have a law like Washington's?":       "WA",
		"Kentucky v. Miller, does it help outside Oregon?":  "KY OR",
		"not in WA, not in wa":                              "WA",
		"Portland, or else":                                 "",
		"let me in, or not":                                 "",
		"Washington University wants it":                    "",
		"I moved from Texas to Washington, D.C. last year.": "TX DC",
	} {
		if got := strings.Join(r.Mentions(text), " "); got != want {
			t.Errorf("Mentions(%q) = %q; want %q", text, got, want)
		}
	}
}

// FuzzRead holds that any text gives only valid facts that stand together
// and are complete, the same each time.
func FuzzRead(f *testing.F) {
	r := rules(f)
	for _, seed := range []string{"", "My plan is not self-funded, it's UMP.", "L&I, PIP or VA?", "visit 999 after 999 visits", "D.C. 98101 in OR, in WA",
		"\xff\xfe", "é’s — “quoted” – 7th visit", "a.b.c.d 1.2.3", strings.Repeat("not ", 50) + "Medicare", "Portland, OR 97201 or Portland, ME"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := r.Read(text)
		if got == nil {
			t.Fatal("nil facts")
		}
		for name, value := range got {
			if !r.valid(name, value) {
				t.Fatalf("%q: %s=%s is not valid", text, name, value)
			}
		}
		if no := r.contradiction(got); no != "" {
			t.Fatalf("%q: %v: %s", text, got, no)
		}
		if !same(r.Complete(got), got) {
			t.Fatalf("%q: %v is not complete", text, got)
		}
		if again := r.Read(text); !same(again, got) {
			t.Fatalf("%q: %v, then %v", text, got, again)
		}
	})
}

func FuzzParsePhrase(f *testing.F) {
	for _, seed := range []string{"self|employer funded", "visit <n>", "a ~ b?", "?", "a||b", "~ a", "VA"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := parsePhrase(s)
		if err != nil {
			return
		}
		words := split("self funded visit 7 a VA b", nil)
		for i := range words {
			if end, _ := p.match(words, i, lexicon{}); end == i || end > len(words) {
				t.Fatalf("%q at %d ends at %d", s, i, end)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	r := rules(b)
	for b.Loop() {
		r.Read("WA, fully insured small group through my employer, in network, new episode, third visit: they want prior auth. Is that legal, or not?")
	}
}

// BenchmarkReadLong is the worst text: one clause of words that all match.
func BenchmarkReadLong(b *testing.B) {
	r := rules(b)
	text := strings.Repeat("is my medicare ", 1000)
	for b.Loop() {
		r.Read(text)
	}
}

func BenchmarkApply(b *testing.B) {
	r := rules(b)
	for b.Loop() {
		r.Apply(Facts{"plan": "fully-insured", "state": "WA"}, "2026-01-01")
	}
}
