package phi

import "strings"

// known values of a case, prepared for matching.
type declaredName struct {
	person *person
	full   []string // the folded words of the name, particles included
	parts  []string // those that name: no particles, titles, suffixes
}

type declaredValue struct {
	typ   Type
	alnum string // letters and digits, folded
	day   int    // of a date
}

func nameParts(value string) (full, parts []string) {
	for _, w := range split(value) {
		if w.shape == mark || titles[w.fold] {
			continue
		}
		full = append(full, w.fold)
		if !(particles[w.fold] && len(w.fold) < 4) && !suffixes[w.fold] {
			parts = append(parts, w.fold)
		}
	}
	return full, parts
}

// alnum is the letters and digits of s, folded.
func alnum(s string) string {
	var b strings.Builder
	for _, r := range fold(s) {
		if inWord(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// lookAlike folds letters that scanners confuse with digits.
var lookAlike = strings.NewReplacer("0", "o", "1", "l", "i", "l", "|", "l", "5", "s", "8", "b", "6", "g", "rn", "m", "vv", "w")

// alike reports whether two folded words are the same but for a scanner's
// mistake.
func alike(a, b string) bool {
	return a == b || len(a) > 2 && lookAlike.Replace(a) == lookAlike.Replace(b)
}

// declared finds the values of the case.
func (r *reader) declared(c *Case) {
	for i := range r.words {
		if r.words[i].shape == mark || !r.words[i].spaced && i > 0 && r.words[i-1].shape != mark {
			continue
		}
		for _, v := range c.values {
			if j := r.sameValue(i, v.alnum); j > 0 {
				r.cued(i, j, v.typ)
			}
		}
		best := 0
		var who *person
		for _, d := range c.names {
			if j := r.sameName(i, d); j > best {
				best, who = j, d.person
			}
		}
		if best > 0 {
			s := r.cued(i, best, Name)
			s.role = who.role
			s.who = who
		}
	}
}

// sameValue is the word behind the value that begins at word i, or 0.
func (r *reader) sameValue(i int, value string) int {
	for j := i; j < len(r.words) && j < i+16; j++ {
		w := r.words[j]
		if w.shape == mark {
			continue
		}
		f := alnum(r.text[w.start:w.end])
		rest, ok := strings.CutPrefix(value, f)
		if !ok || f == "" {
			return 0
		}
		if value = rest; value == "" {
			return j + 1
		}
	}
	return 0
}

// sameName is the word behind a variant of the name that begins at word i, or
// 0: the parts in any order, some of them left out or as initials.
func (r *reader) sameName(i int, d declaredName) int {
	if f := r.words[i].fold; len(d.parts) > 1 && len(f) > 5 && (f == strings.Join(d.parts, "") || f == d.parts[len(d.parts)-1]+d.parts[0]) {
		return i + 1
	}
	used := make([]bool, len(d.full))
	whole, initials, j := 0, 0, i
	single := ""
	for k := i; k < len(r.words) && k < i+12; {
		w := r.words[k]
		if k > i && (r.is(k, ",") && whole > 0 && r.anyPart(k+1, d) || r.is(k, "-", "–", "'") && !w.spaced) {
			k++
			continue
		}
		at := r.part(k, d, used)
		if at < 0 {
			break
		}
		used[at] = true
		if len(w.fold) > 1 || len(d.full[at]) == 1 {
			whole++
			single = w.fold
		} else {
			initials++
		}
		if k = k + 1; len(w.fold) == 1 && r.is(k, ".") {
			k++
		}
		j = k
	}
	switch {
	case whole > 1, whole == 1 && initials > 0:
		return j
	case whole == 1:
		return r.singlePart(i, j, single)
	case initials > 1 && initials == len(d.parts) && (r.is(i+1, ".") || r.glued(i, initials)):
		return j
	}
	return r.acronym(i, d)
}

// part is the index of the part of the name that word k is, or -1.
func (r *reader) part(k int, d declaredName, used []bool) int {
	w := r.words[k]
	if w.shape == mark || w.shape == digit {
		return -1
	}
	for n, p := range d.full {
		if used[n] {
			continue
		}
		if alike(w.fold, p) || w.shape == mixed && alike(lookAlike.Replace(w.fold), lookAlike.Replace(p)) {
			return n
		}
	}
	if len(w.fold) == 1 && w.letters() && (w.capital() || r.is(k+1, ".")) && (r.is(k+1, ".") || w.capital() && w.fold != "i") {
		for n, p := range d.full {
			if !used[n] && p[:1] == w.fold {
				return n
			}
		}
	}
	return -1
}

func (r *reader) anyPart(k int, d declaredName) bool {
	return k < len(r.words) && r.part(k, d, make([]bool, len(d.full))) >= 0
}

// singlePart decides whether one part alone, at word i, is the person: an
// ordinary word is so only where its case or a cue says it.
func (r *reader) singlePart(i, j int, f string) int {
	w := r.words[i]
	switch {
	case len(f) < 2, particles[f] && len(f) < 4:
		return 0
	case !r.gate.known(f) && !r.keep[i]:
		return j
	case r.gate.roleBefore(r, i), i > 0 && titles[r.words[i-1].fold], r.is(i-1, ".") && i > 1 && titles[r.words[i-2].fold]:
		return j
	case w.capital() && !w.caseless && !r.keep[i] && (!w.first || w.owns || r.verbAfter(j)):
		return j
	}
	return 0
}

func (r *reader) glued(i, n int) bool {
	return i+n <= len(r.words) && n > 1 && r.words[i].capital()
}

// acronym finds "ML" and "mlopez" for Maria Lopez.
func (r *reader) acronym(i int, d declaredName) int {
	w := r.words[i]
	if len(d.parts) < 2 || !w.letters() {
		return 0
	}
	first, last := d.parts[0], d.parts[len(d.parts)-1]
	letters := ""
	for _, p := range d.parts {
		letters += p[:1]
	}
	switch {
	case w.shape == upper && (w.fold == letters || w.fold == first[:1]+last[:1]) && !r.gate.words[w.fold] && !r.keep[i]:
		return i + 1
	case len(last) > 3 && (w.fold == first[:1]+last || w.fold == last+first[:1]):
		return i + 1
	}
	return 0
}
