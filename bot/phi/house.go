package phi

import (
	"regexp"
	"slices"
	"strings"
)

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
		ends := i+1 == len(r.words) || r.words[i+1].broken || r.is(i+1, ",", "?", "!", ")", ";") || r.is(i+1, ".") && (i+2 == len(r.words) || r.words[i+2].first) ||
			i > 0 && (streetEnd(r.words[i-1].fold) || r.placeBefore(i, name)) || r.words[i+1].shape != mark && r.done[i+1]
		if after && r.unlisted[i+1] || before && r.unlisted[i-1] && ends {
			r.add(i, i+1, Address, false)
		} else if k := r.wayBefore(i, name); k < i {
			r.add(k, i+1, Address, false)
		}
	}
}

// placeBefore reports whether "at", "from" or the like stands before the name
// that word i follows.
func (r *reader) placeBefore(i int, name func(int) bool) bool {
	k := i - 1
	for n := 0; n < 4 && k > 0 && name(k) && !r.words[k].broken; n++ {
		k--
	}
	return r.is(k, "at", "from", "near", "to", "of", "address", ":") && !r.is(i+1, "time", "times", "more", "other", "and", "or", "-")
}

// streetEnd reports whether a word ends as streets do in other languages:
// "Vesturgata", "Hausergasse".
func streetEnd(f string) bool {
	return slices.ContainsFunc(streetEnds, func(e string) bool { return len(f) > len(e)+2 && strings.HasSuffix(f, e) })
}

var streetEnds = strings.Fields(`gata gatan gaten gate gade vej vejen vei veien vagen vegur straat laan plein kade strasse gasse weg platz allee tie katu kuja utca ulica`)

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
		} else if !street && !(r.is(k-1, ".", "/", "-") || particles[w.fold] || w.letters() && !r.gate.known(w.fold)) {
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
