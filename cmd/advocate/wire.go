package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/bot/clinical"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/denial"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/library"
	"github.com/everycategory/advocate/prompts"
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/embed"
	"github.com/everycategory/advocate/retrieval/local"
	"github.com/everycategory/advocate/retrieval/qdrant"
)

// machineScope holds the documents added on this machine.
const machineScope = "machine"

// searchable are the scopes that someone at this machine's terminal sees.
func searchable() []string { return []string{corpus.PublicScope, machineScope} }

// An index is what a store is opened as.
type index interface {
	retrieval.Index
	retrieval.Holder
}

// openIndex loads the built-in library and opens the added documents over
// it. The caller closes the index.
func (a *app) openIndex(ctx context.Context) (*corpus.Catalog, index, error) {
	if err := a.settings.validate(); err != nil {
		return nil, nil, err
	}
	lib, err := corpus.Load(library.FS())
	if err != nil {
		return nil, nil, failed(err)
	}
	idx, err := a.openStore(ctx, documents(lib))
	if err != nil {
		return nil, nil, failed(err)
	}
	return lib, idx, nil
}

// documents are the sources of the library.
func documents(lib *corpus.Catalog) []retrieval.Document {
	docs := make([]retrieval.Document, len(lib.Sources))
	for i, s := range lib.Sources {
		docs[i].Source = s
	}
	return docs
}

// openStore opens the store of the settings, standing on docs.
func (a *app) openStore(ctx context.Context, docs []retrieval.Document) (index, error) {
	if a.settings.elsewhere() {
		return nil, errElsewhere
	}
	if a.settings.remote() {
		c, err := a.settings.qdrantConfig(a.settings.store.value)
		if err != nil {
			return nil, err
		}
		return qdrant.Open(ctx, c, docs)
	}
	file := a.settings.file()
	if file == "" {
		return local.New(docs...)
	}
	idx, err := local.Open(ctx, file, docs, local.Options{})
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.ENOTDIR) {
		fmt.Fprintf(a.err, "advocate: %s cannot be read, so the built-in library answers alone (%v)\n", file, err)
		idx, err = local.New(docs...)
	}
	if errors.Is(err, local.ErrDamaged) || errors.Is(err, local.ErrForeign) {
		err = fmt.Errorf("%w\nThe file was not touched. To go on without it: add --store mem:\n"+
			"To rebuild it: mv %q %q, then 'advocate corpus add FILE…' for your documents", err, file, file+".damaged")
	}
	return idx, err
}

// assistant wires the assistant. The caller calls done.
func (a *app) assistant(ctx context.Context) (_ *bot.Assistant, done func(), err error) {
	lib, idx, err := a.openToRead(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer func() {
		if err != nil {
			idx.Close()
		}
	}()
	all, err := idx.Sources(ctx, retrieval.Filter{Scopes: searchableIn(idx)})
	if err != nil {
		return nil, nil, failed(err)
	}
	var own []*corpus.Source // cards bring theirs
	for _, s := range all {
		switch {
		case s.Scope != corpus.PublicScope && lib.Source(s.ID) != nil:
			fmt.Fprintf(a.err, "advocate: the library now has a source called %s, so yours of that name is left out; 'advocate corpus remove %s' removes it\n", s.ID, s.ID)
		case lib.Card(s.ID) == nil:
			own = append(own, s)
		}
	}
	catalog, err := corpus.NewCatalog(own, lib.Cards)
	if err != nil {
		return nil, nil, failed(err)
	}
	if catalog, err = a.withTexts(catalog); err != nil {
		return nil, nil, err
	}
	rules, err := coverage.Load(library.FS())
	if err != nil {
		return nil, nil, failed(err)
	}
	lexicon, err := retrieval.LoadLexicon(library.FS())
	if err != nil {
		return nil, nil, failed(err)
	}
	static, err := embed.NewStatic()
	if err != nil {
		return nil, nil, failed(err)
	}
	safety, err := bot.LoadSafety(library.FS())
	if err != nil {
		return nil, nil, failed(err)
	}
	writer, err := clinical.NewWriter(library.FS())
	if err != nil {
		return nil, nil, failed(err)
	}
	gate, err := phi.New()
	if err != nil {
		return nil, nil, failed(err)
	}
	testimonies, err := bot.LoadTestimonies(library.FS())
	if err != nil {
		return nil, nil, failed(err)
	}
	agreed, err := a.settings.agreed()
	if err != nil {
		return nil, nil, err
	}
	denials, err := denial.Load(library.FS(), catalog)
	if err != nil {
		return nil, nil, failed(err)
	}
	letters, err := bot.LoadLetters(library.FS())
	if err != nil {
		return nil, nil, failed(err)
	}
	as := &bot.Assistant{Clinical: writer, Denials: denials, Letters: letters, Testimonies: testimonies, Gate: gate, PHIAgreements: agreed, Safety: safety,
		Catalog: catalog, Rules: rules, Checker: cite.New(catalog), Now: a.now,
		Retriever: &retrieval.Retriever{Index: idx, Lexicon: lexicon, Asks: retrieval.NewAsks(static, catalog.Sources)}}
	if m, err := a.languageModel(); err != nil {
		return nil, nil, err
	} else if m != nil {
		as.Model = m
		if as.Prompts, err = prompts.Load(); err != nil {
			return nil, nil, failed(err)
		}
	}
	as.Shown = a.shown()
	if a.settings.data.value != "" {
		as.Receipts = &bot.Receipts{Dir: filepath.Join(a.settings.data.value, "receipts")}
	}
	return as, func() { idx.Close() }, nil
}

// shown is the record of the words shown of limited documents: with the
// data, else beside the store. Without either there are no such documents.
func (a *app) shown() *bot.Shown {
	switch {
	case a.settings.data.value != "":
		return &bot.Shown{Dir: filepath.Join(a.settings.data.value, "shown")}
	case a.settings.file() != "":
		return &bot.Shown{Dir: filepath.Join(filepath.Dir(a.settings.file()), "shown")}
	}
	return nil
}

// person is who asks at this terminal: the account, which limited licences
// count by.
func person() string { return fmt.Sprintf("account %d", os.Getuid()) }
