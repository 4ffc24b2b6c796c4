package bot

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/denial"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/corpus"
)

// MaxDenial is the most bytes of a denial.
const MaxDenial = 64 << 10

// A RebutRequest is a denial and what is known beside it. Of Request, Text is
// the denial; who writes is the fact "writer".
type RebutRequest struct {
	Request
	Received corpus.Date // the day the denial was received, or "" where it is not known
	Restore  bool        // put identifiers back, in this answer
}

// A Rebuttal is what Rebut returns and every door shows. Its JSON names are
// stable. It belongs to who gave the denial: no log, error or receipt holds a
// word of it.
type Rebuttal struct {
	ID         string             `json:"id"` // of its receipt; "" if none was kept
	Task       string             `json:"task"`
	Objections []denial.Objection `json:"objections"`
	Codes      []denial.Code      `json:"codes"`
	// Letter is the letter in plain text, its notes at the end; "" where there
	// is no ground for one, and Why says so.
	Letter     string     `json:"letter"`
	LetterKind LetterKind `json:"letter_kind"`
	Why        []string   `json:"why"` // why the letter is of its kind, or why there is none, and what would change it
	// Claims are the sentences of the letter that state something, in its
	// order: each with what it rests on and what the checker said. Branch
	// holds the objection that a claim answers.
	Claims        []Claim                `json:"claims"`
	Citations     []Citation             `json:"citations"`
	Ladder        []Claim                `json:"ladder"`     // the steps that remain, in order
	Weaknesses    []Claim                `json:"weaknesses"` // where the position is weak, and what the reviewer will reply
	Applicability coverage.Applicability `json:"applicability"`
	Questions     []coverage.Question    `json:"questions"` // what would decide most, the first first
	Deadlines     []coverage.Deadline    `json:"deadlines"`
	Missing       []Blank                `json:"missing"` // what only the writer can supply
	Enclosures    []string               `json:"enclosures"`
	Nearest       []Nearest              `json:"nearest"` // where no objection was found
	Warnings      []string               `json:"warnings"`
	// Denial is the text that was answered, as the letter has it; the places
	// of objections and codes are code points of it.
	Denial string `json:"denial"`
	// PHI is what identifies, or may identify, somebody in the denial as it
	// was given; offsets are code points of that text.
	PHI    []phi.Finding `json:"phi"`
	Model  string        `json:"model"`  // "composer" where no model took part
	Corpus string        `json:"corpus"` // hash of the library

	doc    Document
	prompt string // hash of what the model was told; "" without one
}

// A Blank is a placeholder of a document.
type Blank struct {
	Text string `json:"text"` // as it stands in the document, with its brackets
	Ask  string `json:"ask"`  // what belongs there
}

// The parts of a letter's claims.
const (
	Ground     Part = "ground"      // supports reversal
	Asking     Part = "request"     // the right to what is asked for
	Concession Part = "concession"  // what the letter says against itself
	Explaining Part = "explanation" // why the decision stands, and what remains
	Step       Part = "step"        // of the ladder
	Weakness   Part = "weakness"    // for the writer: where the position is weak
	Reply      Part = "reply"       // for the writer: what the reviewer will reply
)

// The stages of a rebuttal, in their order; the model's only where there is
// one.
const (
	StageDenial Stage = "reading the denial"
	StageLetter Stage = "writing the letter"
)

// ErrDesk is matched where an Assistant has no reader of denials, no letters
// or no gate.
var ErrDesk = errors.New("denials are not answered here")

// Rebut answers a denial with a letter that has only authority which binds
// the plan, with what is weak about it, and with the clocks that run. It
// returns an error only for a request that cannot be read: ErrUnreadable for
// the denial, coverage.ErrFact for the state, plan or facts, ErrDay for a day.
// No error holds a word of the denial.
func (a *Assistant) Rebut(ctx context.Context, r RebutRequest) (*Rebuttal, error) {
	if a.Denials == nil || a.Letters == nil || a.Gate == nil {
		return nil, ErrDesk
	}
	r.begin(StageDenial)
	in, err := a.readDenial(r)
	if err != nil {
		return nil, err
	}
	out := &Rebuttal{Task: "rebut", Model: composer, Corpus: a.Catalog.Hash(), PHI: in.found, Denial: in.text,
		Objections: in.Objections, Codes: in.Codes, Warnings: in.notes}
	if err := a.write(ctx, out, r, in); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	a.keepRebuttal(out, a.law(in.day))
	if r.Restore {
		out.restore(in.ids)
	}
	out.Letter = out.doc.text()
	out.whole()
	return out, nil
}

// Document is the letter as it can be sent; nil where there is none.
func (out *Rebuttal) Document() *Document {
	if out.LetterKind == "" {
		return nil
	}
	return &out.doc
}

// A denied is a denial as it was read.
type denied struct {
	denial.Denial
	letterKnown
	text  string    // with placeholders for what surely identifies
	ids   *phi.Case // of the placeholders
	found []phi.Finding
	dates map[denial.What]string // as the text has them, with placeholders; the first of each
	clock map[coverage.Event]corpus.Date
	notes []string // on the facts that the denial itself says
}

// readDenial reads the text, and the text without its identifiers: days are
// read in the one, and what may be shown in the other.
func (a *Assistant) readDenial(r RebutRequest) (denied, error) {
	var in denied
	if why := notDenial(r.Text); why != "" {
		return in, fmt.Errorf("%w: %s", ErrUnreadable, why)
	}
	day, err := a.day(r.Request)
	if err != nil {
		return in, err
	}
	if r.Received != "" {
		if _, err := a.day(Request{On: r.Received}); err != nil {
			return in, err
		}
	}
	in.ids = a.Gate.NewCase(phi.Letter)
	in.text, in.found = in.ids.Redact(r.Text, phi.Owner)
	facts, notes, err := a.denialFacts(r.Request, in.text)
	if err != nil {
		return in, err
	}
	in.notes = notes
	in.Denial = a.Denials.Read(in.text, a.Now())
	in.wholePlaceholders()
	open := a.Denials.Read(r.Text, a.Now())
	in.Dates = open.Dates
	if in.Form == denial.Bare && in.quoted() {
		in.Form = denial.Letter
	}
	in.dates = map[denial.What]string{}
	in.clock = map[coverage.Event]corpus.Date{}
	runes := []rune(r.Text)
	for _, d := range open.Dates {
		if in.dates[d.What] == "" {
			in.dates[d.What], _ = in.ids.Redact(strings.Join(strings.Fields(string(runes[d.Start:d.End])), " "), phi.Owner)
		}
		if d.What == denial.OfReceipt {
			in.clock["denial-received"] = d.Day
		}
	}
	if r.Received != "" {
		in.clock["denial-received"] = r.Received
	}
	if day := in.clock["denial-received"]; day != "" && in.Final {
		in.clock["appeal-decision"], in.clock["final-denial-received"] = day, day
		delete(in.clock, "denial-received")
	}
	in.letterKnown = a.letterKnown(facts, day, in.Denial)
	return in, nil
}

// The voices of a text: the plan's own, and that of somebody who tells of it.
var (
	planSpeaks = regexp.MustCompile(`(?i)\b(?:we|our|your (?:claim|plan|policy|benefits?|coverage|program))\b`)
	teller     = regexp.MustCompile(`(?i)\b(?:they|them|their|my|i|i'm|client|insurer says|insurance says)\b`)
)

// quoted reports whether a short text has the plan's own words: nobody tells
// an objection with its claim number or its day, or in the plan's voice.
func (in *denied) quoted() bool {
	numbered := slices.ContainsFunc(in.found, func(f phi.Finding) bool { return f.Type == phi.ClaimNo || f.Type == phi.MemberID })
	return numbered || len(in.Dates) > 0 || planSpeaks.MatchString(in.text) && !teller.MatchString(in.text)
}

// wholePlaceholders takes the whole of a placeholder into a quotation that ends
// within it.
func (in *denied) wholePlaceholders() {
	runes := []rune(in.text)
	for i := range in.Objections {
		o := &in.Objections[i]
		for _, p := range phi.Placeholders(in.text) {
			if p.Start < o.Start && o.Start < p.End || p.Start < o.End && o.End < p.End {
				o.Start, o.End = min(o.Start, p.Start), max(o.End, p.End)
				o.Quote = strings.Join(strings.Fields(string(runes[o.Start:o.End])), " ")
			}
		}
	}
}

// notDenial says why a text cannot be read as a denial, or "".
func notDenial(text string) string {
	switch {
	case len(text) > MaxDenial:
		return fmt.Sprintf("The denial is too long (%d kB; at most %d kB). Give the letter or the remittance of one claim.", len(text)>>10, MaxDenial>>10)
	case strings.TrimSpace(text) == "":
		return "There is no denial here. Give the words of the letter, the remittance or the objection."
	}
	return notText(text)
}

// whole gives every list of the answer format a value.
func (out *Rebuttal) whole() {
	out.Objections, out.Codes, out.Why = orEmpty(out.Objections), orEmpty(out.Codes), orEmpty(out.Why)
	out.Claims, out.Citations, out.Ladder = orEmpty(out.Claims), orEmpty(out.Citations), orEmpty(out.Ladder)
	out.Weaknesses, out.Questions, out.Deadlines = orEmpty(out.Weaknesses), orEmpty(out.Questions), orEmpty(out.Deadlines)
	out.Missing, out.Enclosures, out.Nearest = orEmpty(out.Missing), orEmpty(out.Enclosures), orEmpty(out.Nearest)
	out.Warnings, out.PHI = orEmpty(out.Warnings), orEmpty(out.PHI)
}
