package cite

import (
	"slices"
	"strings"
)

// word reads one word: it opens a clause, governs others, or has content.
func (r *reader) word(t token) {
	if clauseWords[t.text] && !(t.text == "so" && r.i > 0 && auxiliaries[r.ts[r.i-1].text]) {
		if relatives[t.text] {
			r.part()
		} else {
			r.close()
		}
		r.given = conditions[t.text]
		if t.text == "unless" || t.text == "except" {
			r.mode = plain | neg // "unless it is grandfathered": as much "if it is not"
		}
		return
	}
	if (t.text == "and" || t.text == "or") && r.finite(r.i+1) { // "… and may go to court": the subject is the same
		start := r.start
		r.close()
		r.start = start
		return
	}
	if outs[t.text] && r.ahead("out") > 0 {
		t.text = "excludes" // "leaves massage out"
	}
	if t.text == "and" || t.text == "or" {
		r.parts++
	}
	op, ok := operators[t.text]
	if ok && !op.verb {
		r.before = op.mode.with(r.before)
	}
	if ok && op.mode&negative != 0 && t.text != "nor" && !(t.text == "no" && r.prev("and", "or")) && (!op.verb || r.isVerb(t)) {
		r.negs++
	}
	if t.text == "misread" {
		r.negs = 1 // "the words can never render are often read as": those only name what is read
	}
	switch {
	case ok && op.verb && r.isVerb(t):
		r.verb(t, op)
	case ok && op.verb:
		r.content(t)
	case ok && op.mode == neg:
		r.negate(t)
	case ok:
		r.modal(t, op.mode)
	case t.text == "here" || t.text == "there":
		r.open, r.brief = nil, true // "not here, …"
	case t.text == "only" && r.mode&leave != 0: // "may be used only for"
		for _, a := range r.live {
			for _, h := range a.heads {
				r.s.words[h].modes |= plain
				r.s.words[h].before |= plain
			}
		}
	case t.text == "@most" && r.mode&leave != 0: // "may require no more than" may not require more
		for _, a := range r.live {
			a.mode |= ban
			for _, h := range a.heads {
				r.s.words[h].modes |= ban
				r.s.words[h].before |= ban
			}
		}
	case empty(t.text) || strings.HasPrefix(t.text, "@"):
		if r.brief && r.open == nil && !determiners[t.text] {
			r.brief, r.mode = false, plain
		}
		r.be = beForms[t.text] || r.be && t.text != "to"
	default:
		r.content(t)
	}
}

// content adds a word with content under the mode in force.
func (r *reader) content(t token) {
	k := key(t.text)
	i := len(r.s.words)
	w := word{text: shown(t.text), key: k, modes: r.mode, before: r.before, clause: r.clause, part: r.parts, given: r.given, advised: r.advised, owns: t.owns, passive: r.be && strings.HasSuffix(t.text, "ed")}
	r.before = plain
	adverb := strings.HasSuffix(t.text, "ly") && len(t.text) > 5 && !noAdverbs[t.text]
	w.party = isParty(k) && !(t.text == "state" && r.describes())
	if n, ok := rivalOf[k]; ok {
		w.group = n + partyGroup + 1
	}
	if w.party {
		w.group = partyGroup
		r.peers++
		w.peer = r.peers
		if n := r.peerOf(i); n > 0 {
			w.peer = n
		}
	}
	for _, a := range r.live {
		a.reach = append(a.reach, i)
	}
	switch {
	case r.open != nil && !adverb && r.i >= r.open.after:
		o := operators[r.open.word]
		w.head = !o.verb || r.open.after > 0
		w.noun = r.open.word == "no" || r.open.word == "none" || r.i > 1 && r.ts[r.i-2].text == "not" && determiners[r.ts[r.i-1].text]
		if n := r.subject(); len(r.open.heads) == 0 && n >= 0 && w.head && !w.noun {
			r.s.words[n].verbs = append(r.s.words[n].verbs, k)
		}
		r.open.heads = append(r.open.heads, i)
		if !w.party || w.noun {
			r.open = nil
		}
	case r.i > 1 && !w.party && (r.ts[r.i-1].text == "or" || r.ts[r.i-1].text == "and") && r.joined(i):
		w.head = true
	}
	r.s.words = append(r.s.words, w)
	if !adverb {
		r.be = false
	}
}

// subject is the first party of the clause before the operator that is open,
// or -1.
func (r *reader) subject() int {
	for n := r.start; n < len(r.s.words); n++ {
		if r.s.words[n].party {
			return n
		}
	}
	return -1
}

// prev reports whether the token before is one of words.
func (r *reader) prev(words ...string) bool {
	return r.i > 0 && slices.Contains(words, r.ts[r.i-1].text)
}

// describes reports whether the next token is a word of content, so that the
// word at hand may be an adjective: "state law".
func (r *reader) describes() bool {
	if r.i+1 >= len(r.ts) || r.ts[r.i+1].kind != wordToken {
		return false
	}
	next := r.ts[r.i+1].text
	return !empty(next) && operators[next].mode == 0
}

var noAdverbs = set("supply comply multiply family assembly anomaly")

var outs = set("leave leaves leaving left shut shuts")

var joins = set("and or nor , in of under with")

// peerOf is the number of the party that word i is joined to: "a plan or a
// health insurance issuer", "an enrollee in a plan".
func (r *reader) peerOf(i int) int {
	joined := false
	words := 0
	for j := r.i - 1; j >= 0 && words <= 2; j-- {
		t := r.ts[j]
		switch {
		case t.kind == markToken && t.text != ",", operators[t.text].mode != 0:
			return 0
		case joins[t.text]:
			joined = true
		case t.kind == wordToken && !empty(t.text):
			words++
			if w := r.s.words[i-words:]; joined && len(w) > 0 && w[0].peer > 0 {
				return w[0].peer
			} else if len(w) > 0 && w[0].peer > 0 {
				return 0
			}
		}
		if i-words <= 0 {
			return 0
		}
	}
	return 0
}

// joined gives word i, after "and" or "or", to the operator whose verb is
// the word before it: "deny or limit".
func (r *reader) joined(i int) bool {
	for _, a := range r.live {
		if n := len(a.heads); n > 0 && a.heads[n-1] == i-1 {
			a.heads = append(a.heads, i)
			return true
		}
	}
	return false
}

// govern makes an operator that governs what comes, in mode m.
func (r *reader) govern(t token, m mode) *act {
	a := &act{word: shown(t.text), mode: m}
	r.live = append(r.live, a)
	r.open, r.mode = a, m
	return a
}
