package cite

import (
	"regexp"
	"strings"
)

// limits are the words that take back part of what stands before them. A
// quotation that ends right before one of them is cut, and one whose
// ellipsis swallows one is too.
const limits = `except(?:ing|ion)?|unless|provided (?:that|however|further)|provided[,:]|to the extent|to such extent|insofar as|` +
	`only (?:if|when|where|to|for|as|after|upon|with|in|by)|subject to|but|however|if|other than|so long as|as long as|` +
	`notwithstanding|excluding|not (?:including|to exceed|more than|later than)|save (?:for|that|as|where|when)|until|on condition|in the absence of`

// negations turn what follows them into its opposite.
const negations = `not|no|never|without|nor|neither|none|cannot|nothing`

var (
	gap = `(?:…|\. ?\. ?\.(?: ?\.)?)`
	// hides matches the end of a text whose next words limit it. "provided"
	// is also a participle ("services provided by"), so alone it counts only
	// after a mark.
	hides = regexp.MustCompile(`(?i)^(?:[ ,;:()"'\]-]|` + gap + `)*(?:(?:and|or|but|then) )?((?:` + limits + `)\b|provided[,:])`)
	marks = regexp.MustCompile(`(?i)^["' ]*[,;:] *(?:and )?(provided)\b`)
	// swallowed matches what an ellipsis must not leave out.
	swallowed = regexp.MustCompile(`(?i)\b(` + negations + `|only|` + limits + `)(?:\b|$)`)
	// openList matches words that look like a limit and take nothing back.
	openList = regexp.MustCompile(`(?i),? but (?:is |are )?not limited to\b`)
	// sentenceEnd matches the end of a sentence inside a text.
	sentenceEnd = regexp.MustCompile(`[\pL\d)\]"'%][.?!]["')\]]* +["'(\[]*(?:\p{Lu}|\(\w+\) )`)
	// negated matches a text whose last word turns the next into its opposite.
	negated = regexp.MustCompile(`(?i)\b(` + negations + `)(?: (?:be|also|only|any|in any way))? *$`)
)

// hiddenAfter returns the limiting words with which text goes on, or "".
func hiddenAfter(text string) string {
	if m := hides.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	if m := marks.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// hiddenInside returns what an ellipsis in the place of text must not leave
// out: a negation, a limit, or the end of a sentence. Official words that
// are themselves not held ("…") hide nothing.
func hiddenInside(text string) string {
	if m := swallowed.FindStringSubmatch(openList.ReplaceAllString(text, "")); m != nil {
		return m[1]
	}
	if at := sentenceEnd.FindStringIndex(text); at != nil {
		return strings.TrimSpace(text[at[0]+1 : at[0]+2])
	}
	return ""
}
