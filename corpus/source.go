// Package corpus defines what advocate knows: sources (a statute section, a
// rule, a case, a card), the passages they are cut into at their own joints,
// and the catalogue that finds both by id or by citation.
package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/everycategory/advocate/corpus/citation"
)

// A Kind says what a source is.
type Kind string

// The kinds of sources.
const (
	Statute    Kind = "statute"
	Rule       Kind = "rule" // a regulation
	Case       Kind = "case"
	Guideline  Kind = "guideline" // official guidance, or a clinical guideline
	Study      Kind = "study"
	Code       Kind = "code"       // a billing or diagnosis code
	Guide      Kind = "guide"      // our own page on practice
	Manual     Kind = "manual"     // a document an association added
	CardKind   Kind = "card"       // prepared points on one objection or question
	Correction Kind = "correction" // a common misreading, put right
)

// Kinds lists all kinds.
func Kinds() []Kind {
	return []Kind{Statute, Rule, Case, Guideline, Study, Code, Guide, Manual, CardKind, Correction}
}

// Own reports whether k is written by this project rather than digesting an
// authority: such a source has no official citation and no address. A guide
// is cited by its id; a card or a correction never is.
func (k Kind) Own() bool { return k == CardKind || k == Correction || k == Guide }

// An Authority says what weight a source has.
type Authority string

// The authorities, strongest first.
const (
	PrimaryLaw       Authority = "primary-law"
	OfficialGuidance Authority = "official-guidance"
	Evidence         Authority = "evidence"
	Practice         Authority = "practice"
	Advocacy         Authority = "advocacy"
)

// A Plan is a type of health plan; the first fact to get for any denial.
type Plan string

// The plan types.
const (
	FullyInsured Plan = "fully-insured"
	SelfFunded   Plan = "self-funded" // of a private employer
	Public       Plan = "public"      // a public employer's own plan
	Medicare     Plan = "medicare"
	Medicaid     Plan = "medicaid"
	WorkersComp  Plan = "workers-comp"
	Auto         Plan = "auto"
	VA           Plan = "va"
	UnknownPlan  Plan = "unknown"
)

// Plans lists the plan types that can be known.
func Plans() []Plan {
	return []Plan{FullyInsured, SelfFunded, Public, Medicare, Medicaid, WorkersComp, Auto, VA}
}

// A Form says whose words a source's passages are.
type Form string

// The forms.
const (
	Digest Form = "digest" // ours; only what stands in quotation marks is official
	Text   Form = "text"   // official, captured from the publisher
)

// PublicScope is the scope of what everyone may search.
const PublicScope = "public"

// NotHeld is the status of a guide that names what the library has nothing
// on: what it is asked for is declined, in its words.
const NotHeld = "not-held"

// A Date is a day, month or year, in the precision it is known:
// "2025-07-31", "2026-07" or "2022". Dates compare as strings.
type Date string

var dateForm = regexp.MustCompile(`^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$`)

// Valid reports whether d has one of the three forms.
func (d Date) Valid() bool { return dateForm.MatchString(string(d)) }

// First and Last are the days that a month or a year begins and ends with; a
// day is both. They are "" for a Date that is not valid.
func (d Date) First() Date {
	switch {
	case !d.Valid():
		return ""
	case len(d) == len("2006"):
		return d + "-01-01"
	case len(d) == len("2006-01"):
		return d + "-01"
	}
	return d
}

// Last is the last day of d; see First.
func (d Date) Last() Date {
	switch {
	case !d.Valid():
		return ""
	case len(d) == len("2006"):
		return d + "-12-31"
	case len(d) == len("2006-01"):
		t, err := time.Parse("2006-01", string(d))
		if err != nil {
			return ""
		}
		return Date(t.AddDate(0, 1, -1).Format(time.DateOnly))
	}
	return d
}

// A Source is one document. Values in a Catalog are shared: do not modify.
type Source struct {
	ID           string            `json:"id"`
	Title        string            `json:"title"`
	Kind         Kind              `json:"kind"`
	Authority    Authority         `json:"authority"`
	Jurisdiction string            `json:"jurisdiction"` // "WA", "US", or "any"
	Cite         citation.Citation `json:"cite"`         // zero for a card or correction
	// Covers are further citations that the document answers for, such as
	// the codes of a family that have no document of their own.
	Covers  []citation.Citation `json:"covers,omitempty"`
	URL     string              `json:"url"`     // empty for our own kinds
	AsOf    Date                `json:"as_of"`   // of the copy read, never of writing
	ReadIn  string              `json:"read_in"` // that copy, in words
	Binds   []Plan              `json:"binds"`
	Licence string              `json:"licence"`         // "public", "private", or "quote:N"
	Status  string              `json:"status"`          // "in-force", "superseded", "partial", NotHeld; of a Text also "repealed"
	Names   []string            `json:"names,omitempty"` // what people call it
	// Asks are questions it answers, in the words of people who ask: they
	// help to find it and are never shown or cited.
	Asks         []string          `json:"asks,omitempty"`
	SupersededBy citation.Citation `json:"superseded_by,omitzero"`
	Scope        string            `json:"scope"`
	Form         Form              `json:"form"`
	Capture      *Capture          `json:"capture,omitempty"` // of a Text; nil for a digest
	Passages     []Passage         `json:"passages"`
}

// A Passage is the smallest citable piece of a source.
type Passage struct {
	Pin     citation.Pinpoint `json:"pin"`
	Heading string            `json:"heading"`
	// Context is indexed with the text but never shown or cited: the
	// ancestors' headings and the sentence that leads into this passage.
	Context string `json:"context,omitempty"`
	// Text holds one sentence a line. In a digest the words in double
	// quotation marks are official, all others are ours.
	Text string `json:"text"`
}

// Passage returns the passage at p, or nil.
func (s *Source) Passage(p citation.Pinpoint) *Passage {
	for i := range s.Passages {
		if s.Passages[i].Pin == p {
			return &s.Passages[i]
		}
	}
	return nil
}

// Within returns the passages at p and inside it, in document order.
func (s *Source) Within(p citation.Pinpoint) []*Passage {
	var out []*Passage
	for i := range s.Passages {
		if p.Contains(s.Passages[i].Pin) {
			out = append(out, &s.Passages[i])
		}
	}
	return out
}

// Carried returns the citations under which s is found: its own, and those
// it covers. A card has none.
func (s *Source) Carried() []citation.Citation {
	if s.Cite.IsZero() {
		return s.Covers
	}
	return append([]citation.Citation{s.Cite.Base()}, s.Covers...)
}

// PassageID names a passage among all: the source's id, "#", the pinpoint.
func (s *Source) PassageID(p citation.Pinpoint) string { return s.ID + "#" + string(p) }

// Hash is the SHA-256, in hex, of everything the source says of itself and
// in its passages. Equal hashes mean equal sources.
func (s *Source) Hash() string {
	h := sha256.New()
	put := func(fields ...string) { // each with its length, so that none runs into the next
		for _, f := range fields {
			fmt.Fprintf(h, "%d:", len(f))
			io.WriteString(h, f)
		}
	}
	put(s.ID, s.Title, string(s.Kind), string(s.Authority), s.Jurisdiction, s.Cite.String(), s.URL, string(s.AsOf),
		s.ReadIn, fmt.Sprint(s.Binds), s.Licence, s.Status, s.SupersededBy.String(), s.Scope, string(s.Form))
	put(s.Names...)
	put(s.Asks...)
	for _, c := range s.Covers {
		put(c.String())
	}
	if c := s.Capture; c != nil {
		put(string(c.Captured), string(c.Seen), string(c.Effective), string(c.Until), c.History, strings.Join(c.Notes, "\n"))
	}
	for _, p := range s.Passages {
		put(string(p.Pin), p.Heading, p.Context, p.Text)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Hash is the SHA-256, in hex, of the passage's own words.
func (p *Passage) Hash() string {
	sum := sha256.Sum256([]byte(p.Text))
	return hex.EncodeToString(sum[:])
}

// Sentences returns the passage's sentences in order.
func (p *Passage) Sentences() []string {
	var out []string
	for line := range strings.Lines(p.Text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

var quoted = regexp.MustCompile(`"([^"]+)"`)

// Official returns the official words held in the passage: all of an
// official text, the quotations of a digest. An ellipsis (…) inside a
// quotation stands for official words that are not held.
func (p *Passage) Official(f Form) []string {
	if f == Text {
		return []string{p.Text}
	}
	var out []string
	for _, m := range quoted.FindAllStringSubmatch(p.Text, -1) {
		out = append(out, m[1])
	}
	return out
}
