package main

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/embed"
	"github.com/everycategory/advocate/retrieval/qdrant/qdranttest"
)

// TestPrivateDocumentsStayHome: no private document is handed to an embedding
// model that is not on this machine.
func TestPrivateDocumentsStayHome(t *testing.T) {
	t.Parallel()
	docs := []retrieval.Document{
		{Source: &corpus.Source{ID: "private", Licence: "private"}, Vectors: [][]float32{{1}}, Embedder: "old"},
		{Source: &corpus.Source{ID: "quoted", Licence: "quote:50"}}, {Source: &corpus.Source{ID: "public", Licence: "public"}}}
	for base, want := range map[string]int{"https://models.example.org": 2, "http://localhost:1": 3} {
		e, err := embed.NewRemote(embed.RemoteConfig{Base: base, Model: "sample"})
		if err != nil {
			t.Fatal(err)
		}
		cp := copying{embedder: e}
		sent, home := cp.vectors(docs)
		if len(sent) != want || len(home) != 3-want || cp.result.KeptHome != 3-want {
			t.Errorf("%s: %d sent, %d kept home", base, len(sent), len(home))
		}
		for _, d := range home {
			if d.Source.ID != "private" || d.Vectors != nil || d.Embedder != "" {
				t.Errorf("%s: %+v is kept home", base, d)
			}
		}
	}
}

// TestComposeIsPinned: what deploy/compose.yaml runs has a version, is reached
// from this machine alone, and has no key in it.
func TestComposeIsPinned(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.Join(root, "deploy", "compose.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Services map[string]struct {
			Image       string
			Ports       []string
			Environment map[string]string
		}
	}
	if err := yaml.Unmarshal(data, &file); err != nil || len(file.Services) == 0 {
		t.Fatalf("%+v, %v", file, err)
	}
	for name, s := range file.Services {
		if !regexp.MustCompile(`:v\d+\.\d+\.\d+$`).MatchString(s.Image) {
			t.Errorf("%s: image %q has no version", name, s.Image)
		}
		for _, p := range s.Ports {
			if !strings.HasPrefix(p, "127.0.0.1:") {
				t.Errorf("%s: port %s is open beyond this machine", name, p)
			}
		}
		for k := range s.Environment {
			if strings.Contains(k, "KEY") {
				t.Errorf("%s: %s stands in the file", name, k)
			}
		}
	}
}

// startQdrant [KEY] serves a Qdrant on loopback until the script ends, and
// puts its address into $QDRANT.
func startQdrant(ts *testscript.TestScript, _ bool, args []string) {
	var o qdranttest.Options
	if len(args) > 0 {
		o.Key = args[0]
	}
	s, err := qdranttest.Serve(o)
	ts.Check(err)
	ts.Defer(s.Stop)
	ts.Setenv("QDRANT", net.JoinHostPort(s.Host, strconv.Itoa(s.Port)))
}

// startEmbedder serves an embedding model called sample on loopback until
// the script ends, and puts its address into $EMBEDDER. With a number, it
// fails from that request on.
func startEmbedder(ts *testscript.TestScript, _ bool, args []string) {
	fails, asked := -1, 0
	if len(args) > 0 {
		n, err := strconv.Atoi(args[0])
		ts.Check(err)
		fails = n
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var req struct{ Input []string }
		if asked++; asked == fails || json.NewDecoder(r.Body).Decode(&req) != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		type row struct {
			Index  int       `json:"index"`
			Vector []float64 `json:"embedding"`
		}
		var data []row
		for i, t := range req.Input {
			data = append(data, row{i, []float64{float64(len(t)), 1, 2}})
		}
		json.NewEncoder(w).Encode(map[string]any{"data": data})
	}))
	ts.Defer(s.Close)
	ts.Setenv("EMBEDDER", s.URL)
}
