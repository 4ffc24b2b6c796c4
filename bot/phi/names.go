package phi

// aName says how much a word looks like part of a name.
type aName uint8

const (
	noName    aName = iota
	homograph       // an ordinary word that is a name as well
	unknown         // on no list at all
	listed          // on the lists of names, and no ordinary word
)

func (r *reader) name(i int) aName {
	if i < 0 || i >= len(r.words) {
		return noName
	}
	w := r.words[i]
	if !w.letters() || r.keep[i] || len(w.fold) < 2 || !w.spaced && i > 0 && r.words[i-1].shape != mark {
		return noName
	}
	is := r.gate.given[w.fold] || r.gate.surnames[w.fold]
	known := r.gate.words[w.fold] || r.gate.known(w.fold) && !r.gate.given[w.fold] // "Jared" is no jar
	known = known && !(w.accented && w.capital() && (is || !w.first))
	switch {
	case r.gate.clinical[w.fold] && !is:
		return noName
	case is && known:
		return homograph
	case is:
		return listed
	case known, r.gate.prefixed(w.fold):
		return noName
	}
	return unknown
}

// names finds names behind cues, before credentials, and on the lists.
func (r *reader) names() {
	for i := 0; i < len(r.words); {
		next := i + 1
		if !r.done[i] && r.words[i].letters() {
			if end := r.another(i); end > 0 {
				next = end
			} else if end := r.afterCue(i); end > 0 {
				next = end
			} else if end := r.onList(i); end > 0 {
				next = end
			} else if end := r.initials(i); end > 0 {
				next = end
			}
		}
		i = next
	}
}

// another records a name that is listed with one before it: "Maria, Grace and
// Hope". Between two names a homograph is one.
func (r *reader) another(i int) int {
	k := i - 1
	for n := 0; n < 2 && r.is(k, ",", "and", "&", "or"); n++ {
		k--
	}
	w := r.words[i]
	if k == i-1 || k < 0 || !r.nameEnds[k] || !w.capital() || w.caseless || w.first || w.broken || r.name(i) < homograph || months[w.fold] && !r.nameEnds[k] {
		return 0
	}
	if r.name(i) == homograph && r.is(k+1, ",") && !r.is(i-1, "and", "&", "or") && !r.is(i+1, ",", "and", "&", "or") {
		return 0
	}
	end := r.run(i, true)
	if end == i {
		return 0
	}
	return r.record(i, r.odd(i, end, false), true)
}

// afterCue records the name that follows a cue at word i and gives the word
// behind it, or 0.
func (r *reader) afterCue(i int) int {
	w := r.words[i]
	role, cued := r.gate.roles[w.fold]
	title := titles[w.fold] && (w.caseless || w.capital() || len(w.fold) < 4)
	if !title && !cued && !r.weakCue(i) {
		return 0
	}
	if w.fold == "pt" && w.shape == upper && !w.caseless && r.lower(i+1) {
		role = ""
	}
	j := i + 1
	named := false
	for n := 0; n < 4 && j < len(r.words) && (links[r.words[j].fold] || r.words[j].fold == "'s"); n++ {
		if r.is(j, ",", "and", "of", "(", "the", "-") && title || r.is(j, ".") && !title && r.words[j-1].fold != "pt" && r.words[j-1].fold != "re" || r.is(j, ".") && j+1 < len(r.words) && r.words[j+1].first {
			break
		}
		named = named || r.is(j, ":", "named", "name", "called")
		j++
	}
	if j >= len(r.words) {
		return 0
	}
	if j < len(r.words) && r.words[j].broken && !named && w.fold != "sincerely" && w.fold != "regards" && !r.is(j-1, ",") {
		return 0
	}
	for n := 0; n < 4 && j < len(r.words) && titles[r.words[j].fold] && r.name(j) != unknown; n++ { // "spoke w/ dr patel", "adjuster Ms. Reed"
		title = true
		if r.is(j, "dr", "doctor") {
			role = Provider
		}
		if j++; r.is(j, ".") {
			j++
		}
	}
	end := r.run(j, title || named)
	if end == j {
		return 0
	}
	end = r.odd(j, end, true)
	s := r.add(j, end, Name, true)
	s.firm = title
	s.role = role
	return end
}

func (r *reader) lower(i int) bool {
	return i < len(r.words) && r.words[i].shape == lower
}

// weakCue reports whether word i is a preposition that goes before a person.
func (r *reader) weakCue(i int) bool {
	before, ok := weakCues[r.words[i].fold]
	if !ok {
		return false
	}
	switch r.words[i].fold {
	case "per":
		return true
	case "c": // c/o
		return r.is(i+1, "/") && r.is(i+2, "o")
	case "w":
		return r.is(i+1, "/") && r.in(i-1, before)
	}
	return r.in(i-1, before)
}

// run is the word behind the name that begins at word i; i if there is none.
// After a strong cue a homograph is a name too.
func (r *reader) run(i int, strong bool) int {
	if !r.starts(i, strong) {
		return i
	}
	j := r.unit(i)
	for n := 0; n < 4 && j < len(r.words); n++ {
		k := j
		switch {
		case r.words[k].broken:
			return j
		case r.is(k, ".") && !r.words[k].spaced && len(r.words[k-1].fold) == 1:
			k++
		case r.is(k, "-", "–") && !r.words[k].spaced && k+1 < len(r.words) && !r.words[k+1].spaced:
			k++
		case r.is(k, ",") && n == 0 && j == i+1 && r.reversed(i):
			k++
		}
		for p := 0; p < 3 && k+1 < len(r.words) && particles[r.words[k].fold] && r.words[k].spaced && !r.words[k+1].broken; p++ {
			k++
		}
		if k >= len(r.words) || r.words[k].broken || !r.continues(k) {
			break
		}
		j = r.unit(k)
	}
	if r.in(j, suffixes) && r.words[j].capital() {
		j++
	} else if r.is(j, ",") && r.in(j+1, suffixes) && r.words[j+1].capital() {
		j += 2
	}
	return j
}

// unit is the word behind word i of a name: an initial takes its dot along.
func (r *reader) unit(i int) int {
	if len(r.words[i].fold) == 1 && r.is(i+1, ".") && !r.words[i+1].spaced {
		return i + 2
	}
	return i + 1
}

// starts reports whether a name can begin at word i, behind a cue.
func (r *reader) starts(i int, strong bool) bool {
	if i >= len(r.words) {
		return false
	}
	w := r.words[i]
	if particles[w.fold] && i+1 < len(r.words) && r.continues(i+1) && (w.capital() || strong) {
		return true
	}
	n := r.name(i)
	if strong && r.keep[i] && w.letters() && r.gate.eponyms[w.fold] {
		n = homograph // "Mr. Parkinson"
	}
	initial := len(w.fold) == 1 && w.capital() && r.is(i+1, ".") && !r.words[i+1].spaced
	switch {
	case w.mixedOCR():
		return strong || w.capital()
	case initial:
		return i+2 < len(r.words) && (r.continues(i+2) || strong) && !r.keep[i]
	case w.caseless && n == homograph:
		return (strong || r.gate.given[w.fold] && w.shape == upper) && (!noNames[w.fold] || strong && r.gate.given[w.fold] && r.name(i+1) == listed)
	case w.caseless:
		return n >= unknown
	case w.capital() && n == noName && strong && w.letters() && len(w.fold) > 1:
		return !r.keep[i] && !noNames[w.fold] && !r.gate.clinical[w.fold] && !w.first
	case w.capital():
		return n >= homograph && !(n == homograph && noNames[w.fold] && !strong && (w.first || r.name(i+1) < unknown))
	case n == homograph:
		return strong && !noNames[w.fold]
	}
	return n >= unknown && (strong || n == listed || !r.gate.oneOff(w.fold))
}

// continues reports whether word i can go on with a name.
func (r *reader) continues(i int) bool {
	if i >= len(r.words) {
		return false
	}
	w := r.words[i]
	if r.keep[i] && !(r.eponymOnly(i) && (w.capital() && !w.caseless || w.caseless && r.name(i-1) == listed && r.gate.given[r.words[i-1].fold])) || !w.letters() {
		return w.mixedOCR() && w.capital()
	}
	n := r.name(i)
	switch {
	case r.keep[i]:
		return true
	case len(w.fold) == 1 && w.caseless && r.in(i-1, r.gate.given) && r.name(i-1) == listed && w.fold != "i" && w.fold != "a":
		return true // "sarah k.", "JOHN Q PUBLIC"
	case len(w.fold) == 1:
		return w.capital() && r.is(i+1, ".") && !r.words[i+1].spaced || w.capital() && w.fold != "i" && w.fold != "a" && r.name(i+1) >= homograph
	case w.caseless && n == homograph:
		return r.gate.surnames[w.fold] && !noNames[w.fold]
	case w.caseless && w.shape == upper && len(r.words[i-1].fold) == 1 && !noNames[w.fold] && !personVerbs[w.fold] && !r.gate.clinical[w.fold]:
		return true
	case w.caseless:
		return n >= unknown
	case w.capital() && n == noName:
		return r.behindInitial(i) && !r.gate.clinical[w.fold] && !months[w.fold] && !personVerbs[w.fold]
	case w.capital():
		return n >= unknown || n == homograph && !(noNames[w.fold] && w.first)
	}
	return n == listed && r.gate.surnames[w.fold]
}

// behindInitial reports whether a given name and an initial stand before word
// i, so that it is a surname, whatever it means: "John Q. Sample".
func (r *reader) behindInitial(i int) bool {
	k := i - 1
	if r.is(k, ".") {
		k--
	}
	return k > 0 && len(r.words[k].fold) == 1 && r.words[k].capital() && r.name(k-1) >= homograph && r.gate.given[r.words[k-1].fold]
}

// eponymOnly reports whether a word stays only because it is an eponym.
func (r *reader) eponymOnly(i int) bool {
	_, ok := r.gate.eponyms[r.words[i].fold]
	return ok && !r.gate.eponymTerm(r, i)
}

// reversed reports whether "Lopez, Maria" begins at word i.
func (r *reader) reversed(i int) bool {
	return i+2 < len(r.words) && r.name(i) >= homograph && r.words[i].capital() && !r.words[i+2].broken && r.gate.given[r.words[i+2].fold] && r.words[i+2].capital() &&
		(r.gate.surnames[r.words[i].fold] || r.name(i) == unknown) && !r.gate.given[r.words[i].fold] && !r.is(i+3, "and")
}

// mixedOCR reports whether a word is letters with a digit read for a letter.
func (w word) mixedOCR() bool {
	if w.shape != mixed || len(w.fold) < 4 {
		return false
	}
	n := digits(w.fold)
	return n > 0 && n <= 2 && (w.fold[0] < '0' || w.fold[0] > '9') && (w.fold[len(w.fold)-1] > '9' || n == 1 && len(w.fold) > 4)
}
