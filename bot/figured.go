package bot

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// A spot is a sentence of a source: its place and its number there.
type spot struct {
	pin citation.Pinpoint
	at  int
}

// figured is the first sentence of a source that has the number which the
// question asks about, a range of minutes that takes it in, or all of several
// codes: "box 17", "53 minutes", "SB 5507", "97124 and 97140". What stands in what the
// source begins with needs none.
func figured(s *corpus.Source, r retrieval.Reading) (spot, bool) {
	if codes := billingCodes(r); len(codes) > 1 {
		all := func(say string) bool {
			return !slices.ContainsFunc(codes, func(code string) bool { return !strings.Contains(say, code) })
		}
		alone := func(say string) bool { return all(say) && len(fiveDigits.FindAllString(say, -1)) == len(codes) }
		if x, ok := first(s, alone); ok {
			return x, true
		}
		return first(s, all)
	}
	asked := askedWords(r)
	if shared(asked, contentWords(uncounted)) > 0 {
		return spot{}, false // how many units its minutes would make is no answer
	}
	for _, t := range r.Terms { // in their order: one question has one answer
		w := t.Token
		bill := len(w) == 4 && strings.Trim(w, "0123456789") == "" && (asked["bill"] || asked["sb"] || asked["hb"])
		if !number(w) && !bill {
			continue
		}
		if w == "8" && asked["rule"] {
			continue // the 8-minute rule is no eight minutes
		}
		n, _ := strconv.Atoi(w)
		x, ok := first(s, func(say string) bool { return slices.Contains(numberWord.FindAllString(say, -1), w) })
		if y, within := first(s, func(say string) bool { return inRange(say, n, asked) }); within {
			return y, true
		}
		if ok {
			return x, true
		}
	}
	return spot{}, false
}

// uncounted are words of time that makes no unit.
const uncounted = "intake interview undressing paperwork"

// billingCodes are the codes of five digits that the question names.
func billingCodes(r retrieval.Reading) []string {
	var out []string
	for _, t := range r.Terms {
		w := t.Token
		if len(w) == 5 && w[0] == '9' && strings.Trim(w, "0123456789") == "" {
			out = append(out, w)
		}
	}
	for _, c := range r.Citations {
		if c.System == citation.CPT && !slices.Contains(out, c.Number) {
			out = append(out, c.Number)
		}
	}
	return out
}

// first is the first sentence of a source that may answer and fits; it is not
// reported where it stands in what the source begins with.
func first(s *corpus.Source, fits func(say string) bool) (spot, bool) {
	for _, p := range s.Passages {
		if p.Pin == pinAsOf || p.Pin == pinDo {
			continue
		}
		for i, say := range p.Sentences() {
			if fits(say) {
				return spot{p.Pin, i}, p.Pin != ""
			}
		}
	}
	return spot{}, false
}

var (
	fiveDigits = regexp.MustCompile(`\b\d{5}\b`)
	numberWord = regexp.MustCompile(`\b\d+\b`)
	minuteSpan = regexp.MustCompile(`\b(\d+) to (\d+) minutes\b`)
)

// inRange reports whether a sentence speaks of minutes from one number to
// another, and n, which the question has of minutes, is between.
func inRange(say string, n int, asked map[string]bool) bool {
	if !asked["minut"] && !asked["min"] {
		return false
	}
	m := minuteSpan.FindStringSubmatch(say)
	if m == nil {
		return false
	}
	from, _ := strconv.Atoi(m[1])
	to, _ := strconv.Atoi(m[2])
	return from <= n && n <= to
}

// The sources of what the codes on a remittance mean, and of how minutes
// become units.
const (
	reasonCodes = "reason-codes"
	timedUnits  = "timed-units"
)

// groupCode is a reason code as a remittance has it: "CO-97", "PR 204",
// "CARC 16".
var groupCode = regexp.MustCompile(`(?i)\b(?:CO|PR|OA|PI|CARC)[- ]?(\d{1,3})\b`)

// byCode puts first the card that has the reason code of the question among
// its own, unless a law is cited.
func (a *Assistant) byCode(question string, hits []retrieval.Hit) []retrieval.Hit {
	all := groupCode.FindAllStringSubmatch(question, -1)
	if len(all) != 1 || len(hits) == 0 || hits[0].Cited && !isCode(hits[0].Source.Cite) {
		return hits
	}
	for _, card := range a.Catalog.Cards {
		if !slices.Contains(card.Codes, "CARC "+all[0][1]) {
			continue
		}
		i := slices.IndexFunc(hits, func(h retrieval.Hit) bool { return h.Source.ID == card.Source.ID })
		if i < 0 {
			return slices.Insert(slices.Clone(hits), 0, retrieval.Hit{Source: card.Source, Ask: -1, NearAsk: -1})
		}
		return slices.Insert(slices.Delete(slices.Clone(hits), i, i+1), 0, hits[i])
	}
	return hits
}

// toTheFigure puts before the rest what a reason code of the question means,
// or how many units its minutes make.
func (a *Assistant) toTheFigure(d *draft, question string, r retrieval.Reading) {
	var id string
	var fits func(say string) bool
	asked := askedWords(r)
	if m := groupCode.FindStringSubmatch(question); m != nil {
		named := regexp.MustCompile(`\bCARC ` + m[1] + `\b`)
		id, fits = reasonCodes, named.MatchString
	} else if m := minutesOf.FindStringSubmatch(question); m != nil && asked["unit"] {
		n, _ := strconv.Atoi(m[1])
		id, fits = timedUnits, func(say string) bool { return inRange(say, n, asked) }
	}
	if m := unitsOf.FindStringSubmatch(question); id == "" && m != nil && asked["minut"] {
		makes := regexp.MustCompile(` make ` + m[1] + ` units?\b`)
		id, fits = timedUnits, makes.MatchString
	}
	s := a.Catalog.Source(id)
	if s == nil {
		return
	}
	x, ok := first(s, fits)
	if !ok || x.pin == pinWrong {
		return
	}
	say := s.Passage(x.pin).Sentences()[x.at]
	if made := makesUnits.FindString(say); made != "" && len(d.points) > 0 && strings.Contains(d.points[0].say, made) {
		return // the answer begins with it
	}
	d.points = slices.DeleteFunc(d.points, func(p point) bool {
		return p.say == say || id == reasonCodes && p.part == Lead && strings.HasPrefix(p.say, "CARC ")
	})
	lead := []point{{say: say, cites: []citation.Citation{cited(s, x.pin)}, part: Lead}}
	d.points = append(append(lead, groupMeaning(s, question)...), d.points...)
}

// groupMeaning is what the group code of a reason code means ("CO"), where
// the question asks for a meaning or is little more than the code.
func groupMeaning(s *corpus.Source, question string) []point {
	m := groupOf.FindStringSubmatch(question)
	if m == nil || len(strings.Fields(question)) > fewWords && !asksMeaning.MatchString(question) {
		return nil
	}
	x, ok := first(s, func(say string) bool { return strings.HasPrefix(say, strings.ToUpper(m[1])+" means ") })
	if !ok {
		return nil
	}
	return []point{{say: s.Passage(x.pin).Sentences()[x.at], cites: []citation.Citation{cited(s, x.pin)}, part: Lead}}
}

// fewWords is how many words a question has that is little more than a code.
const fewWords = 6

var (
	groupOf     = regexp.MustCompile(`(?i)\b(CO|PR|OA|PI)[- ]?\d{1,3}\b`)
	asksMeaning = regexp.MustCompile(`(?i)\bwhat\b[^?.]{0,40}\bmeans?\b|\bmeaning\b|\bwhat(?: i|')s\b|\bexplain\b|\bstands? for\b|\bwhat mean\b`)
)

// makesUnits is what minutes come to.
var makesUnits = regexp.MustCompile(`\bmake \d units?\b`)

// unitsOf is a number of units.
var unitsOf = regexp.MustCompile(`(?i)\b(\d) units?\b`)

// minutesOf is a time in minutes.
var minutesOf = regexp.MustCompile(`(?i)\b(\d{1,3}) ?(?:mins?|minutes?)\b`)
