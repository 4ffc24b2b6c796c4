package denial

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/goccy/go-yaml"

	"github.com/everycategory/advocate/corpus"
)

// The files below the library's root.
const (
	readingFile = "denial/reading.yaml"
	codesFile   = "denial/codes.yaml"
)

// reading is reading.yaml, which explains its fields.
type reading struct {
	Sets       map[string][]string `yaml:"sets"`
	Objections []*ground           `yaml:"objections"`
	Wins       [][]string          `yaml:"wins"`
	Guards     []*guard            `yaml:"guards"`
	Turns      []string            `yaml:"turns"`
	Affirms    []string            `yaml:"affirms"`
	Denying    []string            `yaml:"denying"`
	Final      spoken              `yaml:"final"`
	Urgent     spoken              `yaml:"urgent"`
	Conditions []condition         `yaml:"conditions"`
	Dates      []dateCues          `yaml:"dates"`
	Payers     payerWords          `yaml:"payers"`
	Forms      formWords           `yaml:"forms"`
	Codes      codeWords           `yaml:"codes"`
}

// A ground is the ways of saying one objection.
type ground struct {
	ID     string   `yaml:"id"`
	Says   []string `yaml:"says"`
	Hints  []string `yaml:"hints"`
	Told   []string `yaml:"told"`
	Cancel []string `yaml:"cancel"`
}

// A guard keeps words from being the reason of this denial.
type guard struct {
	Name    string   `yaml:"name"`
	Where   string   `yaml:"where"` // before, sentence, section, letter
	Told    bool     `yaml:"told"`  // it also holds where a person tells an objection
	Phrases []string `yaml:"phrases"`
	Lift    []string `yaml:"lift"`
}

// spoken is what says one thing of the whole text.
type spoken struct {
	Says []string `yaml:"says"`
}

type condition struct {
	ID    string   `yaml:"id"`
	Words []string `yaml:"words"`
	ICD   []string `yaml:"icd"`
}

type dateCues struct {
	What string   `yaml:"what"`
	Cues []string `yaml:"cues"`
}

type payerWords struct {
	Labels []string `yaml:"labels"`
	Nouns  []string `yaml:"nouns"`
	Tails  []string `yaml:"tails"`
	Names  []string `yaml:"names"`
	Common []string `yaml:"common"` // names that are common words: they want a capital
}

type formWords struct {
	EOB    []string `yaml:"eob"`
	Letter []string `yaml:"letter"`
}

type codeWords struct {
	Reason    []string `yaml:"reason"`
	Remark    []string `yaml:"remark"`
	Group     []string `yaml:"group"`
	Procedure []string `yaml:"procedure"`
	Diagnosis []string `yaml:"diagnosis"`
	Families  []string `yaml:"families"`
}

// codeTable is codes.yaml.
type codeTable struct {
	Groups []listedCode `yaml:"groups"`
	CARC   []codeList   `yaml:"carc"`
	RARC   []codeList   `yaml:"rarc"`
}

type codeList struct {
	Cite      string       `yaml:"cite"`
	Objection string       `yaml:"objection"`
	Codes     []listedCode `yaml:"codes"`
}

type listedCode struct {
	Code    string `yaml:"code"`
	Meaning string `yaml:"meaning"`
	Yields  bool   `yaml:"yields"`
}

// A known code is what the library holds of one.
type known struct {
	meaning, cite, objection string
	yields                   bool
}

// A Reader reads denials. It is not modified after it is made, and so safe for
// concurrent use.
type Reader struct {
	reading  reading
	lexicon  *lexicon
	first    map[int32][]entry // by a word that a phrase begins with
	titles   map[string]string // of objections
	silences map[string]map[string]bool
	codes    map[string]known // by "CARC 50"
	tails    map[int32]bool
}

// Load reads denial/reading.yaml and denial/codes.yaml below the library's
// root; c has the cards of the objections, whose titles are shown, and the
// digest of the codes. The error lists all that is wrong: unknown fields and
// objections, phrases that cannot be read, codes twice, citations of nothing.
func Load(fsys fs.FS, c *corpus.Catalog) (*Reader, error) {
	var rd reading
	var codes codeTable
	if err := errors.Join(readYAML(fsys, readingFile, &rd), readYAML(fsys, codesFile, &codes)); err != nil {
		return nil, err
	}
	return newReader(rd, codes, c)
}

// readYAML reads one file. The decoder panics on some malformed documents; that
// is an error of the document like any other.
func readYAML(fsys fs.FS, name string, v any) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("denial: load: %s cannot be read: %v", name, p)
		}
	}()
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fmt.Errorf("denial: load: %w", err)
	}
	if err := yaml.UnmarshalWithOptions(data, v, yaml.Strict()); err != nil {
		return fmt.Errorf("denial: load: %s: %s", name, yaml.FormatError(err, false, false))
	}
	return nil
}

// A loader builds a Reader and gathers complaints.
type loader struct {
	r    *Reader
	errs []error
}

func (l *loader) wrong(format string, args ...any) {
	l.errs = append(l.errs, fmt.Errorf("denial: load: "+format, args...))
}

func newReader(rd reading, codes codeTable, c *corpus.Catalog) (*Reader, error) {
	l := &loader{r: &Reader{reading: rd, lexicon: newLexicon(), first: map[int32][]entry{}, titles: map[string]string{},
		silences: map[string]map[string]bool{}, codes: map[string]known{}, tails: map[int32]bool{}}}
	l.grounds(c)
	l.guards()
	l.rest()
	l.codes(codes, c)
	if err := errors.Join(l.errs...); err != nil {
		return nil, err
	}
	return l.r, nil
}

// grounds indexes the objections, and what silences what.
func (l *loader) grounds(c *corpus.Catalog) {
	rd := l.r.reading
	if len(rd.Objections) == 0 {
		l.wrong("%s has no objections", readingFile)
	}
	for i, g := range rd.Objections {
		card := c.Card(g.ID)
		if card == nil || l.r.titles[g.ID] != "" || len(g.Says) == 0 {
			l.wrong("objection %q: want a card of that name, once, and says", g.ID)
			continue
		}
		l.r.titles[g.ID] = card.Source.Title
		l.index(says, i, g.Says...)
		l.index(hints, i, g.Hints...)
		l.index(told, i, g.Told...)
		l.index(cancels, i, g.Cancel...)
	}
	for _, w := range rd.Wins {
		for _, id := range w {
			if l.r.titles[id] == "" {
				l.wrong("wins: there is no objection %q", id)
			}
		}
		if len(w) < 2 || l.r.silences[w[0]] != nil {
			l.wrong("wins: %q: want two or more, and each first once", w)
			continue
		}
		l.r.silences[w[0]] = map[string]bool{}
		for _, id := range w[1:] {
			l.r.silences[w[0]][id] = true
		}
	}
}

// guards indexes what cancels.
func (l *loader) guards() {
	for i, g := range l.r.reading.Guards {
		if !slices.Contains([]string{"before", "sentence", "section", "letter"}, g.Where) || g.Name == "" || len(g.Phrases) == 0 {
			l.wrong("guard %q: want a name, phrases, and where: before, sentence, section or letter", g.Name)
		}
		l.index(guards, i, g.Phrases...)
		l.index(lifts, i, g.Lift...)
	}
	l.index(turns, 0, l.r.reading.Turns...)
	l.index(affirms, 0, l.r.reading.Affirms...)
	l.index(denying, 0, l.r.reading.Denying...)
}

// rest indexes the cues of all else that is read.
func (l *loader) rest() {
	rd := l.r.reading
	l.index(final, 0, rd.Final.Says...)
	l.index(urgent, 0, rd.Urgent.Says...)
	for i, c := range rd.Conditions {
		if c.ID == "" || len(c.Words) == 0 {
			l.wrong("condition %q: want an id and words", c.ID)
		}
		l.index(conditions, i, c.Words...)
	}
	for i, d := range rd.Dates {
		if d.What != notOurs && !slices.Contains([]What{OfLetter, OfReceipt, OfService, OfClaim, OfDecision, OfDeadline}, What(d.What)) {
			l.wrong("dates: %q is no role of a day", d.What)
		}
		l.index(dayCues, i, d.Cues...)
	}
	l.index(payerLabels, 0, rd.Payers.Labels...)
	l.index(payerNouns, 0, rd.Payers.Nouns...)
	l.index(payerNames, 0, rd.Payers.Names...)
	l.index(payerCommon, 0, rd.Payers.Common...)
	for _, w := range rd.Payers.Tails {
		l.r.tails[l.r.lexicon.add(w)] = true
	}
	l.index(formEOB, 0, rd.Forms.EOB...)
	l.index(formLetter, 0, rd.Forms.Letter...)
	l.index(reasonCues, 0, rd.Codes.Reason...)
	l.index(remarkCues, 0, rd.Codes.Remark...)
	l.index(groupCues, 0, rd.Codes.Group...)
	l.index(procedureCues, 0, rd.Codes.Procedure...)
	l.index(diagnosisCues, 0, rd.Codes.Diagnosis...)
}

// index sorts phrases by their first words.
func (l *loader) index(k kind, ref int, phrases ...string) {
	for _, s := range phrases {
		p, err := l.r.lexicon.parse(s, l.r.reading.Sets)
		if err != nil {
			l.wrong("%v", err)
			continue
		}
		for _, id := range p[0].words {
			l.r.first[id] = append(l.r.first[id], entry{p, k, ref})
		}
	}
}
