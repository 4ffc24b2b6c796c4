package coverage

import (
	"maps"
	"slices"

	"github.com/everycategory/advocate/corpus/citation"
)

// maxBranches is the most possible answers that are answered side by side.
const maxBranches = 2

// Question returns the one missing fact to ask for: of those on which a
// relevant authority turns, the ones of the lowest tier, and of these the
// one on which most turn; the data's order breaks ties. There is none where
// no relevant authority depends on a fact that is ever asked.
func (r *Rules) Question(f Facts, relevant []citation.Citation) (Question, bool) {
	f = r.Complete(f)
	if _, out := f[factOutside]; out {
		return Question{}, false
	}
	turns := map[string]int{}
	for rule := range r.relevant(relevant) {
		for _, name := range r.ruling(rule, f, "").missing {
			turns[name]++
		}
	}
	var best *fact
	for _, spec := range r.facts {
		if turns[spec.Name] == 0 || spec.Ask == nil {
			continue
		}
		if best == nil || spec.Tier < best.Tier || spec.Tier == best.Tier && turns[spec.Name] > turns[best.Name] {
			best = spec
		}
	}
	if best == nil {
		return Question{}, false
	}
	q := Question{Text: best.Ask.pick(f).Say, Fact: best.Name, Options: []string{}, relevant: slices.Clone(relevant)}
	options := best.Options
	if options == nil {
		options = best.Values
	}
	for _, value := range options {
		if r.possible(f, best.Name, value) != nil {
			q.Options = append(q.Options, value)
		}
	}
	return q, true
}

// Branches returns the answers to q that are worth giving side by side, in
// the data's order: at most two, first those under which an authority
// that q was asked for can bind, then those under which something is to be
// said that is not under every other. shows reports which of the things to
// say can be said under facts, always in the same order; nil: there are none.
// There may be fewer than two; then the answer is not divided.
func (r *Rules) Branches(q Question, f Facts, shows func(Facts) []bool) []Branch {
	spec := r.byName[q.Fact]
	if spec == nil {
		return nil
	}
	f = r.Complete(f)
	type option struct {
		at    int
		binds bool
		shows []bool
		Branch
	}
	var options []option
	for i, b := range spec.Branches {
		facts := r.possible(f, spec.Name, b.Value)
		if facts == nil {
			continue
		}
		o := option{at: i, binds: r.canBind(q.relevant, facts)}
		o.Branch = Branch{r.filler(&rule{}, facts)(b.Label.pick(facts).Say), facts}
		if shows != nil {
			o.shows = shows(facts)
		}
		options = append(options, o)
	}
	ofItsOwn := func(o option) bool {
		for i, shown := range o.shows {
			if shown && slices.ContainsFunc(options, func(other option) bool { return !other.shows[i] }) {
				return true
			}
		}
		return false
	}
	worth := func(o option) int {
		n := 0
		if o.binds {
			n += 2
		}
		if ofItsOwn(o) {
			n++
		}
		return n
	}
	slices.SortStableFunc(options, func(a, b option) int { return worth(b) - worth(a) })
	options = options[:min(len(options), maxBranches)]
	slices.SortFunc(options, func(a, b option) int { return a.at - b.at })
	var out []Branch
	for _, o := range options {
		out = append(out, o.Branch)
	}
	return out
}

// possible returns f completed with one more fact, or nil where that
// contradicts f.
func (r *Rules) possible(f Facts, name, value string) Facts {
	next := maps.Clone(f)
	next[name] = value
	next = r.Complete(next)
	if next[name] != value || !contains(next, f) || r.contradiction(next) != "" {
		return nil
	}
	return next
}

// canBind reports whether one of the authorities binds, or may.
func (r *Rules) canBind(cites []citation.Citation, f Facts) bool {
	for rule := range r.relevant(cites) {
		if r.ruling(rule, f, "").status != DoesNotBind {
			return true
		}
	}
	return false
}

// relevant is the set of the rules on cites.
func (r *Rules) relevant(cites []citation.Citation) map[*rule]bool {
	out := map[*rule]bool{}
	for _, c := range cites {
		if rule := r.find(c); rule != nil {
			out[rule] = true
		}
	}
	return out
}
