package phi

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

const (
	monthName = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?`
	dayOf     = `(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?`
	clock     = `(?:[T ,]{1,2}(?:at )?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?(?:Z|[+-]\d{2}:?\d{2})?)?`
	upTo      = `(?:\s?[-–—/]\s?|\s(?:to|thru|through|until|and)\s)`
)

var (
	isoDate     = regexp.MustCompile(`^(?:19|20)\d{2}([-/.])(?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12]\d|0?[1-9])` + clock)
	numericDate = regexp.MustCompile(`^\d{1,2}(?:/\d{1,2}/|-\d{1,2}-|\.\d{1,2}\.|\s?/\s\d{1,2}\s?/\s)(?:\d{4}|\d{2})` + clock)
	rangeDate   = regexp.MustCompile(`^\d{1,2}[/.]\d{1,2}` + upTo + `\d{1,2}(?:[/.]\d{1,2})?[/.](?:\d{4}|\d{2})`)
	scorePair   = regexp.MustCompile(`^(?:\d|10)/10` + upTo + `(?:\d|10)/10$`) // "7/10 to 4/10"
	shortDate   = regexp.MustCompile(`^(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])`)
	dashDate    = regexp.MustCompile(`^(?:1[0-2]|0?[1-9])-(?:3[01]|[12]\d|0[1-9])`)
	packedDate  = regexp.MustCompile(`^(?:(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:19|20)\d{2})`)
	monthDay    = regexp.MustCompile(`^(?i:` + monthName + `\s?(?:the )?` + dayOf + `(?:` + upTo + `(?:` + monthName + `\s)?` + dayOf + `)?(?:(?:,\s?|\s)(?:(?:19|20)\d{2}|'\d{2}))?)` + clock)
	monthYear   = regexp.MustCompile(`^(?i:` + monthName + `,?\s?(?:of )?(?:(?:19|20)\d{2}|'\d{2}))`)
	dayMonth    = regexp.MustCompile(`^(?i:` + dayOf + `(?:` + upTo + dayOf + `)?(?:\s?[-–]\s?|\s(?:of )?)` + monthName + `(?:(?:,?\s|\s?[-–]\s?|,)(?:(?:19|20)?\d{2}\b|'\d{2}))?)` + clock)
	slashYear   = regexp.MustCompile(`^(?:1[0-2]|0?[1-9])/(?:19|20)\d{2}`)
	ageShape    = regexp.MustCompile(`^(?i:(?:9\d|1[01]\d)(?:\s?-?\s?(?:y[/.]?o|yrs?|years?)\b\.?(?:[- ]?(?:old|of age))?))`)
	ageWords    = regexp.MustCompile(`^(?i:(?:ninety|one[- ]hundred)(?:[- ](?:and )?(?:one|two|three|four|five|six|seven|eight|nine|ten))?[- ]years?[- ]old)`)
	twoNumbers  = regexp.MustCompile(`^(?:9\d|1[01]\d)`)
)

var months = setOf("jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october nov november dec december")

// dateCues stand before a day without a year.
var dateCues = setOf(`on dos date dated seen visit visits since from until till thru through before after starting started beginning began ending ended
	scheduled appt appointment appointments session sessions injury injured accident doi doa mva mvc surgery surgical treatment tx eval evaluation due by received sent mailed called
	dates and service services onset exam follow-up u fu for of
	mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday`)

var birthCues = setOf("dob born birthdate birthday bday birth d.o.b b")

// lawDates stand before the date of a law.
var lawDates = setOf("effective enacted amended adopted published issued approved passed signed repealed decided expires updated revised rulemaking filed law laws act rule")

// dates finds days, and ages over 89. Years alone and relative dates stay.
func (r *reader) dates() {
	for i := 0; i < len(r.words); {
		w := r.words[i]
		if r.done[i] || w.shape == mark || w.letters() && !months[w.fold] && w.fold != "ninety" && w.fold != "one" {
			i++
			continue
		}
		next := i + 1
		for _, try := range []func(int) int{r.age, r.day} {
			if end := try(i); end > 0 {
				next = end
				break
			}
		}
		i = next
	}
}

func (r *reader) age(i int) int {
	if w := r.words[i]; w.shape == digit && (len(w.fold) > 3 || len(w.fold) < 2) {
		return -1
	}
	if end := max(r.match(ageShape, i), r.match(ageWords, i)); end > 0 {
		return r.addBytes(i, end, Age90, true)
	}
	if end := r.match(twoNumbers, i); end > 0 && (r.is(i-1, "age", "aged") || r.is(i-1, ":", "is", "of") && r.is(i-2, "age")) {
		return r.addBytes(i, end, Age90, true)
	}
	if end := r.match(twoNumbers, i); end > 0 && r.ageInBrackets(i) {
		return r.addBytes(i, end, Age90, true)
	}
	return -1
}

// ageInBrackets reports whether the number i is an age as notes write it behind
// a person: "Grandmother (93)", "Pt (F, 93)", "93F".
func (r *reader) ageInBrackets(i int) bool {
	sex := func(k int) bool { return r.is(k, "f", "m", "female", "male") }
	from, to := i-1, i+1
	if r.is(from, ",") && sex(from-1) {
		from -= 2
	}
	if sex(to) {
		to++
	} else if r.is(to, ",") && sex(to+1) {
		to += 2
	}
	_, role := r.gate.roles[fold(r.before(from))]
	return r.is(from, "(") && r.is(to, ")") && (role || from < i-1 || to > i+1) || to > i+1 && from == i-1 && r.is(from, "pt", "patient", "client", "is", "a")
}

// before is the word before word i, or nothing.
func (r *reader) before(i int) string {
	if i < 1 {
		return ""
	}
	return r.words[i-1].fold
}

// day records the date at word i and gives the word behind it, or -1.
func (r *reader) day(i int) int {
	w := r.words[i]
	if i > 0 && !w.spaced && (r.is(i-1, ".", "/", "$", "-") && i > 1 && r.words[i-2].shape != mark && !r.words[i-1].spaced) {
		return -1 // the middle of a number
	}
	full, end := r.fullDate(i)
	sure := true
	if end < 0 && !r.keep[i] {
		full, end, sure = false, r.partDate(i), false
	}
	if end < 0 || full && r.lawDate(i) {
		return -1
	}
	if !full && r.match(shortDate, i) == end && !r.shortIsDate(i, end) {
		return -1
	}
	t := Date
	if r.birth(i) {
		t = DOB
	}
	s := span{start: w.start, end: end, typ: t, sure: sure || r.nearCue(i), firm: full}
	if t == Date {
		s.order = dayNumber(r.text[w.start:end])
	}
	j := r.wordAt(i, end)
	r.addSpan(s, i, j)
	return j
}

// fullDate is the end of a date that can be nothing else.
func (r *reader) fullDate(i int) (bool, int) {
	w := r.words[i]
	if w.letters() {
		if w.fold == "may" && !w.capital() && !w.caseless {
			return false, -1
		}
		if end := r.match(monthDay, i); end > 0 && !(w.fold == "may" || w.fold == "mar" || w.fold == "march") || end > 0 && !r.unitAfter(end) {
			return true, end
		}
		return true, r.match(monthYear, i)
	}
	for _, re := range []*regexp.Regexp{isoDate, rangeDate, numericDate, dayMonth} {
		if (re == isoDate) != (len(w.fold) == 4 && w.shape == digit) || len(w.fold) > 4 {
			continue
		}
		end := r.match(re, i)
		if end < 0 || re == numericDate && !plausible(r.text[w.start:end]) || re == dayMonth && r.verbMonth(i, end) {
			continue
		}
		if re == rangeDate && (!plausible(r.text[w.start:end]) || scorePair.MatchString(r.text[w.start:end]) && (r.nearPain(i) || !r.strongCue(i))) {
			continue
		}
		return true, end
	}
	if len(w.fold) != 8 {
		return false, -1
	}
	if end := r.match(packedDate, i); end > 0 {
		return r.birth(i) || r.nearCue(i), end
	}
	return false, -1
}

// partDate is the end of a day without a year or a month with one.
func (r *reader) partDate(i int) int {
	if r.words[i].letters() {
		return r.monthAlone(i)
	}
	if len(r.words[i].fold) > 2 {
		if len(r.words[i].fold) == 8 {
			return r.match(packedDate, i)
		}
		return -1
	}
	if end := r.match(slashYear, i); end > 0 {
		return end
	}
	if end := r.match(shortDate, i); end > 0 {
		return end
	}
	if end := r.match(dashDate, i); end > 0 && r.strongCue(i) {
		return end
	}
	return -1
}

// monthAlone is the end of a month that stands for a time: "in March".
func (r *reader) monthAlone(i int) int {
	w := r.words[i]
	if !r.is(i-1, "in", "since", "of", "from", "until", "through", "by", "last", "next", "early", "late", "mid", "during", "this", "before", "after", "between", "to") ||
		!w.capital() && !w.caseless || w.fold == "may" && !r.is(i-1, "in", "since", "until", "early", "late", "mid") || w.fold == "march" && !w.capital() {
		return -1
	}
	return w.end
}

// shortIsDate tells "3/14" from a fraction or a score such as "6/10".
func (r *reader) shortIsDate(i, end int) bool {
	num, den, _ := strings.Cut(r.text[r.words[i].start:end], "/")
	if !r.unitAfter(end) && r.is(i-1, beginnings...) {
		return true
	}
	if r.unitAfter(end) || r.is(i-1, "+", "-", "±") || den == "10" && r.nearPain(i) {
		return false
	}
	if n, _ := strconv.Atoi(num); n > 5 && len(num) > len(den) { // "10/3" is no score
		return true
	}
	cue := r.is(i-1, "pain", "rated", "rates", "at", "strength", "mmt", "level", "score", "now", "nprs", "vas", "=", "was", "is") || r.is(i-2, "pain", "strength", "grade")
	if d, _ := strconv.Atoi(den); d == 5 || d == 10 || d == 2 || d == 4 || d == 3 || d == 8 {
		return r.strongCue(i) && !cue
	}
	return !cue || r.strongCue(i)
}

// nearPain reports whether a word that goes with scores, or a score, stands
// among the ten words before, and none that goes with visits or beginnings.
func (r *reader) nearPain(i int) bool {
	if r.is(i-1, beginnings...) {
		return false
	}
	pain := false
	for k := i - 1; k >= 0 && k >= i-10 && !r.words[k+1].first; k-- {
		pain = pain || k >= i-6 && painCues[r.words[k].fold] || r.is(k, "10") && r.is(k-1, "/") && r.words[k].start < r.words[i].start-3
		if k >= i-6 && r.is(k, "seen", "visit", "visits", "dos", "dates", "treated", "appt", "appointment", "appointments") {
			return false
		}
	}
	return pain
}

var beginnings = []string{"since", "started", "began", "dated", "until"}

var painCues = setOf("pain pains painful pn ache aches aching headache headaches ha migraine sore soreness hurt hurts discomfort intensity severity rated rates rating score scores nprs nrs vas stiffness tightness tension better worse improved decreased reduced relief relieved felt feels")

// strongCue reports whether a word that goes with days stands just before, or
// a list of days in which i is a later one.
func (r *reader) strongCue(i int) bool {
	k := i - 1
	for k >= 0 && (r.is(k, ":", ",", "#", "(", "&", "and", "-", "–") || r.words[k].shape == digit && k > 0 && r.is(k-1, "/") || r.is(k, "/")) && k > i-8 {
		k--
	}
	return r.in(k, dateCues)
}

// nearCue reports whether one stands among the five words before.
func (r *reader) nearCue(i int) bool {
	for k := i - 1; k >= 0 && k >= i-5; k-- {
		if dateCues[r.words[k].fold] && r.words[k].fold != "of" && r.words[k].fold != "for" && r.words[k].fold != "and" {
			return true
		}
	}
	return false
}

func (r *reader) birth(i int) bool {
	for k := i - 1; k >= 0 && k >= i-5; k-- {
		if birthCues[r.words[k].fold] && (r.words[k].fold != "b" || r.is(k-1, "o") || r.is(k-2, "o") || r.is(k+1, ".") && r.is(k-1, "(")) {
			return true
		}
	}
	return false
}

// lawDate reports whether the date at i is that of a law: in a question or a
// draft, and behind a word that says so.
func (r *reader) lawDate(i int) bool {
	if r.kind != Question && r.kind != Draft || r.words[i].shape == digit && r.match(dayMonth, i) < 0 {
		return false
	}
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if lawDates[r.words[k].fold] || r.is(k, "as") && r.is(k+1, "of") || r.is(k, "on") && r.is(k+1, "or") || r.is(k, "beginning") && r.is(k-1, "years") {
			return true
		}
	}
	return false
}

func (r *reader) unitAfter(end int) bool {
	return r.in(searchWord(r.words, end), dateUnits)
}

var dateUnits = setOf("minutes minute min mins hours hrs hour degrees deg percent % lbs units unit visits visit sessions times weeks days months pain inch inches cm strength reps")

// verbMonth reports whether "2 may" or "5 march" is no day.
func (r *reader) verbMonth(i, end int) bool {
	j := searchWord(r.words, r.words[i].end)
	return (r.is(j, "may") || r.is(j, "march")) && r.words[j].shape == lower && r.words[j].end == end && !r.words[j].caseless ||
		r.is(j, "may") && r.words[j].end == end && r.words[j].shape == lower
}

// searchWord is the first word that starts at or behind a byte.
func searchWord(words []word, at int) int {
	lo, hi := 0, len(words)
	for lo < hi {
		if mid := (lo + hi) / 2; words[mid].start < at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// plausible reports whether the numbers of "3/14/24" can be a day, in either
// order.
func plausible(s string) bool {
	n := strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if len(n) < 3 {
		return true
	}
	a, _ := strconv.Atoi(n[0])
	b, _ := strconv.Atoi(n[1])
	return a > 0 && b > 0 && (a <= 12 && b <= 31 || b <= 12 && a <= 31)
}

var layouts = []string{
	"1/2/2006", "1/2/06", "1-2-2006", "1-2-06", "1.2.2006", "1.2.06", "2006-1-2", "2006/1/2", "January 2, 2006", "January 2 2006", "Jan 2, 2006", "Jan 2 2006",
	"2 January 2006", "2 Jan 2006", "2-Jan-2006", "2-Jan-06", "2 January, 2006", "20060102", "01022006",
}

// dayNumber is the number of a day written with its year, counted from the
// first of January 1900, or 0. Month comes before day, as in the US.
func dayNumber(s string) int {
	s = ordinal.ReplaceAllString(strings.ReplaceAll(strings.Join(strings.Fields(s), " "), ".", dotIn(s)), "$1")
	s = strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(s), "sept ", "sep "), " of ", " ")
	for _, l := range layouts {
		if t, err := time.Parse(strings.ToLower(l), s); err == nil {
			return int(t.Sub(time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)).Hours() / 24)
		}
		if t, err := time.Parse(l, s); err == nil {
			return int(t.Sub(time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)).Hours() / 24)
		}
	}
	return 0
}

// dotIn keeps the dots of "3.14.2024" and drops that of "Mar. 14".
func dotIn(s string) string {
	if s[0] >= '0' && s[0] <= '9' {
		return "."
	}
	return ""
}

var ordinal = regexp.MustCompile(`(\d)(?:st|nd|rd|th)\b`)
