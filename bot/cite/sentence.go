package cite

import (
	"regexp"
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// A sentence is a sentence read for comparison.
type sentence struct {
	text      string // in normal form
	words     []word // those with content, in order
	acts      []act
	figures   []figure
	cites     []citation.Citation
	malformed string // a citation that cannot be one
	labels    []string
	keys      map[string]bool // of words
	negs      []int           // of each clause: how many words of it negate
	nor       bool            // it says "neither" or "nor"
	framed    bool            // its first clause ends with a colon
	heading   bool            // it stands over what is said, and says nothing itself
}

// A word is a word with content.
type word struct {
	text    string // in small letters, for the reader of an error
	key     string
	modes   mode
	head    bool // an operator governs it directly, as its verb
	noun    bool // it is a head after "no"
	given   bool // it stands in a condition or a relative clause
	owns    bool // it is a possessive
	group   int  // of words that rule one another out; 0 for none
	party   bool // "state" is one only where it is no adjective
	clause  int
	advised bool     // it is part of advice: "Ask the plan …"
	part    int      // of the sentence, between commas and "and"
	passive bool     // "is …ed"
	peer    int      // parties joined by "and", "or" or a preposition have one number; 0 for others
	verbs   []string // of a party: the verbs governed by an operator whose subject it is
	before  mode     // of the operators between the last word of its clause and this one, alone
	after   mode     // of the operators after the last word of a clause; 0 for others
}

// An act is an operator with what it governs.
type act struct {
	word  string // the operator, for the reader of an error
	mode  mode   // as the words around it leave it
	heads []int  // the words governed directly; the first is the verb
	reach []int  // all words governed
	after int    // no token before this one is the verb: "permit a plan to pay"
}

// readSentence reads one sentence, or a fragment.
func readSentence(text string) *sentence {
	s := &sentence{text: answerless(strings.TrimSpace(Normalise(text).Text)), keys: map[string]bool{}}
	r := reader{s: s, ts: dates(spelled(tokens(s.text)))}
	r.ts = slices.DeleteFunc(r.ts, func(t token) bool { return t.kind == wordToken && t.text == "" })
	s.words = make([]word, 0, len(r.ts)/2+1)
	r.read()
	for _, w := range s.words {
		s.keys[w.key] = true
	}
	return s
}

// headingMark begins a line that is a heading.
const headingMark = "# "

// readPassage reads each sentence of a passage.
func readPassage(text string) []*sentence {
	var out []*sentence
	for line := range strings.Lines(text) {
		line = Normalise(line).Text
		if title, ok := strings.CutPrefix(line, headingMark); ok {
			s := readSentence(title)
			s.heading = true
			out = append(out, s)
			continue
		}
		at := 0
		for _, m := range sentenceEnd.FindAllStringIndex(line, -1) {
			if abbreviated.MatchString(line[:m[0]+1]) {
				continue
			}
			end := m[0] + strings.IndexByte(line[m[0]:m[1]], ' ')
			out = appendSentence(out, line[at:end])
			at = end
		}
		out = appendSentence(out, line[at:])
	}
	return out
}

// abbreviated matches a text that ends in a word whose full stop ends no
// sentence: an initial ("D.C. Code", "Pub. L. 111-148"), or one that
// citations are full of.
var abbreviated = regexp.MustCompile(`(?:^|[ (.])(?:\pL|Supp|Pub|Wash|Stat|No|vs|Ass'n|Labs|Cir|Dr|Mr|Ms|St)$`)

func appendSentence(out []*sentence, text string) []*sentence {
	if text = strings.TrimSpace(text); text != "" {
		out = append(out, readSentence(text))
	}
	return out
}

// A reader reads tokens from left to right and keeps the mode in force.
type reader struct {
	s       *sentence
	ts      []token
	i       int
	clause  int
	start   int  // the first word of the clause
	mode    mode // in force
	open    *act // the operator whose verb has not come yet
	live    []*act
	noSubj  bool // "no plan …": a modal after it is negated
	be      bool // the last verb was a form of be
	before  mode // of the operators since the last word
	brief   bool // the mode ends with the phrase: "free of review in Washington"
	peers   int
	parts   int
	given   bool // the clause is a condition or a relative clause
	advised bool // "Ask the plan …", up to the next semicolon or colon
	negs    int
	aside   bool // between commas: ", not by statute,"
}

func (r *reader) read() {
	r.mode, r.before = plain, plain
	for ; r.i < len(r.ts); r.i++ {
		if r.i == 0 || r.ts[r.i-1].text == ";" || r.ts[r.i-1].text == ":" {
			r.advised = r.imperative()
		}
		switch t := r.ts[r.i]; t.kind {
		case markToken:
			r.mark(t.text)
		case citeToken:
			if t.cite.Number == "" {
				r.s.malformed = t.text
			} else {
				r.s.cites = append(r.s.cites, t.cite)
			}
		case labelToken:
			if r.i == 0 || "("+r.ts[r.i-1].text+")" != t.text {
				r.s.labels = append(r.s.labels, t.text)
			}
		case numberToken:
			f := figureOf(r.ts, r.i, r.s.figures)
			moved := negatedBounds[f.bound]
			f.at, f.clause, f.part = len(r.s.words), r.clause, r.parts
			f.bound = bounds[f.bound]
			if r.mode&negative != 0 && r.mode&^negative == 0 && moved != "" {
				f.bound = moved // "may not require more than two"
			}
			f.back = f.value == "2" && !f.known && r.i > 0 && determiners[r.ts[r.i-1].text]
			r.s.figures = append(r.s.figures, f)
		default:
			r.word(t)
		}
	}
	r.close()
}

// imperative reports whether the token at hand, which begins a statement, is
// a verb in the imperative, as far as form shows: no party, and no verb
// behind it.
func (r *reader) imperative() bool {
	t := r.ts[r.i]
	if t.kind != wordToken || r.i+1 >= len(r.ts) {
		return false
	}
	next := r.ts[r.i+1].text
	return imperatives[t.text] || !empty(t.text) && !isParty(key(t.text)) && !auxiliaries[next] && operators[next].mode == 0
}

// mark ends a clause at the marks that end one.
func (r *reader) mark(m string) {
	switch m {
	case ":":
		r.s.framed = r.s.framed || r.clause == 0
		r.close()
	case ";", "—", "…", "?", "!", ".":
		r.close()
	case "-":
		if !r.ts[r.i].glued {
			r.close()
		}
	case ",":
		r.parts++
		if r.startsClause(r.i+1) || r.aside {
			r.close()
		}
		r.aside = r.i+1 < len(r.ts) && r.ts[r.i+1].text == "not"
	}
}

// clauseWords begin a clause of its own wherever they stand; afterComma do
// where a comma stands before them.
var (
	clauseWords  = set("but because if when where while although though whereas which who whose unless except until so then whether what how why")
	afterComma   = set("and or nor not as")
	subjects     = set("it they he she we you the a an this that these those each every no such any there its their nothing neither")
	auxiliaries  = set("is are was were be been being has have had do does did will would")
	conditions   = set("if when where which who whose unless except until whether")
	relatives    = set("which who whose what how why whether where")
	imperatives  = set("have do never always let")
	finite       = set("is are was were has had do does did will")
	prepositions = set("in of under by for to on with from as at within")
	beForms      = set("is are was were be been being")
)

func set(s string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		out[w] = true
	}
	return out
}

// startsClause reports whether a clause begins at token i, after a comma.
func (r *reader) startsClause(i int) bool {
	if i+1 >= len(r.ts) || r.ts[i].kind != wordToken {
		return false
	}
	if t := r.ts[i].text; afterComma[t] {
		return t == "not" || r.ts[i+1].text == "it" || !prepositions[r.ts[i+1].text] && r.hasVerb(i+1)
	}
	return subjects[r.ts[i].text] && r.hasVerb(i+1)
}

// hasVerb reports whether an auxiliary or operator comes within a few
// tokens, before the next mark.
func (r *reader) hasVerb(i int) bool {
	for j := i; j < len(r.ts) && j < i+6 && r.ts[j].kind != markToken; j++ {
		if r.finite(j) {
			return true
		}
	}
	return false
}

// finite reports whether token i is a verb that makes a clause.
func (r *reader) finite(i int) bool {
	if i >= len(r.ts) || r.ts[i].kind != wordToken {
		return false
	}
	o := operators[r.ts[i].text]
	return finite[r.ts[i].text] || o.mode != 0 && !o.verb && o.mode != neg
}

// close ends the clause, and what its operators reach.
func (r *reader) close() {
	for _, a := range r.live {
		if len(a.reach) > 0 {
			r.s.acts = append(r.s.acts, *a)
		}
	}
	r.live = nil
	r.part()
}

// part ends the clause; its operators go on to reach a relative clause.
func (r *reader) part() {
	if n := len(r.s.words); n > 0 && r.s.words[n-1].clause == r.clause {
		r.s.words[n-1].after = r.before
	}
	r.before = plain
	r.s.negs = append(r.s.negs, r.negs)
	r.negs = 0
	r.clause++
	r.parts++
	r.start = len(r.s.words)
	r.mode, r.open, r.noSubj, r.be, r.brief, r.given = plain, nil, false, false, false, false
}
