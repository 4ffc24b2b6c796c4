package clinical_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot/clinical"
)

func TestY(t *testing.T) {
	x := lexicon(t)
	digits := regexp.MustCompile(`\d+`)
	silent := regexp.MustCompile(`(?i)^(a|an|the|and|or|of|in|on|at|to|for|from|with|w/|by|as|is|are|was|were|been|be|has|had|have|it|that|her|his|pt|patient|client|performed|given|did|done|per|then|ordered|when|she|each|/|x)[.,;:]*$`)
	n := map[string][2]int{}
	try := func(kind, a, b string) {
		c := n[kind]
		c[0]++
		if x.Same(clinical.Sentence{Text: a}, clinical.Sentence{Text: b}) == nil {
			c[1]++
			t.Logf("%s: %q / %q", kind, a, b)
		}
		n[kind] = c
	}
	for _, p := range pairs(t, samePairs) {
		for _, s := range p {
			w := strings.Fields(s.Text)
			for i := range w {
				if !silent.MatchString(w[i]) {
					try("drop", s.Text, strings.Join(append(append([]string{}, w[:i]...), w[i+1:]...), " "))
				}
				for _, ins := range []string{"no", "left", "possible", "severe", "chronic", "radiculopathy", "not", "neck", "yesterday", "denies", "3", "if", "will", "2x/wk"} {
					if i > 0 || ins != "x" {
						try("insert "+ins, s.Text, strings.Join(append(append(append([]string{}, w[:i]...), ins), w[i:]...), " "))
					}
				}
				for j := i + 1; j < len(w); j++ {
					if silent.MatchString(w[i]) && silent.MatchString(w[j]) || j-i < 3 {
						continue
					}
					v := append([]string{}, w...)
					v[i], v[j] = v[j], v[i]
					try("swap", s.Text, strings.Join(v, " "))
				}
			}
			for _, m := range digits.FindAllStringIndex(s.Text, -1) {
				try("digit", s.Text, s.Text[:m[1]-1]+string('0'+(s.Text[m[1]-1]-'0'+1)%10)+s.Text[m[1]:])
			}
		}
	}
	t.Log(n)
}
