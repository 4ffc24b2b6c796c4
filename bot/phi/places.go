package phi

import "regexp"

var streetWords = setOf(`street st avenue ave av road rd boulevard blvd blv lane ln drive dr court ct place pl way terrace ter trail trl parkway pkwy circle cir
	highway hwy square sq loop alley aly crescent cres row plaza plz expressway expy turnpike tpke freeway fwy pike walk route rte ridge
	heights hts crossing xing cove mews strasse weg platz straat plein rua calle via rue avenida viale corso chemin allee camino carrer ulica utca`)

var frontStreets = setOf("rua calle via rue avenida avenue viale corso chemin camino camiño carrer ulica highway hwy route rte interstate sr us i paseo piazza praca plaza boulevard county state")

var directions = setOf("n s e w ne nw se sw north south east west northeast northwest southeast southwest")

var unitWords = setOf("apt apartment suite ste unit bldg building floor fl room rm lot trailer trlr space spc # no number box dept")

var states = setOf(`al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc pr
	alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky
	louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania
	tennessee texas utah vermont virginia washington wisconsin wyoming`)

var (
	zipShape = regexp.MustCompile(`^\d{5}(?:[-–]\d{4})?`)
	zipLong  = regexp.MustCompile(`^\d{5}[-–]\d{4}`)
	postBox  = regexp.MustCompile(`^(?i:p\.?\s?o\.?\s?box|post office box|box|rr|rural route|pmb)\s?#?\s?\d{1,7}[A-Z]?(?:,?\s?box\s?\d{1,6})?`)
	military = regexp.MustCompile(`^(?i:(?:PSC|CMR|Unit)\s\d{1,5},?\s?Box\s\d{1,6}(?:,?\s{0,3}(?:APO|DPO|FPO),?\s(?:AA|AE|AP),?\s\d{5}(?:-\d{4})?)?)`)
	roadID   = regexp.MustCompile(`^(?i:I-\d{1,3}[NSEW]?|I\s\d{1,3}|(?:US|SR|Hwy|Highway|Route|Rte|State Route|Interstate|County Road|CR)[- .]{1,2}\d{1,4}[A-Z]?)`)
	postcode = regexp.MustCompile(`^(?i:[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d)`)
)

// addresses finds streets, boxes, corners, cities where they identify, and ZIP
// codes.
func (r *reader) addresses() {
	for i := 0; i < len(r.words); i++ {
		w := r.words[i]
		if r.done[i] {
			continue
		}
		switch {
		case w.broken && w.shape == digit && r.addressLine(i):
		case addressCues[w.fold] && r.saidAddress(i):
		case (w.fold == "apt" || w.fold == "apartment" || w.fold == "suite" || w.fold == "ste") && r.flat(i) > i+1:
			r.add(i, r.flat(i), Address, true)
		case w.shape == digit || w.shape == mixed && w.spaced:
			if j := r.street(i); j > 0 {
				r.cued(i, r.cityTail(j), Address)
			} else {
				r.zip(i)
			}
		case (w.fold == "psc" || w.fold == "cmr" || w.fold == "unit") && r.match(military, i) > 0:
			r.cued(i, r.wordAt(i, r.match(military, i)), Address)
		case w.fold == "p" || w.fold == "po" || w.fold == "box" || w.fold == "post" || w.fold == "rr" || w.fold == "rural" || w.fold == "pmb":
			if end := r.match(postBox, i); end > 0 && (w.fold != "box" || i+1 < len(r.words) && len(r.words[i+1].fold) > 2) { // a claim form has 33 boxes
				r.cued(i, r.cityTail(r.wordAt(i, end)), Address)
			}
		case w.fold == "corner" || w.fold == "intersection" || w.fold == "junction":
			r.corner(i)
		case w.letters():
			r.place(i)
		}
	}
}

// street is the word behind the street address that begins at the number i, or
// 0: a number, up to five words, a street word, a flat.
func (r *reader) street(i int) int {
	if r.words[i].shape == digit && len(r.words[i].fold) > 6 || r.keep[i] || r.is(i-1, "/", "$") || r.is(i-1, "-") && !r.words[i].spaced {
		return 0
	}
	j := i + 1
	if r.is(j, "-", "/") && !r.words[j].spaced && j+1 < len(r.words) && r.words[j+1].shape != mark {
		j += 2
	}
	if r.in(j, frontStreets) && !r.words[j].broken && j+1 < len(r.words) && r.words[j+1].capital() {
		return r.flat(r.nameWords(j+1, 5))
	}
	names := 0
	for k := j; k < len(r.words) && k < j+9; k++ {
		w := r.words[k]
		switch {
		case w.broken, w.shape == mark && w.fold != "." && w.fold != "-" && w.fold != "'":
			return 0
		case streetWords[w.fold] && names > 0 && (w.capital() || r.words[k-1].caseless || !w.capital() && r.words[k-1].capital() || ordinal.MatchString(r.words[k-1].fold)):
			k++
			if r.is(k, ".") {
				k++
			}
			if r.in(k, directions) && !r.words[k].broken {
				k++
			}
			return r.flat(k)
		case directions[w.fold]:
		case w.letters() && !w.capital() && !w.caseless, w.caseless && notStreet[w.fold]:
			return 0
		case w.letters(), w.shape == mixed, w.shape == digit && len(w.fold) < 4:
			names++
		}
		if names > 4 {
			return 0
		}
	}
	return 0
}

// notStreet are words that no street has, so that "3 times on the way" is none.
var notStreet = setOf(`the a an and or of on in at to for with from by is was were are has had have per pain min mins minutes hours days weeks months years visits units
	times he she they it her his their pt patient client not no that this during before after when while because until then than about x deg degrees sessions session y yo year old`)

// nameWords is the word behind up to n capitalised words from i on.
func (r *reader) nameWords(i, n int) int {
	for k := 0; k < n && i < len(r.words) && !r.words[i].broken; k++ {
		w := r.words[i]
		if !(w.capital() || particles[w.fold] || w.shape == digit || w.shape == mixed) {
			break
		}
		i++
	}
	return i
}

// flat extends an address by a flat: "Apt 4B", "#12".
func (r *reader) flat(j int) int {
	k := j
	if r.is(k, ",") {
		k++
	}
	if !r.in(k, unitWords) {
		return j
	}
	for k++; k < len(r.words) && r.is(k, ".", "#", "no"); k++ {
	}
	if k < len(r.words) && (r.words[k].shape == digit || r.words[k].shape == mixed || len(r.words[k].fold) == 1 && r.words[k].letters()) {
		k++
		if r.is(k, "-") && !r.words[k].spaced && k+1 < len(r.words) {
			k += 2
		}
		return k
	}
	return j
}

// cityTail extends an address by "Springfield, IL 62704", over one line break.
func (r *reader) cityTail(j int) int {
	best := r.flat(j)
	j = best
	words, commas := 0, 0
	for k := j; k < len(r.words) && k < j+10; k++ {
		w := r.words[k]
		switch {
		case w.fold == ",", w.fold == ".":
			if commas++; commas > 4 {
				return best
			}
		case states[w.fold] && (words > 0 || k > j && r.is(k-1, ",")) && (w.capital() || w.caseless):
			best = k + 1
			if r.is(best, ".") && r.is(best+2, ".") {
				best += 3
			}
			z := best
			if r.is(z, ",") {
				z++
			}
			if z < len(r.words) && r.match(zipShape, z) > 0 {
				best = r.wordAt(z, r.match(zipShape, z))
			}
			return best
		case w.shape == digit && r.match(zipShape, k) > 0 && words > 0:
			return r.wordAt(k, r.match(zipShape, k))
		case w.letters() && (w.capital() || particles[w.fold] || w.caseless && !notStreet[w.fold]):
			n := r.gate.cities.at(r.words[k:])
			if n > 0 {
				best = k + n
			}
			if words++; words > 4 {
				return best
			}
		default:
			return best
		}
	}
	return best
}

// zip records a ZIP code: behind a state, a city or the word, or with its four
// digits more.
func (r *reader) zip(i int) {
	end := r.match(zipShape, i)
	if r.words[i].shape == mixed {
		if end = r.match(postcode, i); end > 0 && r.is(i-1, "postcode", "zip", "postal", "code") {
			r.addBytes(i, end, ZIP, true)
		}
		return
	}
	if end < 0 || r.is(i-1, "$", "/") {
		return
	}
	k := i - 1
	if r.is(k, ",", ".", ":", "is") {
		k--
	}
	long := r.match(zipLong, i) > 0 && !r.codeCue(i)
	state := r.in(k, states) && (r.words[k].capital() || r.words[k].caseless) && (!r.is(k, "in", "or", "me", "id", "ok", "hi", "pa", "co", "ct") || r.words[k].shape == upper && !r.words[k].caseless || r.is(k-1, ","))
	word := r.is(k, "zip", "zipcode", "postal") || r.is(k, "code") && r.is(k-1, "zip", "postal")
	if long || state || word {
		r.cued(i, r.wordAt(i, end), ZIP)
	}
}

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
		r.addBytes(i, end, Address, true)
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

var addressCues = setOf("address lives live living resides residing residence located moved mail mailed ship shipped deliver sent")

// saidAddress records what follows "address:" or "lives at", if it begins with
// a number: up to the next ordinary word, over a few line breaks.
func (r *reader) saidAddress(i int) bool {
	j := i + 1
	for n := 0; n < 4 && r.is(j, ":", "is", "to", "at", "-", "changed", "my", "it", "in"); n++ {
		j++
	}
	if j >= len(r.words) || j == i+1 || r.words[j].shape != digit || r.keep[j] || r.done[j] || len(r.words[j].fold) > 6 {
		return false
	}
	end := r.addressRun(j, 5)
	if k := r.street(j); k > 0 {
		end = max(end, r.cityTail(k))
	}
	if end < j+2 {
		return false
	}
	r.cued(j, end, Address)
	return true
}

// addressRun is the word behind the longest run of words that can stand in an
// address, over fewer than the given number of line breaks.
func (r *reader) addressRun(i, lines int) int {
	end := i
	for k := i; k < len(r.words) && k < i+24; k++ {
		w := r.words[k]
		if w.broken && k > i {
			if lines--; lines == 0 {
				return end
			}
		}
		switch {
		case r.is(k, ",", ".", "-", "/", "#", "'"):
			if r.is(k, ".") && k+1 < len(r.words) && r.words[k+1].first && !r.words[k+1].broken && !unitWords[r.words[k-1].fold] && !streetWords[r.words[k-1].fold] {
				return end
			}
		case w.shape == digit, w.shape == mixed, streetWords[w.fold], unitWords[w.fold], frontStreets[w.fold], states[w.fold] && w.capital(), w.fold == "box", particles[w.fold]:
			end = k + 1
		case w.letters() && (w.capital() && !w.caseless || !r.gate.known(w.fold) || r.gate.cities.at(r.words[k:]) > 0 || r.gate.kept.at(r.words[k:]) > 0 && !notStreet[w.fold]):
			end = k + 1
		default:
			return end
		}
	}
	return end
}

// addressLine records a line that is a house number and a name and nothing
// else, as on an envelope, with the lines that go on with it. It is not sure.
func (r *reader) addressLine(i int) bool {
	if len(r.words[i].fold) > 6 || r.keep[i] || i+1 >= len(r.words) || r.words[i+1].broken {
		return false
	}
	end := r.addressRun(i, 1)
	if end < i+2 || end-i > 9 || end < len(r.words) && !r.words[end].broken || !r.envelope(i, end) {
		return false
	}
	r.add(i, r.addressRun(i, 4), Address, r.street(i) > 0)
	return true
}

// envelope reports whether a street word or a word on no list is in a line.
func (r *reader) envelope(i, end int) bool {
	for k := i + 1; k < end; k++ {
		if r.keep[k] || r.gate.clinical[r.words[k].fold] {
			return false
		}
	}
	for k := i + 1; k < end; k++ {
		if streetWords[r.words[k].fold] && len(r.words[k].fold) > 3 || r.name(k) >= unknown || r.gate.cities.at(r.words[k:]) > 0 {
			return true
		}
	}
	return false
}
