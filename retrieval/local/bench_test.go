package local

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/viterin/vek/vek32"

	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/retrievaltest"
)

// BenchmarkHybrid answers the same questions, by words and by vector, for
// the 10 best under a filter that keeps a tenth, in three ways, and reports
// how they compare within the run:
//
//   - x_over_fts5: how many times the questions a second of SQLite's FTS5
//     with vectors as blobs scanned row by row, in the same driver and from
//     a file, by the faster of two filters (a join, a tag among the words);
//   - fill_s: how long the puts alone took, a thousand passages at a time;
//     words_ms, vectors_ms and both_ms: the median of a question by each;
//   - x_bare_scan: how many times the time of computing the cosines alone,
//     of all rows; x_bare_tenth: of the rows the filter keeps, where they lie
//     among the others; x_bare_gathered: of those rows laid together.
//
// [retrievaltest.BenchData] says over what; retrieval/qdrant has a benchmark
// over the same.
func BenchmarkHybrid(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { benchmarkHybrid(b, n) })
	}
}

const (
	benchDim   = retrievaltest.BenchDim
	benchLimit = retrievaltest.BenchLimit
)

func benchmarkHybrid(b *testing.B, n int) {
	data := retrievaltest.NewBenchData(n)
	ours, filled := newBenchIndex(b, data)
	fts := newBenchFTS(b, data)
	type contender struct {
		name string
		run  func(q retrievaltest.BenchQuestion) int
		took time.Duration
		each []time.Duration
	}
	over := func(scan func(*retrievaltest.BenchData, retrievaltest.BenchQuestion) int) func(retrievaltest.BenchQuestion) int {
		return func(q retrievaltest.BenchQuestion) int { return scan(data, q) }
	}
	contenders := []contender{
		{name: "ours", run: ours.ask}, {name: "join", run: fts.joined}, {name: "tag", run: fts.tagged},
		{name: "bare", run: over(scanAll)}, {name: "tenth", run: over(scanTenth)}, {name: "gathered", run: over(scanGathered)},
		{name: "words", run: ours.words}, {name: "vectors", run: ours.vectors},
	}
	for _, q := range data.Questions { // warm, and alike
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
			for _, q := range data.Questions {
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

func scanAll(d *retrievaltest.BenchData, q retrievaltest.BenchQuestion) int {
	return scan(d.Rows, q.Vector)
}

func scanGathered(d *retrievaltest.BenchData, q retrievaltest.BenchQuestion) int {
	return scan(d.Gathered[q.Scope], q.Vector)
}

func scan(rows, v []float32) int {
	best := float32(-1)
	for ; len(rows) > 0; rows = rows[benchDim:] {
		best = max(best, vek32.Dot(rows[:benchDim], v))
	}
	return int(best)
}

func scanTenth(d *retrievaltest.BenchData, q retrievaltest.BenchQuestion) int {
	best := float32(-1)
	for i, s := range d.Scopes {
		if s == q.Scope {
			best = max(best, vek32.Dot(d.Rows[i*benchDim:(i+1)*benchDim], q.Vector))
		}
	}
	return int(best)
}

type benchIndex struct {
	b *testing.B
	x retrieval.Index
}

// newBenchIndex also says how long the puts took, and nothing else.
func newBenchIndex(b *testing.B, d *retrievaltest.BenchData) (benchIndex, time.Duration) {
	x, docs := open(b, filepath.Join(b.TempDir(), "index.db")), d.Documents()
	start := time.Now()
	for some := range slices.Chunk(docs, 1000) {
		put(b, x, some...)
	}
	filled := time.Since(start)
	return benchIndex{b, open(b, x.store.file)}, filled // as a later process finds it
}

func (o benchIndex) words(q retrievaltest.BenchQuestion) int { return o.ask(q.ByWords()) }

func (o benchIndex) vectors(q retrievaltest.BenchQuestion) int { return o.ask(q.ByVector()) }

func (o benchIndex) ask(q retrievaltest.BenchQuestion) int {
	res, err := o.x.Search(o.b.Context(), q.Query())
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
	data := retrievaltest.NewBenchData(n)
	x := open(b, filepath.Join(b.TempDir(), "index.db"))
	start := time.Now()
	for docs := range slices.Chunk(data.Documents(), 1000) {
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
			if got := (benchIndex{b, y}).ask(data.Questions[0]); got != 2*benchLimit {
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
			docs = append(docs, doc(fmt.Sprint("more", i), data.Texts[i%n]))
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
