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
	if len(after.Text) > 4*len(before.Text)+200 {
		return fmt.Errorf("%w: it is far longer", ErrFacts)
	}
	if bad := unwelcome(before.Text, after.Text); bad != "" {
		return fmt.Errorf("%w: it has %s", ErrFacts, bad)
	}
	after.Section, after.Speaker = before.Section, before.Speaker
	lost, added := Diff(x.Facts(before), x.Facts(after))
	lost, added = withoutPatient(lost, added)
	if len(lost)+len(added) > 0 {
		return fmt.Errorf("%w: %s", ErrFacts, differences(lost, added))
	}
	from, to := x.reading(before.Text), x.reading(after.Text)
	if to.done() && !from.done() && from.toDo() {
		return fmt.Errorf("%w: what is planned would be done", ErrFacts)
	}
	had, has := from.rest(), to.rest()
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
	if !slices.Equal(from.persons(), to.persons()) {
		return fmt.Errorf("%w: who does what to whom", ErrFacts)
	}
	if !together(from.items(), to.items()) {
		return fmt.Errorf("%w: what belongs together is taken apart", ErrFacts)
	}
	return nil
}

// withoutPatient leaves out that a patient is named or not, where nobody else
// is: "reports pain" and "the patient reports pain" are one.
func withoutPatient(lost, added []Fact) ([]Fact, []Fact) {
	if slices.ContainsFunc(append(slices.Clone(lost), added...), func(f Fact) bool { return f.Type == Person && f.Role == "says" }) {
		return lost, added // "the client noted", "noted"
	}
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

// done reports whether a sentence says that something was done, by whatever
// word: performed, applied, received.
func (r *reading) done() bool {
	return slices.ContainsFunc(r.tokens, func(t token) bool { return t.concept.group == "did" })
}

// toDo reports whether a sentence is of what is still to come.
func (r *reading) toDo() bool {
	return slices.ContainsFunc(r.tokens, func(t token) bool { return t.concept.group == "plan" || toCome[t.fold] })
}

var toCome = setOf("will next plan tomorrow later upcoming should")

// rest are the words of content that make no fact, canonical, each as often
// as it stands.
func (r *reading) rest() map[string]int {
	out := map[string]int{}
	for i := range r.tokens {
		if w := r.content(i); w != "" {
			out[w]++
		}
	}
	return out
}

// content is the word of content at i that makes no fact, or ""; a negation
// that reaches nothing and a mark that compares are among them. By what word
// something was done says nothing.
func (r *reading) content(i int) string {
	t := r.tokens[i]
	switch {
	case t.concept.group == "negation" && (!t.spent || r.again(i)):
		return "not"
	case t.concept.group == "did" && slices.ContainsFunc(r.tokens, func(u token) bool { return strings.HasSuffix(u.concept.name, "consent") && u.clause == t.clause }):
		return "done"
	case t.concept.group == "certainty":
		return t.concept.name
	case t.concept.group == "unit" && !t.spent && !(t.concept.name == "times" && i+1 < len(r.tokens) && r.tokens[i+1].kind == number):
		return t.concept.name
	case (t.fold == "side" || t.fold == "sided") && i > 0 && r.tokens[i-1].concept.group == "side":
		return ""
	case t.fold == "+" && i > 0 && i+1 < len(r.tokens) && r.tokens[i-1].concept.group != "" && r.tokens[i+1].concept.group == r.tokens[i-1].concept.group:
		return "" // "and"
	case t.kind == mark && t.concept.group == "" && (!strings.Contains(punctuation, t.fold) || t.fold == "-" && r.minus(i)):
		return t.fold
	case t.plain() && t.negated:
		return "not " + canonical(t.fold) + r.by(i)
	case t.plain():
		return canonical(t.fold) + r.by(i)
	}
	return ""
}

// by is what the word at i is by, as in "disturbed by pain".
func (r *reading) by(i int) string {
	if i+1 >= len(r.tokens) || r.tokens[i+1].fold != "by" {
		return ""
	}
	for _, t := range r.tokens[i+2:] {
		if t.concept.group == "site" || t.meant() {
			return " by " + t.concept.name
		}
	}
	return ""
}

// punctuation says nothing by itself.
const punctuation = ",.;:!()[]\"'“”‘’`/\\-–—•*·&#@_|"

// minus reports whether the hyphen at i is a sign: "SLR -", "SLR - L", "(-)", "-5".
func (r *reading) minus(i int) bool {
	if i == 0 {
		return false
	}
	if i+1 == len(r.tokens) {
		return true
	}
	before, t, next := r.tokens[i-1], r.tokens[i], r.tokens[i+1]
	return next.kind == mark || next.kind == number && next.start == t.end && before.end < t.start ||
		next.concept.group == "side" && before.plain() && before.end < t.start && t.end < next.start
}

// again reports whether the negation at i stands behind another one of its
// clause and begins no item of a list.
func (r *reading) again(i int) bool {
	if i == 0 || strings.Contains(",;:/&•-", r.tokens[i-1].fold) || slices.Contains([]string{"or", "and", "nor"}, r.tokens[i-1].fold) {
		return false
	}
	return slices.ContainsFunc(r.tokens[:i], func(t token) bool { return t.concept.group == "negation" && t.clause == r.tokens[i].clause })
}

// persons are the persons in their order, where there are several; who is
// named alone may be left out, or stand elsewhere.
func (r *reading) persons() []string {
	var out []string
	for _, t := range r.tokens {
		if t.concept.group == "person" {
			out = append(out, t.concept.name)
		}
	}
	if len(slices.Compact(slices.Sorted(slices.Values(out)))) < 2 {
		return nil
	}
	return out
}

// functionWords carry no fact of their own.
var functionWords = setOf(`a an the and or of in on at to for from with w/ by as is are was were be been being am it its his her their my he she they we
 i you your our this that these those there here which who whom has have had having do does also then so both each when while today's patient's client's
 per area areas region part into`)

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
