package clinical_test

import (
	_ "embed"
	"regexp"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot/clinical"
)

// Pairs written by hand, "before | after" on a line: those that say the same,
// and those that do not.
var (
	//go:embed testdata/same.txt
	samePairs string
	//go:embed testdata/changed.txt
	changedPairs string
)

func pairs(t testing.TB, text string) (out [][2]string) {
	t.Helper()
	for line := range strings.Lines(text) {
		before, after, ok := strings.Cut(strings.TrimSpace(line), " | ")
		if !ok {
			t.Fatalf("%q is no pair", line)
		}
		out = append(out, [2]string{before, after})
	}
	return out
}

func same(x *clinical.Lexicon, before, after string) error {
	return x.Same(clinical.Sentence{Text: before}, clinical.Sentence{Text: after})
}

// TestChangedPairs: no pair that says something else passes, in either
// direction.
func TestChangedPairs(t *testing.T) {
	t.Parallel()
	x := lexicon(t)
	all := pairs(t, changedPairs)
	for _, p := range all {
		for _, q := range [][2]string{p, {p[1], p[0]}} {
			if same(x, q[0], q[1]) == nil {
				t.Errorf("passes: %q / %q", q[0], q[1])
			}
		}
	}
	t.Logf("%d pairs, both ways", len(all))
}

// maxBlocked is how many of the faithful pairs are refused today; a refused
// sentence stands as the composer writes it.
const maxBlocked = 7

// TestSamePairs: of pairs that say the same few are refused.
func TestSamePairs(t *testing.T) {
	t.Parallel()
	x := lexicon(t)
	blocked := 0
	all := pairs(t, samePairs)
	for _, p := range all {
		if err := same(x, p[0], p[1]); err != nil {
			blocked++
			t.Logf("%q / %q: %v", p[0], p[1], err)
		}
	}
	t.Logf("%d of %d faithful pairs are refused", blocked, len(all))
	if blocked > maxBlocked {
		t.Errorf("more than %d", maxBlocked)
	}
}

// silent are words that may be left out or that a longer spelling of the same
// concept has; to drop one changes nothing.
var silent = regexp.MustCompile(`(?i)^(?:a|an|the|and|or|of|in|on|at|to|for|from|with|w/|by|as|is|are|was|were|been|be|has|had|have|"?it|that|her|his|pt|patient|client|` +
	`performed|given|did|done|do|worked|per|then|when|she|each|/|x|\+|-|&|so|i|this|status|spine:?|scapulae|tissue|posture|out|massage|region\.?|sided|manual|lymphatic)[.,;:]*$`)

// added are words that no sentence may gain.
var added = []string{"left", "right", "possible", "severe", "chronic", "radiculopathy", "neck", "yesterday", "3", "if", "will", "2x/wk", "improved", "MFR", "M54.2", "$20",
	"unable to work", "skilled", "husband", "consent", "wellness"}

// TestEveryWordCounts: from no sentence written by hand can a word of content
// be taken, none can be put into it, and no digit of it can be another.
func TestEveryWordCounts(t *testing.T) {
	t.Parallel()
	x := lexicon(t)
	digit := regexp.MustCompile(`\d`)
	tried, passed := 0, map[string]int{}
	try := func(what, before, after string) {
		tried++
		if same(x, before, after) == nil {
			if passed[what]++; passed[what] <= 5 {
				t.Errorf("%s: %q / %q", what, before, after)
			}
		}
	}
	for n, p := range pairs(t, samePairs) {
		if n%wordStep != 0 {
			continue
		}
		for _, s := range p {
			words := strings.Fields(s)
			for i := range words {
				head, tail := strings.Join(words[:i], " "), strings.Join(words[i+1:], " ")
				if !silent.MatchString(words[i]) {
					try("dropped", s, head+" "+tail)
				}
				for _, w := range added {
					if !strings.Contains(w+"left right", strings.ToLower(words[i])) && !sidedBefore(s) {
						try("added "+w, s, head+" "+w+" "+words[i]+" "+tail)
					}
				}
			}
			for _, m := range digit.FindAllStringIndex(s, -1) {
				try("another digit", s, s[:m[0]]+string('0'+(s[m[0]]-'0'+1)%10)+s[m[1]:])
			}
		}
	}
	t.Logf("%d changes, %v pass", tried, passed)
}

// sidedBefore reports whether a text has a side that is said of a number;
// said twice it is the same side.
func sidedBefore(s string) bool {
	return regexp.MustCompile(`(?i)\b(?:l|left) (?:\d|on )|\d left|sessions left|from 5 to 2`).MatchString(s)
}

// FuzzSame: no text breaks the guard, and a text says the same as itself.
func FuzzSame(f *testing.F) {
	x := lexicon(f)
	for n, p := range pairs(f, samePairs) {
		if n%10 == 0 {
			f.Add(p[0], p[1])
		}
	}
	f.Add("pain 6/10 -> 4/10, no L ? [A_1]", "\xff\u202e")
	f.Fuzz(func(t *testing.T, before, after string) {
		if len(before) > 1000 || len(after) > 1000 {
			t.Skip("no sentence is so long")
		}
		_ = same(x, before, after)
		if plain := strings.ToValidUTF8(before, ""); regexp.MustCompile(`^[ -~]*$`).MatchString(plain) {
			if err := same(x, plain, plain); err != nil {
				t.Fatalf("%q is not itself: %v", plain, err)
			}
		}
	})
}
