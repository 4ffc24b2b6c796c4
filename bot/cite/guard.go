package cite

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A Kind names what a claim says that its passages do not.
type Kind string

// The kinds of what the guard withholds a sentence for.
const (
	KindNumber   Kind = "number"   // a number, its unit or its bound
	KindDate     Kind = "date"     //
	KindMoney    Kind = "money"    //
	KindModal    Kind = "modal"    // must, may, may not, need not
	KindNegation Kind = "negation" // a "not" too many or too few
	KindParty    Kind = "party"    // who must, may or gets
	KindCitation Kind = "citation" // a citation, code or pinpoint
	KindRival    Kind = "opposite" // "chronic" for "acute"
	KindCut      Kind = "cut"      // the condition that follows is left out
	KindSubject  Kind = "subject"  // the passages speak of something else
)

// A GuardError says what a claim says that its passages do not.
type GuardError struct {
	Kind  Kind
	Token string // the word of the claim, or of the passage, that differs
	Why   string // in plain words
}

func (e *GuardError) Error() string { return "cite: guard: " + e.Why }

// Paraphrase is the guard of sentences in our own or a model's words: what
// such a sentence says of numbers, dates, money, parties, codes, of must and
// may and not, has to stand in the passages it cites, bound to the same
// things. It returns nil, or a *GuardError.
//
// Each sentence of the passages is one line, or ends with a full stop; a line
// that begins with "# " is a heading, whose names and numbers count and which
// says nothing. A sentence that stands in the passages word for word passes.
// For any other, each protected word of it is laid beside the places in the
// passages that are about the same thing (that share most words around it),
// and has to say there what it says here; so a word that the passages use of
// something else does not help. A sentence that shares too little with the
// passages fails, because nothing can be said of it.
//
// It is deterministic, keeps nothing and is safe for concurrent use.
func Paraphrase(claim string, passages []string) error {
	var source []*sentence
	for _, p := range passages {
		source = append(source, readPassage(p)...)
	}
	return guard(readSentence(claim), source)
}

// answer matches the "Yes", "No" or "Not always" with which an answer opens:
// it answers the question, of which the passages know nothing.
var answer = regexp.MustCompile(`^(?:No|Yes|Not [a-z ]{2,24})[,;:.] *`)

func answerless(claim string) string { return claim[len(answer.FindString(claim)):] }

func guard(c *sentence, source []*sentence) error {
	if slices.ContainsFunc(source, func(s *sentence) bool { return !s.heading && strings.EqualFold(closed(s.text), closed(c.text)) }) {
		return nil
	}
	if len(c.words) > maxWords {
		return fail(KindSubject, "", "it is too long to be checked as one sentence")
	}
	if err := about(c, source); err != nil {
		return err
	}
	for _, check := range []func(*sentence, []*sentence) error{figuresHeld, citesHeld, rivalsHeld} {
		if err := check(c, source); err != nil {
			return err
		}
	}
	body := slices.DeleteFunc(slices.Clone(source), func(s *sentence) bool { return s.heading })
	for _, check := range []func(*sentence, []*sentence) error{editsHarmless, actsHeld, modesKept, scopesKept, notCut} {
		if err := check(c, body); err != nil {
			return err
		}
	}
	return nil
}

// The thresholds of the guard, here and in the files of its checks, were set on
// the library's digests and cards and on citetest/honest.tsv; what they are
// worth is what TestSingleFactMutations and TestHonestParaphrases print.

// maxWords is the most words of content of a claim; more is no sentence.
const maxWords = 120

// Of its words of content, the passages have a claim's in this part at least,
// and those of each clause of three words or more in that; below it, nothing
// can be said of what it says. What stands before a colon is a frame ("What
// stands is this: …") and need not be theirs.
const (
	minShare       = 0.5
	minClauseShare = 0.33
)

// about wants a claim to be about what its passages are about.
func about(c *sentence, source []*sentence) error {
	if len(c.words) == 0 && len(c.cites) > 1 && total(c.negs) == 0 {
		return nil // "WAC 284-43-205 is now WAC 284-170-270."
	}
	have, all := make([]int, len(c.negs)), make([]int, len(c.negs))
	for i := range c.words {
		w := &c.words[i]
		all[w.clause]++
		if keyHeld(w.key, source) {
			have[w.clause]++
		}
	}
	for k, n := range have {
		if all[k] >= 3 && float32(n) < minClauseShare*float32(all[k]) && !(k == 0 && c.framed) {
			return fail(KindSubject, "", "part of it is about something else than the passages it cites")
		}
	}
	if float32(total(have)) < minShare*float32(len(c.words)) || len(c.words) == 0 {
		return fail(KindSubject, "", "it shares too few words with the passages it cites (%d of %d)", total(have), len(c.words))
	}
	return nil
}

func closed(s string) string { return strings.TrimRight(s, ".;:, ") }

func fail(k Kind, token, format string, args ...any) error {
	return &GuardError{k, token, fmt.Sprintf(format, args...)}
}

// citesHeld wants every citation, code and pinpoint of the claim in the
// passages.
func citesHeld(c *sentence, source []*sentence) error {
	for _, cite := range c.cites {
		if !slices.ContainsFunc(source, func(s *sentence) bool {
			for _, held := range s.cites {
				if held.Base() == cite.Base() && (cite.Pin == "" || cite.Pin.Contains(held.Pin) || held.Pin.Contains(cite.Pin) && held.Pin != "") {
					return true
				}
			}
			return false
		}) {
			return fail(KindCitation, cite.String(), "%s is not named in the passages it cites", cite)
		}
	}
	for _, label := range c.labels {
		if !slices.ContainsFunc(source, func(s *sentence) bool { return strings.Contains(s.text, label) }) {
			return fail(KindCitation, label, "%s is not named in the passages it cites", label)
		}
	}
	return nil
}

// notCut catches a claim that is the beginning of a sentence whose rest is a
// condition.
func notCut(c *sentence, source []*sentence) error {
	text := closed(c.text)
	for _, s := range source {
		if len(s.text) > len(text) && strings.EqualFold(s.text[:len(text)], text) && atEdge(s.text, len(text)) {
			if word := hiddenAfter(s.text[len(text):]); word != "" {
				return fail(KindCut, word, "the passage goes on with %q, which it leaves out", word)
			}
		}
	}
	return nil
}
