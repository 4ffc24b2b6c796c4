package qdrant_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	api "github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/qdrant"
	"github.com/everycategory/advocate/retrieval/qdrant/qdranttest"
	"github.com/everycategory/advocate/retrieval/retrievaltest"
)

// same checks that x is what an index is that was filled with docs at once.
func same(t *testing.T, x *qdrant.Index, docs ...retrieval.Document) {
	t.Helper()
	want, fresh := retrievaltest.New(), open(t, config(qdranttest.New(t, qdranttest.Options{})))
	put(t, want, docs...)
	put(t, fresh, docs...)
	if got, want := info(t, x), info(t, fresh); got != want {
		t.Errorf("Info is %+v, of a fresh index %+v", got, want)
	}
	was := info(t, want)
	was.Revision = info(t, x).Revision
	if got := info(t, x); got != was {
		t.Errorf("Info is %+v, want %+v", got, was)
	}
	var texts []string
	for _, d := range docs {
		for _, p := range d.Source.Passages {
			texts = append(texts, p.Text)
		}
	}
	for _, text := range texts {
		q := retrieval.Query{Terms: asked(text), Filter: public(), Limit: 20}
		got, err := x.Search(t.Context(), q)
		w, err2 := want.Search(t.Context(), q)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		if why := differs(got, w); why != "" {
			t.Errorf("%q: %s: finds\n%s, want\n%s", text, why, list(got), list(w))
		}
	}
}

// differs says in what two answers differ by words, or "". Where scores are
// equal but for rounding, either order will do.
func differs(got, want retrieval.Results) string {
	near := func(a, b float32) bool { return math.Abs(float64(a-b)) <= 1e-4*math.Abs(float64(b)) }
	if len(got.Words) != len(want.Words) {
		return fmt.Sprintf("%d sections, want %d", len(got.Words), len(want.Words))
	}
	of := map[string]retrieval.SectionHit{}
	for i, h := range want.Words {
		if of[h.Source.ID] = h; !near(got.Words[i].Score, h.Score) {
			return fmt.Sprintf("rank %d: %s has score %v, want %v", i, got.Words[i].Source.ID, got.Words[i].Score, h.Score)
		}
	}
	last := float32(0)
	if n := len(want.Words); n > 0 {
		last = want.Words[n-1].Score
	}
	for _, h := range got.Words {
		w, ok := of[h.Source.ID]
		if !ok && near(h.Score, last) {
			continue // one of several that share the last rank
		}
		if !ok || !near(h.Score, w.Score) || len(h.Passages) != len(w.Passages) {
			return fmt.Sprintf("%s has score %v and %d passages, want %v and %d", h.Source.ID, h.Score, len(h.Passages), w.Score, len(w.Passages))
		}
		for i := range h.Passages {
			if !near(h.Passages[i].Score, w.Passages[i].Score) {
				return fmt.Sprintf("%s: passage at rank %d has score %v, want %v", h.Source.ID, i, h.Passages[i].Score, w.Passages[i].Score)
			}
		}
	}
	return ""
}

func list(r retrieval.Results) string {
	var b strings.Builder
	for _, h := range r.Words {
		fmt.Fprintf(&b, "%s %.4f", h.Source.ID, h.Score)
		for _, p := range h.Passages {
			fmt.Fprintf(&b, " %d:%.4f", p.Passage, p.Score)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// TestBrokenOff has the server fail at every request that a Put sends, one
// after another. The Put has an error; the next writer leaves everything as
// if nothing had been amiss.
func TestBrokenOff(t *testing.T) {
	t.Parallel()
	for after := 0; ; after++ {
		s := qdranttest.New(t, qdranttest.Options{})
		c := config(s)
		c.Lease = time.Hour // gives it back, or has it taken
		now := time.Now()
		var mu sync.Mutex
		c.Now = func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
		x := open(t, c)
		old := []retrieval.Document{by("a", "small", 1, 0), by("b", "small", 0, 1), doc("c", "kidney", "ledger")}
		put(t, x, old...)
		n, broken := 0, false
		s.Fault(func(call qdranttest.Call) error {
			mu.Lock()
			defer mu.Unlock()
			if n++; n <= after {
				return nil
			}
			broken = true
			return status.Error(codes.Internal, "disk full")
		})
		big := doc("a", "other", "words", strings.Repeat("long ", 5000))
		err := x.Put(t.Context(), []retrieval.Document{big, by("d", "small", 1, 1)})
		if !broken {
			if err != nil {
				t.Fatal(err)
			}
			if after < 8 {
				t.Errorf("a Put sends %d requests", n)
			}
			return
		}
		if err == nil && n <= after+1 {
			continue // only giving the lease back failed
		}
		s.Fault(nil)
		mu.Lock()
		now = now.Add(2 * time.Hour)
		mu.Unlock()
		put(t, x, doc("e", "fresh"))
		if err == nil {
			same(t, x, big, by("b", "small", 0, 1), old[2], by("d", "small", 1, 1), doc("e", "fresh"))
			continue
		}
		put(t, x, old...)
		if err := x.Delete(t.Context(), "public", []string{"d"}); err != nil {
			t.Fatal(err)
		}
		same(t, x, append(old, doc("e", "fresh"))...)
	}
}

// TestHalfWritten: the server stops within a request that writes, after each
// of its changes in turn; the same Put again completes it.
func TestHalfWritten(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	for kept := 0; kept < 8; kept++ {
		c := config(s)
		c.Name = fmt.Sprintf("half-%d", kept)
		x := open(t, c)
		put(t, x, by("a", "small", 1, 0), doc("b", "kidney ledger"), doc("gone", "refund"))
		s.Fault(func(call qdranttest.Call) error {
			if r, ok := call.Req.(*api.UpdateBatchPoints); ok {
				r.Operations = append(r.Operations[:min(kept, len(r.Operations))], &api.PointsUpdateOperation{}) // which it does not know
			}
			return nil
		})
		docs := []retrieval.Document{by("a", "small", 0, 1), doc("b", "visit"), by("new", "small", 1, 1)}
		if err := x.Put(t.Context(), docs); err == nil {
			t.Fatalf("%d changes kept: no error", kept)
		}
		s.Fault(nil)
		put(t, x, docs...)
		same(t, x, append(docs, doc("gone", "refund"))...)
		res, err := x.Search(t.Context(), retrieval.Query{Vector: []float32{0, 1}, Filter: public(), Limit: 9})
		if err != nil || len(res.Vectors) != 2 || res.Vectors[0].Source.ID != "a" {
			t.Errorf("%d changes kept: by vector %+v, %v", kept, res.Vectors, err)
		}
	}
}

// TestOrphans: what a broken Put left and nobody completed is out of the way
// once somebody writes.
func TestOrphans(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	x := open(t, config(s))
	put(t, x, by("a", "small", 1, 0), by("b", "small", 0, 1))
	s.Fault(func(call qdranttest.Call) error {
		if r, ok := call.Req.(*api.UpdateBatchPoints); ok {
			r.Operations = append(r.Operations[:2], &api.PointsUpdateOperation{}) // the passages alone
		}
		return nil
	})
	if err := x.Put(t.Context(), []retrieval.Document{by("new", "small", 1, 0), by("a", "small", 0.6, 0.8)}); err == nil {
		t.Fatal("no error")
	}
	s.Fault(nil)
	vectors := func() (ids string, searches int) {
		s.Calls()
		res, err := x.Search(t.Context(), retrieval.Query{Vector: []float32{1, 0}, Filter: public(), Limit: 2})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range res.Vectors {
			ids += h.Source.ID + " "
		}
		for _, c := range s.Calls() {
			if c.Method == "QueryBatch" {
				searches++
			}
		}
		return ids, searches
	}
	if ids, _ := vectors(); ids != "" { // of two places, one is no source's, one another version's
		t.Errorf("found %s", ids)
	}
	put(t, x, doc("c", "words"))
	if ids, searches := vectors(); ids != "b " || searches != 1 { // a's vector is gone with the broken Put
		t.Errorf("found %s in %d searches", ids, searches)
	}
	put(t, x, by("a", "small", 0.6, 0.8))
	if ids, _ := vectors(); ids != "a b " {
		t.Errorf("put again, found %s", ids)
	}
}

// TestWritersTakeTurns: of several processes one writes at a time, and
// nothing is lost.
func TestWritersTakeTurns(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	c := config(s)
	c.Wait = time.Minute
	var docs []retrieval.Document
	var all sync.WaitGroup
	for w := range 4 {
		x := open(t, c)
		var own []retrieval.Document
		for i := range 5 {
			own = append(own, doc(fmt.Sprintf("%d-%d", w, i), "kidney", fmt.Sprintf("word%d", i)))
		}
		docs = append(docs, own...)
		all.Go(func() {
			for _, d := range own {
				if err := x.Put(context.Background(), []retrieval.Document{d}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	same(t, open(t, c), docs...)
}

// TestLocked: a writer that keeps the lease is waited for and named; one
// that broke off is not for longer than the lease.
func TestLocked(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	c := config(s)
	c.Wait = -1
	var ahead atomic.Int64
	c.Now = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	x, y := open(t, c), open(t, c)
	put(t, x, doc("a", "text"))
	in, out := make(chan struct{}), make(chan struct{})
	s.Fault(func(call qdranttest.Call) error {
		if call.Method == "UpdateBatch" {
			in <- struct{}{}
			<-out
		}
		return nil
	})
	done := make(chan error)
	go func() { done <- x.Put(context.Background(), []retrieval.Document{doc("b", "text")}) }()
	<-in
	if got := found(t, y, "text"); got != "a" {
		t.Errorf("while another writes, found %q", got)
	}
	says(t, y.Put(t.Context(), []retrieval.Document{doc("c", "text")}), qdrant.ErrLocked, "UTC")
	if err := y.Put(t.Context(), []retrieval.Document{doc("a", "text")}); err != nil {
		t.Errorf("what is there already: %v", err)
	}
	s.Fault(nil)
	close(out)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	put(t, y, doc("c", "text"))
	s.Edit("advocate", func(p map[string]*api.Value) map[string]*api.Value {
		if p["what"].GetStringValue() == "lock" {
			p["owner"], p["until"] = api.NewValueString("crashed"), api.NewValueInt(time.Now().Add(time.Minute).UnixMilli())
		}
		return p
	})
	says(t, x.Put(t.Context(), []retrieval.Document{doc("d", "text")}), qdrant.ErrLocked)
	ahead.Store(int64(2 * time.Minute))
	put(t, x, doc("d", "text"))
}

// TestWeightsFollow: where sources become much longer or shorter, the sparse
// weights are made anew, so that a search need not ask for many candidates.
func TestWeightsFollow(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	x := open(t, config(s))
	long := strings.Repeat("kidney ledger visit ", 40)
	docs := []retrieval.Document{doc("short", "kidney")}
	put(t, x, docs...)
	check := func(want float64) {
		t.Helper()
		s.Edit("advocate", func(p map[string]*api.Value) map[string]*api.Value {
			if got := p["mean"].GetDoubleValue(); p["what"].GetStringValue() == "total" && (got < want/1.5 || got > want*1.5) {
				t.Errorf("weights are by a mean of %v words, sources have %v", got, want)
			}
			return p
		})
		same(t, x, docs...)
	}
	check(1)
	for i := range 9 {
		docs = append(docs, doc(fmt.Sprintf("long%d", i), long))
	}
	put(t, x, docs...)
	check((1 + 9*120) / 10.0)
	for i := range 9 {
		docs[i+1] = doc(fmt.Sprintf("long%d", i), "kidney refund")
	}
	put(t, x, docs...)
	check((1 + 9*2) / 10.0)
}

// TestLease: a long write keeps its lease for as long as it takes; one that
// loses it all the same stops, and says so.
func TestLease(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	c := config(s)
	c.Lease, c.Wait = 200*time.Millisecond, -1
	x, y := open(t, c), open(t, c)
	put(t, x, doc("a", "text"))
	in, out := make(chan struct{}), make(chan struct{})
	s.Fault(func(call qdranttest.Call) error {
		if call.Method == "UpdateBatch" {
			in <- struct{}{}
			<-out
		}
		return nil
	})
	done := make(chan error, 1)
	write := func(id string) {
		go func() { done <- x.Put(context.Background(), []retrieval.Document{doc(id, "text")}) }()
		<-in
	}
	write("b")
	for began := time.Now(); time.Since(began) < 3*c.Lease; time.Sleep(c.Lease / 10) {
		says(t, y.Delete(t.Context(), "public", []string{"a"}), qdrant.ErrLocked)
	}
	out <- struct{}{}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	write("c")
	s.Edit("advocate", func(p map[string]*api.Value) map[string]*api.Value {
		if p["what"].GetStringValue() == "lock" {
			p["owner"], p["until"] = api.NewValueString("another"), api.NewValueInt(time.Now().Add(time.Hour).UnixMilli())
		}
		return p
	})
	if err := <-done; err == nil {
		t.Error("the lease was lost, and no error")
	} else {
		says(t, err, qdrant.ErrLocked, "clocks")
	}
	s.Fault(nil)
	close(out)
}

// TestReplacedMeanwhile: a search that meets what is being replaced returns it old or
// new, and nothing twice or torn.
func TestReplacedMeanwhile(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	x, y := open(t, config(s)), open(t, config(s))
	put(t, x, by("a", "small", 1, 0), by("b", "small", 0, 1))
	hit := 0
	s.Fault(func(call qdranttest.Call) error {
		if r, ok := call.Req.(*api.GetPoints); ok && len(r.GetIds()) < 3 && slices.Contains(r.GetWithPayload().GetInclude().GetFields(), "text") {
			if hit++; hit == 1 { // between the search and the texts
				s.Fault(nil)
				d := by("a", "small", 0, 1)
				d.Source.Passages[0].Text = "other words"
				return errors.Join(y.Put(context.Background(), []retrieval.Document{d}))
			}
		}
		return nil
	})
	z := open(t, config(s)) // with nothing in its memory
	res, err := z.Search(t.Context(), retrieval.Query{Terms: asked("text"), Vector: []float32{1, 0}, Filter: public(), Limit: 9})
	if err != nil || hit == 0 {
		t.Fatalf("%v, after %d hits", err, hit)
	}
	if len(res.Words) != 1 || res.Words[0].Source.ID != "b" || len(res.Vectors) != 2 || res.Vectors[0].Score != 0 {
		t.Errorf("%s %+v", list(res), res.Vectors)
	}
}
