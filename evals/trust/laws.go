package trust

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/bot/cite/citetest"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// stale: laws that were changed, repealed or renumbered since: a draft that
// still quotes or cites them is told, and an answer that rests on one says so.
func stale() Row {
	return Row{ID: "stale", Promise: "Old law is not passed off as today's", What: "drafts and answers on laws that were changed, repealed or renumbered", N: 5_000,
		Bar: Bar{0, 0.98}, Best: "citators miss or mislabel about a third of negative treatments", From: "Hellyer, 110 Law Libr. J. 449 (cases)",
		Guards: []Guard{{"quotation, and the day of the law", func(h *House) {
			agreesToQuotes.Replace(h)
			h.Opens.undated = true
		}}}, Lean: 200, run: runStale}
}

// later is the day on which a draft on changed law is checked: after each digest
// was read.
var later = time.Date(2027, time.February, 1, 12, 0, 0, 0, time.UTC)

// aChange is what became of a section since its digest was read.
type aChange int

const (
	reworded aChange = iota
	repealed
	renumbered
	unchanged
)

var changeNames = map[aChange]string{reworded: "words changed", repealed: "repealed", renumbered: "renumbered"}

// A changed is a section with its words as they were.
type changed struct {
	source *corpus.Source
	what   aChange
	was    []citetest.Words
}

// perWorld is how many attempts one made-up world of laws serves.
const perWorld = 100

func runStale(ctx context.Context, w *Work) error {
	worlds := max(1, w.N/perWorld)
	return each(ctx, worlds, shared(w.House), func(h *House, at int) error {
		r := w.rand(at)
		texts, all := changedTexts(h.Catalog, func() aChange { return aChange(r.IntN(4)) })
		catalog := h.Catalog.WithVersions(texts)
		if h.Opens.undated {
			catalog = h.Catalog
		}
		as := h.over(catalog)
		as.Now = func() time.Time { return later }
		for i := range min(perWorld, w.N) {
			c := all[r.IntN(len(all))]
			id := at*perWorld + i
			if i%20 == 19 {
				if err := w.staleAnswer(ctx, as, c, id); err != nil {
					return err
				}
				continue
			}
			x := c.was[r.IntN(len(c.was))]
			text := fmt.Sprintf("The plan is wrong. %s says: “%s”", x.Cite, x.Text)
			out, err := as.Check(ctx, bot.Request{Text: text})
			if err != nil {
				return err
			}
			status := cite.StatusFound
			if len(out.Citations) > 0 {
				status = out.Citations[0].Status
			}
			if c.what == unchanged {
				why := ""
				if status != cite.StatusVerified {
					why = fmt.Sprintf("%s %s: %s", x.Cite, status, x.Text)
				}
				w.honest(id, why)
				continue
			}
			why := ""
			if status == cite.StatusVerified || status == cite.StatusFound {
				why = fmt.Sprintf("%s %s: “%s”", x.Cite, status, x.Text)
			}
			w.try(id, "a draft, "+changeNames[c.what], why)
		}
		return nil
	})
}

// staleAnswer asks what a changed section answers: where the answer cites the
// section it must say what became of it, and not quote words that are changed
// or repealed.
func (w *Work) staleAnswer(ctx context.Context, as *bot.Assistant, c changed, id int) error {
	if c.what == unchanged || len(c.source.Asks) == 0 {
		return nil
	}
	ans, err := as.Ask(ctx, bot.Request{Text: c.source.Asks[id%len(c.source.Asks)], State: "WA"})
	if err != nil {
		return err
	}
	text := ans.Render(bot.Plain)
	cites := slices.ContainsFunc(sourceLines(text), func(l sourceLine) bool {
		found := citation.Find(l.text)
		return len(found) > 0 && found[0].Start == 0 && found[0].Citation.Base() == c.source.Cite.Base()
	})
	if !cites {
		return nil // it rests on others
	}
	why := ""
	for _, x := range c.was {
		// a new number leaves the words what they were, if it is told
		if c.what != renumbered && strings.Contains(text, `"`+x.Text+`"`) {
			why = fmt.Sprintf("%s is quoted as it was: %q", x.Cite, x.Text)
		}
	}
	if why == "" && !flagged.MatchString(text) {
		why = fmt.Sprintf("nothing says that %s was %s", c.source.Cite, changeNames[c.what])
	}
	w.try(id, "an answer, "+changeNames[c.what], why)
	return nil
}

var flagged = regexp.MustCompile(`(?i)changed since|repealed|renumbered|has a new number|superseded|no longer|not verified for`)

// changedTexts are official texts made of the digests' own quotations, as the
// law stood and as it stands, with one change in each section by lot.
func changedTexts(c *corpus.Catalog, lot func() aChange) ([]*corpus.Source, []changed) {
	var texts []*corpus.Source
	var all []changed
	for _, s := range c.Sources {
		if s.Form != corpus.Digest || s.Cite.System != citation.RCW && s.Cite.System != citation.WAC && s.Cite.System != citation.USC {
			continue
		}
		was := version(s, "2026-12-01", "2016-01-01")
		old := citetest.OfficialWords(&corpus.Catalog{Sources: []*corpus.Source{was}})
		if len(old) == 0 {
			continue
		}
		x := changed{source: s, what: lot()}
		is := version(s, "2027-01-20", "2027-01-01")
		switch x.what {
		case reworded:
			for i := range is.Passages {
				is.Passages[i].Text = reword(is.Passages[i].Text)
			}
		case repealed:
			is.Status, is.Passages = corpus.Repealed, nil
		case renumbered:
			is.Status, is.Passages = corpus.Superseded, nil
			is.SupersededBy = citation.Citation{System: s.Cite.System, Number: s.Cite.Number + "9"}
		default:
			is.Capture.Effective = "2016-01-01"
		}
		for _, o := range old {
			if !strings.ContainsAny(o.Text, `"“”…`) && (x.what == unchanged || !holds(is, o.Text)) {
				x.was = append(x.was, o)
			}
		}
		if len(x.was) > 0 {
			all, texts = append(all, x), append(texts, was, is)
		}
	}
	return texts, all
}

// version is an official text of a digest's quotations.
func version(s *corpus.Source, seen, effective corpus.Date) *corpus.Source {
	x := *s
	x.ID, x.Form, x.Status, x.ReadIn, x.Passages = s.ID+"@"+string(seen), corpus.Text, "in-force", "a sample", nil
	x.Capture = &corpus.Capture{Captured: seen, Seen: seen, Effective: effective}
	for _, p := range s.Passages {
		if q := p.Official(corpus.Digest); p.Pin.Enumerated() && len(q) > 0 {
			x.Passages = append(x.Passages, corpus.Passage{Pin: p.Pin, Heading: x.Title, Text: strings.Join(q, "\n")})
		}
	}
	return &x
}

// holds reports whether words stand in a text all the same.
func holds(s *corpus.Source, words string) bool {
	for _, p := range s.Passages {
		if strings.Contains(folded(p.Text), folded(words)) {
			return true
		}
	}
	return false
}

// reword changes one word in the middle of each line.
func reword(text string) string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		f := strings.Fields(line)
		if len(f) > 0 {
			f[len(f)/2] = "otherwise"
		}
		out = append(out, strings.Join(f, " "))
	}
	return strings.Join(out, "\n")
}
