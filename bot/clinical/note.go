package clinical

import (
	"cmp"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

// A Reader cuts notes into sentences. It is not modified after LoadReader,
// and safe for concurrent use.
type Reader struct {
	lexicon *Lexicon
	heading *regexp.Regexp // at the start of a line or behind a sentence
	alone   *regexp.Regexp // a line that is a heading and nothing else
	section map[string]Section
	asides  []aside
}

type aside struct {
	ID   string   `yaml:"id"`
	Say  []string `yaml:"say"`
	Tell string   `yaml:"tell"`
	says []*regexp.Regexp
}

// LoadReader reads clinical/note.yaml from the library.
func LoadReader(fsys fs.FS, x *Lexicon) (*Reader, error) {
	const name = "clinical/note.yaml"
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("clinical: %w", err)
	}
	var file struct {
		Headings map[Section][]string `yaml:"headings"`
		Asides   []aside              `yaml:"asides"`
	}
	if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("clinical: %s: %s", name, yaml.FormatError(err, false, false))
	}
	r := &Reader{lexicon: x, section: map[string]Section{}, asides: file.Asides}
	var words []string
	for section, list := range file.Headings {
		for _, w := range list {
			r.section[w] = section
			words = append(words, regexp.QuoteMeta(w))
		}
	}
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) })
	any := strings.Join(words, "|")
	r.heading = regexp.MustCompile(`(?i)^(` + any + `) ?(?::|\)|[-–—] )[ \t]*`)
	r.alone = regexp.MustCompile(`(?i)^(` + any + `)[ \t]*:?[ \t]*$`)
	for i := range r.asides {
		for _, say := range r.asides[i].Say {
			re, err := regexp.Compile(`(?is)^(?:` + say + `)$`)
			if err != nil {
				return nil, fmt.Errorf("clinical: %s: aside %s: %w", name, r.asides[i].ID, err)
			}
			r.asides[i].says = append(r.asides[i].says, re)
		}
	}
	return r, nil
}

// missed is how a rewriting marks what a note does not have.
var missed = regexp.MustCompile(`^\[not documented:[^\]\n]{0,200}\]\.?`)

// maxSentence is the longest sentence in bytes; a longer one is cut at a
// space.
const maxSentence = 1000

// Read cuts a note into its sentences. Those addressed to the program are set
// aside; told says, once for each kind, what their writer is to be told.
func (r *Reader) Read(text string) (n Note, told []string) {
	n.Text = text
	var section Section
	last := Subjective
	for at := 0; at < len(text); {
		end := at + strings.IndexByte(text[at:], '\n') + 1
		if end == at {
			end = len(text)
		}
		line := text[at:end]
		skip := len(line) - len(strings.TrimLeft(line, " \t\r\n-*•–"))
		if m := r.alone.FindStringSubmatch(strings.TrimSpace(line)); m != nil && len(strings.TrimSpace(line)) > 1 {
			section = r.section[strings.ToLower(m[1])]
			at = end
			continue
		}
		for from := at + skip; from < end; {
			from += len(text[from:end]) - len(strings.TrimLeft(text[from:end], " \t\r\n"))
			if m := missed.FindString(text[from:end]); m != "" {
				from += len(m) // said of the chart, and no part of it
				continue
			}
			if m := r.heading.FindStringSubmatch(text[from:end]); m != nil {
				section = r.section[strings.ToLower(m[1])]
				from += len(m[0])
				continue
			}
			to := from + sentenceEnd(text[from:end])
			if s := strings.TrimSpace(text[from:to]); s != "" {
				start := from + strings.Index(text[from:to], s)
				r.take(&n, &told, Sentence{Text: s, Section: section, Start: start, End: start + len(s)}, &last)
			}
			from = to
		}
		at = end
	}
	points(text, n.Sentences)
	points(text, n.Aside)
	return n, told
}

// take puts a sentence where it belongs.
func (r *Reader) take(n *Note, told *[]string, s Sentence, last *Section) {
	for _, a := range r.asides {
		if slices.ContainsFunc(a.says, func(re *regexp.Regexp) bool { return re.MatchString(s.Text) }) {
			n.Aside = append(n.Aside, s)
			if !slices.Contains(*told, a.Tell) {
				*told = append(*told, a.Tell)
			}
			return
		}
	}
	s.Speaker = r.speaker(s.Text)
	if s.Section == "" {
		s.Section = cmp.Or(r.belongs(s), *last)
	}
	*last = s.Section
	n.Sentences = append(n.Sentences, s)
}

// sentenceEnd is where the first sentence of a line ends, the mark and the
// space behind it included. Decimals, dates and usual abbreviations end none.
func sentenceEnd(line string) int {
	for i := 0; i < len(line); i++ {
		if i >= maxSentence && line[i] == ' ' || i >= 2*maxSentence && utf8.RuneStart(line[i]) {
			return i
		}
		switch line[i] {
		case '.', '!', '?', ';':
		default:
			continue
		}
		if i+1 < len(line) && line[i+1] != ' ' && line[i+1] != '\n' && line[i+1] != '\r' && line[i+1] != '\t' {
			continue
		}
		if line[i] == '.' && shortened(line[:i], strings.TrimSpace(line[i+1:])) || line[i] == '?' && strings.TrimSpace(line[i+1:]) != "" && !asks(line[:i]) {
			continue
		}
		return i + 1
	}
	return len(line)
}

// shortened reports whether the dot behind text is an abbreviation's, and
// the sentence goes on with rest: behind a unit it does unless a capital
// follows.
func shortened(text, rest string) bool {
	w := strings.ToLower(text[strings.LastIndexAny(text, " \t(")+1:])
	next, _ := utf8.DecodeRuneInString(rest)
	return titles[w] || (len(w) == 1 && w != "i" || strings.Contains(w, ".") || abbreviations[w]) && !unicode.IsUpper(next)
}

var (
	titles        = setOf("dr mr mrs ms vs approx")
	abbreviations = setOf("pt lbs wk wks mo min mins hr hrs etc dx hx tx rx no fig ext flex rot bilat poss dept est jan feb mar apr jun jul aug sept oct nov dec")
)

// asks reports whether text is long enough to be a question; "? strain" is a
// doubt.
func asks(text string) bool { return len(strings.Fields(text)) > 2 }

// speaker is who says a sentence.
func (r *Reader) speaker(text string) Speaker {
	reports, other := false, false
	for _, t := range r.lexicon.reading(text).tokens {
		reports = reports || t.concept.name == "reports"
		other = other || t.concept.group == "person" && t.concept.name != "patient" && t.concept.name != "therapist"
	}
	switch {
	case reports && other:
		return Other
	case reports:
		return Client
	}
	return Therapist
}

// belongs is the section of a sentence that no heading puts into one, by what
// it says; "" where that does not tell.
func (r *Reader) belongs(s Sentence) Section {
	has := map[string]bool{}
	for _, t := range r.lexicon.reading(s.Text).tokens {
		has[t.concept.group], has[t.concept.name] = true, true
		has["score"] = has["score"] || t.kind == score
		if t.fold == "will" || t.fold == "next" {
			has["plan"] = true
		}
	}
	switch {
	case s.Speaker != Therapist:
		return Subjective
	case has["plan"]:
		return Plan
	case has["technique"]:
		return Plan
	case (has["change"] || has["score"]) && (has["after"] || has["before"]):
		return Assessment
	case has["observed"], has["palpated"], has["measured"], has["range of motion"], has["active range of motion"], has["passive range of motion"], has["spasm"], has["tenderness"], has["tenderness to palpation"], has["hypertonicity"],
		has["trigger point"], has["posture"], has["gait"], has["normal"]:
		return Objective
	case has["finding"]:
		return Subjective
	}
	return ""
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
