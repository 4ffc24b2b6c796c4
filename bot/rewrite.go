package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/clinical"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// MaxNote is the most bytes of a note.
const MaxNote = 64 << 10

// A RewriteRequest is a chart note and what is known beside it.
type RewriteRequest struct {
	Text     string
	Previous string      // an earlier note of the same person; "" for none
	State    string      // two capitals, or "": whose charting rule asks for what
	On       corpus.Date // the day of service, or "" where it is not known
	Signed   bool        // the note is signed, locked or sent: the result is an addendum
	Restore  bool        // put identifiers back, in this answer
	// Progress, if not nil, is told each stage as it begins.
	Progress func(Stage)
}

// The stages of a rewrite, in their order; the model's only where there is
// one.
const (
	StageNote     Stage = "reading the note"
	StageWriting  Stage = "putting it in clinical language"
	StageProposed Stage = "asking the language model, and checking each of its sentences"
)

// A Rewritten is what Rewrite returns and every door shows. Its JSON names
// are stable. It belongs to who gave the note: no log, error or receipt holds
// a word of it.
type Rewritten struct {
	ID   string `json:"id"` // of its receipt; "" if none was kept
	Task string `json:"task"`
	clinical.Rewrite
	// PHI is what identifies, or may identify, somebody in the note as it was
	// given; offsets are code points of that text. What is sure has a
	// placeholder in the result, unless it was put back; the rest stands.
	PHI    []phi.Finding `json:"phi"`
	Model  string        `json:"model"`  // "composer" where no model took part
	Corpus string        `json:"corpus"` // hash of the library
	prompt string        // hash of what the model was told; "" without one
}

// ErrNotes is matched where an Assistant has no writer of notes or no gate.
var ErrNotes = errors.New("notes are not rewritten here")

// Rewrite puts a note in clinical language, with the facts it had and no
// others. The sure identifiers of the note are placeholders in the result
// unless the request asks for them. It returns an error only for a request
// that cannot be read: ErrUnreadable for the note, coverage.ErrFact for the
// state, ErrDay for the day. No error holds a word of the note.
func (a *Assistant) Rewrite(ctx context.Context, r RewriteRequest) (*Rewritten, error) {
	if a.Clinical == nil || a.Gate == nil {
		return nil, ErrNotes
	}
	r.begin(StageNote)
	state, err := a.readNote(r)
	if err != nil {
		return nil, err
	}
	c := a.Gate.NewCase(phi.Note)
	text, found := c.Redact(r.Text, phi.Owner)
	previous, _ := c.Redact(r.Previous, phi.Owner)
	r.begin(StageWriting)
	out := &Rewritten{Task: "rewrite", PHI: found, Model: composer, Corpus: a.Catalog.Hash()}
	out.Rewrite = a.Clinical.Rewrite(text, clinical.Options{Previous: previous, State: state, On: r.On, Today: a.today(), Signed: r.Signed})
	out.fromNote(r.Text, text)
	out.Checks = a.resolved(out.Checks)
	a.propose(ctx, out, r, c)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if r.Restore {
		out.restore(c)
	}
	a.keepRewrite(out)
	out.whole()
	return out, nil
}

// composer is the name of what writes without a model.
const composer = "composer"

func (r *RewriteRequest) begin(s Stage) {
	if r.Progress != nil {
		r.Progress(s)
	}
}

// readNote says what is wrong with a request, and gives its state.
func (a *Assistant) readNote(r RewriteRequest) (state string, err error) {
	for what, text := range map[string]string{"note": r.Text, "earlier note": r.Previous} {
		if why := notNote(what, text); why != "" {
			return "", fmt.Errorf("%w: %s", ErrUnreadable, why)
		}
	}
	if strings.TrimSpace(r.Text) == "" {
		return "", fmt.Errorf("%w: %s", ErrUnreadable, sayNoNote)
	}
	given, err := a.Rules.Given("", r.State, nil)
	if err != nil {
		return "", err
	}
	if r.On != "" {
		_, err = a.day(Request{On: r.On})
	}
	return given["state"], err
}

const sayNoNote = "There is no note here. Give the words of one: dictation, bullets or SOAP, as you have it."

// notNote says why a text is no note, or "".
func notNote(what, text string) string {
	if len(text) > MaxNote {
		return fmt.Sprintf("The %s is too long (%d kB; at most %d kB). Give the note of one session.", what, len(text)>>10, MaxNote>>10)
	}
	return notText(text)
}

// resolved are the checks that cite a place of the library, or are about the
// note alone: no unchecked citation leaves.
func (a *Assistant) resolved(checks []clinical.Check) []clinical.Check {
	return slices.DeleteFunc(slices.Clone(checks), func(k clinical.Check) bool {
		_, p := a.Cited(k.Cite)
		return k.Cite != "" && p == nil
	})
}

// Cited is the place of the library that a citation names, or nil.
func (a *Assistant) Cited(cite string) (*corpus.Source, *corpus.Passage) {
	c, err := citation.Parse(cite)
	if err != nil {
		return nil, nil
	}
	return a.Catalog.Resolve(c)
}

// whole gives every list of the answer format a value.
func (out *Rewritten) whole() {
	out.Changes, out.Facts = orEmpty(out.Changes), orEmpty(out.Facts)
	out.Missing, out.Checks = orEmpty(out.Missing), orEmpty(out.Checks)
	out.PHI, out.Warnings = orEmpty(out.PHI), orEmpty(out.Warnings)
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
