package phi

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
