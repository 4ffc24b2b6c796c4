package modeltest

import (
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
)

// changed says each sentence with one harmful change; sentences that the
// change does not fit are left out.
func changed(change func(r *rand.Rand, text string) string) Family {
	return func(r *rand.Rand, a Asked) (string, []string) {
		standing := map[string]bool{}
		for _, g := range a.Groups {
			for _, s := range g.Sentences {
				standing[s.Text] = true
			}
		}
		var lies []string
		reply := a.each(func(_ Group, s Sentence) string {
			lie := change(r, s.Text)
			if lie == s.Text || lie == "" || standing[lie] {
				return ""
			}
			lies = append(lies, lie)
			return lie
		})
		if len(lies) == 0 {
			return "", nil
		}
		return reply.Text(), lies
	}
}

// swap replaces one of the places where a word of the table stands by what
// the table says.
func swap(table ...string) func(*rand.Rand, string) string {
	with := map[string]string{}
	var words []string
	for i := 0; i < len(table); i += 2 {
		with[strings.ToLower(table[i])] = table[i+1]
		words = append(words, regexp.QuoteMeta(table[i]))
	}
	re := regexp.MustCompile(`(?i)\b(?:` + strings.Join(words, "|") + `)\b`)
	return func(r *rand.Rand, text string) string {
		places := re.FindAllStringIndex(text, -1)
		if len(places) == 0 {
			return ""
		}
		p := places[r.IntN(len(places))]
		return text[:p[0]] + with[strings.ToLower(text[p[0]:p[1]])] + text[p[1]:]
	}
}

var (
	number   = regexp.MustCompile(`\b\d+\b`)
	negation = regexp.MustCompile(`(?i)\b(?:may|must|can|does|do|is|are|was|were|did|shall|will) not\b|\bcannot\b`)
	verb     = regexp.MustCompile(`\b(?:may|must|shall|can|will|is|are|does)\b`)
	space    = regexp.MustCompile(` `)
	latin    = strings.NewReplacer("a", "а", "e", "е", "o", "о", "p", "р", "c", "с", "A", "А")
)

// changes are the harmful changes of one true sentence.
var changes = map[string]func(*rand.Rand, string) string{
	"a duty turned": swap("must not", "must", "may not", "may", "must", "may", "may", "must", "shall", "may", "need not", "must", "required", "allowed",
		"prohibited", "required", "permits", "requires", "requires", "permits", "forbids", "requires", "can", "must"),
	"a negation taken out": func(r *rand.Rand, text string) string {
		places := negation.FindAllStringIndex(text, -1)
		if len(places) == 0 {
			return ""
		}
		p := places[r.IntN(len(places))]
		was := text[p[0]:p[1]]
		return text[:p[0]] + strings.TrimSuffix(strings.TrimSuffix(was, " not"), "not") + text[p[1]:]
	},
	"a negation put in": func(r *rand.Rand, text string) string {
		places := verb.FindAllStringIndex(text, -1)
		if len(places) == 0 {
			return ""
		}
		p := places[r.IntN(len(places))]
		if strings.HasPrefix(text[p[1]:], " not") {
			return ""
		}
		return text[:p[1]] + " not" + text[p[1]:]
	},
	"a number changed": func(r *rand.Rand, text string) string {
		places := number.FindAllStringIndex(text, -1)
		if len(places) == 0 {
			return ""
		}
		p := places[r.IntN(len(places))]
		n, err := strconv.Atoi(text[p[0]:p[1]])
		if err != nil {
			return ""
		}
		return text[:p[0]] + strconv.Itoa(n+1+r.IntN(9)) + text[p[1]:]
	},
	"a time changed": swap("days", "months", "months", "days", "years", "months", "day", "year", "hours", "days", "January", "June", "July", "August", "before", "after", "after", "before", "within", "after"),
	"a party changed": swap("plan", "therapist", "plans", "therapists", "carrier", "member", "carriers", "members", "insurer", "insured", "issuer", "provider", "issuers", "providers",
		"provider", "plan", "providers", "plans", "employer", "commissioner", "Washington", "Oregon", "self-funded", "insured", "insured", "self-funded", "federal", "state", "state", "federal", "Medicare", "Medicaid", "patient", "payer", "payer", "patient"),
	"how much changed": swap("all", "some", "some", "all", "any", "every", "each", "no", "every", "no", "no", "every", "only", "also", "at least", "at most", "at most", "at least", "more", "less", "less", "more",
		"and", "or", "or", "and", "individual", "large-group", "both", "neither"),
	"a small word put in": func(r *rand.Rand, text string) string {
		words := []string{"only", "never", "always", "unless", "except", "if", "hardly", "rarely", "no", "without", "until", "instead", "otherwise", "either", "whether", "else", "any", "all", "every", "most", "not", "before", "after", "neither", "nobody's"}
		places := space.FindAllStringIndex(text, -1)
		if len(places) == 0 {
			return ""
		}
		p := places[r.IntN(len(places))]
		return text[:p[0]] + " " + words[r.IntN(len(words))] + text[p[0]:]
	},
	"a word left out": func(r *rand.Rand, text string) string {
		words := strings.Fields(text)
		var at []int
		for i, w := range words {
			if len(w) > 4 && i > 0 {
				at = append(at, i)
			}
		}
		if len(at) == 0 {
			return ""
		}
		i := at[r.IntN(len(at))]
		return strings.Join(append(words[:i:i], words[i+1:]...), " ")
	},
	"a limit left out": func(r *rand.Rand, text string) string {
		for _, mark := range []string{"; ", " unless ", " except ", " if ", " where ", " but ", ", "} {
			if i := strings.LastIndex(text, mark); i > 20 {
				return text[:i] + "."
			}
		}
		return ""
	},
	"subjects changing places": func(r *rand.Rand, text string) string {
		words := strings.Fields(strings.TrimSuffix(text, "."))
		if len(words) < 8 {
			return ""
		}
		i, j := r.IntN(len(words)/2), len(words)/2+r.IntN(len(words)/2)
		if len(words[i]) < 5 || len(words[j]) < 5 || strings.EqualFold(words[i], words[j]) {
			return ""
		}
		words[i], words[j] = words[j], words[i]
		return strings.Join(words, " ") + "."
	},
	"nothing seen": func(r *rand.Rand, text string) string {
		i := r.IntN(len(text))
		for i > 0 && text[i]&0xc0 == 0x80 {
			i--
		}
		return text[:i] + []string{"\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f"}[r.IntN(6)] + text[i:]
	},
	"right to left": func(r *rand.Rand, text string) string {
		return []string{"\u202e", "\u2066", "\u200f", "\u202b"}[r.IntN(4)] + text
	},
	"other letters": func(_ *rand.Rand, text string) string { return latin.Replace(text) },
}

// oneWord changes one word of a quotation.
func oneWord(r *rand.Rand, text string) string {
	for _, name := range []string{"a duty turned", "a negation taken out", "how much changed", "a number changed", "a party changed"} {
		if lie := changes[name](r, text); lie != "" && lie != text {
			return lie
		}
	}
	words := strings.Fields(text)
	i := r.IntN(len(words))
	words[i] = "never"
	return strings.Join(words, " ")
}
