package trust

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
)

// A platform takes messages, however often, and can be asked for one by the
// token that was sent with it. It does not look at tokens by itself.
type platform struct {
	*httptest.Server

	mu     sync.Mutex
	posts  map[string]int    // messages of an event
	ids    map[string]string // of a token: its last message
	sent   int
	open   map[net.Conn]bool
	onSend func(n int) // called with the count, once the message is taken and before the answer
}

func newPlatform() *platform {
	p := &platform{posts: map[string]int{}, ids: map[string]string{}, open: map[net.Conn]bool{}}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /send", p.send)
	mux.HandleFunc("GET /find", p.find)
	p.Server = httptest.NewUnstartedServer(mux)
	p.Config.ConnState = func(c net.Conn, s http.ConnState) {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.open[c] = true; s == http.StateClosed || s == http.StateHijacked {
			delete(p.open, c)
		}
	}
	p.Start()
	return p
}

func (p *platform) send(w http.ResponseWriter, r *http.Request) {
	event, token := r.FormValue("event"), r.FormValue("token")
	p.mu.Lock()
	p.sent++
	n, id := p.sent, fmt.Sprint("m", p.sent)
	p.posts[event]++
	p.ids[token] = id
	onSend := p.onSend
	p.mu.Unlock()
	if onSend != nil {
		onSend(n)
	}
	fmt.Fprint(w, id)
}

func (p *platform) find(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	id, ok := p.ids[r.FormValue("token")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	fmt.Fprint(w, id)
}

func (p *platform) set(onSend func(n int)) (sent int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.onSend = onSend
	return p.sent
}

// busy reports whether someone is connected: what a dead process had sent is
// then not all taken yet.
func (p *platform) busy() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.open) > 0
}

// replies is how many messages event n has.
func (p *platform) replies(n int) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.posts[fmt.Sprint(n)]
}
