package bot_test

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/library"
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/embed"
	"github.com/everycategory/advocate/retrieval/local"
)

// assistant answers from the shipped library, at a fixed time.
func assistant(t testing.TB) *bot.Assistant {
	t.Helper()
	as, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return &bot.Assistant{Catalog: as.Catalog, Rules: as.Rules, Checker: as.Checker, Gate: as.Gate, Retriever: as.Retriever, Now: as.Now}
}

// shipped is what all tests over the shipped library share, and none changes.
var shipped = sync.OnceValues(func() (*bot.Assistant, error) {
	catalog, err := corpus.Load(library.FS())
	if err != nil {
		return nil, err
	}
	return newAssistant(catalog)
})

// over answers from a catalog of the test's own.
func over(t testing.TB, catalog *corpus.Catalog) *bot.Assistant {
	t.Helper()
	as, err := newAssistant(catalog)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { as.Retriever.Index.(*local.Index).Close() })
	return as
}

func newAssistant(catalog *corpus.Catalog) (*bot.Assistant, error) {
	docs := make([]retrieval.Document, len(catalog.Sources))
	for i, s := range catalog.Sources {
		docs[i].Source = s
	}
	idx, err := local.New(docs...)
	if err != nil {
		return nil, err
	}
	rules, err := coverage.Load(library.FS())
	if err != nil {
		return nil, err
	}
	lexicon, err := retrieval.LoadLexicon(library.FS())
	if err != nil {
		return nil, err
	}
	static, err := embed.NewStatic()
	if err != nil {
		return nil, err
	}
	asks := retrieval.NewAsks(static, catalog.Sources)
	gate, err := phi.New()
	if err != nil {
		return nil, err
	}
	return &bot.Assistant{Catalog: catalog, Rules: rules, Checker: cite.New(catalog), Gate: gate,
		Retriever: &retrieval.Retriever{Index: idx, Lexicon: lexicon, Asks: asks},
		Now:       func() time.Time { return time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC) }}, nil
}

// TestEveryPreparedPointPasses holds every point of every card and
// correction against the passages it cites.
func TestEveryPreparedPointPasses(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	n := 0
	for _, card := range as.Catalog.Cards {
		for _, p := range card.Points() {
			claim := cite.Claim{Text: p.Say}
			for _, c := range p.Cites {
				claim.Refs = append(claim.Refs, cite.Ref{Cite: c})
			}
			n++
			if res := as.Checker.Claim(claim); res.Verdict == cite.Withheld {
				t.Errorf("%s: %q: %s", card.Source.ID, p.Say, res.Reason)
			}
		}
	}
	t.Logf("%d points", n)
}

// TestEveryDigestSentencePasses holds each sentence of the library against
// its own passage: what the composer may show must pass its own check.
func TestEveryDigestSentencePasses(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	n, withheld := 0, 0
	for _, s := range as.Catalog.Sources {
		if s.Cite.IsZero() {
			continue
		}
		for _, p := range s.Passages {
			for _, say := range p.Sentences() {
				n++
				res := as.Checker.Claim(cite.Claim{Text: say, Refs: []cite.Ref{{Cite: s.Cite.At(p.Pin)}}})
				if res.Verdict == cite.Withheld {
					withheld++
					t.Errorf("%s: %q: %s", s.Cite.At(p.Pin), say, res.Reason)
				}
			}
		}
	}
	t.Logf("%d of %d sentences withheld", withheld, n)
}

// TestFalsePointIsWithheld plants a card whose point says what its passage
// does not: it must not be shown. With a checker that agrees to everything
// it is shown, so the guard is what keeps it out.
func TestFalsePointIsWithheld(t *testing.T) {
	t.Parallel()
	good, err := corpus.Load(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	const planted = "A Washington carrier may deny the first twelve treatment visits with a contracting massage therapist on the basis of medical necessity."
	card, err := corpus.ParseCard("planted.yaml", []byte(`id: card-planted
title: Zither visits
kind: card
authority: practice
jurisdiction: any
cite: none
url: none
as_of: 2026
read_in: a sample
binds: []
licence: public
status: in-force
asks: [may a carrier deny zither visits of massage for medical necessity?]
answer:
  - say: `+planted+`
    cites: [RCW 48.43.016(2)(b)]
next:
  - say: Ask the carrier how it counts the initial evaluation and management visit for massage therapy.
    cites: [RCW 48.43.016 (what to do with it)]
`))
	if err != nil {
		t.Fatal(err)
	}
	var sources []*corpus.Source
	for _, s := range good.Sources {
		if good.Card(s.ID) == nil {
			sources = append(sources, s)
		}
	}
	catalog, err := corpus.NewCatalog(sources, append(slices.Clone(good.Cards), card))
	if err != nil {
		t.Fatal(err)
	}
	ask := func(as *bot.Assistant) string {
		ans, err := as.Ask(t.Context(), bot.Request{Text: "may a carrier deny zither visits of massage for medical necessity?", State: "WA", Plan: "fully-insured"})
		if err != nil {
			t.Fatal(err)
		}
		return ans.Text
	}
	if got := ask(over(t, catalog)); strings.Contains(got, "twelve") {
		t.Errorf("the planted falsehood was shown:\n%s", got)
	}
	unguarded := over(t, catalog)
	unguarded.Checker = cite.New(catalog).With(agreeable())
	if got := ask(unguarded); !strings.Contains(got, "twelve") {
		t.Errorf("without the guard the planted falsehood should be shown, or this test shows nothing:\n%s", got)
	}
}

// agreeable are guards that agree to everything said in other words.
func agreeable() cite.Guards {
	return cite.Guards{Quote: cite.Find, Paraphrase: func(string, []string) error { return nil }}
}

// TestAnswersAreWhole asks about every card in its own words: each answer
// begins with a claim, cites only what is held, numbers its citations
// without a gap, and keeps every claim cited.
func TestAnswersAreWhole(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	for _, card := range as.Catalog.Cards {
		for _, ask := range card.Source.Asks {
			ans, err := as.Ask(t.Context(), bot.Request{Text: ask})
			if err != nil {
				t.Fatal(err)
			}
			if ans.Abstained {
				t.Errorf("%s: %q is declined: %s", card.Source.ID, ask, ans.Text)
				continue
			}
			used := map[int]bool{}
			for _, c := range ans.Claims {
				if len(c.Citations) == 0 {
					t.Errorf("%q: claim without a citation: %q", ask, c.Text)
				}
				for _, n := range c.Citations {
					used[n] = true
				}
			}
			for i, c := range ans.Citations {
				if c.N != i+1 || !used[c.N] {
					t.Errorf("%q: citation %d of %s is out of order or unused", ask, c.N, c.Cite)
				}
				if _, p := as.Catalog.Resolve(c.Cite); p == nil {
					t.Errorf("%q: %s is not held", ask, c.Cite)
				}
			}
		}
	}
}

// TestOneAnswerForAll asks at once, many times: every answer is the same.
func TestOneAnswerForAll(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	answer := func() string {
		ans, err := as.Ask(t.Context(), bot.Request{Text: "they say ERISA preempts our law"})
		if err != nil {
			t.Error(err)
			return ""
		}
		data, err := json.Marshal(ans)
		if err != nil {
			t.Error(err)
		}
		return string(data)
	}
	want := answer()
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if got := answer(); got != want {
				t.Errorf("answers differ:\n%s\n%s", want, got)
			}
		})
	}
	wg.Wait()
}
