// Package clinical puts a massage therapist's chart note into clinical
// language without changing a fact of it.
//
// # How a note is read and put
//
// The text is cut into sentences, each with the part of the note it belongs
// to and who says it. Sentences addressed to the program instead of the chart
// are set aside first. The clinical facts of every sentence are put down in a
// ledger. The composer then puts spellings of the lexicon in each other's
// place, under the lexicon's conditions, and keeps a sentence as the therapist
// wrote it unless its ledger is the same before and after. The ledger of the
// chart note that comes out equals that of the note that went in, whoever
// proposed the words.
//
// Checks and missing elements are remarks beside the note, never in it.
package clinical

// A Section is a part of a chart note. The values are those of the answer
// format.
type Section string

// The sections, in the order of a chart note.
const (
	Subjective Section = "subjective"
	Objective  Section = "objective"
	Assessment Section = "assessment"
	Plan       Section = "plan"
)

// A Speaker is who says what a sentence says.
type Speaker string

// The speakers. What the therapist saw and did is the therapist's.
const (
	Client    Speaker = "client"
	Therapist Speaker = "therapist"
	Other     Speaker = "other" // a physician, a relative, an earlier record
)

// A Sentence is one sentence, bullet or fragment of a note.
type Sentence struct {
	Text    string  // as the therapist wrote it
	Section Section // by its heading, else by what it says
	Speaker Speaker
	Start   int // in the note, in code points
	End     int // behind the last code point
}

// A Note is a note as read. Sentences are in the order of the text; together
// with Aside and the headings they cover all of its words.
type Note struct {
	Text      string
	Sentences []Sentence
	Aside     []Sentence // addressed to the program; no part of the chart
}

// A FactType says what a fact is about.
type FactType string

// The types of fact.
const (
	Site        FactType = "site"        // a body site with its side
	Symptom     FactType = "symptom"     // what is felt, seen or palpated, at its site
	Score       FactType = "score"       // pain 6/10, ODI 42%; a change is one fact: "8/10→4/10"
	Minutes     FactType = "minutes"     // of a session, or of one technique
	Units       FactType = "units"       // billed units
	Visits      FactType = "visits"      // a count or a frequency of visits
	Duration    FactType = "duration"    // "3 weeks"
	Date        FactType = "date"        // absolute
	When        FactType = "when"        // before, since, at night, acute, chronic
	Code        FactType = "code"        // CPT, HCPCS, ICD-10-CM
	Technique   FactType = "technique"   // what was done
	Function    FactType = "function"    // an activity
	Medication  FactType = "medication"  // a medicine
	Diagnosis   FactType = "diagnosis"   // a named condition or event
	Measure     FactType = "measure"     // an outcome measure
	Course      FactType = "course"      // better, worse, limited, within normal limits
	Severity    FactType = "severity"    // mild, severe, constant
	Purpose     FactType = "purpose"     // relaxation, wellness, maintenance
	Planning    FactType = "planning"    // goals, follow-up, home care, referral
	Consent     FactType = "consent"     // given, refused
	Said        FactType = "said"        // reports, observed, palpated, measured
	Person      FactType = "person"      // patient, physician, relative
	Number      FactType = "number"      // any other number, an amount of money
	Placeholder FactType = "placeholder" // "[PATIENT_1]"
)

// A Fact is one clinical fact of a note. Two facts are the same if all but
// Text, Start and End are equal.
type Fact struct {
	Type      FactType
	Value     string // in its one spelling, with its unit: "6/10", "45 degrees"
	Role      string // what it is of: of a number "pain, before", of a course "range of motion"
	Site      string // in its one spelling, with its side; "" where the sentence binds none
	Negated   bool
	Certainty string // "" is stated outright; else "possible", "history of" …
	Section   Section
	Speaker   Speaker

	Text  string // the words of the note
	Start int    // in the text that was read, in code points
	End   int
}

// A Change is one stretch that reads otherwise than in the note, and why.
type Change struct {
	From string `json:"from"`
	To   string `json:"to"`
	Why  string `json:"why"`
}

// A Missing is an element that a payer or a rule looks for and the note does
// not have, with the question to put to the therapist.
type Missing struct {
	Element string `json:"element"`
	Ask     string `json:"ask"`
}

// A Check is a remark about the note; Cite names the passage of the library
// it rests on, "" where it is about the note itself.
type Check struct {
	Rule    string `json:"rule"`
	Finding string `json:"finding"`
	Cite    string `json:"cite"`
}

// A SOAP is a chart note by its sections. A section of which the note says
// nothing is empty.
type SOAP struct {
	Subjective string `json:"subjective"`
	Objective  string `json:"objective"`
	Assessment string `json:"assessment"`
	Plan       string `json:"plan"`
}

// A Span is a fact as it is shown: where in the chart note it stands.
type Span struct {
	Text  string `json:"text"`
	Start int    `json:"start"` // in Rewrite.Text, in code points
	End   int    `json:"end"`
}

// A Rewrite is what becomes of a note.
type Rewrite struct {
	SOAP     SOAP      `json:"soap"`
	Text     string    `json:"text"` // the chart note alone
	Changes  []Change  `json:"changes"`
	Facts    []Span    `json:"facts"`
	Missing  []Missing `json:"missing"`
	Checks   []Check   `json:"checks"`
	Warnings []string  `json:"warnings"`

	// Sentences are those of Text, in its order, for a model to put better
	// words to, and for Replace.
	Sentences []Put `json:"-"`

	head    string    // the line above an addendum
	missing []element // what Missing and the brackets of Text are made of
	first   []Change  // those of no single sentence
}

// A Put is one sentence of a rewrite beside the one it came from.
type Put struct {
	From Sentence
	To   string
	Why  []Change // what was changed in it
}
