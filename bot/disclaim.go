package bot

import (
	"regexp"
	"strings"
)

// said is what a sentence says before and after a citation in it.
type said struct{ before, after string }

// reach is how many code points of its sentence around a citation are read.
const reach = 200

// around is what the sentence of text[start:end] says around it.
func around(text []rune, start, end int) said {
	s := said{before: string(text[max(0, start-reach):start]), after: string(text[end:min(len(text), end+reach)])}
	if at := sentenceBreak.FindAllStringIndex(s.before, -1); at != nil {
		s.before = s.before[at[len(at)-1][0]+1:]
	}
	if at := sentenceBreak.FindStringIndex(s.after); at != nil {
		s.after = s.after[:at[0]+1]
	}
	s.before, s.after = spaced(s.before), spaced(s.after)
	return s
}

func spaced(s string) string { return strings.Join(strings.Fields(s), " ") }

// sentenceBreak matches the end of a sentence or paragraph.
var sentenceBreak = regexp.MustCompile(`[a-z0-9)\]"”][.?!]["”)\]]*\s+["“(]?\p{Lu}|\n[ \t]*\n|;`)

// Forms of English in which a sentence says of a law that it does not apply.
var (
	// noForce: "… does not apply to it", "… is no rule for auto insurers".
	noForce = regexp.MustCompile(`(?i)^(?:[^"“”.;]{0,60}\b)?(?:(?:do|does|did|will|would|can|could|may|must)(?: not|n['’]t)|cannot|never) (?:\w+ly )?(?:apply|bind|reach|govern|control)\b`)
	// noRule: the same, said of what the law is for.
	noRule = regexp.MustCompile(`(?i)^(?:[^"“”.;]{0,60}\b)?(?:` +
		`(?:is|are|was|were)(?: not|n['’]t| no|  never) (?:\w+ly )?(?:(?:a |an |the )?(?:law|rule|provision|statute)s? (?:for|of|on)|(?:applicable|binding|in point|available)\b)` +
		`|(?:is|are) (?:pre-?empted|superseded by ERISA|inapplicable|displaced)` +
		`|(?:has|have) no (?:application|force|bearing)` +
		`|because (?:it|they|that) (?:is|are) (?:about|for) )`)
	// notOn: "we do not rely on …", "exempt from …".
	notOn = regexp.MustCompile(`(?i)(?:(?:\b(?:do|does|did|may|can|could|should|must|will|would)(?: not|n['’]t)|\bcannot|\bnever|\bnor (?:do|does|did|may|can) (?:\w+ )?\w+) (?:\w+ly )?(?:use|rely on|invoke|apply|rest on|claim under|argue from)|\b(?:not|neither|never) (?:subject to|bound by|governed by|reached by|under)|\bexempt from|\boutside(?: of)?)[^"“”.;]{0,40}$`)
)

// deniesForce reports whether the sentence says plainly that the law does not
// bind.
func (s said) deniesForce() bool { return noForce.MatchString(s.after) }

// disclaims reports whether the sentence does not claim that the law applies.
func (s said) disclaims() bool {
	return noForce.MatchString(s.after) || noRule.MatchString(s.after) || notOn.MatchString(s.before)
}

// general matches what a draft says of plans of a kind, and of no plan in
// particular: "; on a self-funded plan", "does not bind an insured plan".
var general = regexp.MustCompile(`(?i)(?:(?:^|[.;:,(]\s*|\n\s*|\b(?:and|but|or) )(?:on|under|for|in|with|if you have)|\b(?:binds?|reach(?:es)?|governs?|appl(?:y|ies) to|covers?|protects?|such as|like|than)) (?:a|an|any|every|all|most|some|other) (?:[\w-]+ ){0,4}(?:plans?|polic(?:y|ies))\b`)

// labels matches the pinpoint of a citation, which must not be read as words:
// "(l)(i)" is no L&I.
var labels = regexp.MustCompile(`(\d)(?:\s?\([0-9A-Za-z]{1,5}\))+`)

// particular is a draft without what it says of plans in general, and without
// pinpoints.
func particular(text string) string {
	return general.ReplaceAllString(labels.ReplaceAllString(text, "$1"), " … ")
}
