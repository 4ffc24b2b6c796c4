package denial

import (
	"strconv"
	"strings"
	"time"

	"github.com/everycategory/advocate/corpus"
)

// A day is a date written with its year, over words from up to to.
type day struct {
	from, to   int
	start, end int // runes
	on         time.Time
}

// months are the names of the months, whole and by three letters, by key.
var months = monthNames()

func monthNames() map[string]int {
	out := map[string]int{key("sept"): int(time.September)}
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		out[key(name)], out[key(name[:3])] = int(m), int(m)
	}
	return out
}

// monthOf is the month that a word names, or 0.
func monthOf(text string) int {
	if len(text) < 3 || len(text) > len("september")+1 {
		return 0
	}
	return months[key(text)]
}

// dayAt reads a day that begins with word i. Month comes before day, as in the
// US; what is no day of the calendar, and what has no year, is none.
func (p *page) dayAt(i int, after int, today time.Time) (day, bool) {
	w := p.words[i]
	if w.held {
		return day{}, false
	}
	if w.digits && p.joinedBefore(w, after) {
		return day{}, false
	}
	switch {
	case w.digits && len(w.text) == 8:
		if y := number(w.text[:4]); y >= 1990 && y < 2100 {
			return p.newDay(i, i+1, y, number(w.text[4:6]), number(w.text[6:]))
		}
	case w.digits:
		if d, ok := p.figured(i, today); ok {
			return d, true
		}
		return p.dayFirst(i, today)
	default:
		return p.monthFirst(i)
	}
	return day{}, false
}

// joinedBefore reports whether w goes on with a number before it, where no day
// ended: after is the rune behind the last one.
func (p *page) joinedBefore(w word, after int) bool {
	if w.start < 2 || w.start-1 <= after {
		return false
	}
	return strings.ContainsRune("/-.", p.runes[w.start-1]) && digit(p.runes[w.start-2])
}

// figured reads 3/14/2026, 3-14-26, 3.14.2026 and 2026-03-14.
func (p *page) figured(i int, today time.Time) (day, bool) {
	if i+2 >= len(p.words) {
		return day{}, false
	}
	a, b, c := p.words[i], p.words[i+1], p.words[i+2]
	if !b.digits || !c.digits || b.start != a.end+1 || c.start != b.end+1 || p.runes[a.end] != p.runes[b.end] || !strings.ContainsRune("/-.", p.runes[a.end]) || p.goesOn(c) {
		return day{}, false
	}
	if len(a.text) == 4 {
		return p.newDay(i, i+3, number(a.text), number(b.text), number(c.text))
	}
	if len(a.text) > 2 || len(b.text) > 2 {
		return day{}, false
	}
	return p.newDay(i, i+3, year(c.text, today), number(a.text), number(b.text))
}

// goesOn reports whether a number goes on behind w.
func (p *page) goesOn(w word) bool {
	return w.end+1 < len(p.runes) && strings.ContainsRune("/.", p.runes[w.end]) && digit(p.runes[w.end+1])
}

// dayFirst reads "14 March 2026" and 14-MAR-26.
func (p *page) dayFirst(i int, today time.Time) (day, bool) {
	if i+2 >= len(p.words) || p.words[i+1].held || p.words[i+1].digits {
		return day{}, false
	}
	m, y := monthOf(p.words[i+1].text), p.words[i+2]
	if m == 0 || !y.digits || y.start-p.words[i].end > 16 || p.words[i+2].line != p.words[i].line {
		return day{}, false
	}
	return p.newDay(i, i+3, year(y.text, today), m, number(p.words[i].text))
}

// monthFirst reads "March 14, 2026".
func (p *page) monthFirst(i int) (day, bool) {
	if i+2 >= len(p.words) {
		return day{}, false
	}
	m := monthOf(p.words[i].text)
	d, y := p.words[i+1], p.words[i+2]
	if m == 0 || !y.digits || len(y.text) != 4 || y.start-p.words[i].end > 12 || d.held {
		return day{}, false
	}
	text := d.text
	if !d.digits && len(text) > 2 {
		text = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(text, "st"), "nd"), "rd"), "th")
	}
	if !figures(text) || strings.ContainsAny(string(p.runes[d.end:y.start]), "-–/") {
		return day{}, false
	}
	return p.newDay(i, i+3, number(y.text), m, number(text))
}

func (p *page) newDay(from, to, y, m, d int) (day, bool) {
	on := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if y < 1990 || y > 2100 || on.Year() != y || int(on.Month()) != m || on.Day() != d {
		return day{}, false
	}
	return day{from, to, p.words[from].start, p.words[to-1].end, on}, true
}

// year reads four figures, or two of this century that are near today.
func year(s string, today time.Time) int {
	switch {
	case len(s) == 4:
		return number(s)
	case len(s) != 2:
		return 0
	}
	y := 2000 + number(s)
	if !today.IsZero() && (y > today.Year()+futureYears || y < today.Year()-pastYears) {
		return 0
	}
	return y
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

func (d day) date() corpus.Date { return corpus.Date(d.on.Format("2006-01-02")) }
