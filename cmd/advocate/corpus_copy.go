package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/library"
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/embed"
	"github.com/everycategory/advocate/retrieval/local"
	"github.com/everycategory/advocate/retrieval/qdrant"
)

// copied is what 'corpus copy --json' prints.
type copied struct {
	Documents int    `json:"documents"` // that FROM holds
	Copied    int    `json:"copied"`
	Held      int    `json:"held"`      // skipped: TO has the same
	Embedded  int    `json:"embedded"`  // of the copied, by the embedding model
	KeptHome  int    `json:"kept_home"` // not embedded: private, and the model is not on this machine
	Shared    int    `json:"shared"`    // private ones now in an index that others may use
	Sources   int    `json:"sources"`   // in TO afterwards, the library's included
	Dimension int    `json:"dimension"` // of the vectors in TO
	Embedder  string `json:"embedder"`  // that made them
	Reindexed bool   `json:"reindexed"` // TO is FROM, made anew
}

// A copying is one run of 'corpus copy'.
type copying struct {
	app      *app
	from, to index
	embedder *embed.Remote // nil: vectors are copied as they are
	result   copied
}

func (a *app) corpusCopyCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "copy [flags] FROM TO",
		Short: "Copy added documents from one store to another",
		Long: "Copies the documents that were added from one store (local:DIR or\n" +
			"qdrant:HOST:6334/NAME) into another, with their vectors. What the other\n" +
			"holds already is skipped, so the same command goes on where it was stopped;\n" +
			"nothing is taken away from either.\n\n" +
			"With --embed-url and --embed-model, vectors are made anew by that model. An\n" +
			"index holds vectors of one model only. Private documents are sent to no\n" +
			"model that is not on this machine: they are copied without vectors.\n\n" +
			"Where FROM and TO are the same Qdrant index, it is made anew beside itself,\n" +
			"and takes its own place in one step while it answers.",
		Example: "  advocate corpus copy local:/var/lib/advocate qdrant:localhost:6334/advocate",
		Args:    cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			e, err := a.settings.embedder()
			if err != nil {
				return err
			}
			cp := &copying{app: a, embedder: e}
			if args[0] == args[1] {
				return cp.anew(c.Context(), args[0])
			}
			return cp.run(c.Context(), args[0], args[1])
		},
	}
	for _, x := range a.settings.embedding() {
		if !x.secret {
			c.Flags().Var(x, x.flag, x.help)
		}
	}
	return c
}

// run copies from one store into another.
func (cp *copying) run(ctx context.Context, from, to string) (err error) {
	if cp.from, err = cp.source(ctx, from); err != nil {
		return err
	}
	defer cp.from.Close()
	keys, err := cp.from.Added(ctx)
	if err != nil {
		return failed(err)
	}
	if len(keys) == 0 {
		return failed(fmt.Errorf("%s holds no added documents: nothing was copied", from))
	}
	if cp.to, err = cp.target(ctx, to); err != nil {
		return err
	}
	defer cp.to.Close()
	cp.result.Documents = len(keys)
	slices.SortStableFunc(keys, func(x, y retrieval.Key) int { return strings.Compare(x.Scope, y.Scope) })
	p := cp.app.progress("copying")
	p.unit = "document"
	for done := 0; done < len(keys); {
		n := done + 1
		for n < len(keys) && n-done < batchSize && keys[n].Scope == keys[done].Scope {
			n++
		}
		if err := cp.some(ctx, keys[done:n]); err != nil {
			p.done()
			return cp.stopped(ctx, err)
		}
		done = n
		p.at(done, len(keys))
	}
	p.done()
	return cp.finish(ctx, keys, to)
}

// batchSize is how many documents are copied at once.
const batchSize = 32

// source opens the store that is copied from.
func (cp *copying) source(ctx context.Context, store string) (index, error) {
	switch {
	case strings.HasPrefix(store, "qdrant:"):
		c, err := cp.app.settings.qdrantConfig(store)
		if err != nil {
			return nil, err
		}
		x, err := qdrant.Connect(ctx, c)
		return x, failed(err)
	case strings.HasPrefix(store, "local:") && store != "local:":
		if _, err := os.Stat(storeFile(store)); err != nil {
			return nil, failed(fmt.Errorf("%s holds no index: %w", store, err))
		}
		x, err := local.Open(ctx, storeFile(store), nil, local.Options{})
		return x, failed(err)
	}
	return nil, usage("%q: want local:DIR or qdrant:HOST:6334/NAME", store)
}

// target opens the store that is copied into. A Qdrant index gets the
// library too: whoever searches it finds both.
func (cp *copying) target(ctx context.Context, store string) (index, error) {
	switch {
	case strings.HasPrefix(store, "qdrant:"):
		c, err := cp.app.settings.qdrantConfig(store)
		if err != nil {
			return nil, err
		}
		lib, err := corpus.Load(library.FS())
		if err != nil {
			return nil, failed(err)
		}
		x, err := qdrant.Open(ctx, c, documents(lib))
		return x, failed(err)
	case strings.HasPrefix(store, "local:") && store != "local:":
		x, err := local.Open(ctx, storeFile(store), nil, local.Options{})
		return x, failed(err)
	}
	return nil, usage("%q: want local:DIR or qdrant:HOST:6334/NAME", store)
}

// some copies documents of one scope.
func (cp *copying) some(ctx context.Context, keys []retrieval.Key) error {
	ids := make([]string, len(keys))
	for i, k := range keys {
		ids[i] = k.ID
	}
	docs, err := cp.from.Documents(ctx, keys[0].Scope, ids)
	if err != nil {
		return err
	}
	there, err := cp.to.Documents(ctx, keys[0].Scope, ids)
	if err != nil {
		return err
	}
	held := map[string]retrieval.Document{}
	for _, d := range there {
		held[d.Source.ID] = d
	}
	docs, wordsOnly := cp.vectors(docs)
	docs = slices.DeleteFunc(docs, func(d retrieval.Document) bool { return cp.has(held, d, true) })
	wordsOnly = slices.DeleteFunc(wordsOnly, func(d retrieval.Document) bool { return cp.has(held, d, false) })
	cp.result.Held += len(ids) - len(docs) - len(wordsOnly)
	if cp.embedder != nil && len(docs) > 0 {
		if docs, err = embedAll(cp.embedder)(ctx, docs); err != nil {
			return err
		}
		cp.result.Embedded += len(docs)
	}
	docs = append(docs, wordsOnly...)
	if err := cp.to.Put(ctx, docs); err != nil {
		return err
	}
	for _, d := range docs {
		if _, remote := cp.to.(*qdrant.Index); remote && d.Source.Licence == "private" {
			cp.result.Shared++
		}
	}
	cp.result.Copied += len(docs)
	return nil
}

// vectors parts docs into those whose vectors are copied or made, and those
// that are kept home and go without.
func (cp *copying) vectors(docs []retrieval.Document) (all, wordsOnly []retrieval.Document) {
	for _, d := range docs {
		if cp.embedder == nil || cp.embedder.Home() || d.Source.Licence != "private" {
			all = append(all, d)
			continue
		}
		wordsOnly = append(wordsOnly, retrieval.Document{Source: d.Source})
		cp.result.KeptHome++
	}
	return all, wordsOnly
}

// has reports whether the target holds d as it is to be.
func (cp *copying) has(held map[string]retrieval.Document, d retrieval.Document, embedded bool) bool {
	h, ok := held[d.Source.ID]
	if !ok {
		return false
	}
	if embedded && cp.embedder != nil { // by this model already
		d.Vectors, d.Embedder = h.Vectors, h.Embedder
		if len(h.Vectors) != len(d.Source.Passages) || len(h.Vectors) > 0 && h.Embedder != cp.embedder.Name() {
			return false
		}
	}
	want, err := retrieval.NewContent(d)
	got, err2 := retrieval.NewContent(h)
	return err == nil && err2 == nil && got.Hash == want.Hash
}

// embedAll embeds documents anew.
func embedAll(e retrieval.Embedder) func(context.Context, []retrieval.Document) ([]retrieval.Document, error) {
	return func(ctx context.Context, docs []retrieval.Document) ([]retrieval.Document, error) {
		sources := make([]*corpus.Source, len(docs))
		for i, d := range docs {
			sources[i] = d.Source
		}
		return retrieval.Embed(ctx, e, sources)
	}
}

// stopped says how far it came, and how to go on.
func (cp *copying) stopped(ctx context.Context, err error) error {
	code := exitFailed
	if ctx.Err() != nil {
		code, err = exitStopped, errors.New("interrupted")
	}
	return &failure{code, fmt.Errorf("%w\nCopied %d of %d and kept them; the same command goes on from there", err, cp.result.Copied, cp.result.Documents)}
}

// finish looks whether all is there, and says so.
func (cp *copying) finish(ctx context.Context, keys []retrieval.Key, to string) error {
	there, err := cp.to.Added(ctx)
	if err != nil {
		return failed(err)
	}
	held := make(map[retrieval.Key]bool, len(there))
	for _, k := range there {
		held[k] = true
	}
	missing := slices.DeleteFunc(slices.Clone(keys), func(k retrieval.Key) bool { return held[k] })
	if len(missing) > 0 {
		return failed(fmt.Errorf("%d of %d documents are not in %s, though it took them, such as %s: do the same again", len(missing), len(keys), to, missing[0].ID))
	}
	return cp.say(ctx, to)
}

// anew makes a Qdrant index anew, in its own place.
func (cp *copying) anew(ctx context.Context, store string) error {
	if !strings.HasPrefix(store, "qdrant:") {
		return usage("%q is copied into itself: only an index on a Qdrant can be made anew in its place; name another store", store)
	}
	c, err := cp.app.settings.qdrantConfig(store)
	if err != nil {
		return err
	}
	x, err := qdrant.Connect(ctx, c)
	if err != nil {
		return failed(err)
	}
	defer x.Close()
	cp.to = x
	if info, err := x.Info(ctx); err != nil || info.Sources == 0 {
		if err == nil {
			err = fmt.Errorf("%s holds nothing that could be made anew", store)
		}
		return failed(err)
	}
	p := cp.app.progress("making anew")
	p.unit = "document"
	r := qdrant.Reindexing{Progress: func(done, of int) {
		cp.result.Documents, cp.result.Copied = of, done
		p.at(done, of)
	}}
	if cp.embedder != nil {
		if r.Embed, err = cp.embedAtHome(ctx, x); err != nil {
			return cp.stopped(ctx, err)
		}
		r.Embedder, r.Dimension = cp.embedder.Name(), cp.embedder.Dim()
	}
	err = x.Reindex(ctx, r)
	p.done()
	if err != nil {
		return cp.stopped(ctx, err)
	}
	cp.result.Reindexed = true
	return cp.say(ctx, store)
}

// embedAtHome embeds what may be embedded; the rest loses its vectors.
func (cp *copying) embedAtHome(ctx context.Context, x index) (func(context.Context, []retrieval.Document) ([]retrieval.Document, error), error) {
	if _, err := cp.embedder.Embed(ctx, []string{"massage"}); err != nil { // how long its vectors are
		return nil, err
	}
	all := embedAll(cp.embedder)
	return func(ctx context.Context, docs []retrieval.Document) ([]retrieval.Document, error) {
		docs, wordsOnly := cp.vectors(docs)
		docs, err := all(ctx, docs)
		cp.result.Embedded += len(docs)
		return append(docs, wordsOnly...), err
	}, nil
}

// say says what was done.
func (cp *copying) say(ctx context.Context, to string) error {
	info, err := cp.to.Info(ctx)
	if err != nil {
		return failed(err)
	}
	r := &cp.result
	r.Sources, r.Dimension, r.Embedder = info.Sources, info.Dimension, info.Embedder
	if cp.app.json {
		return cp.app.printJSON(r)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "Copied %d of %d documents; %d were there already.\n", r.Copied, r.Documents, r.Held)
	if r.Reindexed {
		out.Reset()
		fmt.Fprintf(&out, "Made anew, with %d documents.\n", r.Documents)
	}
	if r.Embedded > 0 {
		fmt.Fprintf(&out, "Embedded %d by %s, as vectors of %d numbers.\n", r.Embedded, r.Embedder, r.Dimension)
	}
	if r.KeptHome > 0 {
		fmt.Fprintf(&out, "%d are private and were not sent to the embedding model, which is not on this machine: they are found by their words.\n", r.KeptHome)
	}
	if r.Shared > 0 {
		fmt.Fprintf(&out, "%d are private: now whoever may use that index sees them.\n", r.Shared)
	}
	if !r.Reindexed {
		fmt.Fprintf(&out, "To use it: --store %s, or ADVOCATE_STORE\n", to)
	}
	return cp.app.print(out.String())
}
