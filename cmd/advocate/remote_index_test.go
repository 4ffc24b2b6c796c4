package main

import (
	"net/http/httptest"
	"testing"

	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/local"
	"github.com/everycategory/advocate/retrieval/remote"
	"github.com/everycategory/advocate/retrieval/retrievaltest"
)

// overLoopback is an index over two replicas of file, which both serve.
type overLoopback struct {
	*remote.Index
	file *local.Index
	name string
}

// TestRemoteIndexOfAFile: two replicas of a store in a file are an index, and
// what was written is there after all sides begin anew.
func TestRemoteIndexOfAFile(t *testing.T) {
	t.Parallel()
	open := func(t testing.TB, name string) retrieval.Index {
		file, err := local.Open(t.Context(), name, nil, local.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { file.Close() })
		var urls []string
		for range 2 {
			s, err := remote.NewServer(remote.ServerConfig{Index: file, Keys: []remote.Key{{Name: "all", Key: sampleKey, Scopes: []string{remote.AllScopes}, Write: true}}})
			if err != nil {
				t.Fatal(err)
			}
			h := httptest.NewServer(s)
			t.Cleanup(h.Close)
			urls = append(urls, h.URL)
		}
		x, err := remote.Dial(t.Context(), remote.Config{URLs: urls, Key: sampleKey})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { x.Close() })
		return &overLoopback{x, file, name}
	}
	retrievaltest.TestIndex(t, retrievaltest.Backend{
		Open: func(t testing.TB) retrieval.Index { return open(t, t.TempDir()+"/index.db") },
		Reopen: func(t testing.TB, ix retrieval.Index) retrieval.Index {
			o := ix.(*overLoopback)
			o.Index.Close()
			o.file.Close()
			return open(t, o.name)
		},
	})
}
