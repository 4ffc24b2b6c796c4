package clinical

import "regexp"

// A rule puts a sentence into a section by what it says.
type rule struct {
	Section Section  `yaml:"section"`
	Say     []string `yaml:"say"`
	re      *regexp.Regexp
}

// speaker is who says a sentence of a section. What stands under Subjective
// is the client's unless somebody else says it.
func (r *reader) speaker(text string, section Section) Speaker {
	reports, denies, other := false, false, false
	for _, t := range r.lexicon.reading(text).tokens {
		reports = reports || t.concept.name == "reports"
		denies = denies || t.fold == "denies" || t.fold == "denied"
		other = other || t.concept.group == "person" && t.concept.name != "patient" && t.concept.name != "therapist"
	}
	switch {
	case reports && other:
		return Other
	case reports, denies, section == Subjective:
		return Client
	}
	return Therapist
}

// belongs is the section of a sentence that no heading puts into one, by what
// it says; "" where that does not tell. Last is that of the sentence before.
func (r *reader) belongs(text string, last Section) Section {
	reading := r.lexicon.reading(text)
	has, did, denied, seen := map[string]bool{}, false, false, false
	begun := len(reading.tokens) > 0 && reading.tokens[0].concept.group == "did" // "worked glutes"
	for i, t := range reading.tokens {
		has[t.concept.group], has[t.concept.name] = true, true
		has["score"] = has["score"] || t.kind == score
		has["motion"] = has["motion"] || t.kind == number && i+1 < len(reading.tokens) && reading.tokens[i+1].concept.name == "degrees"
		seen = seen || r.seen[t.concept.name]
		did = did || t.concept.group == "did" || t.concept.name == "minutes" || t.concept.name == "hours" || i == 0 && t.concept.group == "technique"
		denied = denied || t.concept.group == "technique" && t.negated
	}
	for _, rule := range r.says {
		if rule.re.MatchString(text) && (rule.Section != Plan || !has["reports"]) {
			return rule.Section
		}
	}
	switch {
	case begun && has["site"] && !has["reports"] && !has["activity"]:
		return Plan
	case has["technique"] && (did || last == Plan) && !has["reports"] && !denied:
		return Plan
	case has["reports"]:
		return Subjective
	case seen, has["measure"], has["motion"]:
		return Objective
	case has["technique"]:
		return Plan
	case has["finding"] && last != Subjective && !has["score"] && !has["activity"]:
		return Objective
	case has["finding"], has["condition"], has["activity"], has["medication"]:
		return Subjective
	case has["referral"], has["informed consent"], has["consent"]:
		return Plan
	}
	return ""
}
