package phi

// titles stand before a name.
var titles = setOf("mr mrs ms miss mx dr doctor prof professor rev reverend sgt lt capt officer detective atty attorney señor señora senor senora sra srta sr mme hon sir madam dra")

// roleTable has the words that stand before a name, or before "is", "named" or
// a comma and a name, with the role they tell.
func roleTable() map[string]Role {
	t := map[string]Role{}
	for role, words := range map[Role]string{
		Patient:  "pt pts patient client claimant insured member subscriber enrollee beneficiary policyholder",
		Relative: "husband wife spouse son daughter mother father mom mum dad sister brother aunt uncle cousin niece nephew boyfriend girlfriend fiance fiancee partner grandmother grandfather grandma grandpa grandson granddaughter stepson stepdaughter child kid baby twin twins roommate friend neighbor guardian caregiver dependent",
		Provider: "dr doctor therapist lmt lmp chiropractor physician surgeon acupuncturist practitioner masseuse nurse np pcp md dc provider physiotherapist pt's",
		Adjuster: "adjuster adjustor examiner representative rep reviewer agent",
		"":       "boss manager supervisor coworker colleague attorney lawyer employee teacher judge driver passenger witness receptionist assistant named name names signed attn attention dear hi hello hey sincerely regards cc re regarding contact mr mrs ms miss mx prof professor",
	} {
		for w := range setOf(words) {
			t[w] = role
		}
	}
	return t
}

// weakCues go before a name only with the word before them: "spoke with".
var weakCues = map[string]map[string]bool{
	"with": setOf("spoke speaking talked talking met meeting appointment call called session visit discussed worked conference lives lived seen"),
	"w":    setOf("spoke spk talked met appt call"),
	"to":   setOf("spoke talked referred addressed sent according letter emailed faxed wrote lmm tt"),
	"by":   setOf("signed seen treated referred reviewed prepared written denied performed evaluated examined prescribed called ordered dictated submitted represented given completed"),
	"from": setOf("call letter email message referral heard fax note text voicemail"),
	"per":  setOf(""),
	"for":  setOf("claim claims auth authorization appeal records referral bill billed letter caring"),
	"am":   setOf("i"),
	"is":   setOf("this name"),
	"c":    setOf(""),
}

// links may stand between a cue and the name.
var links = setOf(": , - – . is was named name called ( the # \" of and s o /")

var particles = setOf("de del della di da do dos das du la le las los van von der den ter ten bin binti ibn al el abu ben y st zu mac mc o d")

var suffixes = setOf("jr sr ii iii iv esq")

// noNames are words a homograph after a cue or a given name is read as, in a
// line without mixed case.
var noNames = setOf(`will may can said say says see sees so do does did an am in is was has had have ha reports report hurt hurts wants needs need want and or for to on of
	at the who when where what if not no my his her felt feels feel back pain came went got long may're works work left right back ok said states denies long home back still
	even best call a it he she they we you i but with from by as be been there here this that then than very more most other pray`)

// aName says how much a word looks like part of a name.
type aName uint8

const (
	noName    aName = iota
	homograph       // an ordinary word that is a name as well
	unknown         // on no list at all
	listed          // on the lists of names, and no ordinary word
)

func (r *reader) name(i int) aName {
	if i < 0 || i >= len(r.words) {
		return noName
	}
	w := r.words[i]
	if !w.letters() || r.keep[i] || len(w.fold) < 2 || !w.spaced && i > 0 && r.words[i-1].shape != mark {
		return noName
	}
	is := r.gate.given[w.fold] || r.gate.surnames[w.fold]
	known := r.gate.known(w.fold) && !(w.accented && w.capital() && !w.first)
	switch {
	case r.gate.clinical[w.fold] && !is:
		return noName
	case is && known:
		return homograph
	case is:
		return listed
	case known, r.gate.prefixed(w.fold):
		return noName
	}
	return unknown
}

// names finds names behind cues, before credentials, and on the lists.
func (r *reader) names() {
	for i := 0; i < len(r.words); {
		next := i + 1
		if !r.done[i] && r.words[i].letters() {
			if end := r.another(i); end > 0 {
				next = end
			} else if end := r.afterCue(i); end > 0 {
				next = end
			} else if end := r.onList(i); end > 0 {
				next = end
			} else if end := r.initials(i); end > 0 {
				next = end
			}
		}
		i = next
	}
}

// another records a name that is listed with one before it: "Maria, Grace and
// Hope". Between two names a homograph is one.
func (r *reader) another(i int) int {
	k := i - 1
	for n := 0; n < 2 && r.is(k, ",", "and", "&", "or"); n++ {
		k--
	}
	w := r.words[i]
	if k == i-1 || k < 0 || !r.nameEnds[k] || !w.capital() || w.caseless || w.first || w.broken || r.name(i) < homograph || months[w.fold] && !r.nameEnds[k] {
		return 0
	}
	if r.name(i) == homograph && r.is(k+1, ",") && !r.is(i-1, "and", "&", "or") && !r.is(i+1, ",", "and", "&", "or") {
		return 0
	}
	end := r.run(i, true)
	if end == i {
		return 0
	}
	return r.record(i, end, true)
}

// afterCue records the name that follows a cue at word i and gives the word
// behind it, or 0.
func (r *reader) afterCue(i int) int {
	w := r.words[i]
	role, cued := r.gate.roles[w.fold]
	title := titles[w.fold] && (w.caseless || w.capital() || len(w.fold) < 4)
	if !title && !cued && !r.weakCue(i) {
		return 0
	}
	if w.fold == "pt" && w.shape == upper && !w.caseless && r.lower(i+1) {
		role = ""
	}
	j := i + 1
	named := false
	for n := 0; n < 4 && j < len(r.words) && (links[r.words[j].fold] || r.words[j].fold == "'s"); n++ {
		if r.is(j, ",", "and", "of", "(", "the", "-") && title || r.is(j, ".") && !title && r.words[j-1].fold != "pt" && r.words[j-1].fold != "re" || r.is(j, ".") && j+1 < len(r.words) && r.words[j+1].first {
			break
		}
		named = named || r.is(j, ":", "named", "name", "called")
		j++
	}
	if j >= len(r.words) {
		return 0
	}
	if j < len(r.words) && r.words[j].broken && !named && w.fold != "sincerely" && w.fold != "regards" && !r.is(j-1, ",") {
		return 0
	}
	for j < len(r.words) && titles[r.words[j].fold] && r.name(j) != unknown { // "spoke w/ dr patel", "adjuster Ms. Reed"
		title = true
		if r.is(j, "dr", "doctor") {
			role = Provider
		}
		if j++; r.is(j, ".") {
			j++
		}
	}
	end := r.run(j, title || named)
	if end == j {
		return 0
	}
	s := r.add(j, end, Name, true)
	s.firm = title
	s.role = role
	return end
}

func (r *reader) lower(i int) bool {
	return i < len(r.words) && r.words[i].shape == lower
}

// weakCue reports whether word i is a preposition that goes before a person.
func (r *reader) weakCue(i int) bool {
	before, ok := weakCues[r.words[i].fold]
	if !ok {
		return false
	}
	switch r.words[i].fold {
	case "per":
		return true
	case "c": // c/o
		return r.is(i+1, "/") && r.is(i+2, "o")
	case "w":
		return r.is(i+1, "/") && r.in(i-1, before)
	}
	return r.in(i-1, before)
}

// run is the word behind the name that begins at word i; i if there is none.
// After a strong cue a homograph is a name too.
func (r *reader) run(i int, strong bool) int {
	if !r.starts(i, strong) {
		return i
	}
	j := r.unit(i)
	for n := 0; n < 4 && j < len(r.words); n++ {
		k := j
		switch {
		case r.words[k].broken:
			return j
		case r.is(k, ".") && !r.words[k].spaced && len(r.words[k-1].fold) == 1:
			k++
		case r.is(k, "-", "–") && !r.words[k].spaced && k+1 < len(r.words) && !r.words[k+1].spaced:
			k++
		case r.is(k, ",") && n == 0 && j == i+1 && r.reversed(i):
			k++
		}
		for p := 0; p < 3 && k+1 < len(r.words) && particles[r.words[k].fold] && r.words[k].spaced && !r.words[k+1].broken; p++ {
			k++
		}
		if k >= len(r.words) || r.words[k].broken || !r.continues(k) {
			break
		}
		j = r.unit(k)
	}
	if r.in(j, suffixes) && r.words[j].capital() {
		j++
	} else if r.is(j, ",") && r.in(j+1, suffixes) && r.words[j+1].capital() {
		j += 2
	}
	return j
}

// unit is the word behind word i of a name: an initial takes its dot along.
func (r *reader) unit(i int) int {
	if len(r.words[i].fold) == 1 && r.is(i+1, ".") && !r.words[i+1].spaced {
		return i + 2
	}
	return i + 1
}

// starts reports whether a name can begin at word i, behind a cue.
func (r *reader) starts(i int, strong bool) bool {
	if i >= len(r.words) {
		return false
	}
	w := r.words[i]
	if particles[w.fold] && i+1 < len(r.words) && r.continues(i+1) && (w.capital() || strong) {
		return true
	}
	n := r.name(i)
	if strong && r.keep[i] && w.letters() && r.gate.eponyms[w.fold] {
		n = homograph // "Mr. Parkinson"
	}
	initial := len(w.fold) == 1 && w.capital() && r.is(i+1, ".") && !r.words[i+1].spaced
	switch {
	case w.mixedOCR():
		return strong || w.capital()
	case initial:
		return i+2 < len(r.words) && (r.continues(i+2) || strong) && !r.keep[i]
	case w.caseless && n == homograph:
		return (strong || r.gate.given[w.fold] && w.shape == upper) && (!noNames[w.fold] || strong && r.gate.given[w.fold] && r.name(i+1) == listed)
	case w.caseless:
		return n >= unknown
	case w.capital() && n == noName && strong && w.letters() && len(w.fold) > 1:
		return !r.keep[i] && !noNames[w.fold] && !r.gate.clinical[w.fold] && !w.first
	case w.capital():
		return n >= homograph && !(n == homograph && noNames[w.fold] && !strong && (w.first || r.name(i+1) < unknown))
	case n == homograph:
		return strong && !noNames[w.fold]
	}
	return n >= unknown && (strong || n == listed || !r.gate.oneOff(w.fold))
}

// continues reports whether word i can go on with a name.
func (r *reader) continues(i int) bool {
	if i >= len(r.words) {
		return false
	}
	w := r.words[i]
	if r.keep[i] && !(r.eponymOnly(i) && w.capital() && !w.caseless) || !w.letters() {
		return w.mixedOCR() && w.capital()
	}
	n := r.name(i)
	switch {
	case r.keep[i]:
		return true
	case len(w.fold) == 1:
		return w.capital() && r.is(i+1, ".") && !r.words[i+1].spaced || w.capital() && w.fold != "i" && w.fold != "a" && r.name(i+1) >= homograph
	case w.caseless && n == homograph:
		return r.gate.surnames[w.fold] && !noNames[w.fold]
	case w.caseless:
		return n >= unknown
	case w.capital():
		return n >= unknown || n == homograph && !(noNames[w.fold] && w.first)
	}
	return n == listed && r.gate.surnames[w.fold]
}

// eponymOnly reports whether a word stays only because it is an eponym.
func (r *reader) eponymOnly(i int) bool {
	_, ok := r.gate.eponyms[r.words[i].fold]
	return ok && !r.gate.eponymTerm(r, i)
}

// reversed reports whether "Lopez, Maria" begins at word i.
func (r *reader) reversed(i int) bool {
	return i+2 < len(r.words) && r.name(i) >= homograph && r.words[i].capital() && !r.words[i+2].broken && r.gate.given[r.words[i+2].fold] && r.words[i+2].capital() &&
		(r.gate.surnames[r.words[i].fold] || r.name(i) == unknown) && !r.gate.given[r.words[i].fold] && !r.is(i+3, "and")
}

// mixedOCR reports whether a word is letters with a digit read for a letter.
func (w word) mixedOCR() bool {
	if w.shape != mixed || len(w.fold) < 4 {
		return false
	}
	n := digits(w.fold)
	return n > 0 && n <= 2 && (w.fold[0] < '0' || w.fold[0] > '9') && (w.fold[len(w.fold)-1] > '9' || n == 1 && len(w.fold) > 4)
}

// onList records the name that the lists show at word i, and gives the word
// behind it, or 0.
func (r *reader) onList(i int) int {
	w := r.words[i]
	n := r.name(i)
	if n == noName || !w.capital() && !w.caseless || w.caseless && n != listed {
		return 0
	}
	end := r.run(i, false)
	if end == i {
		return 0
	}
	given := r.gate.given[w.fold]
	long := end > r.unit(i)
	credential := r.credential(end)
	switch {
	case n == listed && (given || long || credential || !w.first || r.words[i].owns):
		return r.record(i, end, true)
	case n == unknown && !w.caseless && (w.owns && !w.first || r.verbAfter(end) || r.in(i-1, toPerson)):
		return r.record(i, end, true)
	case n == listed && (w.caseless || w.first):
		return r.record(i, end, r.verbAfter(end))
	case credential && long:
		return r.record(i, end, true)
	case n == unknown && long && r.anyListed(i, end):
		return r.record(i, end, true)
	case n == homograph && given && long && r.strongNext(i, end):
		return r.record(i, end, !w.first || r.name(end-1) >= unknown)
	case n == homograph && given && !w.caseless && r.verbAfter(end) && !(w.fold == "may" || w.fold == "will" && w.first && end == i+1 && !r.is(end, "said", "says", "reports")):
		return r.record(i, end, true)
	case n == homograph && given && !w.caseless && w.shape == title && !w.first && r.in(i-1, toPerson):
		return r.record(i, end, true)
	case n == homograph && given && !w.caseless && r.is(end, ",") && r.name(end+1) == listed && r.words[end+1].capital():
		return r.record(i, end, true)
	case n == homograph && given && !w.caseless && w.shape == title && !months[w.fold] && !r.heading(i) && (!w.first || r.is(end, "had")) && !r.in(i-1, articles):
		return r.record(i, end, false)
	}
	return 0
}

var articles = setOf("the a an this that each every no any your our their its house senate s") // "the Bill"

func (r *reader) record(i, end int, sure bool) int {
	s := r.add(i, end, Name, sure)
	if r.credential(end) {
		s.role = Provider
	}
	return end
}

func (r *reader) anyListed(i, end int) bool {
	for ; i < end; i++ {
		if r.name(i) == listed {
			return true
		}
	}
	return false
}

// strongNext reports whether a homograph is followed by what is no ordinary
// word, or by a surname.
func (r *reader) strongNext(i, end int) bool {
	for k := i + 1; k < end; k++ {
		if n := r.name(k); n >= unknown || n == homograph && r.gate.surnames[r.words[k].fold] && !r.words[i].first {
			return true
		}
	}
	return false
}

// heading reports whether word i stands among capitalised words, as in a title.
func (r *reader) heading(i int) bool {
	before := i > 0 && r.words[i-1].capital() && len(r.words[i-1].fold) > 1 && (!r.words[i-1].first || r.gate.clinical[r.words[i-1].fold])
	after := i+1 < len(r.words) && r.words[i+1].capital()
	return before || after
}

var credentials = setOf("lmt lmp lmbt cmt rmt md do dc nd np pa arnp rn lpn pt dpt pta ot otr cota slp atc lac eamp dacm phd psyd lcsw lmhc lmft dds dmd od esq jd mph msn dnp fnp bsn mba")

// credential reports whether letters of a profession stand at word i, perhaps
// after a comma.
func (r *reader) credential(i int) bool {
	if r.is(i, ",") {
		i++
	}
	if r.is(i, "l", "m", "d", "p", "r", "n") && r.is(i+1, ".") && !r.is(i, "d") { // M.D., L.Ac., D.C.
		return true
	}
	return r.in(i, credentials) && r.words[i].capital()
}

var personVerbs = setOf(`reports reported states stated says said came presents presented complains complained denies tells told rates rated notes noted arrived returned
	tolerated asks asked wants wanted received works worked lives lived feels felt called calls went injured fell describes described responded continues requested wrote emailed shouted spent smiled laughed cried agreed signed`)

// toPerson are words whose object is a person.
var toPerson = setOf("ask told tell asked thanked hugged called met said says gave given helped me saw sees")

func (r *reader) verbAfter(i int) bool { return r.in(i, personVerbs) }

// initials records "J.S." and "M. L." and gives the word behind them, or 0. It
// passes over abbreviations.
func (r *reader) initials(i int) int {
	j := i
	letters := ""
	for j+1 < len(r.words) && len(r.words[j].fold) == 1 && r.words[j].capital() && r.is(j+1, ".") && !r.words[j+1].spaced && (j == i || !r.words[j].spaced || len(letters) < 2 && !r.words[j].broken) {
		letters += r.words[j].fold
		j += 2
	}
	if abbreviations[letters] && len(letters) > 1 {
		return j
	}
	if len(letters) < 2 || len(letters) > 3 || r.keep[i] || j < len(r.words) && !r.words[j].spaced && r.words[j].letters() {
		return 0
	}
	if r.gate.words[letters] && !r.gate.roleBefore(r, i) {
		return 0
	}
	r.add(i, j, Name, r.gate.roleBefore(r, i) || !r.words[i].first)
	return j
}

func (g *Gate) roleBefore(r *reader, i int) bool {
	k := i - 1
	for ; k >= 0 && links[r.words[k].fold]; k-- {
	}
	if k < 0 {
		return false
	}
	_, ok := g.roles[r.words[k].fold]
	return ok
}

var abbreviations = setOf("us usa uk eu dc md nd pt ot do dds dmd rn np pa lmt lmp phd ba bs ma ms mba jd am pm eg ie ad bc ca ny nj nm nh nc sc sd ri wa va wv uv iv im sc pc llc po op id tv dob dos doi rcw wac cfr usc ors oar bid tid qid prn rom lbp adl soap mri ct er ed vs hmo ppo cms va hhs")
