package clinical

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

// A Composer puts sentences of a note into clinical language by a list of
// spellings. It adds no word that means something else, for what it writes is
// held against the fact ledger. It is not modified after LoadComposer, and
// safe for concurrent use.
type Composer struct {
	lexicon *Lexicon
	phrases map[string][]phrase // by the first word, the longest first
}

type phrase struct {
	words  []string
	write  string
	why    string
	before string // "number", "site" or "": what has to follow
}

// LoadComposer reads clinical/phrases.yaml from the library.
func LoadComposer(fsys fs.FS, x *Lexicon) (*Composer, error) {
	const name = "clinical/phrases.yaml"
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("clinical: %w", err)
	}
	var file []struct {
		Why    string            `yaml:"why"`
		Before string            `yaml:"before"`
		Write  map[string]string `yaml:"write"`
	}
	if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("clinical: %s: %s", name, yaml.FormatError(err, false, false))
	}
	c := &Composer{lexicon: x, phrases: map[string][]phrase{}}
	for _, entry := range file {
		for from, to := range entry.Write {
			p := phrase{write: to, why: entry.Why, before: entry.Before}
			for _, t := range scan(from) {
				p.words = append(p.words, t.fold)
			}
			if len(p.words) == 0 || to == "" {
				return nil, fmt.Errorf("clinical: %s: %q is written %q", name, from, to)
			}
			c.phrases[p.words[0]] = append(c.phrases[p.words[0]], p)
		}
	}
	for _, list := range c.phrases {
		slices.SortFunc(list, func(a, b phrase) int {
			return cmp.Or(len(b.words)-len(a.words), cmp.Compare(strings.Join(a.words, " "), strings.Join(b.words, " ")))
		})
	}
	return c, nil
}

// Compose is the sentence in clinical language, and what was changed in it. A
// change with which the facts would not be the same is left out; where nothing
// can be changed the sentence stands as the therapist wrote it.
func (c *Composer) Compose(s Sentence) Put {
	put := Put{From: s, To: s.Text}
	for _, e := range c.edits(s.Text) {
		next := Sentence{Text: apply(s.Text, append(slices.Clone(put.edits), e))}
		if c.lexicon.Same(s, next) == nil {
			put.edits = append(put.edits, e)
			put.To = next.Text
			put.Why = append(put.Why, Change{From: s.Text[e.start:e.end], To: e.write, Why: e.why})
		}
	}
	if done := finished(put.To); c.lexicon.Same(s, Sentence{Text: done}) == nil {
		put.To = done
	}
	return put
}

// An edit puts write in the place of the bytes from start to end.
type edit struct {
	start, end int
	write, why string
}

// edits are the phrases that a text has, in its order.
func (c *Composer) edits(text string) []edit {
	tokens := scan(text)
	var out []edit
	for i := 0; i < len(tokens); i++ {
		for _, p := range c.phrases[tokens[i].fold] {
			last := i + len(p.words) - 1
			if last >= len(tokens) || !matches(tokens[i:], p.words) || !c.follows(tokens, last+1, p.before) {
				continue
			}
			out = append(out, edit{tokens[i].start, tokens[last].end, p.write, p.why})
			i = last
			break
		}
	}
	return out
}

// follows reports whether a number or a site stands at tokens[i].
func (c *Composer) follows(tokens []token, i int, what string) bool {
	switch {
	case what == "":
		return true
	case i >= len(tokens):
		return false
	case what == "number":
		return tokens[i].kind == number
	}
	for k := i; k < len(tokens) && k <= i+1; k++ {
		if con, n := c.lexicon.at(tokens, k); n > 0 && con.group == "site" || tokens[k].kind == level {
			return true
		}
	}
	return false
}

// apply makes the edits, which are in order, in a text.
func apply(text string, edits []edit) string {
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.start])
		if e.start > 0 && text[e.start-1] >= '0' && text[e.start-1] <= '9' || at == e.start && at > 0 {
			b.WriteByte(' ') // "3wks"
		}
		b.WriteString(e.write)
		if e.end < len(text) && (unicode.IsDigit(rune(text[e.end])) || unicode.IsLetter(rune(text[e.end]))) {
			b.WriteByte(' ') // "x3"
		}
		at = e.end
	}
	b.WriteString(text[at:])
	return b.String()
}

// finished begins a sentence with a capital and ends it with a mark.
func finished(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r, n := utf8.DecodeRuneInString(text); unicode.IsLower(r) {
		text = string(unicode.ToUpper(r)) + text[n:]
	}
	text = strings.TrimRight(text, " ,;")
	if text != "" && !strings.ContainsAny(text[len(text)-1:], ".!?:") {
		text += "."
	}
	return text
}
