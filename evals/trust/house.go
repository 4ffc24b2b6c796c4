package trust

import (
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/bot/clinical"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/denial"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/corpus/library"
	"github.com/everycategory/advocate/prompts"
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/embed"
	"github.com/everycategory/advocate/retrieval/local"
)

// A House is what rows are run on: the shipped library with all that answers
// from it, and the guards. It is not changed once a row runs on it.
type House struct {
	Catalog *corpus.Catalog
	// Bots gives the command that runs the program as a bot that can be
	// killed; nil where there is none.
	Bots Bots

	// The guards, of which a zero one is the program's own.
	Cite   cite.Guards
	Bot    bot.Guards
	Stands func(phi.Finding) bool                      // of the gate
	Same   func(before, after clinical.Sentence) error // of notes
	Index  func(retrieval.Index) retrieval.Index       // what is searched
	Rules  *coverage.Rules                             // to whom a law applies
	Opens  opens                                       // of receipts
	Puts   puts                                        // what stands in for a step that is no value
	Fault  string                                      // of a bot

	index       *local.Index
	lexicon     *retrieval.Lexicon
	asks        *retrieval.Asks
	safety      *bot.Safety
	writer      *clinical.Writer
	gate        *phi.Gate
	denials     *denial.Reader
	letters     *bot.Letters
	testimonies *bot.Testimonies
	prompts     *prompts.Set
}

// Open loads the shipped library. The caller closes the House.
func Open() (*House, error) {
	h := &House{}
	var err error
	if h.Catalog, err = corpus.Load(library.FS()); err != nil {
		return nil, err
	}
	docs := make([]retrieval.Document, len(h.Catalog.Sources))
	for i, s := range h.Catalog.Sources {
		docs[i].Source = s
	}
	static, err := embed.NewStatic()
	if err != nil {
		return nil, err
	}
	h.asks = retrieval.NewAsks(static, h.Catalog.Sources)
	for _, load := range []func() error{
		func() (err error) { h.lexicon, err = retrieval.LoadLexicon(library.FS()); return },
		func() (err error) { h.Rules, err = coverage.Load(library.FS()); return },
		func() (err error) { h.safety, err = bot.LoadSafety(library.FS()); return },
		func() (err error) { h.writer, err = clinical.NewWriter(library.FS()); return },
		func() (err error) { h.gate, err = phi.New(); return },
		func() (err error) { h.denials, err = denial.Load(library.FS(), h.Catalog); return },
		func() (err error) { h.letters, err = bot.LoadLetters(library.FS()); return },
		func() (err error) { h.testimonies, err = bot.LoadTestimonies(library.FS()); return },
		func() (err error) { h.prompts, err = prompts.Load(); return },
		func() (err error) { h.index, err = local.New(docs...); return },
	} {
		if err := load(); err != nil {
			return nil, err
		}
	}
	return h, nil
}

// Close lets go of the index.
func (h *House) Close() error { return h.index.Close() }

// With is a House like h with a change. The index stays h's.
func (h *House) With(change func(*House)) *House {
	other := *h
	change(&other)
	return &other
}

// day is the day on which everything is asked.
var day = time.Date(2026, time.July, 1, 12, 0, 0, 0, time.UTC)

// Assistant is the program's assistant with h's guards, without a model.
func (h *House) Assistant() *bot.Assistant { return h.over(h.Catalog) }

// over is the Assistant of another catalog, whose sources are not searched.
func (h *House) over(c *corpus.Catalog) *bot.Assistant {
	var index retrieval.Index = h.index
	if h.Index != nil {
		index = h.Index(index)
	}
	return &bot.Assistant{Catalog: c, Rules: h.Rules, Checker: cite.New(c).With(h.Cite), Safety: h.safety, Prompts: h.prompts,
		Clinical: h.notes(), Gate: h.Gate(), Denials: h.denials, Letters: h.letters, Testimonies: h.testimonies, Guards: h.Bot,
		Now:       func() time.Time { return day },
		Retriever: &retrieval.Retriever{Index: index, Lexicon: h.lexicon, Asks: h.asks}}
}

// Gate is the gate of identifiers with h's guard.
func (h *House) Gate() *phi.Gate {
	if h.Stands == nil {
		return h.gate
	}
	return h.gate.With(h.Stands)
}

func (h *House) notes() *clinical.Writer {
	if h.Same == nil {
		return h.writer
	}
	return h.writer.With(h.Same)
}

// What agrees to everything, and is put in the place of a guard.
var (
	agreesToWords = Guard{"paraphrase, words, manner and names, together", func(h *House) {
		h.Cite.Paraphrase = func(string, []string) error { return nil }
		h.Cite.Named = func(_ citation.Citation, _ []cite.Resolved) bool { return true }
		h.Bot.Words = func(string, string) bool { return true }
		h.Bot.Manner = func(string) string { return "" }
		h.Cite.Quote = anyQuote
	}}
	agreesToQuotes     = Guard{"quotation", func(h *House) { h.Cite.Quote = anyQuote }}
	agreesToParaphrase = Guard{"paraphrase", func(h *House) { h.Cite.Paraphrase = func(string, []string) error { return nil } }}
	agreesToFacts      = Guard{"facts of a note", func(h *House) { h.Same = func(_, _ clinical.Sentence) error { return nil } }}
	findsNobody        = Guard{"gate and second look", func(h *House) { h.Stands = func(phi.Finding) bool { return false } }}
)

func anyQuote(quote string, _ []string) (cite.Match, error) {
	return cite.Match{Spans: []cite.Span{{}}, Quote: quote}, nil
}
