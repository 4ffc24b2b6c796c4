package denial

import (
	"slices"
	"strings"
	"time"
)

// A day further from today than this is none of a denial.
const (
	pastYears   = 15
	futureYears = 3
)

// notOurs is the role in reading.yaml of days that are of something else.
const notOurs = "none"

// dates lists the days of the page whose role is plain; a wrong day is worse
// than none.
func (r *Reader) dates(p *page, today time.Time) []Dated {
	out := []Dated{}
	explicit := false // a day is named as that of the letter
	last := day{end: -2}
	var role What
	for s := range p.sentences {
		for i := p.sentences[s].from; i < p.sentences[s].to; i++ {
			d, ok := p.dayAt(i, last.end, today)
			if !ok {
				continue
			}
			what, named := r.role(p, s, d, last, role)
			if what == "" && p.form != Bare && p.isHead(d) {
				what = OfLetter
			} else if what == OfLetter && named {
				explicit = true
			}
			last, role = d, what
			i = d.to - 1
			if what == "" || what == notOurs || !plausible(what, d.on, today) || len(out) >= maxDates {
				continue
			}
			out = append(out, Dated{what, d.date(), d.start, d.end})
		}
	}
	return settleDates(out, explicit, r.headDates(p, today))
}

// maxDates is the most days that are listed.
const maxDates = 200

// role is what d is the day of, by the words before it, the day it goes on
// from, or its column; and whether words name it.
func (r *Reader) role(p *page, s int, d, last day, lastRole What) (What, bool) {
	best, found := hit{}, false
	for _, h := range p.in(s, dayCues) {
		for _, to := range []int{h.long, h.to} {
			if to > d.from || !p.near(h.from, to, d.from) || !p.mayStand(h, to) {
				continue
			}
			if !found || to > best.to || to == best.to && h.from < best.from {
				best, found = hit{ref: h.ref, from: h.from, to: to}, true
			}
			break
		}
	}
	if found {
		return What(r.reading.Dates[best.ref].What), true
	}
	if p.goesOnFrom(s, last, d) {
		return lastRole, false
	}
	if p.columns.under(p, d.from) == dayCues || p.serviceRow(d) || r.procedureOn(p, s, d) {
		return OfService, false
	}
	return "", false
}

// near reports whether no words but fillers stand between a cue and a day, and
// none at all behind one word that often means something else.
func (p *page) near(from, to, at int) bool {
	others := 0
	for k := to; k < at; k++ {
		if !fillers[p.words[k].text] {
			others++
		}
		if k-to > 6 || bounds[p.words[k].text] {
			return false
		}
	}
	if to-from == 1 && tight[p.words[from].text] {
		return at == to
	}
	return others == 0
}

var (
	fillers = map[string]bool{"on": true, "is": true, "was": true, "the": true, "date": true, "of": true, "dated": true, "day": true, "from": true, "s": true}
	// bounds make a day the end or the beginning of a time.
	bounds = map[string]bool{"after": true, "before": true, "since": true, "prior": true, "until": true, "beyond": true, "than": true}
	tight  = map[string]bool{"by": true, "before": true, "until": true, "since": true, "date": true, "dated": true}
)

// mayStand keeps "date" and "dated" alone for the beginning of a line or of a cell, where it
// is that of the letter: elsewhere it may be the end of another date's name.
func (p *page) mayStand(h hit, to int) bool {
	if t := p.words[h.from].text; to-h.from > 1 || t != "date" && t != "dated" {
		return true
	}
	w := p.words[h.from]
	l := p.lines[w.line]
	return slices.ContainsFunc(l.cells, func(c cell) bool { return c.start == w.start })
}

// goesOnFrom reports whether d is the end of a span or the next of a list that
// begins with last.
func (p *page) goesOnFrom(s int, last, d day) bool {
	if last.end < p.sentences[s].start || last.to > d.from || d.from-last.to > 1 {
		return false
	}
	between := strings.ToLower(strings.TrimSpace(string(p.runes[last.end:d.start])))
	return slices.Contains([]string{"-", "–", "—", "to", "through", "thru", "and", ",", ", and", "&", "|", ""}, between)
}

// serviceRow reports whether d stands first in a row of a table that has a
// procedure and money: the days of care.
func (p *page) serviceRow(d day) bool {
	l := p.lines[p.words[d.from].line]
	if p.form != EOB || d.from-l.words > 4 {
		return false
	}
	code, money := false, false
	for k := d.to; k < len(p.words) && p.words[k].line == p.words[d.from].line; k++ {
		w := p.words[k]
		code = code || w.digits && len(w.text) == 5 && w.text[0] == '9'
		money = money || w.digits && len(w.text) == 2 && w.start > 1 && p.runes[w.start-1] == '.' && digit(p.runes[w.start-2])
	}
	return code && money
}

// procedureOn reports whether d stands behind a procedure: "97124 on 3/9/2026".
func (r *Reader) procedureOn(p *page, s int, d day) bool {
	if d.from-2 < p.sentences[s].from || p.words[d.from-1].text != "on" {
		return false
	}
	w := p.words[d.from-2]
	return w.digits && len(w.text) == 5 && slices.ContainsFunc(r.reading.Codes.Families, func(f string) bool { return strings.HasPrefix(w.text, f) })
}

// isHead reports whether d stands alone in one of the first lines: the date of
// the letter.
func (p *page) isHead(d day) bool {
	w := p.words[d.from]
	l := p.lines[w.line]
	if w.line >= headLines+8 || p.words[d.to-1].line != w.line {
		return false
	}
	return slices.ContainsFunc(l.cells, func(c cell) bool { return c.start == d.start && c.end <= d.end+1 }) && len(l.cells) <= 2
}

// headDates counts nothing but the days that stand alone at the head.
func (r *Reader) headDates(p *page, today time.Time) map[int]bool {
	out := map[int]bool{}
	for i := 0; i < len(p.words) && p.words[i].line < headLines+8; i++ {
		if d, ok := p.dayAt(i, -2, today); ok && p.isHead(d) {
			out[d.start] = true
		}
	}
	return out
}

// plausible reports whether a day can have the role: a letter is not of
// tomorrow, a deadline may be.
func plausible(what What, on, today time.Time) bool {
	if today.IsZero() {
		return true
	}
	latest := today
	switch what {
	case OfDeadline:
		latest = today.AddDate(futureYears, 0, 0)
	case OfService:
		latest = today.AddDate(1, 0, 0) // care that is asked for
	}
	return !on.After(latest) && !on.Before(today.AddDate(-pastYears, 0, 0))
}

// settleDates drops what is said twice, and the day of the letter where two are
// said: a named one is better than one that only stands at the head.
func settleDates(all []Dated, explicit bool, heads map[int]bool) []Dated {
	out := []Dated{}
	for _, d := range all {
		if d.What == OfLetter && explicit && heads[d.Start] {
			continue
		}
		if !slices.ContainsFunc(out, func(o Dated) bool { return o.What == d.What && o.Day == d.Day }) {
			out = append(out, d)
		}
	}
	letters := 0
	for _, d := range out {
		if d.What == OfLetter {
			letters++
		}
	}
	return slices.DeleteFunc(out, func(d Dated) bool {
		return d.What == OfLetter && letters > 1 || d.What == OfDeadline && before(d, out)
	})
}

// before reports whether a deadline comes before the letter that sets it.
func before(d Dated, all []Dated) bool {
	return slices.ContainsFunc(all, func(o Dated) bool { return o.What == OfLetter && d.Day < o.Day })
}
