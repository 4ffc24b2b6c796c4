package discordtest

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// A Fault is what goes wrong with one call, or with several.
type Fault struct {
	Route string // as CreateMessage; "" is every route
	Nth   int    // the first call that it meets, from now on; 0 is the next
	Times int    // how many calls it meets; 0 is one, -1 all

	Slow time.Duration // by the clock, before anything else

	// One of these is the answer; without one the call is answered as ever.
	Code       int           // a JSON error with this code; Status 0 is then 400
	Status     int           // alone, with an HTML body, as Cloudflare sends it
	Scope      string        // a 429 of Discord: "user", "shared" or "global"
	RetryAfter time.Duration // of a 429; 0 leaves the header out
	Reset      bool          // the connection is reset
	Cut        bool          // the body is cut in the middle
	Body       string        // this body, with 200

	// After does what was asked for first, so that only the answer is lost.
	After bool
}

// A fault is one that waits. A nil fault does nothing.
type fault struct {
	Fault
	skip, left int
}

// Script makes calls go wrong; faults are looked for in the order in which
// they were given.
func (s *Server) Script(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range faults {
		w := &fault{Fault: f, skip: max(f.Nth-1, 0), left: f.Times}
		if f.Times == 0 {
			w.left = 1
		}
		s.faults = append(s.faults, w)
	}
}

// ClearFaults takes away the faults that still wait.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// takeFault counts a call, and gives the fault it meets. The lock is held.
func (s *Server) takeFault(route string) *fault {
	var met *fault
	for _, f := range s.faults {
		if f.Route != "" && f.Route != route || f.left == 0 {
			continue
		}
		if f.skip > 0 {
			f.skip--
			continue
		}
		if met == nil {
			met = f
			if f.left > 0 {
				f.left--
			}
		}
	}
	return met
}

func (f *fault) answers() bool {
	return f != nil && (f.Code != 0 || f.Status != 0 || f.Scope != "" || f.Reset || f.Cut || f.Body != "")
}

// begin does what comes before the call, and says whether it is to be done.
func (f *fault) begin(s *Server, w http.ResponseWriter, r *http.Request, c *Call) bool {
	if f == nil {
		return true
	}
	if f.Slow > 0 && s.Clock.Sleep(r.Context(), f.Slow) != nil {
		return false
	}
	if !f.answers() || f.After || f.Cut {
		return true
	}
	a := f.instead()
	s.mu.Lock()
	if !f.Reset {
		c.Status, c.Code = a.status, f.Code
	}
	s.countInvalid(a.status, f.Scope)
	s.touch()
	s.mu.Unlock()
	f.write(w, a)
	return false
}

// write sends the answer, or the fault in its place.
func (f *fault) write(w http.ResponseWriter, a answer) {
	switch {
	case !f.answers():
	case f.Reset:
		reset(w)
		return
	case f.Cut:
		a.header["Content-Length"] = strconv.Itoa(len(a.body))
		a.body = a.body[:len(a.body)/2] // the server ends the connection over it
	default:
		a = f.instead()
	}
	for k, v := range a.header {
		w.Header().Set(k, v)
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body)
}

func (f *fault) instead() answer {
	a := answer{status: f.Status, header: map[string]string{"Content-Type": "application/json"}, body: []byte(f.Body)}
	switch {
	case f.Scope != "":
		a.status = http.StatusTooManyRequests
		a.body, _ = json.Marshal(obj{"message": "You are being rate limited.", "retry_after": f.RetryAfter.Seconds(), "global": f.Scope == "global"})
		a.header["X-RateLimit-Scope"] = f.Scope
		if f.Scope == "global" {
			a.header["X-RateLimit-Global"] = "true"
		}
		if f.RetryAfter > 0 {
			a.header["X-RateLimit-Reset-After"] = seconds(f.RetryAfter)
		}
	case f.Code != 0:
		if a.status == 0 {
			a.status = http.StatusBadRequest
		}
		a.body, _ = json.Marshal(obj{"code": f.Code, "message": or(messages[f.Code], "Scripted")})
	case f.Status != 0:
		a.header["Content-Type"] = "text/html"
		a.body = []byte("<html><body>" + http.StatusText(f.Status) + "</body></html>")
	default:
		a.status = http.StatusOK
	}
	if a.status == http.StatusTooManyRequests && f.RetryAfter > 0 {
		a.header["Retry-After"] = strconv.Itoa(int((f.RetryAfter + time.Second - 1) / time.Second))
	}
	return a
}

// reset ends the connection without an answer.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	if tcp, ok := conn.(interface{ SetLinger(int) error }); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}
