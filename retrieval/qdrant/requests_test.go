package qdrant_test

import (
	"slices"
	"testing"

	api "github.com/qdrant/go-client/qdrant"

	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/qdrant/qdranttest"
)

// TestOneRoundTrip: both searches go in one request, and a search for what
// this process has seen already is two requests in all.
func TestOneRoundTrip(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	x := open(t, config(s))
	for _, id := range []string{"a", "b", "c"} {
		put(t, x, by(id, "small", 1, 0))
	}
	q := retrieval.Query{Terms: asked("text a"), Vector: []float32{1, 0}, Filter: public(), Limit: 2}
	for range 2 { // the second time nothing is new
		s.Calls()
		if res, err := x.Search(t.Context(), q); err != nil || len(res.Words) != 2 || len(res.Vectors) != 2 {
			t.Fatalf("%+v, %v", res, err)
		}
	}
	var methods []string
	for _, c := range s.Calls() {
		methods = append(methods, c.Method)
		if r, ok := c.Req.(*api.QueryBatchPoints); ok && len(r.GetQueryPoints()) != 2 {
			t.Errorf("%d searches in one request, want 2", len(r.GetQueryPoints()))
		}
	}
	if want := []string{"Get", "QueryBatch"}; !slices.Equal(methods, want) {
		t.Errorf("a search sends %v, want %v", methods, want)
	}
}

// TestScopeIsInEveryRequest: whatever finds sources names scopes in the
// filter that Qdrant evaluates.
func TestScopeIsInEveryRequest(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	x := open(t, config(s))
	put(t, x, by("a", "small", 1, 0))
	s.Calls()
	f := retrieval.Filter{Scopes: []string{"guild", "public"}, Jurisdictions: []string{"WA"}}
	x.Search(t.Context(), retrieval.Query{Terms: asked("text"), Vector: []float32{1, 0}, Filter: f, Limit: 1})
	x.Sources(t.Context(), f)
	x.Lookup(t.Context(), citation.Citation{System: citation.RCW, Number: "48.43.045"}, f)
	filters := 0
	check := func(f *api.Filter) {
		filters++
		if !slices.ContainsFunc(f.GetMust(), func(c *api.Condition) bool {
			return c.GetField().GetKey() == "scope" && slices.Equal(c.GetField().GetMatch().GetKeywords().GetStrings(), []string{"guild", "public"})
		}) {
			t.Errorf("a filter without the scopes: %v", f)
		}
	}
	for _, c := range s.Calls() {
		switch r := c.Req.(type) {
		case *api.QueryBatchPoints:
			for _, q := range r.GetQueryPoints() {
				check(q.GetFilter())
			}
		case *api.ScrollPoints:
			check(r.GetFilter())
		}
	}
	if filters != 4 {
		t.Errorf("%d filters, want 4", filters)
	}
}

// TestSchema: a new collection has the indexes that filters need, scope as
// the tenant's, and is made for writes that most replicas have.
func TestSchema(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	c := config(s)
	c.Replicas = 3
	x := open(t, c)
	put(t, x, by("a", "small", 1, 0, 0))
	indexes := s.Indexes("advocate")
	for _, field := range []string{"scope", "jurisdiction", "kind", "source", "cites", "what"} {
		if indexes[field].GetFieldType() != api.FieldType_FieldTypeKeyword {
			t.Errorf("field %s has the index %v", field, indexes[field])
		}
		if tenant := indexes[field].GetFieldIndexParams().GetKeywordIndexParams().GetIsTenant(); tenant != (field == "scope") {
			t.Errorf("field %s is the tenant's: %v", field, tenant)
		}
	}
	if got := indexes["date"].GetFieldType(); got != api.FieldType_FieldTypeInteger {
		t.Errorf("dates have an index of kind %v", got)
	}
	made := s.Made("advocate")
	if made.GetReplicationFactor() != 3 || made.GetWriteConsistencyFactor() != 2 {
		t.Errorf("%d replicas, %d for a write; want 3 and 2", made.GetReplicationFactor(), made.GetWriteConsistencyFactor())
	}
	if m := made.GetVectorsConfig().GetParamsMap().GetMap()["meaning"]; m.GetSize() != 3 || m.GetDistance() != api.Distance_Cosine {
		t.Errorf("dense vectors are %v", m)
	}
}

// TestOrderAndConsistency: every write waits and is strongly ordered; reads
// go by most replicas where there are several.
func TestOrderAndConsistency(t *testing.T) {
	t.Parallel()
	for replicas, want := range map[int]*api.ReadConsistency{1: nil, 3: api.NewReadConsistencyType(api.ReadConsistencyType_Majority)} {
		s := qdranttest.New(t, qdranttest.Options{})
		c := config(s)
		c.Replicas = replicas
		x := open(t, c)
		put(t, x, by("a", "small", 1, 0))
		put(t, x, by("b", "small", 0, 1))
		if err := x.Delete(t.Context(), "public", []string{"a"}); err != nil {
			t.Fatal(err)
		}
		writes := 0
		for _, c := range s.Calls() {
			if w, ok := c.Req.(interface {
				GetWait() bool
				GetOrdering() *api.WriteOrdering
			}); ok {
				writes++
				if !w.GetWait() || w.GetOrdering().GetType() != api.WriteOrderingType_Strong {
					t.Errorf("%s does not wait in strong order", c.Method)
				}
			}
		}
		if writes < 10 {
			t.Errorf("%d writes", writes)
		}
		x.Search(t.Context(), retrieval.Query{Terms: asked("text"), Vector: []float32{1, 0}, Filter: public(), Limit: 1})
		x.Sources(t.Context(), public())
		for _, c := range s.Calls() {
			r, ok := c.Req.(interface{ GetReadConsistency() *api.ReadConsistency })
			if !ok || r.GetReadConsistency().GetType() != want.GetType() || (r.GetReadConsistency() == nil) != (want == nil) {
				t.Errorf("%d replicas: %s reads with %v, want %v", replicas, c.Method, r.GetReadConsistency(), want)
			}
		}
	}
}

// TestPages: everything comes out of more sources than a page has.
func TestPages(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	x := open(t, config(s))
	var docs []retrieval.Document
	for i := range 1100 {
		docs = append(docs, doc(id(i), "kidney"))
	}
	put(t, x, docs...)
	all, err := open(t, config(s)).Sources(t.Context(), public())
	if err != nil || len(all) != len(docs) {
		t.Fatalf("%d sources of %d, %v", len(all), len(docs), err)
	}
	for i, s := range all {
		if s.ID != id(i) {
			t.Fatalf("source %d is %s", i, s.ID)
		}
	}
	pages := 0
	for _, c := range s.Calls() {
		if c.Method == "Scroll" {
			pages++
		}
	}
	if pages < 3 {
		t.Errorf("read in %d pages", pages)
	}
	// All are of one score: the first by id are found, whatever Qdrant's order.
	res, err := x.Search(t.Context(), retrieval.Query{Terms: asked("kidney"), Filter: public(), Limit: 3})
	if err != nil || len(res.Words) != 3 || res.Words[0].Source.ID != id(0) || res.Words[2].Source.ID != id(2) {
		t.Errorf("%+v, %v", res.Words, err)
	}
}

func id(i int) string {
	return string([]byte{'s', byte('0' + i/1000), byte('0' + i/100%10), byte('0' + i/10%10), byte('0' + i%10)})
}
