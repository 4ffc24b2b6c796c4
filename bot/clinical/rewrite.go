package clinical

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/everycategory/advocate/corpus"
)

// A Writer makes a chart note of a note in any state. It is not modified
// after NewWriter, and safe for concurrent use.
type Writer struct {
	lexicon  *Lexicon
	reader   *reader
	composer *composer
	elements []element
	checker  *checker
	same     func(before, after Sentence) error // Lexicon.Same
}

// With returns a Writer like w with another guard of what is proposed, in
// the place of Lexicon.Same: a measurement sees by it what that is good for.
func (w *Writer) With(same func(before, after Sentence) error) *Writer {
	other := *w
	other.same = same
	return &other
}

// NewWriter reads the clinical lists of the library.
func NewWriter(fsys fs.FS) (*Writer, error) {
	w := &Writer{}
	var err error
	if w.lexicon, err = LoadLexicon(fsys); err != nil {
		return nil, err
	}
	if w.reader, err = loadReader(fsys, w.lexicon); err != nil {
		return nil, err
	}
	if w.composer, err = loadComposer(fsys, w.lexicon); err != nil {
		return nil, err
	}
	if err := load(fsys, "clinical/missing.yaml", &w.elements); err != nil {
		return nil, err
	}
	if w.checker, err = loadChecks(fsys, w.lexicon); err != nil {
		return nil, err
	}
	w.same = w.lexicon.Same
	return w, nil
}

// Options are what is known beside a note. The zero value knows nothing.
type Options struct {
	Previous string      // an earlier note of the same person; "" for none
	State    string      // two capitals, or "": whose charting rule asks for what
	On       corpus.Date // the date of service; "" where it is not known
	Today    corpus.Date // the day of the rewrite
	Signed   bool        // the note is signed, locked or sent: the result is an addendum
}

// Read cuts a note into its sentences, and sets those aside that are addressed
// to the program.
func (w *Writer) Read(text string) Note {
	n, _ := w.reader.Read(text)
	return n
}

// Rewrite puts a note in clinical language. It never fails and never
// withholds: a sentence whose facts would change stands as it was written. The
// cost is linear in the length of the note.
func (w *Writer) Rewrite(text string, o Options) Rewrite {
	note, asides := w.reader.Read(text)
	r := Rewrite{head: addendum.FindString(text)}
	for _, t := range asides {
		r.Warnings = append(r.Warnings, t.warning())
	}
	if o.Signed {
		r.head = fmt.Sprintf("Addendum, entered %s, to the note of %s.\n", dated(o.Today, "date of entry"), dated(o.On, "date of service"))
		r.Warnings = append(r.Warnings, saySigned)
		if o.On == "" {
			r.Warnings = append(r.Warnings, "The date of service is not known here: put it in the place of the brackets in the first line.")
		}
	}
	if len(note.Sentences) == 0 {
		r.Warnings = append(r.Warnings, "There is no sentence of a chart note here.")
	}
	shouted := loud(note)
	if shouted {
		r.first = []Change{quiet}
	}
	for _, section := range sections {
		for _, s := range note.Sentences {
			if s.Section == section {
				r.Sentences = append(r.Sentences, w.composer.compose(s, shouted))
			}
		}
	}
	f := w.findings(note)
	r.missing = w.missing(f, o)
	r.Checks = w.checker.checks(f, o)
	w.build(&r)
	return r
}

const saySigned = "The note is signed or sent, so this is an addendum. The original is not replaced: it stays in the record, legible, with its own date, and the addendum stands beside it with the date of service and the date of entry (in Washington, WAC 246-830-565(2))."

func dated(d corpus.Date, what string) string { return cmp.Or(string(d), "[not documented: "+what+"]") }

// Replace puts proposed sentences, by their place in r.Sentences, in the place
// of the composer's: "" proposes nothing. One that does not say the same is
// left out, and its error, which matches ErrFacts, stands at its place. All of
// the result is made from checked sentences; r is not changed.
func (w *Writer) Replace(r Rewrite, proposed []string) (Rewrite, []error) {
	next := Rewrite{Checks: r.Checks, Warnings: slices.Clone(r.Warnings), missing: r.missing, head: r.head, first: r.first}
	errs := make([]error, len(r.Sentences))
	for i, put := range r.Sentences {
		if i < len(proposed) && strings.TrimSpace(proposed[i]) != "" {
			say := finished(proposed[i])
			if errs[i] = w.same(put.From, Sentence{Text: say}); errs[i] == nil && say != put.To {
				put.To, put.Why = say, []Change{{From: put.From.Text, To: say, Why: "put into words by the language model; the facts are the same"}}
			}
		}
		next.Sentences = append(next.Sentences, put)
	}
	w.build(&next)
	return next, errs
}

// sections are those of a chart note, in their order.
var sections = []Section{Subjective, Objective, Assessment, Plan}

// title is a section's heading as it stands in a note.
func (s Section) title() string { return strings.ToUpper(string(s[:1])) + string(s[1:]) }

// build makes text, sections, changes, facts and what is missing from the
// sentences. Every list has a value.
func (w *Writer) build(r *Rewrite) {
	var b strings.Builder
	r.Changes, r.Facts, r.Missing = slices.Clone(r.first), []Span{}, []Missing{}
	b.WriteString(r.head)
	for _, section := range sections {
		part := part{section: section}
		for _, put := range r.Sentences {
			if put.From.Section == section {
				part.puts = append(part.puts, put)
			}
		}
		for _, m := range r.missing {
			if m.Section == section && len(r.Sentences) > 0 {
				part.missing = append(part.missing, m)
			}
		}
		w.write(r, &b, part)
	}
	r.Text = strings.TrimRight(b.String(), "\n")
	for _, put := range r.Sentences {
		for _, c := range put.Why {
			if !slices.Contains(r.Changes, c) {
				r.Changes = append(r.Changes, c)
			}
		}
	}
	r.Changes, r.Checks, r.Warnings = listed(r.Changes), listed(r.Checks), listed(r.Warnings)
}

func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// A part is what stands under one heading.
type part struct {
	section Section
	puts    []Put
	missing []element
}

// write puts a part under the text; one that is empty leaves no heading.
func (w *Writer) write(r *Rewrite, b *strings.Builder, p part) {
	if len(p.puts)+len(p.missing) == 0 {
		return
	}
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
	b.WriteString(p.section.title() + "\n")
	from, points := b.Len(), utf8.RuneCountInString(b.String())
	put := func(text string) {
		b.WriteString(text)
		points += utf8.RuneCountInString(text)
	}
	for i, said := range p.puts {
		if i > 0 {
			put(between(p.puts[i-1].To))
		}
		s := said.From
		s.Text = said.To
		for _, f := range w.lexicon.Facts(s) {
			r.Facts = append(r.Facts, Span{f.Text, points + f.Start, points + f.End})
		}
		put(said.To)
	}
	*r.SOAP.of(p.section) = b.String()[from:]
	if len(p.puts) > 0 {
		put("\n")
	}
	for _, m := range p.missing {
		put("[not documented: " + strings.ReplaceAll(m.Element, "_", " ") + "]\n")
		r.Missing = append(r.Missing, Missing{m.Element, m.Ask})
	}
}

// between is what parts a sentence from the one before: a new line where that
// has no mark at its end.
func between(before string) string {
	if strings.ContainsAny(before[len(before)-1:], ".!?\"") {
		return " "
	}
	return "\n"
}

func (s *SOAP) of(section Section) *string {
	switch section {
	case Subjective:
		return &s.Subjective
	case Objective:
		return &s.Objective
	case Assessment:
		return &s.Assessment
	}
	return &s.Plan
}
