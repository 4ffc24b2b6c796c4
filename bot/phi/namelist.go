package phi

// onList records the name that the lists show at word i, and gives the word
// behind it, or 0.
func (r *reader) onList(i int) int {
	w := r.words[i]
	n := r.name(i)
	if n == noName || !w.capital() && !w.caseless || w.caseless && n != listed && !(n == homograph && r.speaks(i, i+1)) {
		return 0
	}
	end := r.run(i, false)
	if end == i && r.kind == Note && n == homograph && r.gate.given[w.fold] && r.speaks(i, i+1) {
		end = i + 1
	}
	if end == i {
		return 0
	}
	end = r.odd(i, end, false)
	if w.caseless && end == i+1 { // "name? mark pinto"
		i = r.nameBefore(i)
	}
	given := r.gate.given[w.fold]
	long := end > r.unit(i)
	credential := r.credential(end)
	switch {
	case n == listed && (given || long || credential || !w.first || r.words[i].owns):
		return r.record(i, end, true)
	case n == unknown && !w.caseless && (w.owns && !w.first || r.verbAfter(end) || r.in(i-1, toPerson)):
		return r.record(i, end, true)
	case n == listed && (w.caseless || w.first):
		return r.record(i, end, r.verbAfter(end))
	case credential && long:
		return r.record(i, end, true)
	case n == unknown && long && r.anyListed(i, end):
		return r.record(i, end, true)
	case n == homograph && given && long && r.strongNext(i, end):
		return r.record(i, end, !w.first || r.name(end-1) >= unknown)
	case n == homograph && given && !w.caseless && r.verbAfter(end) && !(w.fold == "may" || w.fold == "will" && w.first && end == i+1 && !r.is(end, "said", "says", "reports")):
		return r.record(i, end, true)
	case n == homograph && given && !w.caseless && w.shape == title && !w.first && r.in(i-1, toPerson):
		return r.record(i, end, true)
	case n == homograph && given && !w.caseless && r.is(end, ",") && r.name(end+1) == listed && r.words[end+1].capital():
		return r.record(i, end, true)
	case n == homograph && given && r.kind == Note && r.speaks(i, end):
		return r.record(i, end, false)
	case n == homograph && given && !w.caseless && w.shape == title && !months[w.fold] && !r.heading(i) && (!w.first || r.is(end, "had")) && !r.in(i-1, articles):
		return r.record(i, end, false)
	}
	return 0
}

// odd takes an ordinary word with a capital along that stands behind one given
// name and before no third: "Tami Want". Behind a cue the given name may be an
// ordinary word too.
func (r *reader) odd(i, end int, cued bool) int {
	if end != i+1 || r.kind != Note || end >= len(r.words) || r.name(i) != listed && !(cued && !noNames[r.words[i].fold]) || !r.gate.given[r.words[i].fold] || r.words[i].caseless || r.words[i].shape != title {
		return end
	}
	w := r.words[end]
	if w.shape != title || w.broken || !w.spaced || r.keep[end] || r.gate.clinical[w.fold] || months[w.fold] || personVerbs[w.fold] || noNames[w.fold] && w.fold != "want" {
		return end
	}
	if next := end + 1; next < len(r.words) && r.words[next].capital() && !r.words[next].broken {
		return end
	}
	return end + 1
}

func (r *reader) record(i, end int, sure bool) int {
	s := r.add(i, end, Name, sure)
	if r.credential(end) {
		s.role = Provider
	}
	return end
}

func (r *reader) anyListed(i, end int) bool {
	for ; i < end; i++ {
		if r.name(i) == listed {
			return true
		}
	}
	return false
}

// strongNext reports whether a homograph is followed by what is no ordinary
// word, or by a surname.
func (r *reader) strongNext(i, end int) bool {
	for k := i + 1; k < end; k++ {
		if n := r.name(k); n >= unknown || n == homograph && r.gate.surnames[r.words[k].fold] && !r.words[i].first {
			return true
		}
	}
	return false
}

// speaks reports whether the one word at i is spoken to, or has what is said
// behind it: "Amber: my neck hurts".
func (r *reader) speaks(i, end int) bool {
	w := r.words[i]
	return end == i+1 && w.broken && !months[w.fold] && !noNames[w.fold] && (w.capital() && r.is(end, ",") || r.is(end, ":") && end+1 < len(r.words) && !r.words[end+1].broken)
}

// heading reports whether word i stands among capitalised words, as in a title.
func (r *reader) heading(i int) bool {
	before := i > 0 && r.words[i-1].capital() && len(r.words[i-1].fold) > 1 && (!r.words[i-1].first || r.gate.clinical[r.words[i-1].fold])
	after := i+1 < len(r.words) && r.words[i+1].capital()
	return before || after
}

// credential reports whether letters of a profession stand at word i, perhaps
// after a comma.
func (r *reader) credential(i int) bool {
	if r.is(i, ",") {
		i++
	}
	if r.is(i, "l", "m", "d", "p", "r", "n") && r.is(i+1, ".") && !r.is(i, "d") { // M.D., L.Ac., D.C.
		return true
	}
	return r.in(i, credentials) && r.words[i].capital()
}

func (r *reader) verbAfter(i int) bool { return r.in(i, personVerbs) }

// initials records "J.S." and "M. L." and gives the word behind them, or 0. It
// passes over abbreviations.
func (r *reader) initials(i int) int {
	j := i
	letters := ""
	for j+1 < len(r.words) && len(r.words[j].fold) == 1 && r.words[j].capital() && r.is(j+1, ".") && !r.words[j+1].spaced && (j == i || !r.words[j].spaced || len(letters) < 2 && !r.words[j].broken) {
		letters += r.words[j].fold
		j += 2
	}
	if abbreviations[letters] && len(letters) > 1 {
		return j
	}
	if len(letters) < 2 || len(letters) > 3 || r.keep[i] || j < len(r.words) && !r.words[j].spaced && r.words[j].letters() {
		return 0
	}
	if r.gate.words[letters] && !r.gate.roleBefore(r, i) {
		return 0
	}
	r.add(i, j, Name, r.gate.roleBefore(r, i) || !r.words[i].first)
	return j
}

func (g *Gate) roleBefore(r *reader, i int) bool {
	k := i - 1
	for ; k >= 0 && links[r.words[k].fold]; k-- {
	}
	if k < 0 {
		return false
	}
	_, ok := g.roles[r.words[k].fold]
	return ok
}
