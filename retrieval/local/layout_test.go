package local

import (
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/everycategory/advocate/retrieval"
)

// TestSegments makes hundreds of changes of many sizes and compares the file
// with memory after each tenth: the segments stay few, and reopened it holds
// the same.
func TestSegments(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "index.db")
	x := open(t, file)
	r := rand.New(rand.NewPCG(5, 6))
	written := 0
	for round := range 200 {
		if r.IntN(4) == 0 {
			var some []string
			for range 1 + r.IntN(30) {
				some = append(some, fmt.Sprint("s", r.IntN(900)))
			}
			if err := x.Delete(t.Context(), "public", some); err != nil {
				t.Fatal(err)
			}
		} else {
			var docs []retrieval.Document
			for _, n := range r.Perm(900)[:1+r.IntN(1+r.IntN(40))] {
				d := doc(fmt.Sprint("s", n), "kidney", fmt.Sprint("version", round))
				d.Vectors = [][]float32{{1, float32(n)}, {float32(round), 1}}
				docs = append(docs, d)
			}
			put(t, x, docs...)
		}
		size := 0
		for n, p := range x.layout.parts {
			if got := len(x.layout.live(n)); got != p.left {
				t.Fatalf("segment %d has %d documents that count, and says %d", n, got, p.left)
			}
			size += p.left
		}
		if size != len(x.memory.numbers) || size != len(x.layout.places) {
			t.Fatalf("the segments hold %d documents, memory %d", size, len(x.memory.numbers))
		}
		if most := 3 + int(2*math.Log2(float64(1+size))); len(x.layout.parts) > most {
			t.Errorf("%d documents in %d segments, want at most %d", size, len(x.layout.parts), most)
		}
		if written++; written%10 == 0 {
			y := open(t, file)
			if a, b := revision(t, x), revision(t, y); a != b {
				t.Fatalf("after %d changes, the file holds something else than memory", written)
			}
			y.Close()
		}
	}
}

// TestOldAnalysis opens a file whose words were analysed in another way: they
// are analysed anew, and the next change writes them so.
func TestOldAnalysis(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "index.db")
	s := store{file}
	docs, err := prepare([]retrieval.Document{doc("a", "kidneys"), doc("b", "ledgers")}, false, t.Context().Err)
	if err != nil {
		t.Fatal(err)
	}
	for i := range docs { // as another stemmer would have it
		for j, w := range docs[i].words.names {
			docs[i].words.names[j] = "old" + w
		}
	}
	g := newSegment(docs)
	g.analysis = "an old one"
	e := edit{segments: []segment{g}}
	e.sum.Add(docs[0].hash)
	e.sum.Add(docs[1].hash)
	if _, err := s.write(t.Context(), &e); err != nil {
		t.Fatal(err)
	}
	x := open(t, file)
	if got := ids(t, x, "kidney"); len(got) != 1 {
		t.Errorf("found %q", got)
	}
	put(t, x, doc("c", "kidney"))
	y := open(t, file)
	for n, p := range y.layout.parts {
		if p.old {
			t.Errorf("segment %d still has the old words", n)
		}
	}
	if got := ids(t, y, "kidney"); len(got) != 2 {
		t.Errorf("after a change, found %q", got)
	}
}

// TestLargeSegments checks that what is joined keeps to its size.
func TestLargeSegments(t *testing.T) {
	t.Parallel()
	var docs []document
	for i := range 2*maxSegment + 10 {
		docs = append(docs, document{head: head{key: key{"public", fmt.Sprint(i)}, size: 1}, text: &text{}, words: newVocabulary(), passages: [][]count{nil}})
	}
	docs[0].size, docs[0].passages = 3*maxSegment, make([][]count, 3*maxSegment) // alone
	got := segments(docs)
	total := 0
	for _, g := range got {
		size := 0
		for _, e := range g.entries {
			size += e.size
		}
		if size > maxSegment && len(g.entries) > 1 {
			t.Errorf("a segment of %d sources has %d passages", len(g.entries), size)
		}
		total += len(g.entries)
	}
	if total != len(docs) || len(got) > 6 {
		t.Errorf("%d documents in %d segments, of %d", total, len(got), len(docs))
	}
}
