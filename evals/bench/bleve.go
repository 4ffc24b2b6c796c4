package main

import (
	"context"
	"errors"
	"iter"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/simple"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/mapping"
	bleveapi "github.com/blevesearch/bleve_index_api"
)

// bleveEngine is bleve, which ranks by words; its vectors need faiss and a C
// compiler.
func bleveEngine() engine {
	return engine{"bleve", "bleve, words alone", true, false, fillBleve, openBleve}
}

// bleveMapping says that texts are kept and searched, and scopes searched as
// they are. Nothing else is indexed.
func bleveMapping() (*mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	m.ScoringModel = bleveapi.BM25Scoring
	err := m.AddCustomAnalyzer("words", map[string]any{"type": custom.Name, "tokenizer": unicode.Name, "token_filters": []string{lowercase.Name}})
	if err != nil {
		return nil, err
	}
	body := bleve.NewTextFieldMapping()
	body.Analyzer, body.IncludeTermVectors, body.IncludeInAll, body.DocValues = "words", false, false, false
	scope := bleve.NewTextFieldMapping()
	scope.Analyzer, scope.IncludeTermVectors, scope.IncludeInAll, scope.Store = keyword.Name, false, false, false
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("body", body)
	doc.AddFieldMappingsAt("scope", scope)
	m.DefaultMapping, m.DefaultAnalyzer = doc, simple.Name
	return m, nil
}

func fillBleve(ctx context.Context, dir string, all iter.Seq[passage]) error {
	m, err := bleveMapping()
	if err != nil {
		return err
	}
	x, err := bleve.New(filepath.Join(dir, "passages.bleve"), m)
	if err != nil {
		return err
	}
	for some := range batches(all) {
		b := x.NewBatch()
		for _, p := range some {
			err = errors.Join(err, b.Index(strconv.Itoa(p.id), map[string]any{"body": p.text, "scope": scopeName(p.scope)}))
		}
		if err = errors.Join(err, ctx.Err()); err == nil {
			err = x.Batch(b)
		}
		if err != nil {
			break
		}
	}
	return errors.Join(err, x.Close())
}

func openBleve(_ context.Context, dir string) (index, error) {
	x, err := bleve.OpenUsing(filepath.Join(dir, "passages.bleve"), map[string]any{"read_only": true})
	if err != nil {
		return nil, err
	}
	return bleveIndex{x}, nil
}

type bleveIndex struct{ x bleve.Index }

func (b bleveIndex) Close() error { return b.x.Close() }

func (b bleveIndex) Words(ctx context.Context, q question) ([]int, error) {
	words := bleve.NewMatchQuery(strings.Join(q.words, " "))
	words.SetField("body")
	ask := bleve.NewConjunctionQuery(words)
	if q.scope != everywhere {
		scope := bleve.NewTermQuery(scopeName(q.scope))
		scope.SetField("scope")
		scope.SetBoost(0)
		ask.AddQuery(scope)
	}
	res, err := b.x.SearchInContext(ctx, bleve.NewSearchRequestOptions(ask, limit, 0, false))
	if err != nil {
		return nil, err
	}
	var out []int
	for _, h := range res.Hits {
		id, err := strconv.Atoi(h.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, nil
}

var errUnable = errors.New("this engine cannot do that")

func (b bleveIndex) Near(context.Context, question) ([]int, error) { return nil, errUnable }

func (b bleveIndex) Both(context.Context, question) (words, near []int, err error) {
	return nil, nil, errUnable
}
