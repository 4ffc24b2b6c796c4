package clinical

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Facts are the clinical facts of a sentence, in the order of its words. Each
// number is one, whatever it is of. The cost grows with the square of the
// sentence's length.
func (x *Lexicon) Facts(s Sentence) []Fact {
	r := x.reading(s.Text)
	var out []Fact
	point, at := 0, 0
	for i, t := range r.tokens {
		f, ok := r.fact(i)
		if !ok {
			continue
		}
		point += utf8.RuneCountInString(s.Text[at:t.start])
		at = t.start
		f.Section, f.Speaker = s.Section, s.Speaker
		f.Text = s.Text[t.start:t.end]
		f.Start, f.End = point, point+utf8.RuneCountInString(f.Text)
		out = append(out, f)
	}
	return out
}

// Ledger is the facts of several sentences, each with offsets into its own
// text.
func (x *Lexicon) Ledger(sentences []Sentence) []Fact {
	var out []Fact
	for _, s := range sentences {
		out = append(out, x.Facts(s)...)
	}
	return out
}

// Diff is what of before is not in after, and what of after is not in before,
// each as often as it is missing.
func Diff(before, after []Fact) (lost, added []Fact) {
	count := map[Fact]int{}
	for _, f := range after {
		count[f.bare()]++
	}
	for _, f := range before {
		if count[f.bare()]--; count[f.bare()] < 0 {
			lost = append(lost, f)
		}
	}
	for _, f := range slices.Backward(after) {
		if count[f.bare()] > 0 {
			count[f.bare()]--
			added = append(added, f)
		}
	}
	slices.Reverse(added)
	return lost, added
}

// bare is a fact without its place.
func (f Fact) bare() Fact {
	f.Text, f.Start, f.End = "", 0, 0
	return f
}

// A reading is a sentence with what its words mean.
type reading struct {
	tokens []token
}

// reading reads a sentence: its concepts, clauses, negations and certainty.
func (x *Lexicon) reading(text string) *reading {
	r := &reading{}
	tokens := x.long(scan(text))
	for i := 0; i < len(tokens); {
		t, n := tokens[i], 1
		if t.kind == word || t.kind == mark {
			if c, k := x.at(tokens, i); k > 0 {
				t.concept, n = c, k
				t.end = tokens[i+k-1].end
			}
		}
		r.tokens = append(r.tokens, t)
		i += n
	}
	r.clauses()
	r.spend()
	r.negate()
	r.doubt()
	r.split()
	return r
}

// long puts the words that an abbreviation of several concepts stands for in
// its place.
func (x *Lexicon) long(tokens []token) []token {
	var out []token
	for i := 0; i < len(tokens); i++ {
		c, n := x.at(tokens, i)
		if c.group != "short" {
			out = append(out, tokens[i])
			continue
		}
		for _, t := range scan(c.name) {
			t.start, t.end = tokens[i].start, tokens[i+n-1].end
			out = append(out, t)
		}
		i += n - 1
	}
	return out
}

// breaks end a clause.
var breaks = map[string]bool{",": true, ";": true, ".": true, "but": true, "however": true, "although": true, "though": true, "then": true,
	"except": true, "while": true, "•": true}

// clauses numbers the clauses. A stretch that names only a place or a
// quantity goes with the one before it: "pain 6/10, left shoulder, 3 wks".
func (r *reading) clauses() {
	n, from := 0, 0
	close := func(to int) {
		if to > from && n > 0 && !r.says(from, to) {
			for k := from; k < to; k++ {
				r.tokens[k].clause = n - 1
			}
			n--
		}
		from = to
	}
	for i := range r.tokens {
		r.tokens[i].clause = n
		if breaks[r.tokens[i].fold] && r.tokens[i].concept.group == "" {
			close(i + 1)
			n++
		}
	}
	close(len(r.tokens))
}

// says reports whether anything but places and quantities stands in tokens
// from to.
func (r *reading) says(from, to int) bool {
	for _, t := range r.tokens[from:to] {
		switch {
		case then[t.fold]:
			return true
		case t.concept.group == "site", t.concept.group == "side", t.concept.group == "unit", t.kind == mark, t.kind == level, functionWords[t.fold],
			t.kind == number, t.kind == score, extremes[t.fold]:
		default:
			return true
		}
	}
	return false
}

var (
	then     = setOf("was were been had now then")
	extremes = setOf("worst best rest")
)

// negate marks what a negation reaches: the rest of its clause, a list that
// goes on after it, or what stands before it at a clause's end ("radiation:
// none").
func (r *reading) negate() {
	for i, t := range r.tokens {
		if t.concept.group != "negation" {
			continue
		}
		reached := 0
		for k := i + 1; k < len(r.tokens); k++ {
			u := &r.tokens[k]
			if u.clause != t.clause && !r.listed(k) {
				break
			}
			if u.concept.group == "negation" {
				break
			}
			if u.meant() || u.plain() {
				u.negated = true
				reached++
			}
			if u.concept.group == "did" && k <= i+2 {
				r.undone(i)
			}
		}
		if reached > 0 || r.goesOn(i) {
			r.tokens[i].spent = reached > 0
			continue
		}
		for k := i - 1; k >= 0 && r.tokens[k].clause >= t.clause-1; k-- {
			if r.tokens[k].meant() {
				r.tokens[k].negated = true
				reached++
			}
		}
		r.tokens[i].spent = reached > 0
	}
}

// undone marks what stands before the negation at i in its clause: "MFR not
// performed".
func (r *reading) undone(i int) {
	for k := i - 1; k >= 0 && r.tokens[k].clause == r.tokens[i].clause; k-- {
		if r.tokens[k].meant() {
			r.tokens[k].negated = true
		}
	}
}

// plain reports whether a token is a word of content that the lexicon does
// not know.
func (t token) plain() bool {
	return t.kind == word && t.concept.group == "" && !functionWords[t.fold]
}

// goesOn reports whether a word follows token i in its clause.
func (r *reading) goesOn(i int) bool {
	for _, t := range r.tokens[i+1:] {
		if t.clause == r.tokens[i].clause && t.kind == word {
			return true
		}
	}
	return false
}

// meant reports whether a token can be denied.
func (t token) meant() bool {
	if t.spent {
		return false
	}
	switch t.kind {
	case number, score, code, date, level:
		return true
	}
	switch t.concept.group {
	case "", "side", "negation", "certainty", "person", "unit":
		return false
	}
	return true
}

// listed reports whether the clause of token k is one more item of a list:
// a few findings and nothing else.
func (r *reading) listed(k int) bool {
	n, found := 0, false
	for i := range r.tokens {
		t := r.tokens[i]
		if t.clause != r.tokens[k].clause || t.kind == mark {
			continue
		}
		switch {
		case t.concept.group == "finding", t.concept.group == "condition":
			found = true
		case t.fold == "or", t.fold == "and", t.fold == "nor", t.concept.group == "severity":
		default:
			return false
		}
		if n++; n > 5 {
			return false
		}
	}
	return found
}

// doubt marks what is not stated outright: what stands in the clause of a word
// of doubt or a question mark, behind it; where nothing does, before the mark.
func (r *reading) doubt() {
	for i, t := range r.tokens {
		name := t.concept.name
		switch {
		case t.fold == "?":
			name = "possible"
		case t.concept.group != "certainty":
			continue
		}
		reached := false
		for k := i + 1; k < len(r.tokens) && r.tokens[k].clause == t.clause; k++ {
			if r.tokens[k].meant() && r.tokens[k].kind == word {
				r.tokens[k].certainty, reached = name, true
			}
		}
		if name == "history of" && !reached && i > 0 && r.tokens[i-1].meant() {
			r.tokens[i-1].certainty = name // "DVT hx"
		}
		for k := i - 1; t.fold == "?" && !reached && k >= 0 && r.tokens[k].clause == t.clause; k-- {
			if r.tokens[k].meant() && r.tokens[k].kind == word {
				r.tokens[k].certainty = name
			}
		}
	}
}

// fact is what the token at i says, if it says anything.
func (r *reading) fact(i int) (Fact, bool) {
	t := r.tokens[i]
	f := Fact{Value: t.fold, Negated: t.negated, Certainty: t.certainty}
	switch t.kind {
	case placeholder:
		f.Type, f.Value = Placeholder, strings.ToUpper(t.fold)
		return f, true
	case date:
		f.Type = Date
		return f, true
	case code:
		f.Type = Code
		return f, true
	case level:
		f.Type = Site
		return f, true
	case score, number:
		return r.quantity(i), true
	}
	f.Type = groups[t.concept.group]
	if t.concept.group == "side" && r.bearer(i) < 0 && !r.spoken(i) {
		f.Type, f.Value, f.Role = Site, t.concept.name, r.nearest(i, anchors...)
		return f, true
	}
	if t.concept.group == "" || f.Type == "" {
		return f, false
	}
	f.Value = t.concept.name
	switch f.Type {
	case When:
		if t.spent {
			return f, false // the count has it
		}
		f.Role = r.timed(i)
	case Person:
		f.Role = r.part(i)
	case Site:
		f.Value = r.sided(i)
		f.Role = r.way(i)
	case Symptom, Technique, Diagnosis:
		f.Site = r.place(i)
	case Severity, Course:
		f.Role = r.nearest(i, "finding", "activity", "measure", "condition")
		f.Site = r.place(i)
	}
	return f, true
}

// sided is the site at i with the sides that are bound to it.
func (r *reading) sided(i int) string {
	name := r.tokens[i].concept.name
	if r.tokens[i].kind == level {
		name = r.tokens[i].fold
	}
	var sides []string
	for k, t := range r.tokens {
		if t.concept.group == "side" && r.bearer(k) == i {
			sides = append(sides, t.concept.name)
		}
	}
	return strings.TrimSpace(strings.Join(sides, ",") + " " + name)
}

// bearer is the site that the side at k is of: the next one, with at most two
// words between; else the one before.
func (r *reading) bearer(k int) int {
	for j, words := k+1, 0; j < len(r.tokens) && r.tokens[j].clause == r.tokens[k].clause && words < 3; j++ {
		switch t := r.tokens[j]; {
		case t.isSite():
			return j
		case t.kind == mark && t.fold != "-":
			words = 3
		case t.kind != mark:
			words++
		}
	}
	for j := k - 1; j >= 0; j-- {
		if r.tokens[j].isSite() {
			return j
		}
	}
	for j := k + 1; j < len(r.tokens); j++ {
		if r.tokens[j].isSite() {
			return j
		}
	}
	return -1
}

func (t token) isSite() bool { return t.concept.group == "site" || t.kind == level }

// way is the direction of a site where the clause has one from and one to:
// "radiates from the neck to the arm".
func (r *reading) way(i int) string {
	to, from := false, false
	for _, t := range r.tokens {
		if t.clause == r.tokens[i].clause {
			from = from || t.fold == "from"
			to = to || towards[t.fold]
		}
	}
	if !from || !to {
		return ""
	}
	for k := i - 1; k >= 0 && r.tokens[k].clause == r.tokens[i].clause; k-- {
		if t := r.tokens[k]; t.fold == "from" || towards[t.fold] {
			if t.fold == "from" {
				return "from"
			}
			return "to"
		}
	}
	return ""
}

var towards = map[string]bool{"to": true, "into": true, "down": true, "toward": true, "towards": true}

// place is the site nearest to token i in its clause, with its side; of two
// equally near the one behind it, for English names the place after "to".
func (r *reading) place(i int) string {
	best, near := -1, len(r.tokens)+1
	for k, t := range r.tokens {
		if t.isSite() && t.clause == r.tokens[i].clause {
			if d := distance(i, k); d < near || d == near && k > i {
				best, near = k, d
			}
		}
	}
	if best < 0 {
		return ""
	}
	return r.sided(best)
}

func distance(i, k int) int {
	if i > k {
		return i - k
	}
	return k - i
}

// nearest is the concept of one of the groups that is nearest to token i in
// its clause.
func (r *reading) nearest(i int, of ...string) string {
	best, near := "", len(r.tokens)+1
	for k, t := range r.tokens {
		if k != i && t.clause == r.tokens[i].clause && slices.Contains(of, t.concept.group) {
			if d := distance(i, k); d < near {
				best, near = t.concept.name, d
			}
		}
	}
	return best
}
