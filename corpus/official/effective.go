package official

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/everycategory/advocate/corpus"
)

// An Enactment is a section of a Washington session law: 2012 c 137 s 9.
type Enactment struct {
	Act     string `json:"act"` // "2012 c 137", "1975 1st ex.s. c 280"
	Section int    `json:"section"`
	Year    int    `json:"year"`
	Special bool   `json:"special"` // of a special session
}

// An Effect is an effective date that a note states for an act, or for its
// sections from First to Last (both 0: all of it).
type Effect struct {
	Act   string      `json:"act"`
	First int         `json:"first"`
	Last  int         `json:"last"`
	Date  corpus.Date `json:"date"`
}

var (
	enactment = regexp.MustCompile(`^((\d{4})(?:-'?\d{2})?( (?:\d\w\w )?(?:ex\.|sp\.)\s?s\.)? c (\d+))(?: (?:s|§|§§|ss) ?(\d+))?`)
	noteHead  = regexp.MustCompile(`(?i)effective dates?\b`)
	actName   = regexp.MustCompile(`\d{4}(?:-'?\d{2})?(?: (?:\d\w\w )?(?:ex\.|sp\.)\s?s\.)? c \d+`)
	longDate  = `((?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4})`
	takesAct  = regexp.MustCompile(`(?i)\b(this act|(?:sections? )[0-9 ,and through]+ of this act|this section)\b[^."]{0,160}?\btakes? effect(?: immediately)? ?(?:on )?\[?` + longDate + `\]?`)
	numbers   = regexp.MustCompile(`(\d+)(?: through (\d+))?`)
	seeNote   = regexp.MustCompile(`(?i)\bsee notes? following\b`)
)

// newestActs are the enactments of the newest year of a history, which lists
// them newest first: two acts of one session may amend one section. None
// where the history names none.
func newestActs(history string) []Enactment {
	var out []Enactment
	for part := range strings.SplitSeq(history, ";") {
		m := enactment.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil {
			break
		}
		e := Enactment{Act: squeeze(m[1]), Special: m[3] != ""}
		e.Year, _ = strconv.Atoi(m[2])
		e.Section, _ = strconv.Atoi(m[5])
		if len(out) > 0 && out[0].Year != e.Year {
			break
		}
		out = append(out, e)
	}
	return out
}

// statedEffects reads the effective dates in a page's notes, and for which
// of the acts of newest they stand on another page, or in words that are not
// read here.
func statedEffects(notes []string, newest []Enactment) (out []Effect, elsewhere []string) {
	for _, note := range notes {
		head, body, ok := strings.Cut(note, ":")
		if !ok || !noteHead.MatchString(head) {
			continue
		}
		acts := actName.FindAllString(head, -1)
		found := effectsOf(acts, body)
		if seeNote.MatchString(body) {
			found = nil
		}
		out = append(out, found...)
		for _, e := range newest {
			if len(found) == 0 && slices.Contains(acts, e.Act) {
				elsewhere = append(elsewhere, e.Act)
			}
		}
	}
	return out, elsewhere
}

// lastEffect is when the last of newest took effect, since when the text is
// the law as it stands; unknown if it is of one of them.
func lastEffect(newest []Enactment, stated []Effect, elsewhere []string) corpus.Date {
	var last corpus.Date
	for _, e := range newest {
		d := e.effective(stated, elsewhere)
		if d == "" {
			return ""
		}
		if d.Last() > last.Last() {
			last = d
		}
	}
	return last
}

// effectsOf reads "Sections 1 through 19 of this act take effect July 1,
// 2013." A note with an exception states nothing that is safe to use.
func effectsOf(acts []string, body string) []Effect {
	if len(acts) != 1 || strings.Contains(body, "except") {
		return nil
	}
	var out []Effect
	for _, m := range takesAct.FindAllStringSubmatch(body, -1) {
		day := parseDay(m[2])
		if !strings.HasPrefix(strings.ToLower(m[1]), "section") {
			out = append(out, Effect{Act: acts[0], Date: day})
			continue
		}
		for _, n := range numbers.FindAllStringSubmatch(m[1], -1) {
			e := Effect{Act: acts[0], Date: day}
			e.First, _ = strconv.Atoi(n[1])
			if e.Last, _ = strconv.Atoi(n[2]); e.Last == 0 {
				e.Last = e.First
			}
			out = append(out, e)
		}
	}
	return out
}

// effective is when e took effect: the day a note states for it; unknown
// where the day stands elsewhere, or a note speaks of other sections of the
// act only and so of an act in parts; else the year. An act of a special
// session may take effect in the next year, so its day is unknown too.
func (e Enactment) effective(stated []Effect, elsewhere []string) corpus.Date {
	ofAct := false
	for _, s := range stated {
		if s.Act != e.Act {
			continue
		}
		ofAct = true
		if s.First == 0 || s.First <= e.Section && e.Section <= s.Last {
			return s.Date
		}
	}
	if slices.Contains(elsewhere, e.Act) || e.Special || e.Year == 0 || ofAct && e.Section == 0 {
		return ""
	}
	return corpus.Date(fmt.Sprint(e.Year))
}

func parseDay(s string) corpus.Date {
	for _, form := range []string{"January 2, 2006", "Jan. 2, 2006", "1/2/06", "1/2/2006"} {
		if t, err := time.Parse(form, squeeze(s)); err == nil {
			return corpus.Date(t.Format(time.DateOnly))
		}
	}
	return ""
}

var ruleDate = regexp.MustCompile(`\beffective (\d{1,2}/\d{1,2}/\d{2,4})`)

// ruleEffective is the newest effective date of a rule's history: the first
// that it names. The codes print two digits for the year: those up to 68 are
// of this century, the others of the last.
func ruleEffective(history string) corpus.Date {
	first, _, _ := strings.Cut(history, "; ")
	for _, s := range []string{first, history} {
		if m := ruleDate.FindStringSubmatch(s); m != nil {
			return parseDay(m[1])
		}
	}
	return ""
}

var (
	effectiveUntil = regexp.MustCompile(`\s*\((?i:effective until|expires) ` + longDate + `\.?\)`)
	effectiveFrom  = regexp.MustCompile(`\s*\((?i:effective) ` + longDate + `(?:, until ` + longDate + `)?\.?\)`)
)

// captionDates takes the dates out of a caption: "Definitions. (Effective
// until July 1, 2027.)" and "(Effective July 1, 2027.)".
func captionDates(caption string) (title string, from, until corpus.Date) {
	if m := effectiveUntil.FindStringSubmatch(caption); m != nil {
		caption, until = strings.Replace(caption, m[0], "", 1), parseDay(m[1])
	}
	if m := effectiveFrom.FindStringSubmatch(caption); m != nil {
		caption, from = strings.Replace(caption, m[0], "", 1), parseDay(m[1])
		if m[2] != "" {
			until = parseDay(m[2])
		}
	}
	return strings.TrimSpace(caption), from, until
}
