package bot

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/everycategory/advocate/corpus/citation"
)

// Testimonies hold what a testimony may say. They are data (testimony/*.yaml
// of the library) and not modified after LoadTestimonies. That their sentences
// pass the checker is a test's matter.
type Testimonies struct {
	points    []heard    // in the order in which they are said
	questions []question // of the other side
	frames    frames
}

// A heard is a point of a testimony: one to three sentences that are said
// together or not at all.
type heard struct {
	ID     string     `yaml:"id"`
	Part   SpeechPart `yaml:"part"`
	Mark   Mark       `yaml:"mark"`
	Themes []string   `yaml:"themes"`
	// Of are points one of which has to be said before this one.
	Of []string `yaml:"of"`
	// Side are the positions it suits; none: all.
	Side []string `yaml:"side"`
	// Worth orders points, the most first.
	Worth int `yaml:"worth"`
	// Strength is how certain the evidence is, in words of the passages cited.
	Strength []string `yaml:"strength"`
	// If restricts it to states, as a corpus.Point's does.
	If        map[string][]string `yaml:"if"`
	Sentences []heardSentence     `yaml:"sentences"`
}

// A heardSentence is written as Say and said as Spoken, where {1} is the
// first of its cites as it is named aloud; without Spoken, as it is written.
type heardSentence struct {
	Say    string              `yaml:"say"`
	Spoken string              `yaml:"spoken"`
	Cites  []citation.Citation `yaml:"cites"`
}

// A question is one of the other side's, with its answer.
type question struct {
	ID     string              `yaml:"id"`
	Q      string              `yaml:"q"`
	Themes []string            `yaml:"themes"`
	Side   []string            `yaml:"side"`
	Worth  int                 `yaml:"worth"`
	If     map[string][]string `yaml:"if"`
	Answer []answerSentence    `yaml:"answer"`
}

// An answerSentence is one sentence of an answer to a question. Evidence
// without a strength has that of the first point on the same source.
type answerSentence struct {
	Say      string              `yaml:"say"`
	Cites    []citation.Citation `yaml:"cites"`
	Mark     Mark                `yaml:"mark"`
	Strength []string            `yaml:"strength"`
}

// strength is how certain the evidence of an answer's sentence is.
func (t *Testimonies) strength(s answerSentence) []string {
	if s.Mark != MarkEvidence || len(s.Strength) > 0 {
		return s.Strength
	}
	for _, p := range t.points {
		for _, x := range p.Sentences {
			if p.Mark == MarkEvidence && slices.ContainsFunc(x.Cites, func(c citation.Citation) bool { return c.Base() == s.Cites[0].Base() }) {
				return p.Strength
			}
		}
	}
	return nil
}

// Frames are the words around what is said, and the themes of bills.
type frames struct {
	Pace       int                 `yaml:"pace"` // words a minute
	Blanks     map[string]blank    `yaml:"blanks"`
	Audiences  []audience          `yaml:"audiences"`
	Position   map[string]string   `yaml:"position"`
	Headline   map[string]string   `yaml:"headline"`
	About      string              `yaml:"about"`
	AboutVerb  string              `yaml:"about_verb"`
	Verbs      []string            `yaml:"verbs"`
	AboutIt    string              `yaml:"about_clause"`
	Subjects   []string            `yaml:"subjects"`
	Story      string              `yaml:"story"`
	Signposts  map[string]string   `yaml:"signposts"`
	Headings   map[string]string   `yaml:"headings"`
	Handout    map[string]string   `yaml:"handout"`
	Default    []string            `yaml:"default"`
	Themes     map[string][]string `yaml:"themes"`
	Speech     speech              `yaml:",inline"`
	themeStems map[string][]string // of each word of a theme, its stems joined by spaces
}

// A blank is a bracket for what nobody gave: how it looks, how many words it
// is counted as, and what to ask for.
type blank struct {
	Text  string `yaml:"text"`
	Words int    `yaml:"words"`
	Ask   string `yaml:"ask"`
}

// An audience is whom the words are for.
type audience struct {
	ID         string            `yaml:"id"`
	Words      []string          `yaml:"words"` // by which it is known
	Themes     []string          `yaml:"themes"`
	Greeting   string            `yaml:"greeting"`
	GreetingTo string            `yaml:"greeting_to"` // where a committee is named; or ""
	Body       string            `yaml:"body"`        // "committee", where none is named
	Close      string            `yaml:"close"`
	Ask        map[string]string `yaml:"ask"`
}

// LoadTestimonies reads testimony/*.yaml from the library. The error lists
// everything that is wrong.
func LoadTestimonies(fsys fs.FS) (*Testimonies, error) {
	names, err := fs.Glob(fsys, "testimony/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("bot: testimony: %w", err)
	}
	t := &Testimonies{}
	var errs []error
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("bot: %w", err)
		}
		var into any
		var points []heard
		switch base := path.Base(name); {
		case base == "frames.yaml":
			into = &t.frames
		case base == "questions.yaml":
			into = &t.questions
		default:
			into = &points
		}
		if err := yaml.UnmarshalWithOptions(data, into, yaml.Strict()); err != nil {
			errs = append(errs, fmt.Errorf("bot: %s: %s", name, yaml.FormatError(err, false, false)))
		}
		t.points = append(t.points, points...)
	}
	if errs = append(errs, t.wrong()...); len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	t.frames.stem()
	return t, nil
}

// wrong lists what is wrong with the data, but for what the checker says.
func (t *Testimonies) wrong() []error {
	var errs []error
	seen := map[string]bool{}
	bad := func(id, format string, args ...any) {
		errs = append(errs, fmt.Errorf("bot: testimony: %s: %s", id, fmt.Sprintf(format, args...)))
	}
	known := func(id string, themes []string) {
		if seen[id] || id == "" {
			bad(id, "want an id of its own")
		}
		seen[id] = true
		for _, th := range themes {
			if t.frames.Themes[th] == nil {
				bad(id, "theme %q is not in frames.yaml", th)
			}
		}
		if len(themes) == 0 {
			bad(id, "want a theme")
		}
	}
	for _, p := range t.points {
		known("point "+p.ID, p.Themes)
		if !slices.Contains(speechParts, p.Part) || len(p.Sentences) == 0 {
			bad(p.ID, "part %q: want sentences, and one of %v", p.Part, speechParts)
		}
		if (p.Mark == MarkEvidence) != (len(p.Strength) > 0) || !slices.Contains([]Mark{MarkLaw, MarkEvidence, MarkOpinion}, p.Mark) {
			bad(p.ID, "mark %q: want law, opinion, or evidence with its strength", p.Mark)
		}
		for _, s := range p.Sentences {
			if s.Say == "" || strings.ContainsAny(s.Say+s.Spoken, "\n[]") || (p.Mark == MarkOpinion) == (len(s.Cites) > 0) {
				bad(p.ID, "%q: want one line, with cites unless it is an opinion", s.Say)
			}
		}
	}
	for i, p := range t.points {
		for _, id := range p.Of {
			if !slices.ContainsFunc(t.points[:i], func(before heard) bool { return before.ID == id }) {
				bad(p.ID, "of %q: want a point before it", id)
			}
		}
	}
	for _, q := range t.questions {
		known("question "+q.ID, q.Themes)
		if n := len(q.Answer); n < 2 || n > 4 || q.Q == "" {
			bad(q.ID, "want a question, and an answer of two to four sentences")
		}
		for _, s := range q.Answer {
			if s.Say == "" || len(s.Cites) == 0 || s.Mark != MarkLaw && s.Mark != MarkEvidence {
				bad(q.ID, "%q: want cites, and the mark law or evidence", s.Say)
			} else if (s.Mark == MarkEvidence) != (len(t.strength(s)) > 0) {
				bad(q.ID, "%q: want the strength of evidence", s.Say)
			}
		}
	}
	return append(errs, t.frames.wrong()...)
}

// wrong lists what the frames lack.
func (f *frames) wrong() []error {
	var errs []error
	for _, name := range blankNames {
		if f.Blanks[name].Text == "" || f.Blanks[name].Ask == "" {
			errs = append(errs, fmt.Errorf("bot: testimony: frames.yaml: blank %s: want text and ask", name))
		}
	}
	for _, p := range positions {
		whole := f.Position[p] != "" && f.Headline[p] != ""
		for _, a := range f.Audiences {
			whole = whole && a.Greeting != "" && a.Close != "" && a.Ask[p] != ""
		}
		if !whole {
			errs = append(errs, fmt.Errorf("bot: testimony: frames.yaml: %s: want position, headline, and for each audience greeting, close and ask", p))
		}
	}
	if f.Pace < 60 || f.Pace > 240 || len(f.Audiences) == 0 || len(f.Default) == 0 || f.About == "" || f.AboutVerb == "" || f.AboutIt == "" || f.Story == "" {
		errs = append(errs, errors.New("bot: testimony: frames.yaml: want pace, audiences, default, about, about_verb, about_clause and story"))
	}
	return errs
}
