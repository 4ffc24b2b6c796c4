// Package citetest makes harmful and harmless edits of what the library says
// and quotes, from seeds. It knows nothing of the checker it tests.
package citetest

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
)

// A Mutation is one harmful edit of a text, at one of its places.
type Mutation struct {
	Name string
	Edit func(r *rand.Rand, text string) (string, bool)
}

// swap replaces one match of form, chosen by r, with one of what alternatives
// gives for it.
func swap(form string, alternatives func(word string) []string, only ...func(before, after string) bool) func(*rand.Rand, string) (string, bool) {
	re := regexp.MustCompile(form)
	return func(r *rand.Rand, text string) (string, bool) {
		at := re.FindAllStringIndex(text, -1)
		r.Shuffle(len(at), func(i, j int) { at[i], at[j] = at[j], at[i] })
		for _, m := range at {
			word := text[m[0]:m[1]]
			alts := alternatives(strings.ToLower(word))
			if len(alts) == 0 || len(only) > 0 && !only[0](text[:m[0]], text[m[1]:]) {
				continue
			}
			if rest := strings.TrimSpace(text[m[1]:]); strings.HasPrefix(rest, "not ") || m[0] == 0 && strings.ContainsAny(rest[:min(1, len(rest))], ",;:") ||
				word == "no" && beyond.MatchString(rest) || strings.HasPrefix(rest, "never") || strings.HasPrefix(rest, "-never") {
				continue // no harmful edit: "must not not", the answer "No;", "no later than", "can never"
			}
			with := alts[r.IntN(len(alts))]
			if word[:1] != strings.ToLower(word[:1]) && with != "" {
				with = strings.ToUpper(with[:1]) + with[1:]
			}
			out := strings.Join(strings.Fields(text[:m[0]]+with+text[m[1]:]), " ")
			if out != text {
				return out, true
			}
		}
		return "", false
	}
}

// numbered reports whether a number stands in the few words before a unit.
func numbered(before, _ string) bool {
	words := strings.FieldsFunc(strings.ToLower(before), func(r rune) bool { return r == ' ' || r == '-' })
	for _, w := range words[max(0, len(words)-4):] {
		if _, ok := small[w]; ok || w[0] >= '0' && w[0] <= '9' {
			return true
		}
	}
	return false
}

// acting reports whether a party's word is no part of another word or term.
func acting(before, after string) bool {
	return !strings.HasSuffix(before, "-") && !strings.HasPrefix(after, "-") && !terms.MatchString(before+"|"+after)
}

var terms = regexp.MustCompile(`(?i)(?:treatment|summary|benefit|supreme|insurance) \||\|(?:s)? (?:administrator|document|provision|type|term|year|description|part|of care|manager)`)

var beyond = regexp.MustCompile(`^(?:later|more|less|fewer|longer|sooner|earlier) `)

// among gives, for a word of one set, the words of the others.
func among(sets ...[]string) func(string) []string {
	return func(word string) []string {
		var out []string
		found := false
		for _, set := range sets {
			has := false
			for _, w := range set {
				has = has || w == word
			}
			if found = found || has; !has {
				out = append(out, set[0])
			}
		}
		if !found {
			return nil
		}
		return out
	}
}

func table2(m map[string][]string) func(string) []string {
	return func(w string) []string { return m[w] }
}

func anyOf(m map[string][]string) string {
	var words []string
	for w := range m {
		words = append(words, regexp.QuoteMeta(w))
	}
	// longest first, so that "may not" is not read as "may"
	for i := range words {
		for j := i + 1; j < len(words); j++ {
			if len(words[j]) > len(words[i]) || len(words[j]) == len(words[i]) && words[j] < words[i] {
				words[i], words[j] = words[j], words[i]
			}
		}
	}
	return `(?i)\b(?:` + strings.Join(words, "|") + `)\b`
}

var modalFlips = map[string][]string{
	"must not": {"may", "must"}, "shall not": {"may", "shall"}, "may not": {"may", "must"}, "cannot": {"can", "must"},
	"must": {"may", "need not", "should"}, "shall": {"may", "need not", "should"}, "may": {"must", "shall"}, "can": {"must", "cannot"},
	"need not": {"must", "may not"}, "does not require": {"requires"}, "does not oblige": {"obliges"}, "has to": {"may", "need not"},
	"have to": {"may", "need not"}, "is required to": {"may", "need not"}, "does not have to": {"must"}, "should": {"must", "may not"},
}

var negationFlips = map[string][]string{
	"is not": {"is"}, "are not": {"are"}, "does not": {"does"}, "do not": {"do"}, "did not": {"did"}, "has not": {"has"},
	"was not": {"was"}, "were not": {"were"}, "no": {"a"}, "none": {"all"}, "nothing": {"everything"}, "never": {"always"},
	"without": {"with"}, "neither": {"both"}, "is": {"is not"}, "are": {"are not"}, "was": {"was not"},
	"were": {"were not"}, "protects": {"does not protect"}, "requires": {"does not require"}, "applies": {"does not apply"},
	"covers": {"does not cover"}, "binds": {"does not bind"}, "gives": {"does not give"}, "lets": {"does not let"},
	"reaches": {"does not reach"}, "says": {"does not say"}, "held": {"did not hold"}, "upheld": {"did not uphold"},
	"lists": {"does not list"}, "recommends": {"does not recommend"}, "found": {"did not find"}, "must": {"must not"}, "may": {"may not"},
	"can": {"cannot"}, "has": {"has not"}, "have": {"have not"},
}

var unitSets = [][]string{{"days", "day"}, {"months", "month"}, {"years", "year"}, {"hours", "hour"}, {"minutes", "minute"}, {"visits", "visit"}, {"units", "unit"}, {"weeks", "week"}}

var partySets = [][]string{
	{"carrier", "insurer", "issuer", "carriers", "insurers", "issuers"}, {"enrollee", "patient", "enrollees", "patients", "member", "members", "participant"},
	{"provider", "therapist", "providers", "therapists"}, {"employer", "employers"}, {"commissioner"}, {"court", "courts"}, {"Congress"}, {"plan", "plans"}, {"department", "agency", "departments", "agencies"},
}

func wordsOf(sets [][]string) string {
	var all []string
	for _, s := range sets {
		all = append(all, s...)
	}
	return `(?i)\b(?:` + strings.Join(all, "|") + `)\b`
}

func changeNumber(w string) []string {
	if n, ok := small[w]; ok && n > 1 {
		return []string{spelledOther(n)}
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(w, ",", ""), 64)
	if err != nil {
		return nil
	}
	if strings.Contains(w, ".") {
		return []string{fmt.Sprintf("%.1f", n+0.3), fmt.Sprintf("%.1f", n*2+1)}
	}
	return []string{strconv.Itoa(int(n) + 1), strconv.Itoa(int(n)*2 + 1), strconv.Itoa(int(n) + 30)}
}

func spelledOther(n int) string {
	for w, m := range small {
		if m == (n+1)%13+2 {
			return w
		}
	}
	return "eleven"
}

// small are numbers in words.
var small = func() map[string]int {
	words := strings.Fields("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty")
	out := map[string]int{"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
	for i, w := range words {
		out[w] = i + 1
	}
	return out
}()

// Facts are the single-fact mutations the guard is measured on.
var Facts = []Mutation{
	{"number", swap(`(?i)\b(?:\d[\d,]*(?:\.\d+)?(?:[ -](?:day|month|year|hour|visit|minute|unit|percent|session|appeal|review|trial|conclusion|patient|enrollee|treatment)s?\b|%)|(?:two|three|four|five|six|seven|eight|nine|ten|twelve|thirty|sixty|ninety))\b`, func(w string) []string {
		head := regexp.MustCompile(`^[\d,.]*\d|^[a-z]+`).FindString(w)
		var out []string
		for _, n := range changeNumber(head) {
			out = append(out, n+w[len(head):])
		}
		return out
	})},
	{"unit", swap(wordsOf(unitSets), among(unitSets...), numbered)},
	{"date", swap(`\b(?:19|20)\d\d\b|\b(?:January|February|March|April|June|July|August|September|October|November|December)\b`, func(w string) []string {
		if n, err := strconv.Atoi(w); err == nil {
			return []string{strconv.Itoa(n - 1), strconv.Itoa(n + 2)}
		}
		if w == "june" {
			return []string{"november"}
		}
		return []string{"june"}
	})},
	{"modal", swap(anyOf(modalFlips), table2(modalFlips))},
	{"negation", swap(anyOf(negationFlips), table2(negationFlips))},
	{"party", swap(wordsOf(partySets), among(partySets...), acting)},
	{"money", swap(`\$\d[\d,]*`, func(w string) []string {
		n, _ := strconv.Atoi(strings.ReplaceAll(w[1:], ",", ""))
		return []string{"$" + strconv.Itoa(n*2), "$" + strconv.Itoa(n+500)}
	})},
}
