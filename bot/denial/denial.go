// Package denial reads a denial letter, an explanation of benefits or a bare
// objection: which objections it raises and in which words, its reason codes,
// its payer, its dates, and what it says of the plan and of the care. It reads
// what stands there and concludes nothing; what it cannot read it leaves out.
package denial

import "github.com/everycategory/advocate/corpus"

// A Denial is what was read. Places are Unicode code points of the text that
// was read; quotations are slices of it with white space folded. Lists are in
// the order of the text and never nil; Conditions has those that words name
// before those that only a diagnosis does.
type Denial struct {
	Form       Form        `json:"form"`
	Objections []Objection `json:"objections"`
	Codes      []Code      `json:"codes"` // each with its group once, at its first place
	Payer      string      `json:"payer"` // as the text has it; ""
	Dates      []Dated     `json:"dates"`
	Procedures []string    `json:"procedures"` // CPT codes, each once
	Diagnoses  []string    `json:"diagnoses"`  // ICD-10-CM codes, each once
	Conditions []string    `json:"conditions"` // low-back-pain, neck-pain, …: those of reading.yaml, from words or codes
	Final      bool        `json:"final"`      // it says that it is the final internal decision
	Urgent     bool        `json:"urgent"`     // it speaks of an urgent or concurrent claim
}

// A Form is the form of a text.
type Form string

// The forms.
const (
	Letter Form = "letter"    // a letter that explains a decision
	EOB    Form = "eob"       // an explanation of benefits or a remittance: a table and its codes
	Bare   Form = "objection" // only the objection, as somebody tells it
)

// An Objection is one reason for not paying. Each is listed once: where words
// raise it, at the first of them, else at the first of its codes.
type Objection struct {
	ID    string `json:"id"`    // of DESIGN's vocabulary: "not-medically-necessary"
	Title string `json:"title"` // of its card
	Quote string `json:"quote"` // the sentence, or the code with its words, that raises it
	Start int    `json:"start"`
	End   int    `json:"end"`
	// Codes are the codes of the text that mean it, as Denial.Codes spells them.
	Codes []string `json:"codes"`
}

// A Code is a reason code of a remittance.
type Code struct {
	Code      string `json:"code"`      // "CARC 50", "RARC N130"
	Group     string `json:"group"`     // CO, PR, OA, PI, CR; ""
	Meaning   string `json:"meaning"`   // in our words; "" where the library does not hold it
	Cite      string `json:"cite"`      // where that meaning stands, or ""
	Objection string `json:"objection"` // that it raises; "" for none, such as a deductible
	Start     int    `json:"start"`
	End       int    `json:"end"`
}

// A Dated is a day that the text gives, and of what. A day without a year, one
// of which the text does not plainly say what it is of, and one that cannot be
// are left out; so is the day of the letter where two are given.
type Dated struct {
	What  What        `json:"what"`
	Day   corpus.Date `json:"day"`
	Start int         `json:"start"`
	End   int         `json:"end"`
}

// A What is what a day of a denial is the day of.
type What string

// What days are of.
const (
	OfLetter   What = "letter"   // written at its head, or "notice date"
	OfReceipt  What = "received" // the day the denial was received, where the text says so
	OfService  What = "service"  // of the care
	OfClaim    What = "claim"    // the day the payer received the claim
	OfDecision What = "decision" // the day the claim was processed or paid
	OfDeadline What = "deadline" // by which the letter says something has to be done
)
