package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/corpus/official"
)

// A law is the library as the law stands on one day, and what the checker
// said of sentences on it. It is safe for concurrent use.
type law struct {
	day     corpus.Date
	catalog *corpus.Catalog
	checker *cite.Checker
	guards  Guards
	// verdicts remembers what the checker said of the sentences of the
	// catalog, by sentence and citations. They are finitely many: the
	// composer shows no others.
	verdicts sync.Map // string to verdict
	changed  sync.Map // citation.Citation to bool
}

// laws keeps the days asked for. The zero value is ready for use.
type laws struct {
	mu   sync.Mutex
	days map[corpus.Date]*law
}

// mostDays is how many days are kept; then they are made anew.
const mostDays = 64

// law is the library on day. Where no official text is held it is the same
// on every day.
func (a *Assistant) law(day corpus.Date) *law {
	key := day
	if len(a.Catalog.Captured()) == 0 {
		key = ""
	}
	a.laws.mu.Lock()
	defer a.laws.mu.Unlock()
	if l := a.laws.days[key]; l != nil {
		return l
	}
	l := &law{day: day, catalog: a.Catalog, checker: a.Checker, guards: a.Guards}
	if key != "" {
		l.catalog = a.Catalog.On(day)
		l.checker = a.Checker.Over(l.catalog)
	}
	if a.laws.days == nil || len(a.laws.days) >= mostDays {
		a.laws.days = map[corpus.Date]*law{}
	}
	a.laws.days[key] = l
	return l
}

// today is the clock's day.
func (a *Assistant) today() corpus.Date { return corpus.Date(a.Now().Format(time.DateOnly)) }

// asOf is the day as of which text is shown to be the law: the day asked
// for, where the captures reach it; else the last day it was seen.
func (l *law) asOf(text *corpus.Source, day corpus.Date) corpus.Date {
	if st := l.catalog.Standing(text.Cite); st.Basis == corpus.Known && st.Text == text {
		return day
	}
	return text.Capture.Seen
}

// standsIn reports whether a digest has quotations, and all of them stand in
// its official text.
func (l *law) standsIn(digest, text *corpus.Source) bool {
	if text.Capture == nil || text.Status == "partial" || digest.KnowsMore(text) || l.hasChanged(digest.Cite.Base()) {
		return false
	}
	return slices.ContainsFunc(digest.Passages, func(p corpus.Passage) bool { return len(p.Official(digest.Form)) > 0 })
}

// hasChanged reports whether a digest of c quotes words that are not the
// law any more.
func (l *law) hasChanged(c citation.Citation) bool {
	if v, ok := l.changed.Load(c); ok {
		return v.(bool)
	}
	v := l.checker.Changed(c)
	l.changed.Store(c, v)
	return v
}

// warnings says what a reader has to know of the law behind a draft: what
// was repealed, renumbered or changed, what was captured long ago, and what
// was not verified for the day asked for.
func (l *law) warnings(d *draft, day, today corpus.Date) []string {
	var changed, repealed, stale, unverified []string
	out := []string{}
	for _, c := range d.cited() {
		st := l.catalog.Standing(c)
		switch {
		case st.Text == nil:
			if day != today && l.dated(c) {
				unverified = append(unverified, c.String())
			}
			continue
		case st.Text.Status == corpus.Repealed:
			repealed = append(repealed, c.String())
			continue
		case st.Text.Status == corpus.Superseded:
			out = append(out, fmt.Sprintf("%s has a new number: %s.", c, st.Text.SupersededBy))
		}
		if l.hasChanged(c) {
			changed = append(changed, c.String())
		}
		if day != today && st.Basis != corpus.Known {
			unverified = append(unverified, c.String())
		} else if days := Stale(st.Text, today); day == today && days > 0 && !l.knowsMore(c, st.Text) {
			stale = append(stale, fmt.Sprintf("%s (%d days ago)", c, days))
		}
	}
	say := func(format string, cites []string) {
		if len(cites) > 0 {
			out = append(out, fmt.Sprintf(format, strings.Join(cites, ", ")))
		}
	}
	say("Repealed, and so left out: %s.", repealed)
	say("The law's words have changed since our digest was read: %s. What quoted the older words is left out; read the official text before you rely on the rest.", changed)
	say("The official text was captured long ago, so look whether it has changed: %s. 'advocate corpus sync' fetches it again.", stale)
	say("Not verified for "+string(day)+": %s. No official text held here shows the law of that day; what is said rests on copies read at the dates given below.", unverified)
	return out
}

// knowsMore reports whether a digest of c was read after text was seen.
func (l *law) knowsMore(c citation.Citation, text *corpus.Source) bool {
	return slices.ContainsFunc(l.catalog.Find(c), func(s *corpus.Source) bool { return s.KnowsMore(text) })
}

// dated reports whether c is law that changes from day to day.
func (l *law) dated(c citation.Citation) bool {
	return slices.ContainsFunc(l.catalog.Find(c), func(s *corpus.Source) bool {
		return s.Kind == corpus.Statute || s.Kind == corpus.Rule
	})
}

// cited are the sources that a draft's points cite, each once, in order.
func (d *draft) cited() []citation.Citation {
	var out []citation.Citation
	for _, p := range d.points {
		for _, c := range p.cites {
			if !slices.Contains(out, c.Base()) {
				out = append(out, c.Base())
			}
		}
	}
	return out
}

// Stale is how many days ago text was seen last, if that is longer than its
// publisher's texts may be relied on (official.StaleAfter); else 0.
func Stale(text *corpus.Source, today corpus.Date) int {
	most := official.StaleAfter(text.Cite.System)
	seen, err1 := time.Parse(time.DateOnly, string(text.Capture.Seen))
	now, err2 := time.Parse(time.DateOnly, string(today))
	if cmp.Or(err1, err2) != nil || most == 0 {
		return 0
	}
	if days := int(now.Sub(seen).Hours() / 24); days > most {
		return days
	}
	return 0
}
