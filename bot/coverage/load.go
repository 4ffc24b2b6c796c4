package coverage

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A file is one of the library's coverage/*.yaml; all are read as one.
type file struct {
	Facts      []*fact               `yaml:"facts"`
	Implies    []implication         `yaml:"implies"`
	Conditions map[string]*condition `yaml:"conditions"`
	Rules      []*rule               `yaml:"rules"`
	States     []stateSpec           `yaml:"states"`
	StateWords *stateWords           `yaml:"state_words"`
	Readings   []*reading            `yaml:"readings"`
	Grammar    *grammar              `yaml:"grammar"`
	Events     []event               `yaml:"events"`
	Deadlines  []*clock              `yaml:"deadlines"`
}

// Load reads coverage/*.yaml below the library's root. Its error lists all
// that is wrong: unknown fields, facts and values, sentences that cite
// nothing, conditions that are not there or never used.
func Load(fsys fs.FS) (*Rules, error) {
	names, err := fs.Glob(fsys, "coverage/*.yaml")
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("coverage: load: no coverage/*.yaml in the library (%v)", err)
	}
	l := loader{all: file{Conditions: map[string]*condition{}}, used: map[string]bool{}}
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("coverage: load: %w", err)
		}
		var f file
		if err := yaml.UnmarshalWithOptions(data, &f, yaml.Strict()); err != nil {
			l.wrong("%s: %s", path.Base(name), yaml.FormatError(err, false, false))
			continue
		}
		l.add(path.Base(name), f)
	}
	r := l.rules()
	if err := errors.Join(l.errs...); err != nil {
		return nil, err
	}
	return r, nil
}

// A loader joins the files and gathers complaints.
type loader struct {
	all  file
	used map[string]bool // conditions
	errs []error
	r    *Rules
}

func (l *loader) wrong(format string, args ...any) {
	l.errs = append(l.errs, fmt.Errorf("coverage: load: "+format, args...))
}

func (l *loader) add(name string, f file) {
	l.all.Facts = append(l.all.Facts, f.Facts...)
	l.all.Implies = append(l.all.Implies, f.Implies...)
	l.all.Rules = append(l.all.Rules, f.Rules...)
	l.all.States = append(l.all.States, f.States...)
	l.all.Readings = append(l.all.Readings, f.Readings...)
	l.all.Events = append(l.all.Events, f.Events...)
	l.all.Deadlines = append(l.all.Deadlines, f.Deadlines...)
	for c, cond := range f.Conditions {
		if l.all.Conditions[c] != nil {
			l.wrong("%s: condition %s is defined twice", name, c)
		}
		l.all.Conditions[c] = cond
	}
	if f.StateWords != nil {
		l.all.StateWords = f.StateWords
	}
	if f.Grammar != nil {
		l.all.Grammar = f.Grammar
	}
}

// rules builds the Rules and checks everything; what is wrong is in errs.
func (l *loader) rules() *Rules {
	l.r = &Rules{facts: l.all.Facts, byName: map[string]*fact{}, implies: l.all.Implies, rules: l.all.Rules,
		byCite: map[citation.Citation][]*rule{}, states: states{list: l.all.States}, reader: &reader{readings: l.all.Readings, lexicon: lexicon{}}}
	for _, f := range l.all.Facts {
		if l.r.byName[f.Name] != nil {
			l.wrong("two facts are called %q", f.Name)
		}
		l.r.byName[f.Name] = f
	}
	plans := []string{}
	for _, p := range corpus.Plans() {
		plans = append(plans, string(p))
	}
	plan, state, outside := l.r.byName[factPlan], l.r.byName[factState], l.r.byName[factOutside]
	if plan == nil || !slices.Equal(plan.Values, plans) || state == nil || state.Kind != "state" || outside == nil {
		l.wrong("facts: want plan with the values %s, state of kind state, and outside", strings.Join(plans, ", "))
		return nil
	}
	l.checkFacts()
	l.readers()
	l.checkRules()
	l.checkClocks()
	l.r.events, l.r.clocks = l.all.Events, l.all.Deadlines
	return l.r
}

// readers builds what reads facts and states in a text.
func (l *loader) readers() {
	rd := l.r.reader
	if l.all.Grammar == nil || l.all.StateWords == nil {
		l.wrong("grammar and state_words are missing")
		return
	}
	rd.grammar = *l.all.Grammar
	rd.grammar.index()
	if err := rd.index(); err != nil {
		l.wrong("readings: %v", err)
	}
	for _, reading := range rd.readings {
		if len(reading.Phrases) == 0 {
			l.wrong("readings: one without phrases (%v)", reading.Set)
		}
		for _, set := range []map[string]string{reading.Set, reading.Not, reading.Hint} {
			for name, value := range set {
				if !strings.HasPrefix(value, "<n>") || l.r.byName[name] == nil || l.r.byName[name].Kind != "number" {
					l.checkValue("readings", name, value)
				}
			}
		}
	}
	l.stateNames()
}

func (l *loader) stateNames() {
	s := &l.r.states
	s.words, s.first = *l.all.StateWords, map[string][]stateName{}
	name := func(text, code string, city bool) {
		p, err := parsePhrase(strings.ToLower(text))
		if err != nil || p[0].optional || len(p[0].words) != 1 {
			l.wrong("states: %q: want plain words (%v)", text, err)
			return
		}
		for _, sl := range p {
			for _, w := range sl.words {
				l.r.reader.lexicon[w] = true
			}
		}
		n, first := stateName{p, code, city}, p[0].words[0]
		s.first[first] = append(s.first[first], n)
		if len(first) >= minSlip {
			s.long = append(s.long, n)
		}
	}
	seen := map[string]bool{}
	for _, st := range s.list {
		if len(st.Code) != 2 || st.Code != strings.ToUpper(st.Code) || seen[st.Code] || st.Name == "" {
			l.wrong("states: %q: want two capitals, once, and a name", st.Code)
		}
		seen[st.Code] = true
		name(strings.TrimPrefix(st.Name, "the "), st.Code, false)
		for _, n := range st.Names {
			name(n, st.Code, false)
		}
		for _, c := range st.Cities {
			name(c, st.Code, true)
		}
	}
	for _, c := range s.words.Cities {
		name(c, "", true)
	}
}

// checkFacts checks the facts and what follows from them.
func (l *loader) checkFacts() {
	for _, f := range l.all.Facts {
		if n := len(f.Ask); f.Turns == "" || (n > 0) != (f.Tier > 0) || n > 0 && f.Ask[n-1].If != nil {
			l.wrong("fact %s: want turns, and ask (the last without if) with a tier or neither", f.Name)
		}
		l.checkCases("ask of "+f.Name, f.Ask)
		for _, v := range f.Options {
			l.checkValue("options of "+f.Name, f.Name, v)
		}
		for _, b := range f.Branches {
			l.checkValue("branches of "+f.Name, f.Name, b.Value)
			if s := b.Label.pick(Facts{f.Name: b.Value}); s == nil || s.Say == "" {
				l.wrong("fact %s: branch %s has no label", f.Name, b.Value)
			}
			l.checkCases("branches of "+f.Name, b.Label)
		}
	}
	for _, i := range l.all.Implies {
		l.checkWhere("implies", i.If)
		l.checkWhere("implies", i.Unless)
		for _, name := range slices.Sorted(maps.Keys(i.Then)) {
			l.checkValue("implies", name, i.Then[name])
		}
		if len(i.If) == 0 || len(i.Then) == 0 {
			l.wrong("implies: want if and then")
		}
	}
}

func (l *loader) checkWhere(at string, where map[string][]string) {
	for _, name := range slices.Sorted(maps.Keys(where)) {
		for _, v := range where[name] {
			l.checkValue(at, name, v)
		}
	}
}

func (l *loader) checkCases(at string, s sayings) {
	for _, say := range s {
		l.checkWhere(at, say.If)
	}
}

func (l *loader) checkValue(at, name, value string) {
	if l.r.byName[name] == nil {
		l.wrong("%s: there is no fact %q", at, name)
	} else if !l.r.valid(name, value) {
		l.wrong("%s: %q is no value of %s (want %s)", at, value, name, l.r.byName[name].wants())
	}
}
