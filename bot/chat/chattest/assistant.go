package chattest

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
	"github.com/everycategory/advocate/corpus/library"
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/embed"
	"github.com/everycategory/advocate/retrieval/local"
)

// answering is read once; its errors are those of the library's own data.
var answering = sync.OnceValues(func() (*bot.Assistant, error) {
	catalog, err := corpus.Load(library.FS())
	if err != nil {
		return nil, err
	}
	rules, err := coverage.Load(library.FS())
	if err != nil {
		return nil, err
	}
	docs := make([]retrieval.Document, len(catalog.Sources))
	for i, s := range catalog.Sources {
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
	out := &bot.Assistant{Catalog: catalog, Rules: rules, Checker: cite.New(catalog), Now: func() time.Time { return time.Date(2026, 7, 20, 12, 0, 0, 0, time.UTC) },
		Retriever: &retrieval.Retriever{Index: idx, Lexicon: lexicon, Asks: retrieval.NewAsks(static, catalog.Sources)}}
	for _, load := range []func() error{
		func() (err error) { out.Safety, err = bot.LoadSafety(library.FS()); return },
		func() (err error) { out.Clinical, err = clinical.NewWriter(library.FS()); return },
		func() (err error) { out.Gate, err = phi.New(); return },
		func() (err error) { out.Denials, err = denial.Load(library.FS(), catalog); return },
		func() (err error) { out.Letters, err = bot.LoadLetters(library.FS()); return },
		func() (err error) { out.Testimonies, err = bot.LoadTestimonies(library.FS()); return },
	} {
		if err := load(); err != nil {
			return nil, err
		}
	}
	return out, nil
})

// Assistant is one that does all over the shipped library, at a fixed time,
// without receipts and model. All tests share it, and none changes it.
func Assistant(t testing.TB) *bot.Assistant {
	t.Helper()
	a, err := answering()
	if err != nil {
		t.Fatal(err)
	}
	return a
}
