package main

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/everycategory/advocate/retrieval/qdrant/qdranttest"
)

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
