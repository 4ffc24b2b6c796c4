package clinical

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A checker makes the remarks beside a note.
type checker struct {
	icd        icdTable
	said       map[string]finding
	supports   map[string]support
	timed      []string
	excludes1  [][2]string
	sites      map[string][]string
	untimed    []string
	pages      []string
	conditions []string
	retraining *regexp.Regexp
	attributed *regexp.Regexp
	wording    []wording
}

// A finding is what a check says, and on what it rests.
type finding struct {
	Say  string `yaml:"say"`
	Cite string `yaml:"cite"`
}

// A support is the techniques that stand for a billing code.
type support struct {
	What       string   `yaml:"what"`
	Techniques []string `yaml:"techniques"`
}

// A wording is words that say less, or more, than is known.
type wording struct {
	Say     string `yaml:"say"`
	Medical bool   `yaml:"medical"`
	Why     string `yaml:"why"`
	Cite    string `yaml:"cite"`
	say     *regexp.Regexp
}

// loadChecks reads clinical/checks.yaml and clinical/icd10cm.tsv from the
// library.
func loadChecks(fsys fs.FS, x *Lexicon) (*checker, error) {
	var file struct {
		Findings   map[string]finding  `yaml:"findings"`
		Supports   map[string]support  `yaml:"supports"`
		Timed      []string            `yaml:"timed"`
		Untimed    []string            `yaml:"untimed"`
		Retraining string              `yaml:"retraining"`
		Excludes1  [][2]string         `yaml:"excludes1"`
		Sites      map[string][]string `yaml:"sites"`
		Pages      []string            `yaml:"pages"`
		Diagnoses  []string            `yaml:"diagnoses"`
		Attributed string              `yaml:"attributed"`
		Wording    []wording           `yaml:"wording"`
	}
	if err := load(fsys, "clinical/checks.yaml", &file); err != nil {
		return nil, err
	}
	k := &checker{said: file.Findings, supports: file.Supports, timed: file.Timed, untimed: file.Untimed, excludes1: file.Excludes1,
		sites: map[string][]string{}, pages: file.Pages, conditions: file.Diagnoses, wording: file.Wording}
	for code, sites := range file.Sites {
		k.sites[bareCode(code)] = sites
	}
	var err error
	for code, s := range file.Supports {
		if _, err := x.set("checks.yaml: supports "+code, s.Techniques); err != nil {
			return nil, err
		}
	}
	if _, err := x.set("checks.yaml: untimed", file.Untimed); err != nil {
		return nil, err
	}
	if _, err := x.set("checks.yaml: diagnoses", file.Diagnoses); err != nil {
		return nil, err
	}
	if k.icd, err = loadICD(fsys); err != nil {
		return nil, err
	}
	if k.retraining, err = regexp.Compile("(?i)" + file.Retraining); err != nil {
		return nil, fmt.Errorf("clinical: checks.yaml: retraining: %w", err)
	}
	if k.attributed, err = regexp.Compile("(?i)" + file.Attributed); err != nil {
		return nil, fmt.Errorf("clinical: checks.yaml: attributed: %w", err)
	}
	for i := range k.wording {
		if k.wording[i].say, err = regexp.Compile("(?i)" + k.wording[i].Say); err != nil {
			return nil, fmt.Errorf("clinical: checks.yaml: wording: %w", err)
		}
	}
	return k, nil
}

// A desk gathers the checks of one note.
type desk struct {
	*checker
	*findings
	o   Options
	out []Check
}

// checks are the remarks on a note.
func (k *checker) checks(f *findings, o Options) []Check {
	d := &desk{checker: k, findings: f, o: o}
	if len(f.note.Sentences) == 0 {
		return nil
	}
	d.billing()
	d.time()
	d.diagnosisCodes()
	d.diagnoses()
	d.purposes()
	d.words()
	d.record()
	return d.out
}

// add makes a check of a rule; pairs are the names and what is filled in.
func (d *desk) add(rule string, pairs ...string) {
	f := d.said[rule]
	for i := 0; i+1 < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	r := strings.NewReplacer(pairs...)
	d.put(Check{rule, r.Replace(f.Say), r.Replace(f.Cite)})
}

// put adds a check once; a diagnosis code that has no page in the library is
// explained by the page on all of them.
func (d *desk) put(c Check) {
	if icdForm.MatchString(c.Cite) {
		c.Cite = d.page(c.Cite)
	}
	if !slices.Contains(d.out, c) {
		d.out = append(d.out, c)
	}
}

// page is the most exact page of the library on a diagnosis code.
func (d *desk) page(code string) string {
	best := ""
	for _, p := range d.pages {
		if strings.HasPrefix(code, p) && len(p) > len(best) {
			best = p
		}
	}
	if best == "" {
		return "guide icd10-families"
	}
	return "ICD-10-CM " + best
}

// purposes says what relaxation and maintenance mean beside a code.
func (d *desk) purposes() {
	if d.purpose("relaxation", "wellness", "relaxation massage") && (d.has["icd"] || len(d.billed()) > 0) {
		d.add("relaxation-coded")
	}
	if d.purpose("maintenance") {
		d.add("maintenance")
	}
}

// diagnoses names conditions that the therapist states.
func (d *desk) diagnoses() {
	given := false
	for i, s := range d.note.Sentences {
		given = given || d.attributed.MatchString(s.Text)
		if s.Speaker != Therapist || d.attributed.MatchString(s.Text) {
			continue
		}
		for _, f := range d.facts[i] {
			if f.Type == Diagnosis && !f.Negated && f.Certainty != "history of" && f.Certainty != "diagnosed" && slices.Contains(d.conditions, f.Value) {
				d.add("diagnosis", "named", f.Value)
			}
		}
	}
	if d.has["icd"] && !given {
		d.add("code-source")
	}
}

// words names wordings that say less, or more, than is known.
func (d *desk) words() {
	relaxation := d.relaxation()
	for _, w := range d.wording {
		if w.Medical && relaxation {
			continue
		}
		for _, s := range d.note.Sentences {
			if m := w.say.FindString(s.Text); m != "" {
				d.put(Check{"wording", strings.ReplaceAll(w.Why, "{words}", m), w.Cite})
				break
			}
		}
	}
}

// record looks at the note as a record: copied, late, and where Washington's
// rule asks for more.
func (d *desk) record() {
	if share := alike(d.note.Text, d.o.Previous); share >= cloned {
		d.add("cloned", "percent", strconv.Itoa(int(share*100)))
	}
	if d.o.State != "WA" {
		return
	}
	if days := between24(d.o.On, d.o.Today); days > 1 && !d.o.Signed {
		d.add("late-entry", "days", strconv.Itoa(days), "on", string(d.o.On), "today", string(d.o.Today))
	}
	for _, s := range d.note.Sentences {
		if breast.MatchString(s.Text) && s.Speaker == Therapist {
			d.add("breast")
		}
		if cleft.MatchString(s.Text) {
			d.add("gluteal-cleft")
		}
	}
}

var (
	breast = regexp.MustCompile(`(?i)\bbreasts? (?:massage|tissue|work)\b|\bmassage (?:to|of) (?:the )?(?:left |right |both )?breasts?\b`)
	cleft  = regexp.MustCompile(`(?i)\b(?:gluteal cleft|perineum|perineal)\b`)
)
