// Package modeltest is a language model for tests: an OpenAI-compatible
// endpoint on loopback that answers as a script says. Scripts are honest
// (they say the material again), obedient (they do what the material tells
// them), hostile (a lie of each family) or faulty (what goes wrong on the
// wire). Everything is seeded, and every byte that comes in is kept.
package modeltest

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"strings"
	"sync"
)

// A Script answers one request. r is seeded by the server's seed and the
// request's number.
type Script func(w http.ResponseWriter, req *http.Request, r *rand.Rand, a Asked)

// A Server is an endpoint that answers by a script.
type Server struct {
	*httptest.Server
	seed uint64

	mu      sync.Mutex
	script  Script
	inbound [][]byte
}

// A Test is what of a testing.TB a Server needs. The package does without
// testing itself, because what measures uses it outside tests too.
type Test interface {
	Helper()
	Cleanup(func())
}

// New serves script until the test ends.
func New(t Test, seed uint64, script Script) *Server {
	t.Helper()
	s := Serve(seed, script)
	t.Cleanup(s.Stop)
	return s
}

// Serve serves script until Stop.
func Serve(seed uint64, script Script) *Server {
	s := &Server{seed: seed, script: script}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	return s
}

// Stop ends it, and what it is still answering.
func (s *Server) Stop() {
	s.CloseClientConnections()
	s.Close()
}

// Use answers by another script from now on, and forgets what came in.
func (s *Server) Use(script Script) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script, s.inbound = script, nil
}

// Inbound is every request since the last Use as it came: its line, its
// headers and its body.
func (s *Server) Inbound() [][]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([][]byte{}, s.inbound...)
}

func (s *Server) serve(w http.ResponseWriter, req *http.Request) {
	head, err := httputil.DumpRequest(req, false)
	if err != nil {
		http.Error(w, "unreadable", http.StatusBadRequest)
		return
	}
	body, err := io.ReadAll(req.Body)
	if err != nil {
		http.Error(w, "unreadable", http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.inbound = append(s.inbound, append(head, body...))
	n, script := len(s.inbound), s.script
	s.mu.Unlock()
	a := Read(body)
	a.Request = n
	script(w, req, rand.New(rand.NewPCG(s.seed, uint64(n)+uint64(len(body))<<20)), a)
}

// Event is a chunk of a stream: a piece of content, and why it ended, if it
// did.
func Event(content, finish string) string {
	c, _ := json.Marshal(content) // a string always encodes
	f := "null"
	if finish != "" {
		f = `"` + finish + `"`
	}
	return fmt.Sprintf("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":%s},\"finish_reason\":%s}]}\n\n", c, f)
}

// Done ends a stream.
const Done = "data: [DONE]\n\n"

// Stream writes parts one by one, as server-sent events.
func Stream(w http.ResponseWriter, parts ...string) {
	w.Header().Set("Content-Type", "text/event-stream")
	for _, p := range parts {
		io.WriteString(w, p)
		w.(http.Flusher).Flush()
	}
}

// Content streams text as a whole answer, in pieces.
func Content(w http.ResponseWriter, text string) {
	var b strings.Builder
	for len(text) > 0 {
		n := min(len(text), 1000)
		for n < len(text) && text[n]&0xc0 == 0x80 {
			n++
		}
		b.WriteString(Event(text[:n], ""))
		text = text[n:]
	}
	Stream(w, b.String(), Event("", "stop"), Done)
}
