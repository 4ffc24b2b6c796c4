package qdrant_test

import (
	"context"
	"crypto/rand"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	api "github.com/qdrant/go-client/qdrant"

	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/qdrant"
	"github.com/everycategory/advocate/retrieval/qdrant/qdranttest"
	"github.com/everycategory/advocate/retrieval/retrievaltest"
)

// TestRealQdrant holds the index to the contract on the Qdrant that
// TEST_QDRANT names, such as localhost:6334 (deploy/compose.yaml runs one).
// It leaves nothing there.
func TestRealQdrant(t *testing.T) {
	t.Parallel()
	at := os.Getenv("TEST_QDRANT")
	if at == "" {
		t.Skip("a real Qdrant: not measured; TEST_QDRANT=host:port names one")
	}
	prefix := "advocate-test-" + strings.ToLower(rand.Text()[:8])
	var mu sync.Mutex
	n := 0
	retrievaltest.TestIndex(t, retrievaltest.Backend{
		Open: func(t testing.TB) retrieval.Index {
			mu.Lock()
			n++
			name := prefix + "-" + id(n)
			mu.Unlock()
			c, err := qdrant.Parse("qdrant:" + at + "/" + name)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { sweep(t, c) })
			return open(t, c)
		},
		Reopen: func(t testing.TB, ix retrieval.Index) retrieval.Index {
			ix.Close()
			return open(t, ix.(*qdrant.Index).Config)
		},
	})
}

// sweep deletes the collections of an index; their aliases go with them.
func sweep(t testing.TB, c qdrant.Config) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	client, err := api.NewClient(&api.Config{Host: c.Host, Port: c.Port, SkipCompatibilityCheck: true})
	if err != nil {
		t.Error(err)
		return
	}
	defer client.Close()
	names, err := client.ListCollections(ctx)
	for _, name := range names {
		if strings.HasPrefix(name, c.Name+"-") {
			if err2 := client.DeleteCollection(ctx, name); err == nil {
				err = err2
			}
		}
	}
	if err != nil {
		t.Error(err)
	}
}

// TestSweep: what a test leaves on a server is deleted, and nothing else.
func TestSweep(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	mine, others := config(s), config(s)
	others.Name = "others"
	put(t, open(t, mine), doc("a", "text"))
	put(t, open(t, others), doc("a", "text"))
	before := s.Collections()
	sweep(t, mine)
	left := s.Collections()
	if len(left) == 0 || len(left) == len(before) || slices.ContainsFunc(left, func(name string) bool { return !strings.HasPrefix(name, "others-") }) {
		t.Errorf("of %q %q are left", before, left)
	}
}
