package bot

import (
	"regexp"
	"strings"

	"github.com/everycategory/advocate/bot/phi"
)

// leadsToOne matches what stands before a placeholder and belongs to it: whose
// it is, a title, and the name of a number. It says nothing of what is asked.
var leadsToOne = regexp.MustCompile(`(?i)(?:^|[\s,;(])(?:(?:of|for|by|to|with) )?(?:(?:(?:my|our|a|the) (?:patient|client)|named|called|mr|mrs|ms|miss|mx|dr|ssn|social security(?: number)?|dob|date of birth|born(?: on)?|mrn|(?:member|policy|claim|account|group|record|chart)[ -](?:id|no|number)|phone|tel|fax|e-?mail|aged?)\b[\s.,:;#(]*)+$`)

// Around a placeholder that was taken out: brackets that hold nothing now, and
// commas and spaces before another mark.
var (
	emptied = regexp.MustCompile(`\(?[\s,;]*\)`)
	doubled = regexp.MustCompile(`[\s,;]+([,.;?!])`)
	spaces  = regexp.MustCompile(`\s{2,}`)
)

// unnamed is a text without the placeholders of what identifies a person, and
// without the words that only belong to them: it is asked, and found, as if
// nobody had been named. A text without a placeholder stays as it is.
func unnamed(text string) string {
	at := phi.Placeholders(text)
	if len(at) == 0 {
		return text
	}
	runes := []rune(text)
	out, from := "", 0
	for _, p := range at {
		out += string(runes[from:p.Start])
		if m := leadsToOne.FindStringIndex(out); m != nil {
			out = out[:m[0]]
		}
		out = strings.TrimRight(out, " ,;:") + " "
		from = p.End
	}
	out += strings.TrimPrefix(string(runes[from:]), "'s")
	if !strings.Contains(text, "()") && strings.Count(out, "(") < strings.Count(out, ")") {
		out = emptied.ReplaceAllString(out, "")
	}
	out = spaces.ReplaceAllString(doubled.ReplaceAllString(out, "$1"), " ")
	return strings.TrimLeft(strings.TrimSpace(out), ",;:. ")
}
