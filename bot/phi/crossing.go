package phi

// corner records a crossing: "the corner of 5th and Pine".
func (r *reader) corner(i int) {
	j := i + 1
	if !r.is(j, "of", "at") {
		return
	}
	if end := r.crossing(j + 1); end > 0 {
		r.cued(j+1, end, Address)
	}
}

// crossing is the word behind "5th Ave and Pine St" at word i, or 0.
func (r *reader) crossing(i int) int {
	a := r.way(i)
	if a == i || !r.is(a, "and", "&", "at", "/", "@") {
		return 0
	}
	if r.is(a, "/") && r.words[a-1].shape == digit && a+1 < len(r.words) && r.words[a+1].shape == digit {
		return 0 // "Oak St 10/3" is a day
	}
	b := r.way(a + 1)
	if b == a+1 {
		return 0
	}
	return r.cityTail(b)
}

// way is the word behind the name of a street.
func (r *reader) way(i int) int {
	j := i
	for ; j < len(r.words) && j < i+6 && (j == i || !r.words[j].broken); j++ {
		w := r.words[j]
		switch {
		case w.capital() && !(w.caseless && notStreet[w.fold]), w.shape == mixed, directions[w.fold], streetWords[w.fold] && j > i,
			w.fold == "." && j > i && (streetWords[r.words[j-1].fold] || directions[r.words[j-1].fold]) && j+1 < len(r.words) && !r.words[j+1].first:
		case w.caseless && w.letters() && !notStreet[w.fold] && (j == i || j < i+3 && !r.gate.known(w.fold)):
		case w.shape == digit && (j == i || r.words[j-1].letters()) && len(w.fold) < 4 && !r.keep[j]:
		default:
			return j
		}
	}
	return j
}

// place records a city, a road or a crossing named in running text.
func (r *reader) place(i int) {
	w := r.words[i]
	if end := r.match(roadID, i); end > 0 && !r.lawBefore(i) && !r.keep[i] && (w.capital() || r.is(i-1, "on", "hwy", "near")) && (r.kind == Note || r.kind == Draft || r.roadCue(i)) {
		j := r.addBytes(i, end, Address, true)
		if r.is(j, "and", "&", "at", "/") { // "I-5 & NE 45th"
			if k := r.way(j + 1); k > j+1 {
				r.add(i, k, Address, true)
			}
		}
		return
	}
	if j := r.smallStreet(i); j > 0 {
		r.add(i, j, Address, false)
		return
	}
	if n := r.gate.cities.at(r.words[i:]); n > 0 && (w.capital() || w.caseless) {
		r.city(i, n)
		return
	}
	if placeCues[w.fold] && i+1 < len(r.words) {
		if end := r.crossing(i + 1); end > 0 && r.streetLike(i+1, end) {
			r.cued(i+1, end, Address)
		}
	}
	if w.capital() && !w.caseless && !r.done[i] && !r.keep[i] { // "Pine Street", "Broadway Ave" without a number
		if j := r.nameWords(i, 3); j > i+1 && streetWords[r.words[j-1].fold] && len(r.words[j-1].fold) > 1 && !r.is(j-1, "dr", "way", "point", "row", "run", "path", "court", "place", "walk", "st", "ct", "route", "circle", "drive", "via", "alley") {
			r.add(i, j, Address, r.roadCue(i))
		}
	}
}

// smallStreet is the word behind a street in small letters that begins at word
// i, behind a word of place: "on pike st", "off 5th ave n". It is 0 if there is none.
func (r *reader) smallStreet(i int) int {
	if r.words[i].capital() && !r.words[i].caseless || !r.is(i-1, "on", "near", "off", "at", "along", "down") {
		return 0
	}
	for j := i; j < i+3 && j+1 < len(r.words) && !r.words[j+1].broken; j++ {
		w := r.words[j]
		if !w.letters() && w.shape != mixed || notStreet[w.fold] || r.gate.clinical[w.fold] {
			return 0
		}
		if surelyStreets[r.words[j+1].fold] {
			if r.is(j+2, ".") && !(j+3 < len(r.words) && r.words[j+3].first) {
				j++
			}
			if r.in(j+2, directions) && !r.words[j+2].broken {
				j++
			}
			return j + 2
		}
	}
	return 0
}

var surelyStreets = setOf("street st avenue ave blvd boulevard rd hwy")

var placeCues = setOf("at near on between crossing")

// roadCue reports whether a word of place stands before i.
func (r *reader) roadCue(i int) bool {
	return r.is(i-1, "on", "at", "near", "off", "along", "of", "from") || r.is(i-1, "the") && r.is(i-2, "on", "at", "near")
}

// streetLike reports whether a crossing has a street word or an ordinal.
func (r *reader) streetLike(i, end int) bool {
	for k := i; k < end; k++ {
		if streetWords[r.words[k].fold] && k > i || r.words[k].shape == mixed && ordinal.MatchString(r.words[k].fold) {
			return true
		}
	}
	return false
}

// city records a city of n words where the kind of text makes it identify.
func (r *reader) city(i, n int) {
	j := i + n
	cue := r.is(i-1, "in", "from", "near", "at", "of", "to", "outside", "around", "downtown", "lives", "live", "living", "resides", "moved", "is", "visiting") ||
		r.is(j, ",") && r.in(j+1, states) || r.in(j, states) && r.words[j].shape == upper
	single := n == 1 && (r.gate.known(r.words[i].fold) || r.gate.given[r.words[i].fold] || r.gate.surnames[r.words[i].fold])
	switch {
	case single && !cue:
		return
	case r.kind == Question || r.kind == Letter:
		if cue || !single {
			r.keepTo(i, r.words[j-1].end)
		}
	default:
		s := r.add(i, j, Address, cue)
		s.firm = cue
	}
}
