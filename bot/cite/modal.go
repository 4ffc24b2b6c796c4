package cite

import "strings"

// modal reads must, may, can, should, and the "not" that may follow.
func (r *reader) modal(t token, m mode) {
	negated := r.noSubj
	if next := r.i + 1; next < len(r.ts) && operators[r.ts[next].text].mode == neg && !operators[r.ts[next].text].verb {
		if w := r.ts[next].text; w == "not" || w == "never" || w == "neither" {
			negated = true
			r.before = neg.with(r.before)
			r.negs++
			r.i++
		}
	}
	if m == leave && r.purpose() {
		m |= plain
	}
	if r.reported() {
		m = neg | noDuty // "does not say that it must"
		if negated {
			m = plain
		}
	} else if negated {
		switch {
		case t.text == "haveto":
			m = noDuty
		case m == noDuty, m == should:
			m = neg
		default:
			m = ban
		}
	}
	if r.noSubj { // the subject of "no plan may" stands under the ban too
		for i := r.start; i < len(r.s.words); i++ {
			r.s.words[i].modes |= m
		}
		for _, a := range r.live {
			a.mode |= m
		}
	}
	if t.text == "haveto" && r.mode&neg != 0 && r.open != nil { // "does not have to"
		m = noDuty
		r.live = r.live[:len(r.live)-1]
	}
	r.govern(t, m)
}

// purpose reports whether the modal at hand says what something is for:
// "early enough that the patient can appeal".
func (r *reader) purpose() bool {
	for j := r.i - 1; j > 0 && j > r.i-6; j-- {
		if r.ts[j].text == "that" {
			return r.ts[j-1].text == "enough" || r.ts[j-1].text == "so"
		}
	}
	return false
}

// reported reports whether a "that" stands between the negation in force
// and the modal at hand.
func (r *reader) reported() bool {
	if r.mode&neg == 0 || r.mode&ban != 0 || r.open != nil {
		return false
	}
	for j := r.i - 1; j >= 0 && r.ts[j].kind != markToken; j-- {
		if r.ts[j].text == "that" {
			return j > 0 && !empty(r.ts[j-1].text)
		}
		if operators[r.ts[j].text].mode == neg {
			return false
		}
	}
	return false
}

// negate reads a negation that is no part of a modal.
func (r *reader) negate(t token) {
	r.s.nor = r.s.nor || t.text == "nor" || t.text == "neither"
	subject := r.start == len(r.s.words) && r.mode == plain
	switch {
	case subject && t.text != "not" && t.text != "without" && t.text != "misread" && t.text != "wrong":
		r.noSubj = true
	case r.start < len(r.s.words) && r.mode&negative == 0 && (t.text == "no" || t.text == "nothing" || t.text == "none"):
		for i := max(r.start, len(r.s.words)-3); i < len(r.s.words); i++ {
			r.s.words[i].modes |= neg // "gives the court no right" does not give it
		}
	}
	if o := r.open; o != nil && o.mode&(leave|duty) != 0 && len(o.heads) == 0 && t.text != "without" {
		o.mode = ban // "may in no case", "permits no review"
		if operators[o.word].verb && operators[o.word].mode == duty {
			o.mode = noDuty // "requires no coverage"
		}
		r.mode = o.mode
		return
	}
	m := neg.under(r.mode)
	switch {
	case r.mode&negative == 0:
	case t.text == "nor", t.text == "neither", t.text == "no":
		m = r.mode // "may neither … nor …", "does not … nor …"
	case r.i > 0 && auxiliaries[r.ts[r.i-1].text]:
		m = neg // "… that was not read"
	}
	if t.text == "not" && r.i+1 < len(r.ts) && places[r.ts[r.i+1].text] {
		r.before |= plain // what is not in the law, the law does not contain
	}
	a := r.govern(t, m)
	if r.i > 0 && beForms[r.ts[r.i-1].text] { // "X is not Y" speaks of X as much
		for i := r.start; i < len(r.s.words); i++ {
			a.reach = append(a.reach, i)
		}
	}
	r.brief = t.text == "without"
}

// verb reads a verb that changes the mode of its complement.
func (r *reader) verb(t token, op operatorWord) {
	passive := r.be && !strings.HasSuffix(t.text, "s")
	outer, opened := r.mode, r.open
	r.content(t)
	at := len(r.s.words) - 1
	m := op.mode.under(outer)
	if r.noSubj && outer == plain {
		m = op.mode.under(neg)
	}
	if opened != nil && opened.mode&neg != 0 && op.mode != neg { // "does not require": one operator, not two
		for i, a := range r.live {
			if a == opened {
				r.live = append(r.live[:i:i], r.live[i+1:]...)
				break
			}
		}
	}
	a := r.govern(t, m)
	to := r.ahead("to", "from")
	switch {
	case to > 0:
		a.after = r.i + to
	case r.ahead("that") > 0:
		a.after = len(r.ts) // what follows has a verb of its own
	}
	if passive && to == 0 || op.both && m&^negative == 0 {
		for i := r.start; i < at; i++ {
			r.s.words[i].modes |= m
			a.reach = append(a.reach, i)
		}
		if passive && to == 0 {
			r.open, r.mode = nil, outer
		}
	}
	a.reach = append(a.reach, at)
}

// isVerb reports whether t, which may govern, does so here: not "a required
// referral", "permitted scope", "the need", "any bar".
func (r *reader) isVerb(t token) bool {
	prev, next := "", ""
	if r.i > 0 && r.ts[r.i-1].kind == wordToken {
		prev = r.ts[r.i-1].text
	}
	if r.i+1 < len(r.ts) && r.ts[r.i+1].kind == wordToken {
		next = r.ts[r.i+1].text
	}
	switch {
	case determiners[prev], r.i > 0 && r.ts[r.i-1].owns:
		return false
	case strings.HasSuffix(t.text, "ed") || strings.HasSuffix(t.text, "en"):
		return beForms[prev] || auxiliaries[prev] || next == "to" || next == "from" || r.be || prev != "" && !empty(prev) && (determiners[next] || subjects[next])
	case keeping[t.text]:
		return r.ahead("from") > 0 && r.ahead("away") == 0
	case strings.HasPrefix(t.text, "fail"):
		return next == "to"
	case strings.HasPrefix(t.text, "let"):
		return r.i+1 >= len(r.ts) || r.ts[r.i+1].kind != numberToken // "lets 30 days pass"
	case t.text == "need" || t.text == "permit" || t.text == "bar" || t.text == "ban" || t.text == "lack":
		return !(next == "for" || next == "of")
	}
	return true
}

var places = set("in on among within inside")

// keeping are the verbs that negate only with "from": "keeps it from being
// new", "frees a plan from the rule".
var keeping = set("keep keeps kept keeping free frees freed relieve relieves relieved")

var determiners = set("a an the its their his her this that these those any each every some such no of")

// ahead is how many tokens ahead one of words stands in the clause, or 0.
func (r *reader) ahead(words ...string) int {
	for j := r.i + 1; j < len(r.ts) && j < r.i+9; j++ {
		t := r.ts[j]
		if t.kind == markToken && t.text != "," || clauseWords[t.text] {
			return 0
		}
		for _, w := range words {
			if t.kind == wordToken && t.text == w {
				return j - r.i
			}
		}
	}
	return 0
}
