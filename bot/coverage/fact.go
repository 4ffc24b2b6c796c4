package coverage

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// ErrFact is matched by the error of a plan, state or fact that cannot be
// read.
var ErrFact = errors.New("unreadable fact")

// A fact is one thing that may decide, as the data describes it.
type fact struct {
	Name string `yaml:"name"`
	// Kind is "" for one of Values, "state", or "number".
	Kind   string   `yaml:"kind"`
	Values []string `yaml:"values"`
	// Labels are values in words, for sentences.
	Labels map[string]string `yaml:"labels"`
	Turns  string            `yaml:"turns"` // what it asks for, in words
	Ask    sayings           `yaml:"ask"`   // the question; none: never asked
	// Tier orders questions: a fact is asked only if none of a lower tier
	// is missing.
	Tier     int      `yaml:"tier"`
	Options  []string `yaml:"options"` // offered; Values if empty
	Branches []branch `yaml:"branches"`
}

// A branch is a value whose answer is worth giving, under a label.
type branch struct {
	Value string  `yaml:"value"`
	Label sayings `yaml:"label"`
}

// An implication sets facts that follow from others.
type implication struct {
	If     map[string][]string `yaml:"if"`
	Unless map[string][]string `yaml:"unless"` // blocks it when any of these holds
	Then   map[string]string   `yaml:"then"`
	// Corrects lets it replace a value: "self-funded", said of a public
	// employer's plan, means plan type public.
	Corrects bool `yaml:"corrects"`
}

func (i *implication) holds(f Facts) bool {
	for name, values := range i.Unless {
		if slices.Contains(values, f[name]) {
			return false
		}
	}
	return all(i.If, f)
}

// Complete returns f and what follows from it. It does not replace what is
// in f, with one exception that is named in the data: a self-funded plan is
// taken for a private employer's until a public sponsor is named. f is not
// modified.
func (r *Rules) Complete(f Facts) Facts {
	out := maps.Clone(f)
	if out == nil {
		out = Facts{}
	}
	for range r.implies { // at most one round for each, to the fixed point
		changed := false
		for i := range r.implies {
			imp := &r.implies[i]
			if !imp.holds(out) {
				continue
			}
			for name, value := range imp.Then {
				if have, ok := out[name]; !ok || imp.Corrects && have != value {
					out[name], changed = value, true
				}
			}
		}
		if !changed {
			break
		}
	}
	return out
}

// contradiction names two facts of f, which is complete, that cannot stand
// together, or "".
func (r *Rules) contradiction(f Facts) string {
	for i := range r.implies {
		imp := &r.implies[i]
		if !imp.holds(f) {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(imp.Then)) {
			if f[name] != imp.Then[name] {
				cause := slices.Sorted(maps.Keys(imp.If))[0]
				return fmt.Sprintf("%s=%s does not go with %s=%s", cause, f[cause], name, f[name])
			}
		}
	}
	return ""
}

// Merge joins what a text says with what was given beside it. What was given
// wins; what was read and contradicts it is left out.
func (r *Rules) Merge(read, given Facts) Facts {
	out := r.Complete(given)
	for _, spec := range r.facts {
		value, ok := read[spec.Name]
		if _, has := out[spec.Name]; !ok || has {
			continue
		}
		next := maps.Clone(out)
		next[spec.Name] = value
		next = r.Complete(next)
		if r.contradiction(next) == "" && contains(next, out) {
			out = next
		}
	}
	return out
}

// contains reports whether every fact of g is in f.
func contains(f, g Facts) bool {
	for name, value := range g {
		if f[name] != value {
			return false
		}
	}
	return true
}

// Given reads flags: a plan type, a state and "name=value" pairs, each
// possibly empty or "unknown". Its error matches ErrFact and names what is
// allowed.
func (r *Rules) Given(plan, state string, kv []string) (Facts, error) {
	f := Facts{}
	var errs []error
	pairs := append([]string{factPlan + "=" + plan, factState + "=" + state}, kv...)
	for _, pair := range pairs {
		name, value, ok := strings.Cut(pair, "=")
		name, value = strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value)
		spec := r.byName[strings.ReplaceAll(name, "-", "_")]
		switch {
		case !ok || spec == nil:
			errs = append(errs, fmt.Errorf("coverage: %w: %q: want name=value, where name is %s", ErrFact, pair, r.names()))
			continue
		case value == "" || strings.EqualFold(value, "unknown"):
			continue
		}
		v, ok := r.value(spec, value)
		if !ok {
			errs = append(errs, fmt.Errorf("coverage: %w: %s=%s: want %s", ErrFact, spec.Name, value, spec.wants()))
			continue
		}
		if have, ok := f[spec.Name]; ok && have != v {
			errs = append(errs, fmt.Errorf("coverage: %w: %s is given twice, as %s and as %s", ErrFact, spec.Name, have, v))
		}
		f[spec.Name] = v
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	if no := r.contradiction(r.Complete(f)); no != "" {
		return nil, fmt.Errorf("coverage: %w: %s", ErrFact, no)
	}
	return f, nil
}

// value reads one value of a fact as a flag has it.
func (r *Rules) value(spec *fact, s string) (string, bool) {
	switch s := strings.ToLower(s); spec.Kind {
	case "state":
		return r.states.code(s)
	case "number":
		n, err := strconv.Atoi(s)
		return strconv.Itoa(n), err == nil && 0 < n && n <= maxNumber
	default:
		if spec.yesNo() {
			switch s {
			case "y", "true":
				s = "yes"
			case "n", "false":
				s = "no"
			}
		}
		return s, slices.Contains(spec.Values, s)
	}
}

func (spec *fact) yesNo() bool { return slices.Equal(spec.Values, []string{"yes", "no"}) }

// wants says which values a fact may have.
func (spec *fact) wants() string {
	switch spec.Kind {
	case "state":
		return "a state's name or its two letters, or other"
	case "number":
		return "a number from 1 to 999"
	}
	return strings.Join(spec.Values, ", ")
}

// valid reports whether value is one that the fact can have.
func (r *Rules) valid(name, value string) bool {
	spec := r.byName[name]
	if spec == nil {
		return false
	}
	v, ok := r.value(spec, value)
	return ok && v == value
}

func (r *Rules) names() string {
	var out []string
	for _, spec := range r.facts {
		out = append(out, spec.Name)
	}
	return strings.Join(out, ", ")
}

// rank is a fact's place in the data's order.
func (r *Rules) rank(name string) int {
	return slices.IndexFunc(r.facts, func(f *fact) bool { return f.Name == name })
}

// label is a fact's value in words.
func (r *Rules) label(name, value string) string {
	spec := r.byName[name]
	if l, ok := spec.Labels[value]; ok {
		return l
	}
	if spec.Kind == "state" && value != "" {
		return r.states.name(value)
	}
	return value
}
