package qdrant_test

import (
	"crypto/rand"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/retrieval/qdrant"
	"github.com/everycategory/advocate/retrieval/retrievaltest"
)

// BenchmarkHybrid asks the Qdrant that TEST_QDRANT names what retrieval/local
// is asked in its benchmark of this name, and leaves nothing there. It
// reports how long the puts alone took, a thousand passages at a time
// (fill_s), and the median of a question by words, by vector and by both
// (words_ms, vectors_ms, both_ms), as this process waits for it. Questions
// follow the puts at once: Qdrant may still be building its graph.
func BenchmarkHybrid(b *testing.B) {
	at := os.Getenv("TEST_QDRANT")
	if at == "" {
		b.Skip("a real Qdrant: not measured; TEST_QDRANT=host:port names one")
	}
	prefix := "advocate-bench-" + strings.ToLower(rand.Text()[:8])
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			c, err := qdrant.Parse(fmt.Sprintf("qdrant:%s/%s-%d", at, prefix, n))
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() { sweep(b, c) })
			benchmarkHybrid(b, c, n)
		})
	}
}

func benchmarkHybrid(b *testing.B, c qdrant.Config, n int) {
	data := retrievaltest.NewBenchData(n)
	x, docs := open(b, c), data.Documents()
	start := time.Now()
	for some := range slices.Chunk(docs, 1000) {
		put(b, x, some...)
	}
	filled := time.Since(start)
	x.Close()
	x = open(b, c) // as a later process finds it
	ask := func(q retrievaltest.BenchQuestion) int {
		res, err := x.Search(b.Context(), q.Query())
		if err != nil {
			b.Fatal(err)
		}
		return len(res.Words) + len(res.Vectors)
	}
	for _, q := range data.Questions { // warm
		if got := ask(q); got != 2*retrievaltest.BenchLimit {
			b.Errorf("found %d of %d", got, 2*retrievaltest.BenchLimit)
		}
	}
	ways := []struct {
		unit string
		of   func(retrievaltest.BenchQuestion) retrievaltest.BenchQuestion
		each []time.Duration
	}{
		{unit: "both_ms", of: func(q retrievaltest.BenchQuestion) retrievaltest.BenchQuestion { return q }},
		{unit: "words_ms", of: retrievaltest.BenchQuestion.ByWords},
		{unit: "vectors_ms", of: retrievaltest.BenchQuestion.ByVector},
	}
	b.ResetTimer()
	for b.Loop() {
		for i := range ways {
			w := &ways[i]
			for _, q := range data.Questions {
				start := time.Now()
				ask(w.of(q))
				w.each = append(w.each, time.Since(start))
			}
		}
	}
	for _, w := range ways {
		slices.Sort(w.each)
		b.ReportMetric(w.each[len(w.each)/2].Seconds()*1e3, w.unit)
	}
	b.ReportMetric(filled.Seconds(), "fill_s")
	b.ReportMetric(0, "ns/op")
}
