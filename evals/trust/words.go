package trust

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/bot/cite/citetest"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// withFixture is the shipped library with the statute-like fixture, of which
// full text is held.
var withFixture = sync.OnceValues(citetest.Library)

// quotations: words in quotation marks that were changed, put to 'check' in a
// draft; none may be called verified, nor passed over.
func quotations() Row {
	return Row{ID: "quotations", Promise: "No altered quotation is accepted", What: "edited quotations, 14 kinds", N: 14_000,
		Bar: Bar{0, 0.999}, Best: "fuzzy matching accepts 63 to 76 %; exact matching in the whole section 21 %", From: "measured for the plan on the D.C. Code",
		Guards: []Guard{agreesToQuotes}, Lean: 140,
		run: func(ctx context.Context, w *Work) error {
			if err := w.harm(ctx, citetest.Harms); err != nil {
				return err
			}
			return w.favour(ctx, max(110, w.N*11/14))
		}}
}

// pinpoints: true words cited to the wrong place; and the places that answers
// themselves give for what they quote.
func pinpoints() Row {
	return Row{ID: "pinpoints", Promise: "No wrong pinpoint is shown or accepted", What: "true quotations cited elsewhere, and sources of answers", N: 3_400,
		Bar: Bar{0, 0.999}, Best: "matching in the whole document accepts 100 %", From: "measured for the plan on the D.C. Code",
		Guards: []Guard{agreesToQuotes}, Lean: 120,
		run: func(ctx context.Context, w *Work) error {
			n := w.N
			w.N = n * 30 / 34
			if err := w.harm(ctx, citetest.Harms[10:13]); err != nil {
				return err
			}
			if err := w.favour(ctx, w.N/3); err != nil {
				return err
			}
			w.N = n
			return w.shownPlaces(ctx, n*4/34)
		}}
}

// harm puts edited quotations to check, the kinds in turn, N in all.
func (w *Work) harm(ctx context.Context, harms []citetest.Harm) error {
	c, err := withFixture()
	if err != nil {
		return err
	}
	as, all := w.House.over(c), citetest.OfficialWords(c)
	return each(ctx, w.N, shared(as), func(as *bot.Assistant, at int) error {
		h, r := harms[at%len(harms)], w.rand(at)
		for range 400 {
			x := all[r.IntN(len(all))]
			q, place, ok := h.Edit(r, c, all, x)
			if !ok || !citable(place) || strings.ContainsAny(q, `"“”`) || citetest.StandsThere(c, place, q, h.Name == "exception cut") {
				continue
			}
			f, err := checked(ctx, as, q, place)
			if err != nil {
				return err
			}
			why := ""
			if f.Status == cite.StatusVerified || f.Status == cite.StatusFound {
				why = fmt.Sprintf("%s %s: “%s”", place, f.Status, q)
			}
			w.try(at, h.Name, why)
			return nil
		}
		return nil
	})
}

// favour puts true quotations in harmless guises to check.
func (w *Work) favour(ctx context.Context, n int) error {
	c, err := withFixture()
	if err != nil {
		return err
	}
	as, all := w.House.over(c), citetest.OfficialWords(c)
	return each(ctx, n, shared(as), func(as *bot.Assistant, at int) error {
		f, r := citetest.Favours[at%len(citetest.Favours)], w.rand(1<<30+at)
		for range 400 {
			x := all[r.IntN(len(all))]
			if !citable(x.Cite) {
				continue
			}
			span := citetest.Span(r, x.Text)
			if m, err := cite.Find(span, []string{x.Text}); err != nil || m.Cut != "" || m.Lead != "" || strings.HasPrefix(span, "…") || strings.ContainsAny(span, `"“”`) {
				continue // an honest author does not cut there
			}
			q, ok := f.Edit(r, span)
			if !ok || strings.ContainsAny(q, `"“”`) {
				continue
			}
			found, err := checked(ctx, as, q, x.Cite)
			if err != nil {
				return err
			}
			why := ""
			if found.Status != cite.StatusVerified {
				why = fmt.Sprintf("%s: %s %s: “%s”: %s", f.Name, x.Cite, found.Status, q, found.Note)
			}
			w.honest(at, why)
			return nil
		}
		return nil
	})
}

// citable reports whether a draft can name a place: a guide has a title, and
// what a digest says beside the law has no pinpoint of its own.
func citable(place citation.Citation) bool {
	found := citation.Find(place.String())
	return len(found) == 1 && found[0].Err == nil && found[0].Citation == place
}

// checked is what 'check' says of a draft with one quotation.
func checked(ctx context.Context, as *bot.Assistant, quote string, place citation.Citation) (bot.Finding, error) {
	out, err := as.Check(ctx, bot.Request{Text: fmt.Sprintf("The plan is wrong. %s says: “%s”", place, quote)})
	if err != nil {
		return bot.Finding{}, err
	}
	if len(out.Citations) == 0 {
		return bot.Finding{Status: cite.StatusFound}, nil // passed over
	}
	return out.Citations[0], nil
}

// shownPlaces looks at the sources of answers: what stands in quotation marks
// beside a place has to stand there, by plain comparison.
func (w *Work) shownPlaces(ctx context.Context, n int) error {
	all, err := w.questions(ctx, 40+5*n)
	if err != nil {
		return err
	}
	at := 0
	for _, q := range all {
		for _, l := range sourceLines(q.text) {
			found := citation.Find(l.text)
			_, rest, ok := strings.Cut(l.text, ` "`)
			words, _, closed := strings.Cut(rest, `"`)
			if len(found) == 0 || found[0].Start > 0 || !ok || !closed {
				continue
			}
			if at++; at > n {
				return nil
			}
			why := ""
			if !stands(w.House.Catalog, found[0].Citation, words) {
				why = l.text
			}
			w.try(1<<20+at, "sources of answers", why)
		}
	}
	return nil
}

// stands reports whether the parts of a quotation stand in order in the words
// held at a place.
func stands(c *corpus.Catalog, place citation.Citation, quote string) bool {
	for _, s := range c.Find(place) {
		var all []string
		for _, p := range s.Within(place.Pin) {
			all = append(all, p.Text)
		}
		text, ok := folded(strings.Join(all, "\n")), true
		for part := range strings.SplitSeq(folded(quote), "…") {
			_, after, found := strings.Cut(text, strings.TrimSpace(part))
			if ok = ok && found; !ok {
				break
			}
			text = after
		}
		if ok {
			return true
		}
	}
	return false
}

// folded makes quotation marks, dashes and white space alike.
func folded(s string) string {
	s = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "–", "-", "—", "-", "‑", "-").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}

// paraphrases: sentences of the library with one fact changed; the verdict
// has to be withheld.
func paraphrases() Row {
	return Row{ID: "paraphrases", Promise: "A sentence with one fact changed is withheld", What: "sentences with one fact changed, 7 kinds", N: 7_000,
		Bar: Bar{0.01, 0.98}, Best: "detectors about 50 to 82 % right", From: "FaithBench, HalluMix",
		Guards: []Guard{agreesToParaphrase}, Lean: 140, run: runParaphrases}
}

func runParaphrases(ctx context.Context, w *Work) error {
	c := w.House.Catalog
	k := cite.New(c).With(w.House.Cite)
	says := append(citetest.Sentences(c), citetest.Points(c)...)
	type attempt struct {
		say  citetest.Said
		kind citetest.Mutation
		text string
	}
	var all []attempt
	for _, s := range says {
		for _, m := range citetest.Facts {
			all = append(all, attempt{s, m, ""})
		}
	}
	w.rand(-2).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	var made []attempt
	for at, x := range all {
		text, ok := x.kind.Edit(w.rand(at), x.say.Text)
		if ok && !standsIn(c, x.say.Cites, text) && len(made) < w.N {
			made = append(made, attempt{x.say, x.kind, text})
		}
	}
	err := each(ctx, len(made), shared(k), func(k *cite.Checker, at int) error {
		x, why := made[at], ""
		if k.Claim(claim(x.text, x.say.Cites)).Verdict != cite.Withheld {
			why = x.text
		}
		w.try(at, x.kind.Name, why)
		return nil
	})
	if err != nil {
		return err
	}
	honest, err := citetest.Honest()
	if err != nil {
		return err
	}
	same := append(honest, citetest.Points(c)...)
	n := len(same)
	if w.N < 7_000 {
		n = max(20, n*w.N/7_000)
	}
	return each(ctx, n, shared(k), func(k *cite.Checker, at int) error {
		s := same[at*len(same)/n]
		why := ""
		if res := k.Claim(claim(s.Text, s.Cites)); res.Verdict == cite.Withheld {
			why = s.Text + ": " + res.Reason
		}
		w.honest(at, why)
		return nil
	})
}

func claim(text string, cites []citation.Citation) cite.Claim {
	c := cite.Claim{Text: text}
	for _, at := range cites {
		c.Refs = append(c.Refs, cite.Ref{Cite: at})
	}
	return c
}

// standsIn reports whether a text stands in the passages cited word for word.
func standsIn(c *corpus.Catalog, cites []citation.Citation, text string) bool {
	for _, at := range cites {
		for _, s := range c.Find(at) {
			for _, p := range s.Within(at.Pin) {
				if strings.Contains(folded(p.Text), folded(text)) {
					return true
				}
			}
		}
	}
	return false
}
