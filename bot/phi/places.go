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

// ships stand before the name of one, whose post goes through a fleet's office.
var ships = setOf("uss usns usnv uscgc")

var (
	zipShape = regexp.MustCompile(`^\d{5}(?:[-–]\d{4})?`)
	zipLong  = regexp.MustCompile(`^\d{5}[-–]\d{4}`)
	postBox  = regexp.MustCompile(`^(?i:p\.?\s?o\.?\s?box|post office box|box|rr|rural route|pmb)\s?#?\s?\d{1,7}[A-Z]?(?:,?\s?box\s?\d{1,6})?`)
	military = regexp.MustCompile(`^(?i:(?:PSC|CMR|Unit)\s\d{1,5},?\s?Box\s\d{1,6}(?:,?\s{0,3}(?:APO|DPO|FPO),?\s(?:AA|AE|AP),?\s\d{5}(?:-\d{4})?)?)`)
	fleet    = regexp.MustCompile(`^(?i:[AFD]PO,?\s(?:AA|AE|AP),?\s\d{5}(?:-\d{4})?)`)
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
		case (w.fold == "fpo" || w.fold == "apo" || w.fold == "dpo") && r.match(fleet, i) > 0:
			from := i
			if i > 1 && r.in(i-2, ships) {
				from = i - 2
			}
			r.cued(from, r.wordAt(i, r.match(fleet, i)), Address)
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
