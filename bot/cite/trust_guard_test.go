package cite

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot/cite/citetest"
)

// passagesOf are the passages a Checker compares s with.
func passagesOf(t testing.TB, k *Checker, s citetest.Said) []string {
	t.Helper()
	var refs []Resolved
	for _, ref := range claim(s).Refs {
		r := k.resolve(s.Text, ref)
		if r.Err != nil {
			t.Fatalf("%q: %v", s.Text, r.Err)
		}
		refs = append(refs, r)
	}
	return k.passages(refs)
}

// TestSingleFactMutations is goal C5: of sentences of which one fact was
// changed, the guard catches 99 in 100, in the digests' own sentences and in
// the cards' points, which say it in other words.
func TestSingleFactMutations(t *testing.T) {
	t.Parallel()
	c := load(t)
	k := New(c)
	caught, total := 0, 0
	for _, set := range []struct {
		name string
		says []citetest.Said
	}{{"digests", citetest.Sentences(c)}, {"cards", citetest.Points(c)}} {
		for _, m := range citetest.Facts {
			n, no := countCaught(t, k, m, set.says)
			if n > 0 {
				t.Logf("%-8s %-9s %4d of %4d caught (%.1f%%)", set.name, m.Name, no, n, 100*float64(no)/float64(n))
			}
			if n > 20 && float64(no) < 0.95*float64(n) {
				t.Errorf("%s, %s: %d of %d caught", set.name, m.Name, no, n)
			}
			total, caught = total+n, caught+no
		}
	}
	t.Logf("%d of %d caught (%.2f%%), seed %d, library %.12s", caught, total, 100*float64(caught)/float64(total), seed, c.Hash())
	if float64(caught) < 0.99*float64(total) {
		t.Errorf("%d of %d single-fact mutations caught; the bar is 99%%", caught, total)
	}
}

// countCaught mutates every sentence once, in a fixed random order: a sample
// of the many digests beside all of the few cards would weigh the cards too
// much. A mutant that stands in its passages word for word is equivalent.
func countCaught(t *testing.T, k *Checker, m citetest.Mutation, says []citetest.Said) (tried, caught int) {
	r := rand.New(rand.NewPCG(seed, uint64(len(m.Name))))
	for _, i := range r.Perm(len(says)) {
		s := says[i]
		got, ok := m.Edit(r, s.Text)
		if !ok {
			continue
		}
		ps := passagesOf(t, k, s)
		if strings.Contains(strings.Join(ps, "\n"), got) {
			continue
		}
		tried++
		var g *GuardError
		if errors.As(k.guards.Paraphrase(got, ps), &g) {
			caught++
		} else if testing.Verbose() {
			t.Logf("%s, not caught: %s", m.Name, got)
		}
	}
	return tried, caught
}

func honest(t testing.TB) []citetest.Said {
	t.Helper()
	says, err := citetest.Honest()
	if err != nil {
		t.Fatal(err)
	}
	return says
}

// TestHonestParaphrases is the other half of C5: of sentences that say the
// same in other words, at most 2 in 100 are withheld; of the digests' own
// sentences none is, and of the cards' points, which answers are made of,
// at most 2 in 100.
func TestHonestParaphrases(t *testing.T) {
	t.Parallel()
	c := load(t)
	k := New(c)
	for _, set := range []struct {
		name string
		says []citetest.Said
		most float64
	}{{"by hand", honest(t), 0.02}, {"cards", citetest.Points(c), 0.02}, {"digests", citetest.Sentences(c), 0}} {
		bad := 0
		for _, s := range set.says {
			if r := k.Claim(claim(s)); r.Verdict == Withheld {
				bad++
				t.Logf("%s: %s\n\twithheld: %s", set.name, s.Text, r.Reason)
			}
		}
		t.Logf("%s: %d of %d withheld (%.1f%%)", set.name, bad, len(set.says), 100*float64(bad)/float64(len(set.says)))
		if float64(bad) > set.most*float64(len(set.says)) {
			t.Errorf("%s: %d of %d withheld; the bar is %.0f%%", set.name, bad, len(set.says), 100*set.most)
		}
	}
	if n := len(honest(t)); n < 200 {
		t.Errorf("only %d honest sentences", n)
	}
}

// TestParaphraseGuardMatters replaces the guard by one that agrees to
// everything: then mutants pass.
func TestParaphraseGuardMatters(t *testing.T) {
	t.Parallel()
	c := load(t)
	k := New(c).With(Guards{Paraphrase: agrees})
	r := rand.New(rand.NewPCG(seed, 0))
	passed, tried := 0, 0
	for _, s := range citetest.Points(c) {
		if got, ok := citetest.Facts[3].Edit(r, s.Text); ok && tried < mutants {
			tried++
			s.Text = got
			if k.Claim(claim(s)).Verdict != Withheld {
				passed++
			}
		}
	}
	if passed < tried*9/10 {
		t.Errorf("%d of %d modal flips pass without the guard; the trust test measures something else", passed, tried)
	}
}
