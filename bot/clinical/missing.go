package clinical

import (
	"regexp"
	"slices"
	"strings"
)

// An element is one thing a note should have.
type element struct {
	Element string   `yaml:"element"`
	Section Section  `yaml:"section"`
	Always  bool     `yaml:"always"` // of a relaxation session too
	States  []string `yaml:"states"` // whose rule asks for it; none for all
	Ask     string   `yaml:"ask"`
	Has     []string `yaml:"has"`
}

// The findings are what a note says, for what is missing and for checks.
type findings struct {
	note  Note
	facts [][]Fact // of each sentence
	has   map[string]bool
}

// findings of a note.
func (w *Writer) findings(n Note) *findings {
	f := &findings{note: n, has: map[string]bool{}}
	for _, s := range n.Sentences {
		facts := w.lexicon.Facts(s)
		f.facts = append(f.facts, facts)
		for _, fact := range facts {
			f.has[string(fact.Type)], f.has[fact.Value] = true, true
			switch {
			case isDiagnosisCode(fact):
				f.has["icd"] = true
			case strings.Contains(fact.Value, "→"), fact.Type == Score && s.Section == Assessment:
				f.has["changed"] = true
			case s.Section != Subjective && s.Speaker == Therapist && fact.Type == Symptom, s.Section == Objective && fact.Type == Score:
				f.has["objective"] = true
			case strings.HasSuffix(fact.Value, " degrees"):
				f.has["degrees"] = true
			}
		}
		f.has["planned"] = f.has["planned"] || s.Section == Plan && planned.MatchString(s.Text)
		f.has["minutes"] = f.has["minutes"] || s.Section != Subjective && s.Speaker == Therapist && spent.MatchString(s.Text)
		f.has["clock"] = f.has["clock"] || clock.MatchString(s.Text)
		f.has["changed"] = f.has["changed"] || responded.MatchString(s.Text)
	}
	return f
}

var (
	planned   = regexp.MustCompile(`(?i)\b(?:next|will|return|come back|again|continue|cont|weekly|(?:/|x ?|per |a )(?:wk|week|mo|month)|home|hep|in (?:\d+|one|two|three|four|a) (?:days?|wks?|weeks?|mos?|months?))\b`)
	spent     = regexp.MustCompile(`(?i)\b\d{1,3} ?-?(?:mins?|minutes?|hrs?|hours?)\b`)
	clock     = regexp.MustCompile(`(?i)\b\d{1,2}:\d{2} ?(?:[ap]\.?m\.?)? ?(?:-|–|to|until) ?\d{1,2}:\d{2}\b`)
	responded = regexp.MustCompile(`(?i)\b(?:tolerated|responded|looser|relaxed|fell asleep)\b`)
)

// relaxation reports whether the session was for relaxation or wellness and
// nothing in the note is treated.
func (f *findings) relaxation() bool {
	for _, what := range []string{string(Score), "icd", "referral", "motor vehicle accident", "strain", "sprain", "whiplash", "sciatica"} {
		if f.has[what] {
			return false
		}
	}
	return f.purpose("relaxation", "wellness", "relaxation massage", "prenatal", "maintenance")
}

// purpose reports whether the note gives the session one of the purposes, or
// a technique that names one.
func (f *findings) purpose(names ...string) bool {
	for _, facts := range f.facts {
		for _, fact := range facts {
			if (fact.Type == Purpose || fact.Type == Technique) && !fact.Negated && slices.Contains(names, fact.Value) {
				return true
			}
		}
	}
	return false
}

// missing are the elements that the note does not have.
func (w *Writer) missing(f *findings, o Options) []element {
	relaxation := f.relaxation()
	var out []element
	for _, e := range w.elements {
		switch {
		case relaxation && !e.Always, len(e.States) > 0 && !slices.Contains(e.States, o.State):
		case slices.ContainsFunc(e.Has, func(what string) bool { return f.has[what] }):
		default:
			out = append(out, e)
		}
	}
	return out
}

// isDiagnosisCode reports whether a fact is an ICD-10-CM code.
func isDiagnosisCode(f Fact) bool {
	return f.Type == Code && f.Value[0] >= 'a' && f.Value[0] <= 'z' && !hcpcs.MatchString(f.Value)
}

var hcpcs = regexp.MustCompile(`^[agv]\d{4}$`)
