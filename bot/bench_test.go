package bot_test

import (
	"testing"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/cite"
)

// BenchmarkCheckAgainstFind measures, in one run, what checking an answer
// costs beside finding it: of sentences never seen before, as a model's
// would be, and of the library's own, whose verdicts are remembered. The bar
// is a tenth.
func BenchmarkCheckAgainstFind(b *testing.B) {
	questions := []string{
		"can they refuse me because I'm an LMT?",
		"denied as not medically necessary, what now?",
		"they say ERISA preempts our law",
		"can they take back money they paid me last year?",
	}
	as, free := assistant(b), assistant(b)
	free.Checker = cite.New(free.Catalog).With(agreeable())
	claims := map[string][]cite.Claim{}
	for _, q := range questions {
		ans, err := as.Ask(b.Context(), bot.Request{Text: q})
		if err != nil {
			b.Fatal(err)
		}
		for _, c := range ans.Claims {
			claim := cite.Claim{Text: c.Text}
			for _, n := range c.Citations {
				claim.Refs = append(claim.Refs, cite.Ref{Cite: ans.Citations[n-1].Cite, Quote: ans.Citations[n-1].Quote})
			}
			claims[q] = append(claims[q], claim)
		}
	}
	var find, fresh, whole, unchecked time.Duration
	timed := func(sum *time.Duration, do func() error) {
		start := time.Now()
		if err := do(); err != nil {
			b.Fatal(err)
		}
		*sum += time.Since(start)
	}
	for b.Loop() {
		for _, q := range questions {
			r := bot.Request{Text: q}
			timed(&find, func() error { _, err := as.Search(b.Context(), r, 10); return err })
			timed(&fresh, func() error {
				for _, c := range claims[q] {
					as.Checker.Claim(c)
				}
				return nil
			})
			timed(&whole, func() error { _, err := as.Ask(b.Context(), r); return err })
			timed(&unchecked, func() error { _, err := free.Ask(b.Context(), r); return err })
		}
	}
	n := float64(b.N * len(questions))
	b.ReportMetric(float64(find.Microseconds())/n, "find-µs")
	b.ReportMetric(float64(fresh.Microseconds())/n, "fresh-check-µs")
	b.ReportMetric(fresh.Seconds()/find.Seconds(), "fresh-check/find")
	b.ReportMetric(max(0, (whole-unchecked).Seconds())/find.Seconds(), "own-check/find")
}

// BenchmarkAsk measures a whole answer, without its receipt.
func BenchmarkAsk(b *testing.B) {
	as := assistant(b)
	for b.Loop() {
		if _, err := as.Ask(b.Context(), bot.Request{Text: "can they refuse me because I'm an LMT?"}); err != nil {
			b.Fatal(err)
		}
	}
}
