package phi

import (
	"slices"
	"strings"
)

// addressRuns grows what was found of an address over what stands around it.
// The addresses of the world have too many shapes to list: "56 ul. Karpacka
// 69, 85-001 Bydgoszcz". But once a number stands beside a street or a word on
// no list, what goes on with it (names, numbers, particles, a country, over a
// few line breaks) is the rest of it.
func (r *reader) addressRuns() {
	over := r.cover()
	seeds := slices.SortedStableFunc(slices.Values(r.spans), func(a, b span) int { return a.start - b.start })
	done := 0
	for _, s := range seeds {
		if s.typ != Address && s.typ != ZIP || s.start < done || digits(r.text[s.start:s.end]) == 0 && !r.onStreet(s) {
			continue
		}
		i := searchWord(r.words, s.start)
		run := addressRun{r: r, over: over, from: i, to: r.wordAt(i, s.end)}
		run.forward()
		run.backward()
		if end := r.words[run.to-1].end; run.from < i || end > s.end {
			r.addSpan(span{start: r.words[run.from].start, end: end, typ: Address, sure: run.sure()}, run.from, run.to)
			done = end
		}
	}
}

// cover gives for each word the number of the span it is in, from 1; 0 if it is in none.
func (r *reader) cover() []int {
	over := make([]int, len(r.words)+1)
	for n, s := range r.spans {
		for i := searchWord(r.words, s.start); i < len(r.words) && r.words[i].start < s.end; i++ {
			over[i] = n + 1
		}
	}
	return over
}

// onStreet reports whether a span holds the word for a street.
func (r *reader) onStreet(s span) bool {
	for i := searchWord(r.words, s.start); i < len(r.words) && r.words[i].start < s.end; i++ {
		if w := r.words[i].fold; worldStreets[w] || streetWords[w] && len(w) > 3 || frontStreets[w] && len(w) > 2 {
			return true
		}
	}
	return false
}

// An addressRun is the words of an address, from before to.
type addressRun struct {
	r        *reader
	over     []int
	from, to int
}

// A piece says what a word is to an address.
type piece uint8

const (
	foreign piece = iota // the address ends before it
	joint                // part of it if more follows: a comma, a particle, a capitalised word
	tail                 // part of it behind a name: a country, a province
	solid                // part of it
)

const (
	longestRun  = 24 // words
	mostBreaks  = 4
	mostJoints  = 4
	longestGlue = 4 // letters of a word that may be an abbreviation
)

// piece is what word i is to an address that runs on to before it.
func (a *addressRun) piece(i int) piece {
	r := a.r
	w := r.words[i]
	land := r.gate.lands.at(r.words[i:]) > 0 && (w.capital() || w.caseless)
	if n := a.over[i]; n > 0 && !land {
		return spanPiece(r.spans[n-1])
	}
	switch {
	case w.shape == mark:
		if strings.Contains(",.-–/#>'’", w.fold) {
			return joint
		}
	case w.shape == digit || w.shape == mixed:
		if len(w.fold) < 7 && (!r.keep[i] || len(w.fold) == 5) && r.match(unit, i) < 0 {
			return solid
		}
	case land, w.shape == upper && !w.caseless && len(w.fold) < 4 && i > 0 && a.over[i-1] > 0 && (i+1 == len(r.words) || r.words[i+1].broken || r.words[i+1].shape == digit):
		return tail
	case worldStreets[w.fold], streetWords[w.fold] && len(w.fold) > 3, particles[w.fold], inPlaces[w.fold], frontStreets[w.fold], unitWords[w.fold]:
		return joint
	case len(w.fold) < 4 && i+1 < len(r.words) && r.words[i+1].shape == digit && len(r.words[i+1].fold) > 3 && a.over[i+1] > 0:
		return joint
	case r.keep[i], r.gate.clinical[w.fold], notStreet[w.fold], placeWords[w.fold]:
	case w.capital() && !w.caseless && !w.first && len(w.fold) <= longestGlue && w.shape == upper,
		len(w.fold) <= longestGlue && (w.shape == lower && !w.caseless || w.caseless) && (!r.gate.known(w.fold) || w.fold == "nan"):
		return tail
	case w.capital() && !w.caseless && (!w.first || w.broken), w.accented:
		return joint
	}
	return foreign
}

// spanPiece is what a word in a span is to an address.
func spanPiece(s span) piece {
	switch {
	case s.who != nil:
	case s.typ == Address, s.typ == ZIP, s.typ == Other && !s.firm, s.typ == Name && s.role == "" && !s.firm:
		return solid
	}
	return foreign
}

// inPlaces are words within the names of places.
var inPlaces = setOf("and of the des dos das nad od am im an auf bei sur sous les aux delle degli der u")

// placeWords begin something else.
var placeWords = setOf("phone tel fax email date dob name member claim client patient re dear attn invoice please i we my his her their call send card account")

// forward takes the words behind the run that belong to it.
func (a *addressRun) forward() {
	breaks, joints := 0, 0
	for i := a.to; i < len(a.r.words) && i < a.from+longestRun && joints <= mostJoints; i++ {
		w := a.r.words[i]
		if w.broken {
			if breaks++; breaks > mostBreaks {
				return
			}
		}
		if a.r.is(i-1, ".") && w.first && !w.broken && len(a.r.words[i-2].fold) > 3 && a.piece(i) < solid {
			return
		}
		switch a.piece(i) {
		case foreign:
			return
		case joint:
			joints++
			continue
		case tail:
			if n := a.r.gate.lands.at(a.r.words[i:]); n > 0 {
				i += n - 1
			} else if w.shape != upper && !a.ends(i+1) {
				joints++
				continue
			}
		}
		a.to, joints = i+1, 0
	}
}

// ends reports whether a line, a sentence or a stretch of the address ends
// before word i.
func (a *addressRun) ends(i int) bool {
	return i >= len(a.r.words) || a.r.words[i].broken || a.r.words[i].shape == mark || a.piece(i) == solid
}

// backward takes the words of the line before the run as far as the first
// number or word for a street: "56 ul. Karpacka" before "69".
func (a *addressRun) backward() {
	joints := 0
	for i := a.from - 1; i >= 0 && i > a.from-10 && joints <= mostJoints && !a.r.words[i+1].broken; i-- {
		w := a.r.words[i]
		switch {
		case a.piece(i) == foreign:
			return
		case w.shape == digit || w.shape == mixed && a.piece(i) == solid,
			w.letters() && (worldStreets[w.fold] || frontStreets[w.fold] && len(w.fold) > 2),
			a.r.is(i+1, "and") && a.over[i] > 0 && a.over[i+2] > 0:
			a.from, joints = i, 0
		case a.piece(i) != solid:
			joints++
		}
	}
}

// sure reports whether two things show an address beside its number: a street,
// a flat, a country, a postal code at its end.
func (a *addressRun) sure() bool {
	street, flat, land, code, name := 0, 0, 0, 0, 0
	for i := a.from; i < a.to; i++ {
		w := a.r.words[i]
		switch {
		case worldStreets[w.fold], streetWords[w.fold] && len(w.fold) > 3, frontStreets[w.fold] && len(w.fold) > 2:
			street = 1
		case unitWords[w.fold] && len(w.fold) > 2:
			flat = 1
		case a.r.gate.lands.at(a.r.words[i:]) > 0:
			land = 1
		case w.shape == digit && len(w.fold) > 3 && i == a.to-1:
			code = 1
		case w.letters() && a.r.unlisted[i]:
			name = 1
		}
	}
	return street+flat+land+code+name > 1
}

// worldStreets are words for a street in other languages, which stand before
// its name or behind it.
var worldStreets = setOf(`gate gata gatan gade vej vejen vei veien vegen vagen vag allé allee alle straat laan weg plein dreef kade gracht singel tie katu polku kuja utca utja ut
	ter korut fasor u ul ulica ulice ulici aleja al os plac namesti nabrezi trg cesta pot ulitsa strada piata via viale vicolo corso piazza piazzale largo contrada
	r rue boulevard chemin impasse quai allees rua avenida av avda travessa estrada praca alameda calle c carrera camino paseo plaza ronda carrer postbox postboks postfach
	strasse str platz gasse ring ufer odos leoforos sokak caddesi cad mahallesi jalan`)
