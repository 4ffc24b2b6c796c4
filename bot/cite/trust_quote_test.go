package cite

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot/cite/citetest"
	"github.com/everycategory/advocate/corpus"
)

// seed of the trust tests; printed with what they find.
const seed = 42

// agrees is a paraphrase guard that lets everything pass, so that a test
// sees the quotation guard alone.
func agrees(string, []string) error { return nil }

// TestNoAlteredQuotation is goal C2: of fourteen kinds of harmful edits of
// quotations of the shipped library and of a fixture, none is accepted.
func TestNoAlteredQuotation(t *testing.T) {
	t.Parallel()
	c := load(t)
	k := New(c).With(Guards{Paraphrase: agrees})
	total := 0
	for _, h := range citetest.Harms {
		tried, accepted := tryHarm(k, c, h)
		t.Logf("%-30s %4d tried, %d accepted", h.Name, tried, len(accepted))
		total += tried
		if tried < mutants/2 {
			t.Errorf("%s: only %d mutants could be made", h.Name, tried)
		}
		for _, a := range accepted[:min(3, len(accepted))] {
			t.Errorf("%s: accepted %s", h.Name, a)
		}
	}
	t.Logf("%d mutants, seed %d, library %.12s", total, seed, c.Hash())
}

// tryHarm makes mutants of one kind and gives those that are accepted and do
// not truly stand where they are cited.
func tryHarm(k *Checker, c *corpus.Catalog, h citetest.Harm) (tried int, accepted []string) {
	r := rand.New(rand.NewPCG(seed, uint64(len(h.Name))))
	all := citetest.OfficialWords(c)
	for n := 0; n < 60*mutants && tried < mutants; n++ {
		w := all[r.IntN(len(all))]
		q, cite, ok := h.Edit(r, c, all, w)
		if !ok || citetest.StandsThere(c, cite, q, h.Name == "exception cut") {
			continue
		}
		tried++
		if res := k.Claim(Claim{Text: "The section says so.", Refs: []Ref{{cite, q}}}); res.Verdict != Withheld {
			accepted = append(accepted, cite.String()+`: "`+q+`"`)
		}
	}
	return tried, accepted
}

// TestQuotationGuardMatters replaces the quotation guard by one that agrees
// to everything: then every kind of edit that leaves the place real passes.
func TestQuotationGuardMatters(t *testing.T) {
	t.Parallel()
	c := load(t)
	k := New(c).With(Guards{Paraphrase: agrees, Quote: func(q string, _ []string) (Match, error) { return Match{Quote: q}, nil }})
	for _, h := range citetest.Harms[:10] {
		if tried, accepted := tryHarm(k, c, h); len(accepted) < tried*9/10 {
			t.Errorf("%s: %d of %d accepted without the guard; the trust test measures something else", h.Name, len(accepted), tried)
		}
	}
}

// TestHonestQuotations is the other half of C2: what truly stands there, in
// eleven harmless guises, is refused at most once in a thousand.
func TestHonestQuotations(t *testing.T) {
	t.Parallel()
	c := load(t)
	k := New(c).With(Guards{Paraphrase: agrees})
	all := citetest.OfficialWords(c)
	total, refused := 0, 0
	for _, f := range citetest.Favours {
		r := rand.New(rand.NewPCG(seed, uint64(len(f.Name))))
		tried, no := 0, 0
		for n := 0; n < 60*mutants && tried < mutants; n++ {
			w := all[r.IntN(len(all))]
			plain := citetest.Span(r, w.Text)
			if m, err := Find(plain, []string{w.Text}); err != nil || m.Cut != "" || m.Lead != "" || strings.HasPrefix(plain, "…") {
				continue // an honest author does not cut there
			}
			q, ok := f.Edit(r, plain)
			if !ok {
				continue
			}
			tried++
			if res := k.Claim(Claim{Text: "The section says so.", Refs: []Ref{{w.Cite, q}}}); res.Verdict != Verified {
				no++
				t.Logf("%s: %s refused: %q: %s", f.Name, w.Cite, q, res.Reason)
			}
		}
		t.Logf("%-20s %4d tried, %d refused", f.Name, tried, no)
		total, refused = total+tried, refused+no
	}
	if float64(refused) > 0.001*float64(total) {
		t.Errorf("%d of %d honest quotations refused", refused, total)
	}
}
