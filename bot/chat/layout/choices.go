package layout

import "github.com/everycategory/advocate/corpus"

// A Choice is an option of a select.
type Choice struct{ Value, Text string }

// planNames are the plan types as a person chooses among them, as on the page.
var planNames = map[corpus.Plan]string{
	corpus.FullyInsured: "Insured: an insurance company pays the claims",
	corpus.SelfFunded:   "Self-funded: a private employer or trust pays the claims",
	corpus.Public:       "A public employer's own plan",
	corpus.Medicare:     "Medicare",
	corpus.Medicaid:     "Medicaid, such as Apple Health",
	corpus.WorkersComp:  "Workers' compensation, such as L&I",
	corpus.Auto:         "Auto insurance, PIP",
	corpus.VA:           "Veterans' care",
}

// Plans are the plan types.
func Plans() []Choice {
	var out []Choice
	for _, p := range corpus.Plans() {
		out = append(out, Choice{string(p), planNames[p]})
	}
	return out
}

// Reasons are why an answer did not help.
func Reasons() []Choice {
	return []Choice{
		{"wrong", "It is wrong"}, {"citation", "A citation does not say that"}, {"not-asked", "It is not what I asked"},
		{"declined", "It did not answer, and should have"}, {"unclear", "I do not understand it"}, {"outdated", "The law has changed"},
		{"other-plan", "It is about another kind of plan or state"}, {"other", "Something else"},
	}
}

// YesNo are the two answers of a fact that is one or the other.
func YesNo() []Choice { return []Choice{{"yes", "Yes"}, {"no", "No"}} }

// Positions are those that one can take on a bill.
func Positions() []Choice {
	return []Choice{{"support", "I support it"}, {"oppose", "I oppose it"}, {"neutral", "I take no position"}}
}

// Audiences are those that testimony is for.
func Audiences() []Choice {
	return []Choice{{"legislators", "Legislators"}, {"agency", "An agency"}, {"insurers", "Insurers"}, {"public", "The public"}}
}

// Writers are those who can sign a letter.
func Writers() []Choice {
	return []Choice{{"enrollee", "The patient"}, {"representative", "A provider, with the patient's signed authorization"}, {"provider", "A provider with a contract with the plan"}}
}

// Markets are those of an insured plan.
func Markets() []Choice {
	return []Choice{{"individual", "Individual"}, {"small-group", "Small employer group"}, {"large-group", "Large employer group"}}
}
