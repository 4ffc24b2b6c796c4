package clinical

import (
	"cmp"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

// A reader cuts notes into sentences. It is not modified after loadReader,
// and safe for concurrent use.
type reader struct {
	lexicon *Lexicon
	heading *regexp.Regexp // at the start of a line or behind a sentence
	alone   *regexp.Regexp // a line that is a heading and nothing else
	said    *regexp.Regexp // a heading that stays in its sentence
	begin   *regexp.Regexp // where a sentence begins in dictation without marks
	section map[string]Section
	letters []map[string]Section
	says    []rule
	seen    map[string]bool // concepts that are seen, felt or measured
	asides  []aside
}

// mixed is the section of a heading that leaves it to what a sentence says.
const mixed Section = "mixed"

// loadReader reads clinical/note.yaml from the library.
func loadReader(fsys fs.FS, x *Lexicon) (*reader, error) {
	var file struct {
		Headings map[Section][]string `yaml:"headings"`
		Letters  []map[string]Section `yaml:"letters"`
		Said     map[Section][]string `yaml:"said"`
		Says     []rule               `yaml:"says"`
		Seen     []string             `yaml:"seen"`
		Begin    []string             `yaml:"begin"`
		Asides   []aside              `yaml:"asides"`
	}
	if err := load(fsys, "clinical/note.yaml", &file); err != nil {
		return nil, err
	}
	r := &reader{lexicon: x, section: map[string]Section{}, letters: file.Letters, says: file.Says, asides: file.Asides}
	any := r.names(file.Headings)
	const dress = `[*_#(\[ ]{0,4}`
	r.heading = regexp.MustCompile(`(?i)^` + dress + `(` + any + `)[*_ ]{0,3}(?:[:)\]=]|[-–—] )[*_:)\]]{0,3}[ \t]*`)
	r.alone = regexp.MustCompile(`(?i)^` + dress + `(` + any + `)[*_ \t:)\]-]*$`)
	r.said = regexp.MustCompile(`(?i)^(` + r.names(file.Said) + `) ?(?::|[-–—] )`)
	var err error
	if r.seen, err = x.set("note.yaml: seen", file.Seen); err != nil {
		return nil, err
	}
	if r.begin, err = regexp.Compile(`(?i) (?:` + strings.Join(file.Begin, "|") + `)`); err != nil {
		return nil, fmt.Errorf("clinical: note.yaml: begin: %w", err)
	}
	for i := range r.says {
		if r.says[i].re, err = regexp.Compile(`(?is)` + strings.Join(r.says[i].Say, "|")); err != nil {
			return nil, fmt.Errorf("clinical: note.yaml: says %s: %w", r.says[i].Section, err)
		}
	}
	for i := range r.asides {
		if err := r.asides[i].compile(); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// load reads a list of the library, and wants no name in it that it does not
// know.
func load(fsys fs.FS, name string, to any) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fmt.Errorf("clinical: %w", err)
	}
	if err := yaml.UnmarshalWithOptions(data, to, yaml.Strict()); err != nil {
		return fmt.Errorf("clinical: %s: %s", name, yaml.FormatError(err, false, false))
	}
	return nil
}

// set is names of concepts, each of which the lexicon must know.
func (x *Lexicon) set(where string, names []string) (map[string]bool, error) {
	out := map[string]bool{}
	for _, name := range names {
		tokens := scan(name)
		if c, n := x.at(tokens, 0); n != len(tokens) || c.name != name {
			return nil, fmt.Errorf("clinical: %s: %q is no concept of the lexicon", where, name)
		}
		out[name] = true
	}
	return out, nil
}

// names notes the sections of headings, and gives them as an alternation, the
// longest first.
func (r *reader) names(lists map[Section][]string) string {
	var words []string
	for section, list := range lists {
		for _, w := range list {
			r.section[w] = section
			words = append(words, regexp.QuoteMeta(w))
		}
	}
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) })
	return strings.Join(words, "|")
}

// missed is how a rewriting marks what a note does not have; addendum is the
// line above a note that adds to a signed one.
var (
	missed   = regexp.MustCompile(`^\[not documented:[^\]\n]{0,200}\]\.?`)
	addendum = regexp.MustCompile(`^Addendum, entered [^\n]{0,60}, to the note of [^\n]{0,60}\n`)
)

// A cursor goes through a note.
type cursor struct {
	*reader
	note    Note
	told    []told
	section Section // of the last heading; "" or mixed if there is none
	last    Section // of the last sentence
	letters map[string]Section
}

// Read cuts a note into its sentences. Those addressed to the program are set
// aside; told is, for each of them, what its writer is to be told.
func (r *reader) Read(text string) (Note, []told) {
	c := &cursor{reader: r, note: Note{Text: text}, last: Subjective, letters: r.lettersOf(text)}
	for at := len(addendum.FindString(text)); at < len(text); {
		end := paragraphEnd(text, at, r)
		c.paragraph(at, end)
		at = end
	}
	points(text, c.note.Sentences)
	points(text, c.note.Aside)
	return c.note, c.told
}

// paragraph reads the bytes from at to end, which are a line or several that
// go on in each other.
func (c *cursor) paragraph(at, end int) {
	text := c.note.Text
	if m := c.alone.FindStringSubmatch(strings.TrimSpace(text[at:end])); m != nil && (len(m[1]) > 1 || len(strings.TrimSpace(text[at:end])) > 1) {
		c.section = c.reader.section[strings.ToLower(m[1])]
		return
	}
	at += bullets(text[at:end])
	for first := true; at < end; first = false {
		at += len(text[at:end]) - len(strings.TrimLeft(text[at:end], " \t\r\n"))
		if m := missed.FindString(text[at:end]); m != "" {
			at += len(m) // said of the chart, and no part of it
			continue
		}
		if name, n := c.headed(text[at:end], first); n > 0 {
			c.section = name
			at += n
			continue
		}
		if m := c.said.FindStringSubmatch(text[at:end]); m != nil && c.section != c.reader.section[strings.ToLower(m[1])] {
			c.section = c.reader.section[strings.ToLower(m[1])]
		}
		to := at + c.sentenceEnd(text[at:end])
		c.take(at, to)
		at = to
	}
}

// headed is the section of the heading that text begins with, and its length;
// 0 if it begins with none.
func (c *cursor) headed(text string, first bool) (Section, int) {
	if m := c.heading.FindStringSubmatch(text); m != nil {
		return c.reader.section[strings.ToLower(m[1])], len(m[0])
	}
	if first && len(text) > 1 && strings.ContainsRune(":)", rune(text[1])) {
		if s := c.letters[strings.ToLower(text[:1])]; s != "" {
			return s, 2
		}
	}
	return "", 0
}

// lettersOf are the headings of one letter that a note has all of.
func (r *reader) lettersOf(text string) map[string]Section {
	has := map[string]bool{}
	for _, m := range letterLine.FindAllStringSubmatch(text, -1) {
		has[strings.ToLower(m[1])] = true
	}
	for _, set := range r.letters {
		all := true
		for l := range set {
			all = all && has[l]
		}
		if all {
			return set
		}
	}
	return nil
}

var letterLine = regexp.MustCompile(`(?m)^[ \t]*([A-Za-z])[:)]`)

// take puts the text from at to end, which is a sentence, where it belongs.
func (c *cursor) take(at, end int) {
	s := strings.TrimSpace(c.note.Text[at:end])
	if s == "" {
		return
	}
	at += strings.Index(c.note.Text[at:end], s)
	said, aside := c.apart(s)
	if said != "" {
		c.keep(Sentence{Text: said, Start: at, End: at + len(said)})
	}
	if aside.Text != "" {
		at += len(s) - len(aside.Text)
		c.note.Aside = append(c.note.Aside, Sentence{Text: aside.Text, Start: at, End: at + len(aside.Text)})
		c.told = append(c.told, aside)
	}
}

// keep puts a sentence of the chart into its section.
func (c *cursor) keep(s Sentence) {
	s.Section = c.section
	if s.Section == "" || s.Section == mixed {
		s.Section = cmp.Or(c.belongs(s.Text, c.last), c.last)
	}
	s.Speaker = c.speaker(s.Text, s.Section)
	c.last = s.Section
	c.note.Sentences = append(c.note.Sentences, s)
}

// points turns byte offsets into code points.
func points(text string, sentences []Sentence) {
	at, point := 0, 0
	count := func(to int) int {
		point += utf8.RuneCountInString(text[at:to])
		at = to
		return point
	}
	for i := range sentences {
		sentences[i].Start, sentences[i].End = count(sentences[i].Start), count(sentences[i].End)
	}
}
