// Package bot is the assistant: it answers questions with sentences whose
// citations were checked, says to whom the law applies, and says when it
// does not know. Every surface shows the same answer value.
package bot

import (
	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// An Answer is what Ask returns and every door shows. Its JSON names are
// stable. Text offsets, where there are any, count Unicode code points.
type Answer struct {
	ID         string `json:"id"` // of its receipt; "" if none was kept
	Task       string `json:"task"`
	Text       string `json:"text"`
	First      string `json:"first,omitempty"`      // what comes before any answer: help in a crisis, a clinician, a lawyer
	Unanswered string `json:"unanswered,omitempty"` // what was asked for, a fee or a time, and is not in the answer
	Abstained  bool   `json:"abstained"`
	// Enclosures are papers to send along, where the question asks for them,
	// and EnclosuresFirst says that they are what it asks for.
	Enclosures      []string               `json:"enclosures,omitempty"`
	EnclosuresFirst bool                   `json:"enclosures_first,omitempty"`
	Claims          []Claim                `json:"claims"`
	Citations       []Citation             `json:"citations"`
	Applicability   coverage.Applicability `json:"applicability"`
	Question        *coverage.Question     `json:"question"`
	Nearest         []Nearest              `json:"nearest"`
	Followups       []string               `json:"followups"`
	Warnings        []string               `json:"warnings"`
	Readings        []string               `json:"readings,omitempty"` // slips of spelling and how they were read, and what is cited and not held; never kept
	// Deadlines are those that run from a day which the question gives; never
	// kept, for they tell that day.
	Deadlines []coverage.Deadline `json:"deadlines,omitempty"`
	Model     string              `json:"model"`  // "composer" where no model took part
	Corpus    string              `json:"corpus"` // hash of the library
	prompt    string              // hash of what the model was told; "" without one
}

// A Claim is one sentence with its citations and what the checker said.
type Claim struct {
	Text      string       `json:"text"`
	Citations []int        `json:"citations"` // numbers in Answer.Citations
	Verdict   cite.Verdict `json:"verdict"`
	Part      Part         `json:"part"`
	// Branch is for whom it holds, "If the employer self-funds", or which
	// objection a letter answers with it; "" for all.
	Branch string `json:"branch,omitempty"`

	from string // the prepared sentence that it says
}

// A Part is a claim's place in an answer.
type Part string

// The parts of an answer, in their order.
const (
	Lead   Part = "answer"
	Limits Part = "limits" // what the law does not say, where the position is weak
	Next   Part = "next"   // what to do
	Terms  Part = "terms"  // what the terms used mean, in plain words
	// Documents is what an added document says, beside the law.
	Documents Part = "documents"
)

// A Citation is one cited place, with its words.
type Citation struct {
	N            int               `json:"n"`
	Source       string            `json:"source"`
	Title        string            `json:"title"`
	Cite         citation.Citation `json:"cite"`
	Pinpoint     citation.Pinpoint `json:"pinpoint"`
	Quote        string            `json:"quote"`  // official words, or an added document's own; or ""
	Digest       string            `json:"digest"` // our sentence on the place, or ""
	URL          string            `json:"url"`
	Kind         corpus.Kind       `json:"kind"`
	Jurisdiction string            `json:"jurisdiction"`
	AsOf         corpus.Date       `json:"as_of"`
	Law          corpus.Date       `json:"law,omitempty"` // the digest's quotations all stand in the law as of this day
	ReadIn       string            `json:"read_in"`
	TextStatus   corpus.Form       `json:"text_status"`
	Text         string            `json:"text,omitempty"` // id of the official text quoted; "" for a digest
	Partial      bool              `json:"partial"`        // the copy read was incomplete
	Scope        string            `json:"scope"`          // "public", or whose own document it is
}

// Nearest names a source that came close where the answer declines.
type Nearest struct {
	Cite  string `json:"cite"`
	Title string `json:"title"`
	URL   string `json:"url"`
}
