package discord

import (
	"sync"
	"testing"
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
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/embed"
	"github.com/everycategory/advocate/retrieval/local"
)

// loaded is the library, read once for all tests.
var loaded = sync.OnceValues(func() (*bot.Assistant, error) {
	catalog, err := corpus.Load(library.FS())
	if err != nil {
		return nil, err
	}
	rules, err := coverage.Load(library.FS())
	return &bot.Assistant{Catalog: catalog, Rules: rules, Checker: cite.New(catalog), Now: func() time.Time { return time.Date(2026, 7, 20, 12, 0, 0, 0, time.UTC) }}, err
})

// view is a view on the library, with links to no page of our own.
func view(t testing.TB) View {
	t.Helper()
	a, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return View{Rules: a.Rules, Catalog: a.Catalog}
}

// ownPage is the address of a place on a page of our own, as cmd gives it.
func ownPage(source string, pin citation.Pinpoint) string {
	return "https://advocate.example.org/library/" + source + "#p"
}

// answering is an assistant that does all, without receipts and model. Its
// errors are those of the library's own data.
var answering = sync.OnceValues(func() (*bot.Assistant, error) {
	a, err := loaded()
	if err != nil {
		return nil, err
	}
	docs := make([]retrieval.Document, len(a.Catalog.Sources))
	for i, s := range a.Catalog.Sources {
		docs[i].Source = s
	}
	idx, err := local.New(docs...)
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
	out := &bot.Assistant{Catalog: a.Catalog, Rules: a.Rules, Checker: a.Checker, Now: a.Now,
		Retriever: &retrieval.Retriever{Index: idx, Lexicon: lexicon, Asks: retrieval.NewAsks(static, a.Catalog.Sources)}}
	for _, load := range []func() error{
		func() (err error) { out.Safety, err = bot.LoadSafety(library.FS()); return },
		func() (err error) { out.Clinical, err = clinical.NewWriter(library.FS()); return },
		func() (err error) { out.Gate, err = phi.New(); return },
		func() (err error) { out.Denials, err = denial.Load(library.FS(), a.Catalog); return },
		func() (err error) { out.Letters, err = bot.LoadLetters(library.FS()); return },
		func() (err error) { out.Testimonies, err = bot.LoadTestimonies(library.FS()); return },
	} {
		if err := load(); err != nil {
			return nil, err
		}
	}
	return out, nil
})

func assistant(t testing.TB) *bot.Assistant {
	t.Helper()
	a, err := answering()
	if err != nil {
		t.Fatal(err)
	}
	return a
}
