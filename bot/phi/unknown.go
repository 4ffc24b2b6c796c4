package phi

import "regexp"

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
	for ; i > 0 && r.words[i-1].capital() && !r.words[i-1].caseless && !r.done[i-1] && !r.keep[i-1] && r.name(i-1) == homograph && !r.words[i].broken && r.gate.given[r.words[i-1].fold]; i-- {
	}
	r.add(i, end, Name, false)
	for k := i; k < end; k++ {
		r.unlisted[k] = true
	}
	return end
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
	return n == listed && r.gate.given[w.fold] && len(w.fold) > 3 && !r.gate.known(w.fold)
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

// year is a year that stands alone; it identifies nobody.
var year = regexp.MustCompile(`^(?:19|20)\d\d$`)

// houseNumbers records the numbers that touch a word on no list, as they do in
// the addresses of other countries: "40 Kurvitza", "Kurvitza 40, Tartu". Beside
// a name on the lists there must be more: a number on either side, a word for a
// street, a crossing.
func (r *reader) houseNumbers() {
	over := r.cover()
	name := func(i int) bool {
		if i < 0 || over[i] == 0 {
			return false
		}
		s := r.spans[over[i]-1]
		return s.typ == Name && s.role == "" && !s.firm && s.who == nil
	}
	for i, w := range r.words {
		if !r.house(i) {
			continue
		}
		before := i > 0 && name(i-1) && !w.broken
		after := name(i+1) && !r.words[i+1].broken
		ends := i+1 == len(r.words) || r.words[i+1].broken || r.is(i+1, ",") || r.words[i+1].shape != mark && r.done[i+1]
		if after && r.unlisted[i+1] || before && r.unlisted[i-1] && ends {
			r.add(i, i+1, Address, false)
		} else if k := r.wayBefore(i, name); k < i {
			r.add(k, i+1, Address, false)
		}
	}
}

// house reports whether word i can be the number of a house.
func (r *reader) house(i int) bool {
	w := r.words[i]
	return w.shape == digit && len(w.fold) < 6 && !year.MatchString(w.fold) && !r.keep[i] && !r.done[i] && !r.is(i-1, "$", "/") && !r.is(i+1, "/", "%")
}

// wayBefore is the first word of the street whose number is word i: "Via Roma
// 41", a street between two numbers, "56 Victor Hugo u. 97", or a crossing,
// "Vidica and Roma 41". It is i where there is none.
func (r *reader) wayBefore(i int, name func(int) bool) int {
	k, names := i, 0
	for ; k > 0 && i-k < 8 && !r.words[k].broken; k-- {
		w := r.words[k-1]
		street := w.letters() && worldStreets[w.fold]
		if street && (w.capital() && len(w.fold) > 2 && k < i) {
			return k - 1
		}
		if name(k - 1) {
			names++
		} else if !street && !(r.is(k-1, ".", "/", "-") || particles[w.fold]) {
			break
		}
	}
	switch {
	case names == 0:
	case k > 0 && !r.words[k].broken && r.house(k-1):
		return k - 1
	case k > 1 && r.is(k-1, "and") && name(k-2):
		for k -= 2; k > 0 && name(k-1) && !r.words[k].broken; k-- {
		}
		return k
	}
	return i
}
