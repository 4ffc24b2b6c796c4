package bot

import (
	"context"
	"errors"

	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A TestifyRequest is a hearing and what the speaker brings to it.
type TestifyRequest struct {
	State     string // whose hearing it is: two capitals
	Bill      string // its number, such as "HB 2", or ""
	Committee string // or ""
	Position  string // support, oppose or neutral
	Audience  string // legislators, agency, insurers, public, or in the speaker's words; "" is legislators
	Speaker   string // name, and who that is; or ""
	// About is what the bill does, in the speaker's words. Without it a
	// bracket is left, and nothing is said of what the bill does.
	About string
	// Story is the speaker's own, quoted word for word; or "".
	Story   string
	Topic   string      // more words on what the bill is about, never quoted
	Minutes float64     // 1 to 15
	On      corpus.Date // the day of the hearing; "" is today
	// Progress, if not nil, is told each stage as it begins.
	Progress func(Stage)
}

// The stages of a testimony, in their order.
const (
	StageHearing Stage = "reading what you gave"
	StageSpeech  Stage = "putting the testimony together"
)

// A Testimony is what Testify returns and every door shows. Its JSON names are
// stable. It belongs to who gave the story: no log, error or receipt holds a
// word of it.
type Testimony struct {
	ID       string  `json:"id"` // of its receipt; "" if none was kept
	Task     string  `json:"task"`
	State    string  `json:"state"`
	Bill     string  `json:"bill"`
	Position string  `json:"position"`
	Audience string  `json:"audience"` // as it was understood
	Minutes  float64 `json:"minutes"`
	// Themes are what the bill was taken to be about, the surest first.
	Themes []string `json:"themes"`
	// Script is what is said, with brackets for what the speaker has to fill
	// in. Words is how many that are, said aloud, a bracket counted as long as
	// what goes into it; it is never over Budget.
	Script  string `json:"script"`
	Words   int    `json:"words"`
	Budget  int    `json:"budget"`
	Written string `json:"written"` // to hand in, with footnotes
	Handout string `json:"handout"` // one page
	// Questions are the hardest of the other side's, with what can be answered.
	Questions []HostileQuestion `json:"hostile_questions"`
	// Statements are all sentences of the script and the written version, in
	// their order, each with its mark.
	Statements    []Statement            `json:"statements"`
	Citations     []Citation             `json:"citations"`
	Applicability coverage.Applicability `json:"applicability"`
	Missing       []Gap                  `json:"missing"` // what only the speaker can fill in
	Warnings      []string               `json:"warnings"`
	// PHI is what identifies, or may identify, somebody in the story; offsets
	// are code points of the story as it was given. The story stands.
	PHI    []phi.Finding `json:"phi"`
	Model  string        `json:"model"`
	Corpus string        `json:"corpus"` // hash of the library

	script, written, handout *Document
}

// A Mark says what kind of statement a sentence is.
type Mark string

// The marks.
const (
	MarkLaw      Mark = "law"
	MarkEvidence Mark = "evidence" // its strength beside it
	MarkOwn      Mark = "own"      // the speaker's: name, position, words on the bill, story, what is asked
	MarkOpinion  Mark = "opinion"
)

// A SpeechPart is a place in a testimony.
type SpeechPart string

// The parts of a testimony, in their order.
const (
	PartOpening  SpeechPart = "opening"
	PartBill     SpeechPart = "bill"
	PartProblem  SpeechPart = "problem"
	PartLaw      SpeechPart = "law"
	PartEvidence SpeechPart = "evidence"
	PartLimit    SpeechPart = "limit"
	PartStory    SpeechPart = "story"
	PartAsk      SpeechPart = "ask"
)

// speechParts are those that points fill.
var speechParts = []SpeechPart{PartProblem, PartLaw, PartEvidence, PartLimit}

// positions are those a speaker can take.
var positions = []string{"support", "oppose", "neutral"}

// A Statement is one sentence of the script or of the written version.
type Statement struct {
	In        string       `json:"in"` // "script" or "written"
	Part      SpeechPart   `json:"part"`
	Text      string       `json:"text"`
	Mark      Mark         `json:"mark"`
	Strength  string       `json:"strength,omitempty"` // of evidence, in the words of the digest
	Citations []int        `json:"citations"`          // numbers in Testimony.Citations
	Verdict   cite.Verdict `json:"verdict,omitempty"`  // of law and evidence

	words int // said aloud
}

// Where a statement stands.
const (
	inScript  = "script"
	inWritten = "written"
)

// A HostileQuestion is one of the other side's, with what can be answered.
type HostileQuestion struct {
	ID        string      `json:"id"`
	Q         string      `json:"q"`
	A         string      `json:"a"`
	Claims    []Statement `json:"claims"`    // the sentences of A
	Citations []int       `json:"citations"` // of all of them
}

// A Gap is something that only the speaker can fill in.
type Gap struct {
	Element string `json:"element"`
	Ask     string `json:"ask"`
}

// ErrTestimony is matched where an Assistant has no words for testimony.
var ErrTestimony = errors.New("testimony is not written here")

// ScriptDocument is the script to read from.
func (out *Testimony) ScriptDocument() *Document { return out.script }

// WrittenDocument is the written version, with footnotes.
func (out *Testimony) WrittenDocument() *Document { return out.written }

// HandoutDocument is the page to leave behind.
func (out *Testimony) HandoutDocument() *Document { return out.handout }

// Testify writes a testimony: what is said, what is handed in, what is left
// behind, and the hardest questions with their answers. Law and evidence in it
// were checked; what the bill does and the story are the speaker's own words or
// a bracket. It returns an error only for a request that cannot be read:
// coverage.ErrFact for state, position and minutes, ErrDay for the day,
// ErrUnreadable for the texts. No error holds a word of the story.
func (a *Assistant) Testify(ctx context.Context, r TestifyRequest) (*Testimony, error) {
	if a.Testimonies == nil {
		return nil, ErrTestimony
	}
	r.begin(StageHearing)
	h, err := a.readHearing(r)
	if err != nil {
		return nil, err
	}
	out := &Testimony{Task: "testify", State: h.state, Bill: h.bill, Position: h.position, Audience: h.audience.ID,
		Minutes: h.minutes, Budget: h.budget, Themes: h.themes, Warnings: h.warnings, Model: composer, Corpus: a.Catalog.Hash()}
	r.begin(StageSpeech)
	s := &speaker{Assistant: a, hearing: h, out: out, law: a.law(h.day)}
	s.all = s.candidates()
	s.choose()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	written := s.write() // its footnotes are numbered first
	s.speak()
	out.Statements = append(out.Statements, written...)
	s.handOut()
	s.answer()
	s.identify(r.Story)
	s.warn()
	s.keep()
	out.whole()
	return out, nil
}

func (r *TestifyRequest) begin(s Stage) {
	if r.Progress != nil {
		r.Progress(s)
	}
}

// A speaker puts one testimony together.
type speaker struct {
	*Assistant
	*hearing
	out    *Testimony
	law    *law
	all    []*checkedPoint // what may be said, the best first
	chosen []*checkedPoint // said, in their order
	more   []*checkedPoint // said in the written version alone
	story  []string        // the sentences of it that are said
	cited  draft           // what was cited, for the law's warnings
}

// number is the number of a cited place among the testimony's citations: the
// same place with the same quotation has one.
func (s *speaker) number(ref cite.Resolved) int {
	var one Answer
	one.number(ref, s.law)
	c := one.Citations[0]
	for _, have := range s.out.Citations {
		if have.Source == c.Source && have.Pinpoint == c.Pinpoint && have.Quote == c.Quote {
			return have.N
		}
	}
	c.N = len(s.out.Citations) + 1
	s.out.Citations = append(s.out.Citations, c)
	s.cited.points = append(s.cited.points, point{cites: []citation.Citation{c.Cite}})
	return c.N
}

// whole gives every list of the answer format a value.
func (out *Testimony) whole() {
	out.Themes, out.Questions, out.Statements = orEmpty(out.Themes), orEmpty(out.Questions), orEmpty(out.Statements)
	out.Citations, out.Missing = orEmpty(out.Citations), orEmpty(out.Missing)
	out.Warnings, out.PHI = orEmpty(out.Warnings), orEmpty(out.PHI)
	for i := range out.Statements {
		out.Statements[i].Citations = orEmpty(out.Statements[i].Citations)
	}
}
