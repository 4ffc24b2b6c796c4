package phi

// unknowns finds what no list knows: capitalised words, words of a line without
// mixed case, codes, long numbers. They are never sure.
func (r *reader) unknowns() {
	for i := 0; i < len(r.words); {
		w := r.words[i]
		switch {
		case r.done[i] || r.keep[i] || w.shape == mark || r.pronoun(i):
			i++
		case w.shape == digit:
			i = r.longNumber(i)
		case w.shape == mixed:
			i = r.code(i)
		default:
			i = r.unknownName(i)
		}
	}
}

func (r *reader) pronoun(i int) bool { return len(r.words[i].fold) == 1 && r.words[i].letters() }

// unknownName records a run of words that may be a name.
func (r *reader) unknownName(i int) int {
	if !r.suspect(i) {
		return i + 1
	}
	end := i + 1
	for end < len(r.words) && !r.words[end].broken {
		k := end
		if r.is(k, "-", "'", "’") && !r.words[k].spaced && k+1 < len(r.words) {
			k++
		}
		if k >= len(r.words) || r.done[k] || !r.suspect(k) && !(r.continues(k) && r.words[k].capital() && !r.words[k].caseless) {
			break
		}
		end = k + 1
	}
	i = r.nameBefore(i)
	r.add(i, end, Name, false)
	for k := i; k < end; k++ {
		r.unlisted[k] = true
	}
	return end
}

// nameBefore is the first word of the name whose word i is on no list: behind
// a given name that is an ordinary word too, the second half of a double name,
// or the second of two people.
func (r *reader) nameBefore(i int) int {
	for i > 0 && !r.words[i].broken {
		k := i - 1
		joined := r.is(k, "-") && !r.words[i].spaced && !r.words[k].spaced
		if joined || r.is(k, "and", "&") && !r.words[i].caseless {
			k--
		}
		if k < 0 || r.done[k] || r.keep[k] || r.name(k) != homograph || noNames[r.words[k].fold] || !r.words[k].capital() && !r.words[k].caseless ||
			k < i-1 && !joined && r.words[k].first || !joined && !r.gate.given[r.words[k].fold] {
			break
		}
		i = k
	}
	return i
}

// suspect reports whether word i is on no list though its case, or the want of
// case, makes it worth knowing.
func (r *reader) suspect(i int) bool {
	w := r.words[i]
	if !w.letters() || r.keep[i] {
		return false
	}
	n := r.name(i)
	if n == noName && (w.spaced || i == 0 || r.words[i-1].shape == mark) {
		return false
	}
	switch {
	case n == homograph:
		return false
	case w.capital() && !w.caseless:
		return !(r.kind == Question && w.first && r.gate.oneOff(w.fold))
	case w.caseless:
		return len(w.fold) > 2 && !(r.kind == Question && n == unknown && r.gate.oneOff(w.fold))
	}
	if n == listed {
		return (r.gate.given[w.fold] || r.kind == Note) && len(w.fold) > 3
	}
	return n == unknown && r.kind == Note && len(w.fold) > 3 && r.name(i-1) == listed && r.gate.given[r.words[i-1].fold] && !r.gate.oneOff(w.fold)
}

// code records a word of letters and digits, with what is joined to it.
func (r *reader) code(i int) int {
	j, count, _ := r.token(i)
	if j <= i {
		j = i + 1
	}
	w := r.words[i]
	head := 0
	for head < len(w.fold) && w.fold[head] >= 'a' && w.fold[head] <= 'z' {
		head++
	}
	if count < 3 && j == i+1 && (head+digits(w.fold) == len(w.fold) && (head < 3 || r.gate.clinical[w.fold[:head]]) || len(w.fold) < 4) {
		return i + 1
	}
	r.add(i, j, Other, false)
	return j
}

// longNumber records digits too many for a measure or a year.
func (r *reader) longNumber(i int) int {
	if r.is(i-1, "$", ".") || r.is(i+1, "%") {
		return i + 1
	}
	j, count := i+1, len(r.words[i].fold)
	for j+1 < len(r.words) && r.is(j, "-", "/", " ") && !r.words[j].spaced && !r.words[j+1].spaced && r.words[j+1].shape != mark && !r.keep[j+1] && !r.done[j+1] {
		count += digits(r.words[j+1].fold)
		j += 2
	}
	for j < len(r.words) && r.words[j].shape == digit && !r.words[j].broken && len(r.words[j].fold) > 1 && !r.keep[j] && !r.done[j] && r.words[j].spaced {
		count += len(r.words[j].fold)
		j++
	}
	if count < 5 || r.is(j, ",") && count < 7 && !r.words[j].spaced && r.is(i-1, ",") {
		return i + 1
	}
	r.add(i, j, Other, false)
	return j
}
