package local

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/viterin/vek/vek32"

	"github.com/everycategory/advocate/retrieval"
)

// BenchmarkHybrid answers the same questions, by words and by vector, for
// the 10 best under a filter that keeps a tenth, in three ways, and reports
// how they compare within the run:
//
//   - x_over_fts5: how many times the questions a second of SQLite's FTS5
//     with vectors as blobs scanned row by row, in the same driver and from
//     a file, by the faster of two filters (a join, a tag among the words);
//   - fill_s: how long it took to put the passages, a thousand at a time;
//     words_ms, vectors_ms and both_ms: the median of a question by each;
//   - x_bare_scan: how many times the time of computing the cosines alone,
//     of all rows; x_bare_tenth: of the rows the filter keeps, where they lie
//     among the others; x_bare_gathered: of those rows laid together.
//
// Each passage is a section of its own: the most sections for the size.
// Texts are 60 words drawn from 20,000 by Zipf's law, questions 5 words
// drawn the same way; vectors have 384 numbers.
func BenchmarkHybrid(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { benchmarkHybrid(b, n) })
	}
}

const (
	benchDim   = 384
	benchLimit = 10
)

func benchmarkHybrid(b *testing.B, n int) {
	data := newBenchData(n)
	start := time.Now()
	ours := newBenchIndex(b, data)
	filled := time.Since(start)
	fts := newBenchFTS(b, data)
	type contender struct {
		name string
		run  func(q benchQuestion) int
		took time.Duration
		each []time.Duration
	}
	contenders := []contender{
		{name: "ours", run: ours.ask}, {name: "join", run: fts.joined}, {name: "tag", run: fts.tagged},
		{name: "bare", run: data.scan}, {name: "tenth", run: data.scanTenth}, {name: "gathered", run: data.scanGathered},
		{name: "words", run: ours.words}, {name: "vectors", run: ours.vectors},
	}
	for _, q := range data.questions { // warm, and alike
		for _, c := range contenders[:3] {
			if got := c.run(q); got != 2*benchLimit {
				b.Fatalf("%s found %d of %d", c.name, got, 2*benchLimit)
			}
		}
	}
	b.ResetTimer()
	for b.Loop() {
		for i := range contenders {
			c := &contenders[i]
			for _, q := range data.questions {
				start := time.Now()
				c.run(q)
				c.each = append(c.each, time.Since(start))
				c.took += c.each[len(c.each)-1]
			}
		}
	}
	took := map[string]float64{}
	for _, c := range contenders {
		took[c.name] = c.took.Seconds() / float64(len(c.each))
		slices.Sort(c.each)
		if unit, ok := map[string]string{"ours": "both_ms", "words": "words_ms", "vectors": "vectors_ms"}[c.name]; ok {
			b.ReportMetric(c.each[len(c.each)/2].Seconds()*1e3, unit)
		}
	}
	b.ReportMetric(filled.Seconds(), "fill_s")
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(1/took["ours"], "ours_q/s")
	b.ReportMetric(1/min(took["join"], took["tag"]), "fts5_q/s")
	b.ReportMetric(min(took["join"], took["tag"])/took["ours"], "x_over_fts5")
	b.ReportMetric(took["ours"]/took["bare"], "x_bare_scan")
	b.ReportMetric(took["ours"]/took["tenth"], "x_bare_tenth")
	b.ReportMetric(took["ours"]/took["gathered"], "x_bare_gathered")
}

// benchData are the passages and questions, the same for all.
type benchData struct {
	texts     []string
	scopes    []int // a tenth of the passages each
	rows      []float32
	gathered  [10][]float32 // the same, by scope
	questions []benchQuestion
}

type benchQuestion struct {
	words  []string
	scope  int
	vector []float32
}

func newBenchData(n int) *benchData {
	r := rand.New(rand.NewPCG(7, 8))
	zipf := rand.NewZipf(r, 1.1, 3, 20_000)
	text := func(words int) []string {
		out := make([]string, words)
		for i := range out {
			out[i] = fmt.Sprintf("w%dx", zipf.Uint64())
		}
		return out
	}
	vector := func() []float32 {
		v := make([]float32, benchDim)
		for i := range v {
			v[i] = float32(r.NormFloat64())
		}
		v, _ = retrieval.AppendUnit(nil, v)
		return v
	}
	d := &benchData{}
	for range n {
		d.texts = append(d.texts, strings.Join(text(60), " "))
		d.scopes = append(d.scopes, r.IntN(10))
		v, scope := vector(), d.scopes[len(d.scopes)-1]
		d.rows = append(d.rows, v...)
		d.gathered[scope] = append(d.gathered[scope], v...)
	}
	for len(d.questions) < 32 {
		d.questions = append(d.questions, benchQuestion{text(5), r.IntN(10), vector()})
	}
	return d
}

func (d *benchData) scan(q benchQuestion) int         { return scan(d.rows, q.vector) }
func (d *benchData) scanGathered(q benchQuestion) int { return scan(d.gathered[q.scope], q.vector) }

func scan(rows, v []float32) int {
	best := float32(-1)
	for ; len(rows) > 0; rows = rows[benchDim:] {
		best = max(best, vek32.Dot(rows[:benchDim], v))
	}
	return int(best)
}

func (d *benchData) scanTenth(q benchQuestion) int {
	best := float32(-1)
	for i, s := range d.scopes {
		if s == q.scope {
			best = max(best, vek32.Dot(d.rows[i*benchDim:(i+1)*benchDim], q.vector))
		}
	}
	return int(best)
}

type benchIndex struct {
	b *testing.B
	x retrieval.Index
}

func newBenchIndex(b *testing.B, d *benchData) benchIndex {
	x := open(b, filepath.Join(b.TempDir(), "index.db"))
	for docs := range slices.Chunk(d.documents(), 1000) {
		put(b, x, docs...)
	}
	return benchIndex{b, open(b, x.store.file)} // as a later process finds it
}

func (d *benchData) documents() (docs []retrieval.Document) {
	for i, text := range d.texts {
		one := doc(fmt.Sprintf("s%06d", i), text)
		one.Source.Scope = fmt.Sprint("t", d.scopes[i])
		one.Vectors = [][]float32{d.rows[i*benchDim : (i+1)*benchDim]}
		docs = append(docs, one)
	}
	return docs
}

func (o benchIndex) ask(q benchQuestion) int { return o.search(q.words, q.vector, q.scope) }

func (o benchIndex) words(q benchQuestion) int { return o.search(q.words, nil, q.scope) }

func (o benchIndex) vectors(q benchQuestion) int { return o.search(nil, q.vector, q.scope) }

func (o benchIndex) search(words []string, vector []float32, scope int) int {
	query := retrieval.Query{Vector: vector, Limit: benchLimit, Filter: retrieval.Filter{Scopes: []string{fmt.Sprint("t", scope)}}}
	for _, w := range words {
		query.Terms = append(query.Terms, retrieval.Term{Token: w, Weight: 1})
	}
	res, err := o.x.Search(o.b.Context(), query)
	if err != nil {
		o.b.Fatal(err)
	}
	return len(res.Words) + len(res.Vectors)
}

// BenchmarkGrowth times every step by way of the file, at sizes ten times
// apart, and reports what it costs beside the index: MB is the memory that
// the index holds, file_MB the file. Put1 and Delete1 are of one document,
// Put100 of a hundred; Open ends with a first answer.
func BenchmarkGrowth(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { benchmarkGrowth(b, n) })
	}
}

func benchmarkGrowth(b *testing.B, n int) {
	data := newBenchData(n)
	x := open(b, filepath.Join(b.TempDir(), "index.db"))
	start := time.Now()
	for docs := range slices.Chunk(data.documents(), 1000) {
		put(b, x, docs...)
	}
	b.Run("Fill", func(b *testing.B) {
		for b.Loop() { // once: it was done above
		}
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(time.Since(start).Seconds(), "s")
		if info, err := os.Stat(x.store.file); err == nil {
			b.ReportMetric(float64(info.Size())/1e6, "file_MB")
		}
	})
	b.Run("Open", func(b *testing.B) {
		held := uint64(0)
		for b.Loop() {
			before := heap()
			y, err := Open(b.Context(), x.store.file, nil, Options{})
			if err != nil {
				b.Fatal(err)
			}
			if got := (benchIndex{b, y}).ask(data.questions[0]); got != 2*benchLimit {
				b.Fatalf("found %d", got)
			}
			b.StopTimer()
			held = heap() - before
			y.Close()
			b.StartTimer()
		}
		b.ReportMetric(float64(held)/1e6, "MB")
	})
	i := 0
	some := func(count int) (docs []retrieval.Document) {
		for range count {
			i++
			docs = append(docs, doc(fmt.Sprint("more", i), data.texts[i%n]))
		}
		return docs
	}
	for _, count := range []int{1, 100} {
		b.Run(fmt.Sprint("Put", count), func(b *testing.B) {
			for b.Loop() {
				put(b, x, some(count)...)
			}
		})
	}
	b.Run("Delete1", func(b *testing.B) {
		for b.Loop() {
			if err := x.Delete(b.Context(), "public", []string{fmt.Sprint("more", i)}); err != nil {
				b.Fatal(err)
			}
			i--
		}
	})
	b.ReportMetric(float64(len(x.layout.parts)), "segments")
}

// heap is how many bytes are in use once the rest is collected.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
