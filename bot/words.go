package bot

import (
	"regexp"
	"slices"
	"strings"

	"github.com/everycategory/advocate/retrieval"
)

// openers may stand before a sentence and add nothing to it.
var openers = phrases("also", "however", "note that", "that is", "still", "even so", "in addition", "in other words", "in short", "at the same time")

// alike are phrases with one meaning in whatever sentence, each line with its
// one spelling first; longer phrases come before those they begin with.
var alike = [][][]string{
	phrases("need not", "does not have to", "do not have to", "does not need to", "do not need to", "is not required to", "are not required to"),
	phrases("must", "has to", "have to"),
	phrases("can not", "cannot"),
	phrases("before", "prior to"),
	phrases("to", "in order to"),
	phrases("about", "concerning", "regarding", "with regard to"),
	phrases("for example", "for instance"),
	phrases("ask for", "request", "requests"),
	phrases("show", "demonstrate"),
	phrases("shows", "demonstrates"),
	phrases("get", "obtain", "receive"),
	phrases("gets", "obtains", "receives"),
	phrases("enough", "sufficient"),
	phrases("upon", "on"),
	phrases("although", "though"),
}

// owns is the end of a word that owns what follows: "the carrier's standards"
// are not "the carrier standards".
var owns = regexp.MustCompile(`['’]s\b|s['’]\B`)

func owner(end string) string {
	if end[0] == 's' {
		return "s apostrophes "
	}
	return " apostrophe "
}

func phrases(list ...string) [][]string {
	out := make([][]string, len(list))
	for i, p := range list {
		out[i] = strings.Fields(p)
	}
	return out
}

// wording are the words of a sentence, in their order, without articles, a
// contraction as the words it stands for, and phrases that mean the same in
// their one spelling.
func wording(text string) []string {
	var out []string
	for _, t := range retrieval.Analyze(owns.ReplaceAllStringFunc(text, owner)) {
		switch w := t.Word; {
		case w == "a" || w == "an" || w == "the":
		case w == "can't":
			out = append(out, "can", "not")
		case w == "won't":
			out = append(out, "will", "not")
		case strings.HasSuffix(w, "n't"):
			out = append(out, strings.TrimSuffix(w, "n't"), "not")
		default:
			out = append(out, w)
		}
	}
	for _, group := range alike {
		for _, p := range group[1:] {
			out = replaced(out, p, group[0])
		}
	}
	return out
}

// replaced is words with each run of was as the words of as.
func replaced(words, was, as []string) []string {
	for i := 0; i+len(was) <= len(words); i++ {
		if slices.Equal(words[i:i+len(was)], was) {
			words = slices.Replace(words, i, i+len(was), as...)
			i += len(as) - 1
		}
	}
	return words
}

// sameWords reports whether text has the words of a sentence, all of them and
// no others, the small ones too, in their order and with its commas: "or" for
// "and", "after" for "before", an "only" too few or a comma elsewhere make
// another law. It may open with a joining phrase, and turn the two halves of
// the sentence.
func sameWords(text, sentence string) bool {
	if opened(wording(comma.Replace(text)), wording(comma.Replace(sentence))) {
		return true
	}
	a, b, ok := halves(sentence)
	return ok && opened(wording(text), append(wording(b), wording(a)...))
}

// comma makes words of commas.
var comma = strings.NewReplacer(",", " "+aComma+" ")

const aComma = "comma"

// opened reports whether words are those of form, or these behind a joining
// phrase.
func opened(words, form []string) bool {
	n := len(words) - len(form)
	if n < 0 || !slices.Equal(words[n:], form) {
		return false
	}
	first := words[:n]
	if n > 0 && first[n-1] == aComma {
		first = first[:n-1]
	}
	return n == 0 || slices.ContainsFunc(openers, func(o []string) bool { return slices.Equal(first, o) })
}

// leaning words lean on what stands before them; a half that begins with one
// keeps its place.
var leaning = strings.Fields("it its they their them this that these those he she such both and but or nor so then yet otherwise instead else which who whose same neither either")

// fronted words begin a half that may stand first or last: "If X, Y" is
// "Y if X".
var fronted = strings.Fields("if where when unless until after before in under for as with without once because although")

// halves cuts a sentence that can be turned: at its one semicolon, or behind
// the opening clause of its one comma.
func halves(sentence string) (a, b string, ok bool) {
	if strings.ContainsAny(sentence, ":\"“”()") {
		return "", "", false
	}
	switch semicolons, commas := strings.Count(sentence, ";"), strings.Count(sentence, ","); {
	case semicolons == 1:
		a, b, _ = strings.Cut(sentence, ";")
		ok = !leans(b) && !leans(a)
	case semicolons == 0 && commas == 1:
		a, b, _ = strings.Cut(sentence, ",")
		ok = slices.Contains(fronted, opening(a)) && !leans(b)
	}
	return a, b, ok
}

// leans reports whether a half leans on what stands before it.
func leans(half string) bool {
	return slices.Contains(leaning, opening(half)) || strings.HasPrefix(strings.ToLower(strings.TrimSpace(half)), "the same")
}

// opening is the first word, in small letters.
func opening(text string) string {
	if words := strings.Fields(strings.ToLower(text)); len(words) > 0 {
		return words[0]
	}
	return ""
}
