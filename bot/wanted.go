package bot

import (
	"regexp"
	"slices"
	"strings"

	"github.com/everycategory/advocate/retrieval"
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

// A namedThing is something that questions name.
type namedThing struct {
	named, beside *regexp.Regexp
	what          string
}

// things are what questions name and the library has nothing on: what is
// said where no sentence of the answer speaks of it. Beside, where it is not
// nil, has to stand in the question too.
var things = []namedThing{
	thing(`\bIMEs?\b|\bindependent (?:medical )?exam\w*`, "", "independent medical examinations (IMEs)"),
	thing(`\bsettle(?:ment|ments|d|s)?\b|\bliens?\b|\bletters? of protection\b`, "", "settlements and liens"),
	thing(`\bpercentile\b|\busual (?:and|&) customary\b|\bUCR\b|\breasonable fees?\b`, "", "how an insurer works out its usual and customary fees"),
	thing(`\bGP\b`, `(?i)modifier|97\d{3}|\bbill`, "the GP modifier"),
	thing(`\bheadaches?\b|\bmigraines?\b`, `(?i)experimental|investigational|eviden|stud(?:y|ies)|research|unproven|proven`, "a study on headache"),
	thing(`\bwho (?:wrote|drafted|authored|sponsored)\b`, "", "who wrote it"),
	thing(`\bfor free\b|\bfree (?:help|lawyer|legal)\b|\bpro bono\b|\blegal aid\b`, `(?i)help|appeal|lawyer`, "who helps with an appeal for free"),
	thing(`\bsales tax\b|\bB&O\b`, "", "taxes"),
	thing(`\bsmall claims\b`, "", "small claims court"),
	thing(`\bnew provider\b|\bprovider (?:number|account)\b|\bregister\b`, `(?i)L&I|labor (?:&|and) industries|workers'? comp`, "how to open a provider account with L&I"),
	thing(`\b(?:clos(?:ed?|ing)|re-?open(?:ed|ing)?)\b`, `(?i)(?:L&I|workers'? comp\w*)\b.*\bclaim|claim\b.*(?:L&I|workers'? comp)`, "the closing and reopening of a workers' compensation claim"),
	thing(`\bretro(?:active(?:ly)?)?\b|\bback-?dated\b`, `(?i)medicaid|apple health`, "Medicaid that begins in the past"),
	thing(`\b(?:die[sd]?|death|deceased)\b`, `(?i)patient|claim|client|member`, "claims of a patient who has died"),
	thing(`\bN\d{3}\b`, "", "that remark code"),
}

func thing(named, beside, what string) namedThing {
	re := regexp.MustCompile("(?i)" + named)
	var with *regexp.Regexp
	if beside != "" {
		with = regexp.MustCompile(beside)
	}
	return namedThing{re, with, what}
}

// sayVague is said first where a question says no more than that something
// was not paid.
const sayVague = "Which reason or code is on the letter or remittance (for example CO-50), and what type of plan is it? Ask again with these. Until then:"

// unanswered is what to say first: what the question asks for or names and
// the answer does not hold, or what the question leaves out; else "".
func (ans *Answer) unanswered(question string, r retrieval.Reading) string {
	holds := func(re *regexp.Regexp) bool {
		return slices.ContainsFunc(ans.Claims, func(c Claim) bool { return c.Part == Lead && re.MatchString(c.Text) })
	}
	if r.Vague {
		return sayVague
	}
	var out, missing []string
	if asksToWrite.MatchString(question) {
		out = append(out, sayRebut)
	}
	if asksScript.MatchString(question) {
		out = append(out, sayTestify)
	}
	for _, t := range things {
		if t.named.MatchString(question) && (t.beside == nil || t.beside.MatchString(question)) && !holds(t.named) {
			missing = append(missing, t.what)
		}
	}
	if len(missing) > 0 {
		out = append(out, "Not in this library: "+strings.Join(missing, "; ")+".")
	}
	for _, w := range wants {
		if w.asks.MatchString(question) && !holds(w.holds) {
			out = append(out, w.say)
		}
	}
	return strings.Join(out, " ")
}
