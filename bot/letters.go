package bot

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/everycategory/advocate/corpus"
)

// Letters hold, for each objection, what a letter to the payer may say of it.
// They are data (letters/*.yaml of the library) and not modified after
// LoadLetters. That their points pass the checker is a test's matter.
type Letters struct {
	of    map[string]*letterOf
	steps []corpus.Point // what remains after the letter, in order
}

// A letterOf is the letter on one objection. Of each list those points are
// used whose authorities bind the plan, or bind nobody in particular (a study,
// a code, a definition), and whose "if" holds; besides the facts of
// coverage/facts.yaml an "if" may name condition, phase, procedure and final.
// An authority that turns on a missing fact is used where the "if" names that
// fact with unknown, because the sentence says the condition itself ("unless
// the plan is grandfathered").
type letterOf struct {
	Objection string `yaml:"objection"`
	// Reason completes "The reason given was that …".
	Reason string `yaml:"reason"`
	// Judgment marks a reason that turns on medical judgment, which is what
	// review outside the plan is for.
	Judgment bool `yaml:"medical_judgment"`
	// Grounds support reversal. Without one the letter is no appeal.
	Grounds []corpus.Point `yaml:"grounds"`
	// Requests are what the payer is asked for, in the order of their worth.
	Requests []request `yaml:"requests"`
	// Concedes are what the letter says against itself, where it would
	// otherwise claim too much: the limit of ERISA, the certainty of studies.
	Concedes []corpus.Point `yaml:"concedes"`
	// Explains say, for a letter that asks for nothing, why the decision
	// stands and what remains.
	Explains []corpus.Point `yaml:"explains"`
	// Records are what only the chart or the file shows, each to be filled in
	// by the writer: "the baseline score of the outcome measure, with its date".
	Records []string `yaml:"records"`
	// Enclosures are papers to send along.
	Enclosures []string `yaml:"enclosures"`
	// Weaknesses say where the position is weak, Replies what the reviewer
	// will answer. Both are for the writer and never in the letter.
	Weaknesses []corpus.Point `yaml:"weaknesses"`
	Replies    []corpus.Point `yaml:"replies"`
	// Without says why there is no letter, and what would change it, where
	// neither grounds nor requests nor explanations are left.
	Without string `yaml:"without"`
}

// A request is one thing that is asked for, and the law that gives a right to
// it. Ask completes "Please send, or tell us in writing: …"; the point is
// left out where nobody has to give it. Of several requests with one Ask the
// first is made whose law may be put to the plan.
type request struct {
	Ask          string `yaml:"ask"`
	corpus.Point `yaml:",inline"`
}

// LoadLetters reads letters/*.yaml from the library. The error lists
// everything that is wrong.
func LoadLetters(fsys fs.FS) (*Letters, error) {
	names, err := fs.Glob(fsys, "letters/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("bot: letters: %w", err)
	}
	all := &Letters{of: map[string]*letterOf{}}
	var errs []error
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("bot: %w", err)
		}
		if path.Base(name) == stepsFile {
			if all.steps, err = readSteps(data); err != nil {
				errs = append(errs, fmt.Errorf("bot: %s: %w", name, err))
			}
			continue
		}
		l := &letterOf{}
		if err := yaml.UnmarshalWithOptions(data, l, yaml.Strict()); err != nil {
			errs = append(errs, fmt.Errorf("bot: %s: %s", name, yaml.FormatError(err, false, false)))
			continue
		}
		if l.Objection != strings.TrimSuffix(path.Base(name), ".yaml") {
			errs = append(errs, fmt.Errorf("bot: %s: objection %q: want the file's name", name, l.Objection))
		}
		if l.Without == "" || len(l.Weaknesses) == 0 {
			errs = append(errs, fmt.Errorf("bot: %s: without and weaknesses are needed", name))
		}
		for _, q := range l.Requests {
			if q.Ask == "" || (q.Say == "") != (len(q.Cites) == 0) {
				errs = append(errs, fmt.Errorf("bot: %s: request %q: want ask, and say with cites or neither", name, q.Ask))
			}
		}
		for _, p := range l.points() {
			if p.Say == "" || len(p.Cites) == 0 || strings.Contains(p.Say, "\n") {
				errs = append(errs, fmt.Errorf("bot: %s: point %q: want one line and its cites", name, p.Say))
			}
		}
		all.of[l.Objection] = l
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return all, nil
}

// stepsFile holds what remains after a letter.
const stepsFile = "steps.yaml"

func readSteps(data []byte) ([]corpus.Point, error) {
	var file struct {
		Steps []corpus.Point `yaml:"steps"`
	}
	if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
		return nil, errors.New(yaml.FormatError(err, false, false))
	}
	for _, p := range file.Steps {
		if p.Say == "" || len(p.Cites) == 0 {
			return nil, fmt.Errorf("step %q: want a line and its cites", p.Say)
		}
	}
	return file.Steps, nil
}

// points are all that a letter may state, but for its requests.
func (l *letterOf) points() []corpus.Point {
	var out []corpus.Point
	for _, list := range [][]corpus.Point{l.Grounds, l.Concedes, l.Explains, l.Weaknesses, l.Replies} {
		out = append(out, list...)
	}
	return out
}
