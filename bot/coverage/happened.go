package coverage

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/everycategory/advocate/corpus"
)

// Days in a text: "March 3", "3/3/2026", "2026-03-03", "yesterday".
var (
	namedDay   = regexp.MustCompile(`(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?\b(?:,? (\d{4})\b)?`)
	slashedDay = regexp.MustCompile(`\b(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?\b`)
	isoDay     = regexp.MustCompile(`\b(\d{4})-(\d{2})-(\d{2})\b`)
	nearDay    = regexp.MustCompile(`(?i)\b(today|yesterday)\b`)
)

var monthNames = strings.Fields("jan feb mar apr may jun jul aug sep oct nov dec")

// Happened reads from a text the day of the one event it dates, such as the
// day a denial came. A day without a year is the last such day up to today.
// Where the text has no day, several, or no event that is known, nothing is
// read: a wrong date would be worse than none.
func (r *Rules) Happened(text string, today time.Time) map[Event]corpus.Date {
	days := daysIn(text, today)
	if len(days) != 1 {
		return nil
	}
	words := split(text, nil)
	for _, e := range r.events {
		if slices.ContainsFunc(e.Says, func(say string) bool { return occursIn(words, strings.Fields(say)) }) {
			return map[Event]corpus.Date{e.Name: days[0]}
		}
	}
	return nil
}

func occursIn(words []word, say []string) bool {
	for i := range words {
		n := 0
		for n < len(say) && i+n < len(words) && words[i+n].text == say[n] {
			n++
		}
		if n == len(say) {
			return true
		}
	}
	return false
}

// daysIn lists the different days that a text names.
func daysIn(text string, today time.Time) []corpus.Date {
	var out []corpus.Date
	add := func(year, month, day int) {
		d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		ok := d.Month() == time.Month(month) && d.Day() == day
		if s := corpus.Date(d.Format(time.DateOnly)); ok && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	// year reads a year, or finds the last one in which the day has come.
	year := func(s string, month, day int) int {
		n, _ := strconv.Atoi(s)
		switch {
		case len(s) == 2:
			return 2000 + n
		case len(s) == 4:
			return n
		}
		y := today.Year()
		if time.Date(y, time.Month(month), day, 0, 0, 0, 0, time.UTC).After(today) {
			y--
		}
		return y
	}
	for _, m := range isoDay.FindAllStringSubmatch(text, -1) {
		y, _ := strconv.Atoi(m[1])
		mo, _ := strconv.Atoi(m[2])
		d, _ := strconv.Atoi(m[3])
		add(y, mo, d)
	}
	for _, m := range namedDay.FindAllStringSubmatch(text, -1) {
		mo := slices.Index(monthNames, strings.ToLower(m[1][:3])) + 1
		d, _ := strconv.Atoi(m[2])
		add(year(m[3], mo, d), mo, d)
	}
	for _, m := range slashedDay.FindAllStringSubmatch(text, -1) {
		mo, _ := strconv.Atoi(m[1])
		d, _ := strconv.Atoi(m[2])
		add(year(m[3], mo, d), mo, d)
	}
	for _, m := range nearDay.FindAllString(text, -1) {
		d := today
		if strings.EqualFold(m, "yesterday") {
			d = today.AddDate(0, 0, -1)
		}
		add(d.Year(), int(d.Month()), d.Day())
	}
	return out
}
