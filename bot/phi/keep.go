package phi

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// window is how far a pattern looks, in bytes: patterns are tried at words, and
// the work per word is bounded.
const window = 160

// match is the end of a pattern at the start of word i, or -1. It does not end
// within a word.
func (r *reader) match(re *regexp.Regexp, i int) int {
	start := r.words[i].start
	part := r.text[start:min(len(r.text), start+window)]
	m := re.FindStringIndex(part)
	if m == nil || m[1] == 0 {
		return -1
	}
	end := start + m[1]
	next, _ := utf8.DecodeRuneInString(r.text[end:])
	last, _ := utf8.DecodeLastRuneInString(r.text[:end])
	if inWord(next) && inWord(last) && end < len(r.text) {
		return -1
	}
	return end
}

const pins = `(?:\s?\([0-9a-zA-Z]{1,5}\))*`

var (
	lawWord = regexp.MustCompile(`^(?i:(?:RCWs?|WACs?|ORS|OAR|KRS|C\.?R\.?S\.?|U\.?S\.?C\.?(?:A\.?)?|C\.?F\.?R\.?|CCR|IDAPA|NCDs?|LCDs?|Sections?|Secs?\.?|Chapters?|Ch\.?|Parts?|Subparts?|` +
		`Pub\.? ?L\.?(?: No\.?)?|Public Law|§{1,2}|Stat\.)\s*(?:No\.?\s*)?§{0,2}\s*\d{1,5}[a-zA-Z]{0,3}(?:[.:-]\d{1,4}[a-zA-Z]{0,3}){0,4}` + pins + `)`)
	lawPlace  = regexp.MustCompile(`^(?i:(?:Titles?|Articles?|Rules?|[E23]{0,3}S?S?[HS]B|H\.?R\.?|S\.|Bulletin|Exhibit|Tab|Pages?|pp?\.)\s*\d{1,4}[a-zA-Z]?` + pins + `)`)
	lawNumber = regexp.MustCompile(`^\d{1,4}\s+(?i:U\.?\s?S\.?(?:\s?C\.?(?:\s?A\.?)?)?|C\.?\s?F\.?\s?R\.?|F\.\s?(?:2d|3d|4th|Supp\.?(?:\s?[23]d)?)|F\.|S\.\s?Ct\.|L\.\s?Ed\.(?:\s?2d)?|` +
		`Wn\.?\s?(?:2d|App\.?(?:\s?2d)?)|Wash\.?\s?(?:2d|App\.?)|P\.\s?[23]d|Or\.?(?:\s?App\.?)?|Stat\.|Fed\.?\s?Reg\.?|FR)\s*§{0,2}\s*\d(?:[\w.,:-]*\w)?` + pins)
	bareLaw    = regexp.MustCompile(`^(?:\d{1,3}[A-Z]?\.\d{2,3}[A-Z]?\.\d{3}[A-Z]?|[1-9]\d{1,2}[A-Z]?-\d{2,3}[A-Z]?-\d{3}[A-Z]?|\d{3,4}[a-z]{1,2}-\d{1,3}[a-z]?|\d{1,2}\.\d-\d{1,2}-\d{3,4}(?:\.\d+)?|2590\.\d+-\d+[A-Z]?|2560\.503-1)` + pins)
	gluedLaw   = regexp.MustCompile(`^(?i:(?:RCW|WAC|ORS|OAR|KRS|CRS)\d{1,3}[A-Z]?[.-]\d{2,3}[A-Z]?(?:[.-]\d{3,4}[A-Z]?)?|\d{1,2}(?:USC|CFR)§?\d{2,5}(?:[a-z]{1,2})?(?:[.-]\d{1,4}(?:-\d{1,2})?)?|(?:USC|CFR)\d{1,2}-\d{2,5}[a-z]{0,2}(?:[.-]\d{1,4})?)` + pins)
	anySection = regexp.MustCompile(`^\d{1,4}[a-zA-Z]{0,2}(?:[.-]\d{1,4}[a-zA-Z]{0,2}){1,4}` + pins)
	icdCode    = regexp.MustCompile(`^(?i:[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?|[A-TV-Z]\d[0-9A-Z]\d{1,2}|[A-TV-Z]\d[0-9A-Z][0-9X]{3}[ADS])`)
	billCode   = regexp.MustCompile(`^(?i:97[0-7]\d\d|989[2-6]\d|992[0-9]\d|994\d\d|993\d\d|[GSHTJ]\d{4}|\d{4}[TF])(?:-(?i:\d{2}|[A-Z]{2}|[A-Z]\d))?`)
	anyCode    = regexp.MustCompile(`^(?i:\d{5}|[A-Z]\d{4})(?:-(?i:\d{2}|[A-Z]{2}|[A-Z]\d))?(?:\s?[,/&]\s?\d{5})*`)
	reason     = regexp.MustCompile(`^(?i:(?:CO|PR|OA|PI|CR)[- ]?\d{1,3}|(?:N|M|MA)\d{1,3})`)
	remark     = regexp.MustCompile(`^(?i:(?:CARC|RARC)s?\s?:?\s?(?:(?:CO|PR|OA|PI|CR)[- ]?)?[A-Z]{0,2}\d{1,3}|Excludes[12])`)
	spine      = regexp.MustCompile(`^(?i:[CTLS](?:1[0-2]|[1-9])|Co1|occ|oa|aa)(?:\s?[-/–]\s?(?i:[CTLS])?(?:1[0-2]|[1-9]))*`)
	measure    = regexp.MustCompile(`^(?i:\d{1,2}x\d{1,3}|\d{1,4}(?:st|nd|rd|th|x|min|mins|hr|hrs|lb|lbs|kg|mg|ml|mcg|cm|mm|in|ft|oz|deg|wk|wks|yo|y|yr|yrs|mo|mos|pm|am|k|d|h|s|m|sec|secs|mmhg|bpm|c|f|u|a|b|e)|x\d{1,3}(?:d|w|wks?|weeks?|days?|mos?|months?|yrs?|mins?|hrs?)?)`)
	unit       = regexp.MustCompile(`^\d{1,4}(?:\.\d+)?(?:\s?[-–/]\s?\d{1,4}(?:\.\d+)?)?\s?-?(?i:min(?:ute)?s?|hours?|hrs?|sec(?:ond)?s?|units?|visits?|sessions?|deg(?:ree)?s?|days?|weeks?|wks?|months?|mos?|lbs?|kg|mg|ml|cm|mm|inch(?:es)?|pain|times?|reps?|sets?|strength)\b`)
	money      = regexp.MustCompile(`^\$\s?[\d,]+(?:\.\d\d)?`)
)

// lawWords begin a citation.
var lawWords = setOf(`rcw rcws wac wacs ors oar c crs u usc usca cfr ccr idapa ncd ncds lcd lcds section sections sec secs chapter chapters ch title
	titles article articles rule rules part parts subpart subparts hb sb shb ssb eshb essb 2shb 2ssb h hr s pub public bulletin exhibit tab page pages
	p pp § stat d fla krs cmr uscode mcl nrs tex`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// keepTerms marks the words that stay: citations, codes, measures, payers.
func (r *reader) keepTerms() {
	for i := 0; i < len(r.words); i++ {
		w := r.words[i]
		if n := r.gate.kept.at(r.words[i:]); n > 1 || n == 1 && r.state(i) {
			r.keepTo(i, r.words[i+n-1].end)
		}
		for _, re := range r.keepers(i, w) {
			if end := r.match(re, i); end > 0 && !(re == bareLaw && r.phoneCue(i)) && !r.goesOn(end) {
				r.keepTo(i, end)
				break
			}
		}
		if w.letters() && r.gate.eponym(r, i) {
			r.keep[i] = true
		}
	}
}

// state reports whether word i is a state of the union and no given name:
// "Virginia law", not "Virginia Novak".
func (r *reader) state(i int) bool {
	w := r.words[i]
	if !states[w.fold] || len(w.fold) < 4 || !w.capital() || i > 0 && titles[r.words[i-1].fold] || r.is(i-1, ".") && i > 1 && titles[r.words[i-2].fold] {
		return false
	}
	next := i + 1
	return !r.gate.given[w.fold] || next == len(r.words) || !r.words[next].capital() || r.words[next].broken || r.name(next) < unknown
}

// goesOn reports whether a longer number or address is cut at a byte: "12.92.149"
// of "12.92.149.211".
func (r *reader) goesOn(end int) bool {
	if end+1 >= len(r.text) || !strings.ContainsRune(".:@_-", rune(r.text[end])) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(r.text[end+1:])
	return unicode.IsDigit(next) || r.text[end] != '-' && r.text[end] != '.' && inWord(next)
}

// pressure is a blood pressure.
var pressure = regexp.MustCompile(`^[6-9]\d/[3-9]\d|^[12]\d\d/(?:[3-9]\d|1[0-4]\d)`)

// keepers are the patterns worth trying at word i.
func (r *reader) keepers(i int, w word) []*regexp.Regexp {
	glued := i > 0 && !w.spaced && r.words[i-1].shape != mark
	joined := i > 1 && !w.spaced && r.is(i-1, "-", ".", "/", "_") && !r.words[i-1].spaced && r.words[i-2].shape != mark
	switch {
	case glued:
		return nil
	case w.fold == "$":
		return []*regexp.Regexp{money}
	case w.fold == "carc" || w.fold == "rarc" || w.fold == "excludes1" || w.fold == "excludes2":
		return []*regexp.Regexp{remark}
	case lawWords[w.fold]:
		return []*regexp.Regexp{lawWord, lawPlace}
	case joined && lawWords[r.words[i-2].fold]:
		return []*regexp.Regexp{bareLaw, anySection}
	case w.shape == digit && joined:
		return []*regexp.Regexp{measure}
	case w.shape == digit && r.codeCue(i):
		return []*regexp.Regexp{lawNumber, bareLaw, anyCode}
	case w.shape == digit && len(w.fold) > 5:
		return nil
	case w.shape == digit:
		return []*regexp.Regexp{lawNumber, bareLaw, billCode, pressure, unit}
	case w.shape == mixed && r.codeCue(i):
		return []*regexp.Regexp{anyCode, icdCode, reason}
	case w.shape == mixed && joined:
		return []*regexp.Regexp{measure, spine}
	case w.shape == mixed:
		return []*regexp.Regexp{bareLaw, gluedLaw, icdCode, billCode, reason, spine, measure}
	case w.capital() && len(w.fold) == 2:
		return []*regexp.Regexp{reason}
	}
	return nil
}

// codeCue reports whether "CPT", "code" or the like stands shortly before i.
func (r *reader) codeCue(i int) bool {
	for k := i - 1; k >= 0 && k >= i-5; k-- {
		switch r.words[k].fold {
		case "cpt", "hcpcs", "code", "codes", "procedure", "icd", "modifier", "cdt", "dx", "taxonomy":
			return true
		case "zip", "postal":
			return false
		}
	}
	return false
}

func (r *reader) keepTo(i, end int) {
	for ; i < len(r.words) && r.words[i].start < end; i++ {
		r.keep[i] = true
	}
}

// eponym reports whether the word at i names a sign, test or disease here.
func (g *Gate) eponym(r *reader, i int) bool {
	alone, ok := g.eponyms[r.words[i].fold]
	if !ok {
		return false
	}
	if g.eponymTerm(r, i) {
		return true
	}
	if !alone {
		return false
	}
	k := i - 1
	if r.is(k, ".") {
		k--
	}
	return !(k >= 0 && (titles[r.words[k].fold] || r.words[k].capital() && g.given[r.words[k].fold] && !g.known(r.words[k].fold)))
}

// eponymTerm reports whether "test", "sign" or the like follows the eponym at
// word i.
func (g *Gate) eponymTerm(r *reader, i int) bool {
	for j := i + 1; j < len(r.words) && j <= i+4 && !r.words[j].broken; j++ {
		w := r.words[j]
		if eponymNouns[w.fold] {
			return true
		}
		if _, ok := g.eponyms[w.fold]; !ok && w.fold != "-" && w.fold != "/" && w.fold != "'" && !eponymLinks[w.fold] {
			break
		}
	}
	return false
}

var eponymNouns = setOf(`test tests sign signs syndrome disease cyst cysts maneuver manoeuvre palsy tendon tendinitis tendinopathy neuroma fracture fractures deformity contracture
	contractures point points lesion nodes node line lines angle ligament fascia corpuscle corpuscles organ organs ending endings law phenomenon reflex
	scale index score inventory questionnaire canal tunnel foramen triangle position stretch exercise exercises technique method massage hernia
	law's spot dermatome tubercle joint arch thyroiditis hump procedure grading grade grades classification coma block bodies cells sheath nodes node's
	lymphoma esophagus ulcer chorea ataxia paralysis gangrene duct fissure area areas disability compression distraction release protocol program
	palm kyphosis elbow finger fingers toe foot knee shoulder thyroid glands gland tremor gait dementia response criteria curve muscle muscles
	stage stages dystrophy arthritis arthropathy`)
var eponymLinks = setOf("and compression impingement apprehension relocation grind squeeze anterior posterior drawer pivot shift load and's muscular thumb low back pain health assessment quick nerve modified reverse active passive type crossed straight leg raise")

// oneOff reports whether a folded word is a known one with one slip of the
// keyboard: a letter left out, doubled, or two swapped.
func (g *Gate) oneOff(f string) bool {
	if len(f) < 6 || strings.IndexFunc(f, func(r rune) bool { return r >= utf8.RuneSelf || !unicode.IsLetter(r) }) >= 0 {
		return false
	}
	b := []byte(f)
	for i := 0; i+1 < len(b); i++ {
		b[i], b[i+1] = b[i+1], b[i]
		swapped := g.known(string(b))
		b[i], b[i+1] = b[i+1], b[i]
		if swapped || b[i] == b[i+1] && g.known(f[:i]+f[i+1:]) {
			return true
		}
	}
	for i := 1; i <= len(f); i++ { // the first letter is seldom the slip
		for c := byte('a'); c <= 'z'; c++ {
			if g.known(f[:i] + string(c) + f[i:]) {
				return true
			}
		}
	}
	return false
}
