package bot

import (
	"regexp"
	"slices"
	"strings"
)

// A wanted is a kind of thing that a question asks for: what the question
// says, what an answer that holds it says, and what is told first where none
// does, so that nobody takes what is near for what was asked.
type wanted struct {
	asks, holds *regexp.Regexp
	say         string
}

var wants = []wanted{
	{
		regexp.MustCompile(`(?i)\b(?:how much|what)\b[^?]{0,40}\b(?:costs?|fees?|price|charge)\b|\b(?:fee|cost|price)s? (?:of|for|to)\b[^?]{0,40}\?|\bis (?:it|there) (?:a )?(?:fee|charge|free)\b`),
		regexp.MustCompile(`(?i)\$|\b(?:costs?|fees?|free|charg\w+|pric\w+|dollars?|pays?|paid|payment|premiums?|spend\w*)\b`),
		"What it costs is not in this library.",
	},
	{
		regexp.MustCompile(`(?i)\b(?:how long|time limit|(?:what|when|which|is there)[^?]{0,20} deadline|deadlines? (?:to|for)|how many (?:days|weeks|months|hours)|how (?:soon|fast|quick(?:ly)?)|by when|statute of limitations)\b`),
		regexp.MustCompile(`(?i)\b(?:days?|weeks?|months?|years?|hours?|minutes?|deadlines?|time limits?|clock|at once|immediately|\d+-day|timely|no limit)\b`),
		"No time for it is in this library: the letter, the contract or the plan document gives one if there is one.",
	},
	{
		regexp.MustCompile(`(?i)\b(?:(?:tele)?phone|fax|hotline) number|mailing address|street address|e-?mail address|number (?:to|do i) call|what number\b`),
		regexp.MustCompile(`(?i)\b\d{3}[-. ]\d{4}\b|\b(?:telephone|phone|fax|call|calls|calling)\b`),
		"No telephone number or address of an office is in this library; the sources below lead to their pages.",
	},
	{
		regexp.MustCompile(`(?i)\bhow (?:many|often)\b`),
		regexp.MustCompile(`(?i)\d|\b(?:no|none|one|two|three|four|five|six|seven|eight|nine|ten|twelve|first|once|twice|each|every|single|many|few|most|all|only|number|share|percent)\b`),
		"How many is not in this library.",
	},
}

// unanswered is what to say first where the answer holds nothing of the kind
// that the question asks for, or "".
func (ans *Answer) unanswered(question string) string {
	holds := func(re *regexp.Regexp) bool {
		return slices.ContainsFunc(ans.Claims, func(c Claim) bool { return c.Part == Lead && re.MatchString(c.Text) })
	}
	var out []string
	for _, w := range wants {
		if w.asks.MatchString(question) && !holds(w.holds) {
			out = append(out, w.say)
		}
	}
	return strings.Join(out, " ")
}
