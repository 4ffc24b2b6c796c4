package trust

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/model/modeltest"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/evals"
	"github.com/everycategory/advocate/retrieval"
)

// abstention: questions that the library cannot answer, beside a model that
// answers everything; and border questions that it can.
func abstention() Row {
	return Row{ID: "abstention", Promise: "It says when it does not know", What: "questions that must be declined, beside a confident model", N: 300,
		Bar: Bar{0.02, 0.98}, Best: "80 to 90 % right once the least sure third is declined", From: "GopherCite, arXiv 2203.11147",
		Guards: []Guard{{"the cut-off", func(h *House) { h.Bot.Declines = func(string) bool { return false } }}}, Lean: 60,
		run: runAbstention}
}

func runAbstention(ctx context.Context, w *Work) error {
	decline, err := golden("decline.txt", "third-decline.txt")
	if err != nil {
		return err
	}
	for _, s := range scenarios() {
		if s.Door == "ask" && s.Decline {
			kind := "scenario"
			if s.Sealed() {
				kind = sealedKind
			}
			decline = append(decline, evals.Case{Text: s.Text, State: s.State, Kind: kind})
		}
	}
	// words that are none are declined by a check that is no cut-off; they are
	// a part, but not all, of a small run
	step := max(1, len(decline)/max(1, w.N))
	confident := modeltest.Hostile()["another's duty"]
	var hedged, also atomic.Int64
	err = each(ctx, min(w.N, len(decline)), w.lines(), func(l *line, at int) error {
		c := decline[at*step]
		l.lies(w.rand(at), confident)
		ans, err := l.Ask(ctx, bot.Request{Text: c.Text, State: c.State})
		if err != nil {
			return err
		}
		why := answered(ans, c.Text)
		if why != "" && evals.Hedged(ans.Render(bot.Plain)) {
			hedged.Add(1)
		}
		if why != "" && c.Kind == sealedKind {
			why = "(not shown)"
		}
		w.try(at, c.Kind, why)
		return nil
	})
	if err != nil {
		return err
	}
	border, err := golden("answer.txt", "third-answer.txt", "questions.txt")
	if err != nil {
		return err
	}
	for _, half := range []struct {
		file string
		open int
	}{{"more.txt", 125}, {"third.txt", 100}} {
		cases, err := golden(half.file)
		if err != nil {
			return err
		}
		border = append(border, cases[:half.open]...)
	}
	err = each(ctx, min(w.N, len(border)), shared(w.House.Assistant()), func(as *bot.Assistant, at int) error {
		c := border[at]
		ans, err := as.Ask(ctx, bot.Request{Text: c.Text, State: c.State})
		if err != nil {
			return err
		}
		why := ""
		if answered(ans, "") == "" {
			why = fmt.Sprintf("%q is declined", c.Text)
		} else if evals.Hedged(ans.Render(bot.Plain)) {
			also.Add(1)
		}
		w.honest(at, why)
		return nil
	})
	w.note = fmt.Sprintf("%d of those that are answered and should not be, and %d of those that should be, begin by saying that nothing is on exactly that; both count as answered", hedged.Load(), also.Load())
	return err
}

// sealedKind are scenarios of which no text is shown.
const sealedKind = "scenario, sealed"

// answered says how an answer begins, where its text has a mark of a source;
// "" where it has none.
func answered(ans *bot.Answer, q string) string {
	text := ans.Render(bot.Plain)
	if !marksIn.MatchString(text) {
		return ""
	}
	first, _, _ := strings.Cut(text, "\n")
	return fmt.Sprintf("%q is answered: %s", q, first)
}

// golden are the questions of golden files, in their order.
func golden(names ...string) ([]evals.Case, error) {
	var all []evals.Case
	for _, name := range names {
		cases, err := evals.ReadCases(evals.Golden(), name)
		if err != nil {
			return nil, err
		}
		all = append(all, cases...)
	}
	return all, nil
}

// scenarios are all of evals/cases; a file that cannot be read has none, and
// a test says so.
func scenarios() []evals.Scenario {
	var all []evals.Scenario
	names, _ := fs.Glob(evals.Cases(), "*.txt") // the pattern is a good one
	for _, name := range names {
		some, err := evals.ReadScenarios(evals.Cases(), name)
		if err == nil {
			all = append(all, some...)
		}
	}
	return all
}

// planTraps: for which plan a law is claimed that does not bind it, and the
// reverse, in members' words.
func planTraps() Row {
	return Row{ID: "plans", Promise: "It says to whom a law applies", What: "plan traps, half of them sealed", N: 60,
		Bar: Bar{0, 0}, Best: "products are weakest where jurisdictions mix", From: "VLAIR, October 2025",
		Guards: []Guard{{"rules of coverage (stands for it: every plan is taken for an insured one of Washington)", func(h *House) { h.Puts.insured = true }}}, Lean: 60, Rough: true,
		run: func(ctx context.Context, w *Work) error {
			var traps []evals.Scenario
			for _, s := range scenarios() {
				if s.File == "plan-traps.txt" {
					traps = append(traps, s)
				}
			}
			n := min(max(w.N, 1), len(traps))
			return each(ctx, n, shared(w.House.Assistant()), func(as *bot.Assistant, at int) error {
				s := traps[at*len(traps)/n]
				if w.House.Puts.insured {
					s.Plan, s.State = "fully-insured", "WA"
				}
				o, err := evals.Grade(ctx, as, s)
				if err != nil {
					return err
				}
				half, why := "open", strings.Join(o.Wrong, "; ")
				if why != "" {
					why = s.Text + ": " + why
				}
				if s.Sealed() {
					half = "sealed"
					if why != "" {
						why = "(of the sealed half)"
					}
				}
				w.try(at, half, why)
				return nil
			})
		}}
}

// sealedFive and sealedTen: the sealed halves of the golden questions.
func sealedFive() Row {
	return sealedRow("golden-5", "A document that answers is among the first five", 5, 0.05)
}
func sealedTen() Row {
	return sealedRow("golden-10", "A document that answers is among the first ten", 10, 0.02)
}

func sealedRow(id, promise string, depth int, most float64) Row {
	return Row{ID: id, Promise: promise, What: "golden questions, sealed halves", N: 220,
		Bar: Bar{most, 0}, Best: "R@10 .42 (statutes), .90 (legal passages)", From: "MLEB: Housing Statute QA and Legal RAG Bench, best models",
		Guards: []Guard{turnedIndex}, Lean: 60,
		run: func(ctx context.Context, w *Work) error {
			var all []evals.Case
			for _, half := range []struct {
				file string
				open int
			}{{"more.txt", 125}, {"third.txt", 100}} {
				cases, err := golden(half.file)
				if err != nil {
					return err
				}
				held, _ := evals.Held(w.House.Catalog, cases[half.open:])
				all = append(all, held...)
			}
			n := min(w.N, len(all))
			return each(ctx, n, shared(w.House.Assistant()), func(as *bot.Assistant, at int) error {
				c := all[at*len(all)/n]
				ranks, err := evals.Ranks(ctx, as, []evals.Case{c})
				if err != nil {
					return err
				}
				why := ""
				if p := ranks[0].Place; p == 0 || p > depth {
					why = "(of the sealed half)"
				}
				w.try(at, "sealed", why)
				return nil
			})
		}}
}

// spellings: each source by its citation in forty spellings.
func spellings() Row {
	return Row{ID: "spellings", Promise: "A citation is found in any of 40 spellings", What: "sources asked for by their citation", N: 950,
		Bar: Bar{0, 0}, Best: "0 of RCW, WAC, ORS, F.S.", From: "eyecite with reporters-db (read in the data)",
		Guards: []Guard{{"exact lookup", func(h *House) { h.Index = func(i retrieval.Index) retrieval.Index { return noLookup{i} } }}, turnedIndex}, Lean: 60,
		run: func(ctx context.Context, w *Work) error {
			type asked struct{ text, want string }
			var all []asked
			for _, s := range w.House.Catalog.Sources {
				for _, text := range evals.Spelled(s.Cite) {
					all = append(all, asked{text, s.ID})
				}
			}
			n := min(w.N, len(all))
			return each(ctx, n, shared(w.House.Assistant()), func(as *bot.Assistant, at int) error {
				x := all[at*len(all)/n]
				found, err := as.Search(ctx, bot.Request{Text: x.text}, 10)
				if err != nil {
					return err
				}
				why := ""
				if len(found.Hits) == 0 || found.Hits[0].Source.ID != x.want {
					why = fmt.Sprintf("%q does not find %s first", x.text, x.want)
				}
				w.try(at, "citations", why)
				return nil
			})
		}}
}

// otherStates: of which state the law in the top ten is.
func otherStates() Row {
	return Row{ID: "states", Promise: "No other state's law is put before the reader", What: "hits in the top ten, asked for three states", N: 13_000,
		Bar: Bar{0.005, 0}, Best: "more than 95 % of chunks from a wrong document", From: "arXiv 2510.06999 (plain retrieval, LegalBench-RAG)",
		Guards: []Guard{{"filter of jurisdictions", func(h *House) { h.Index = func(i retrieval.Index) retrieval.Index { return anyState{i} } }}}, Lean: 400,
		run: runStates}
}

func runStates(ctx context.Context, w *Work) error {
	all, err := golden("questions.txt", "answer.txt", "more.txt", "third.txt")
	if err != nil {
		return err
	}
	n := min(3*len(all), max(6, w.N/9))
	return each(ctx, n, shared(w.House.Assistant()), func(as *bot.Assistant, at int) error {
		i := at * 3 * len(all) / n
		c := all[i/3]
		state := []string{c.State, "OR", "TX"}[i%3]
		found, err := as.Search(ctx, bot.Request{Text: c.Text, State: state}, 10)
		if err != nil {
			return err
		}
		may := append(as.Rules.Mentions(c.Text), state, "US", "any")
		if state == "" || len(found.Reading.Citations) > 0 {
			may = append(may, "WA")
		}
		for k, h := range found.Hits {
			why := ""
			if !slices.Contains(may, h.Source.Jurisdiction) {
				why = fmt.Sprintf("%q in %q: %s of %s", c.Text, state, h.Source.ID, h.Source.Jurisdiction)
			}
			w.try(10*i+k, "asked in "+strings.TrimSpace(state+" "), why)
		}
		return nil
	})
}

// alone: the golden questions without a model.
func alone() Row {
	return Row{ID: "alone", Promise: "It answers with no model", What: "golden questions that are to be answered", N: 560,
		Bar: Bar{0.05, 0}, Best: "a chat product without its model answers nothing",
		Guards: []Guard{{"(stands for it: a checker that refuses everything)", func(h *House) {
			h.Cite.Paraphrase = func(string, []string) error { return fmt.Errorf("no") }
		}}}, Lean: 40,
		run: func(ctx context.Context, w *Work) error {
			all, err := golden("questions.txt", "answer.txt", "third-answer.txt", "more.txt", "third.txt")
			if err != nil {
				return err
			}
			all, _ = evals.Held(w.House.Catalog, all)
			n := min(w.N, len(all))
			return each(ctx, n, shared(w.House.Assistant()), func(as *bot.Assistant, at int) error {
				c := all[at*len(all)/n]
				ans, err := as.Ask(ctx, bot.Request{Text: c.Text, State: c.State})
				if err != nil {
					return err
				}
				why := ""
				if answered(ans, "") == "" {
					why = "a question is declined"
				}
				w.try(at, "questions", why)
				return nil
			})
		}}
}

// turnedIndex puts the worst first.
var turnedIndex = Guard{"order of hits (stands for it: the worst first)", func(h *House) {
	h.Index = func(i retrieval.Index) retrieval.Index { return turned{i} }
	h.asks = nil
}}

type turned struct{ retrieval.Index }

func (x turned) Search(ctx context.Context, q retrieval.Query) (retrieval.Results, error) {
	q.Limit *= 4
	res, err := x.Index.Search(ctx, q)
	n := len(res.Words)
	for i := range n / 2 {
		res.Words[i].Score, res.Words[n-1-i].Score = res.Words[n-1-i].Score, res.Words[i].Score
	}
	slices.Reverse(res.Words)
	return res, err
}

func (x turned) Lookup(context.Context, citation.Citation, retrieval.Filter) ([]*corpus.Source, error) {
	return nil, nil
}

type noLookup struct{ retrieval.Index }

func (x noLookup) Lookup(context.Context, citation.Citation, retrieval.Filter) ([]*corpus.Source, error) {
	return nil, nil
}

// anyState searches the law of every state.
type anyState struct{ retrieval.Index }

func (x anyState) Search(ctx context.Context, q retrieval.Query) (retrieval.Results, error) {
	q.Filter.Jurisdictions = nil
	return x.Index.Search(ctx, q)
}
