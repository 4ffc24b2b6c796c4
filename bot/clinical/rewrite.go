package clinical

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

// A Writer makes a chart note of a note in any state. It is not modified
// after NewWriter, and safe for concurrent use.
type Writer struct {
	lexicon  *Lexicon
	reader   *Reader
	composer *Composer
	elements []element
}

// An element is one thing a note should have.
type element struct {
	Element string   `yaml:"element"`
	Section Section  `yaml:"section"`
	Always  bool     `yaml:"always"` // of a relaxation session too
	Ask     string   `yaml:"ask"`
	Has     []string `yaml:"has"` // types of facts, or values
}

// NewWriter reads the clinical lists of the library.
func NewWriter(fsys fs.FS) (*Writer, error) {
	w := &Writer{}
	var err error
	if w.lexicon, err = LoadLexicon(fsys); err != nil {
		return nil, err
	}
	if w.reader, err = LoadReader(fsys, w.lexicon); err != nil {
		return nil, err
	}
	if w.composer, err = LoadComposer(fsys, w.lexicon); err != nil {
		return nil, err
	}
	const name = "clinical/missing.yaml"
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("clinical: %w", err)
	}
	if err := yaml.UnmarshalWithOptions(data, &w.elements, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("clinical: %s: %s", name, yaml.FormatError(err, false, false))
	}
	return w, nil
}

// Rewrite puts a note in clinical language. It never fails and never
// withholds: a sentence whose facts would change stands as it was written.
func (w *Writer) Rewrite(text string, o Options) Rewrite {
	note, told := w.reader.Read(text)
	if o.Signed {
		told = append(told, sayAddendum)
	}
	r := Rewrite{Changes: []Change{}, Facts: []Span{}, Missing: []Missing{}, Checks: []Check{}, Warnings: append([]string{}, told...), addendum: o.addendum()}
	for _, section := range sections {
		for _, s := range note.Sentences {
			if s.Section == section {
				r.Sentences = append(r.Sentences, w.composer.Compose(s))
			}
		}
	}
	w.build(&r)
	return r
}

// Replace puts proposed sentences, by their place in r.Sentences, in the place
// of the composer's: "" proposes nothing. One that does not say the same is
// left out, and its error, which matches ErrFacts, stands at its place. All of
// the result is made from checked sentences.
func (w *Writer) Replace(r Rewrite, proposed []string) (Rewrite, []error) {
	next := Rewrite{Changes: []Change{}, Facts: []Span{}, Missing: []Missing{}, Checks: r.Checks, Warnings: r.Warnings, addendum: r.addendum}
	errs := make([]error, len(r.Sentences))
	for i, put := range r.Sentences {
		if i < len(proposed) && proposed[i] != "" {
			say := finished(proposed[i])
			if errs[i] = w.lexicon.Same(put.From, Sentence{Text: say}); errs[i] == nil {
				put.To = say
				put.Why = nil
				if say != put.From.Text {
					put.Why = []Change{{From: put.From.Text, To: say, Why: "put into words by the language model; the facts are the same"}}
				}
			}
		}
		next.Sentences = append(next.Sentences, put)
	}
	w.build(&next)
	return next, errs
}

// sections are those of a chart note, in their order.
var sections = []Section{Subjective, Objective, Assessment, Plan}

// titles of the sections as they stand in a note.
func (s Section) title() string { return strings.ToUpper(string(s[:1])) + string(s[1:]) }

// build makes text, sections, changes, facts and what is missing from the
// sentences.
func (w *Writer) build(r *Rewrite) {
	if len(r.Sentences) == 0 {
		r.Warnings = append(r.Warnings, "There is no sentence of a chart note here.")
		return
	}
	missing := w.missing(r.Sentences)
	var b strings.Builder
	b.WriteString(r.addendum)
	for _, section := range sections {
		fmt.Fprintf(&b, "%s%s\n", gap(&b), section.title())
		from := b.Len()
		for _, put := range r.Sentences {
			if put.From.Section != section {
				continue
			}
			if b.Len() > from {
				b.WriteString(between(b.String()))
			}
			w.mark(r, put, utf8.RuneCountInString(b.String()))
			b.WriteString(put.To)
		}
		*r.soap(section) = b.String()[from:]
		for _, m := range missing {
			if m.Section != section {
				continue
			}
			if b.Len() > from {
				b.WriteByte('\n')
			}
			fmt.Fprintf(&b, "[not documented: %s]", strings.ReplaceAll(m.Element, "_", " "))
			r.Missing = append(r.Missing, Missing{m.Element, m.Ask})
		}
	}
	r.Text = b.String()
	for _, put := range r.Sentences {
		for _, c := range put.Why {
			if !slices.Contains(r.Changes, c) {
				r.Changes = append(r.Changes, c)
			}
		}
	}
}

func gap(b *strings.Builder) string {
	if b.Len() == 0 {
		return ""
	}
	return "\n\n"
}

// between is what parts a sentence from the one that text ends with: a new
// line where that has no mark at its end.
func between(text string) string {
	if strings.ContainsAny(text[len(text)-1:], ".!?") {
		return " "
	}
	return "\n"
}

// mark notes where the facts of a sentence stand, which begins at a code point.
func (w *Writer) mark(r *Rewrite, put Put, at int) {
	s := put.From
	s.Text = put.To
	for _, f := range w.lexicon.Facts(s) {
		r.Facts = append(r.Facts, Span{f.Text, at + f.Start, at + f.End})
	}
}

func (r *Rewrite) soap(s Section) *string {
	switch s {
	case Subjective:
		return &r.SOAP.Subjective
	case Objective:
		return &r.SOAP.Objective
	case Assessment:
		return &r.SOAP.Assessment
	}
	return &r.SOAP.Plan
}

// missing are the elements that no fact of the sentences shows. A session of
// relaxation or wellness is not asked for what makes a claim.
func (w *Writer) missing(puts []Put) []element {
	has := map[string]bool{}
	for _, put := range puts {
		for _, f := range w.lexicon.Facts(put.From) {
			has[string(f.Type)], has[f.Value] = true, true
		}
	}
	relaxation := has["relaxation"] || has["wellness"] || has["relaxation massage"]
	var out []element
	for _, e := range w.elements {
		if (e.Always || !relaxation) && !slices.ContainsFunc(e.Has, func(what string) bool { return has[what] }) {
			out = append(out, e)
		}
	}
	return out
}
