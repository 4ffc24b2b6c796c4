package bot

import (
	"regexp"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
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

// ofOne are the types that say who somebody is, and nothing of what is asked: a
// day, an employer and a postal code do, or look like what does.
var ofOne = []phi.Type{phi.Name, phi.DOB, phi.SSN, phi.MRN, phi.MemberID, phi.PolicyNo, phi.ClaimNo, phi.Phone, phi.Email}

// identifies is where a text surely says who somebody is, as its writer knows:
// a name in small letters may be none, a number may be a citation's (a section
// of the WAC looks like a social security number), and a name that of a decision
// or an author that the library has.
func (a *Assistant) identifies(text string) []phi.Range {
	if a.Gate == nil {
		return nil
	}
	_, found := a.Gate.NewCase(phi.Question).Redact(text, phi.Outside)
	cites := citation.Find(text)
	var out []phi.Range
	for _, f := range found {
		cited := slices.ContainsFunc(cites, func(c citation.Found) bool { return strings.Contains(c.Text, f.Text) })
		small := f.Type == phi.Name && f.Text == strings.ToLower(f.Text)
		if f.Sure && slices.Contains(ofOne, f.Type) && !cited && !small && !a.names(f.Text) {
			out = append(out, phi.Range{Start: f.Start, End: f.End})
		}
	}
	return out
}

// names reports whether a source is known by a name or a number, in whole words.
func (a *Assistant) names(name string) bool {
	whole, err := regexp.Compile(`(?i)(?:^|\W)` + regexp.QuoteMeta(name) + `(?:\W|$)`)
	if err != nil { // no UTF-8
		return false
	}
	return slices.ContainsFunc(a.Catalog.Sources, func(s *corpus.Source) bool {
		return slices.ContainsFunc(append([]string{s.Title, s.Cite.Number}, s.Names...), whole.MatchString)
	})
}

// unnamed is a text without what identifies a person, which stands at the given
// places in order, and without the words that only belong to it: it is asked,
// and found, as if nobody had been named. With no place it stays as it is.
func unnamed(text string, at []phi.Range) string {
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
