package bot

import (
	"regexp"
	"strings"
	"unicode"
)

// maxSentence is the most bytes of a model's sentence.
const maxSentence = 600

// tidy trims a model's sentence, closes it with a full stop, and writes runs
// of spaces as one.
func tidy(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if text != "" && !strings.ContainsAny(text[len(text)-1:], ".?!\"”)") {
		text += "."
	}
	return text
}

// voices are ways of speaking that nothing here may have: a promise of how a
// case ends, a lawyer's or clinician's word, an order to sue, a certificate.
var voices = regexp.MustCompile(`(?i)\b(` + strings.Join([]string{
	`you(?:'ll| will| would| are going to| can| should| must)? (?:definitely |certainly |surely |easily |always |likely |probably )?(?:win|prevail|succeed|lose)`,
	`(?:will|must|is going to|are going to|is sure to|is bound to) (?:win|prevail|succeed in court|be (?:overturned|reversed))`,
	`guarante\w+ (?:you|that you|payment|coverage|a |the |success)|(?:i|we) (?:guarantee|promise|certify|warrant|represent)|(?:success|payment|victory|approval) is guaranteed`,
	`(?:100|one hundred) ?(?:%|percent) (?:certain|sure|legal|safe|covered)|without (?:any )?(?:a )?doubt|no doubt|slam[- ]dunk|airtight|can(?:not|'t) lose|can(?:not|'t) fail`,
	`as (?:your|an?) (?:attorney|lawyer|counsel|legal counsel|advocate at law|doctor|physician|clinician)|(?:my|our) (?:legal|professional|medical) (?:advice|opinion)|(?:i|we) (?:advise|recommend|urge|counsel) (?:you|that|suing)|in my opinion`,
	`you (?:should|must|need to|have to|ought to|had better) (?:sue|file suit|file a (?:law)?suit|litigate|take them to court|refuse to pay|stop paying|ignore)|sue (?:them|him|her|your)|take (?:them|it) to court|see you in court|lawyer up`,
	`(?:this|it|that) (?:is|constitutes|counts as|amounts to) (?:legal advice|malpractice|bad faith|fraud|a crime|illegal|unlawful)|you have a (?:strong|good|great|winning|solid) case|the law is on your side`,
	`attorney[- ]client|act(?:ing)? on your behalf|i am (?:an? |your )(?:attorney|lawyer|doctor|human|person|therapist|expert)|trust me|believe me`,
	`system prompt|my instructions|as an ai|language model|ignore (?:all |any )?(?:previous|prior|above)`,
}, "|") + `)\b`)

// links are addresses, but for those of governments, and what a chat or a page
// makes more than text of.
var links = regexp.MustCompile(`(?i)https?:|www\.|://|\b[a-z0-9-]+\.(?:com|org|net|edu|info|io|co|us|biz|ru|cn|ai|app|link|xyz)\b|[<>@#\[\]{}|\\` + "`" + `*_~]|&[a-z#0-9]+;`)

// improper says why a sentence that the library did not write may not be
// shown, whatever it says; "" where nothing speaks against it.
func improper(text string) string {
	switch {
	case len(text) < 3 || len(text) > maxSentence:
		return "its length"
	case links.MatchString(text):
		return "an address or mark-up"
	case voices.MatchString(text):
		return "a voice it must not have"
	}
	for _, r := range text {
		switch {
		case r > 0x2100 && !unicode.In(r, unicode.Latin) || unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r),
			unicode.In(r, unicode.Cf, unicode.Cc, unicode.Co, unicode.Mn, unicode.Me), !unicode.IsPrint(r):
			return "a character that is no plain text"
		}
	}
	return ""
}
