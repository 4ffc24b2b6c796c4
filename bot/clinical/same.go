package clinical

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// ErrFacts is matched by the error of a rewriting that does not say the same.
var ErrFacts = errors.New("the facts would change")

// Same returns nil if after says what before says and nothing else: its facts
// are the same, and so is each other word of content but for regular endings.
// A word that before does not have, and that no spelling of a concept in
// before accounts for, is refused, whoever wrote it. The error, in plain
// words, names what was lost or added and matches ErrFacts.
func (x *Lexicon) Same(before, after Sentence) error {
	if bad := unwelcome(before.Text, after.Text); bad != "" {
		return fmt.Errorf("%w: it has %s", ErrFacts, bad)
	}
	after.Section, after.Speaker = before.Section, before.Speaker
	lost, added := Diff(x.Facts(before), x.Facts(after))
	lost, added = withoutPatient(lost, added)
	if len(lost)+len(added) > 0 {
		return fmt.Errorf("%w: %s", ErrFacts, differences(lost, added))
	}
	had, has := x.reading(before.Text).rest(), x.reading(after.Text).rest()
	for _, w := range slices.Sorted(maps.Keys(has)) {
		if has[w] > had[w] {
			return fmt.Errorf("%w: %q is new", ErrFacts, w)
		}
	}
	for _, w := range slices.Sorted(maps.Keys(had)) {
		if has[w] < had[w] {
			return fmt.Errorf("%w: %q is lost", ErrFacts, w)
		}
	}
	return nil
}

// withoutPatient leaves out that a patient is named or not, where nobody else
// is: "reports pain" and "the patient reports pain" are one.
func withoutPatient(lost, added []Fact) ([]Fact, []Fact) {
	patient := func(f Fact) bool { return f.Type == Person && f.Value == "patient" }
	other := func(f Fact) bool { return f.Type == Person && f.Value != "patient" }
	if slices.ContainsFunc(lost, other) || slices.ContainsFunc(added, other) {
		return lost, added
	}
	return slices.DeleteFunc(lost, patient), slices.DeleteFunc(added, patient)
}

// differences names at most three facts of each kind.
func differences(lost, added []Fact) string {
	var out []string
	for _, side := range []struct {
		facts []Fact
		what  string
	}{{lost, "lost"}, {added, "added"}} {
		for _, f := range side.facts[:min(3, len(side.facts))] {
			out = append(out, fmt.Sprintf("%s: %s %q", side.what, f.Type, strings.TrimSpace(f.Site+" "+f.Value)))
		}
	}
	return strings.Join(out, "; ")
}

// rest are the words of content that make no fact, canonical, each as often
// as it stands; negations that reach nothing and marks that compare are among
// them.
func (r *reading) rest() map[string]int {
	out := map[string]int{}
	for i, t := range r.tokens {
		switch t.concept.group {
		case "":
			if (t.kind == word && !functionWords[t.fold]) || t.kind == mark && strings.Contains("<>+=±?", t.fold) {
				out[canonical(t.fold)]++
			}
		case "negation":
			if !r.reaches(i) {
				out["not"]++
			}
		case "did":
			out["done"] = 1 // by whatever word
		case "certainty":
			out[t.concept.name]++
		}
	}
	if out["done"] > 0 {
		delete(out, "done")
	}
	return out
}

// reaches reports whether a negation denies something.
func (r *reading) reaches(i int) bool {
	return slices.ContainsFunc(r.tokens, func(t token) bool { return t.negated && t.clause >= r.tokens[i].clause-1 })
}

// functionWords carry no fact of their own.
var functionWords = setOf(`a an the and or of in on at to for from with w/ by as is are was were be been being am it its his her their my he she they we
 i you your our this that these those there here which who whom has have had having do does also then so both each when while today's patient's client's
 sided side area areas region part very into is are`)

func setOf(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// unwelcome names what a rewriting may not bring: markup, addresses,
// mentions, and characters that cannot be seen or look like others.
func unwelcome(before, after string) string {
	for _, r := range after {
		switch {
		case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r), r == unicode.ReplacementChar, unicode.IsControl(r) && r != '\n' && r != '\t':
			return "a character that cannot be seen"
		case r > unicode.MaxLatin1 && unicode.IsLetter(r) && !strings.ContainsRune(before, r):
			return "a letter of another alphabet"
		}
	}
	lower := strings.ToLower(after)
	for _, m := range []string{"http:", "https:", "www.", "](", "<", "@", "`", "**", "{", "}", "```", "data:", "javascript:"} {
		if strings.Contains(lower, m) && !strings.Contains(strings.ToLower(before), m) {
			return "markup, an address or a mention"
		}
	}
	return ""
}
