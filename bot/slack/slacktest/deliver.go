package slacktest

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"time"

	"github.com/everycategory/advocate/bot/chat/chattest"
)

const (
	ackWithin  = 3 * time.Second
	maxRetries = 3
)

// retryAfter is how long after a failure each retry comes: at once, then
// after a minute, then after five more.
var retryAfter = [maxRetries]time.Duration{0, time.Minute, 5 * time.Minute}

// Kinds of deliveries.
const (
	EventKind       = "events_api"
	CommandKind     = "slash_commands"
	InteractionKind = "interactive"
)

// A Delivery is one thing that Slack tells the app, with each attempt to.
type Delivery struct {
	ID   string // the event_id, the same at each attempt
	Kind string
	Type string // "app_mention", "message", "/ask", "block_actions"
	// Refused is set where Slack itself says no, and nothing is delivered.
	Refused bool

	s         *Server
	path      string
	media     string
	body      []byte // as it is posted
	payload   []byte // as it is sent over a socket
	mangle    func(*http.Request)
	answered  func(*Attempt) // for what a person sees; without the lock
	attempts  []*Attempt
	work      *chattest.Work
	trouble   string
	noRetries bool
}

// An Attempt is one try, and what came back.
type Attempt struct {
	Retry  int // 0 is the first
	Reason string
	At     time.Time
	Took   time.Duration // by the clock
	Status int           // 0 is no answer
	Header http.Header
	Body   []byte
	Late   bool   // no answer within three seconds
	Panic  string // of the handler
	Conn   int    // the socket's number

	settled bool
}

func (a *Attempt) ok() bool { return !a.Late && a.Status >= 200 && a.Status < 300 }

// Attempts are those so far. One under way has Status 0 and is not Late.
func (d *Delivery) Attempts() []Attempt {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	var out []Attempt
	for _, a := range d.attempts {
		out = append(out, *a)
	}
	return out
}

// Status is that of the last attempt.
func (d *Delivery) Status() int { return d.last().Status }

// Answer is the body of the last attempt.
func (d *Delivery) Answer() string { return string(d.last().Body) }

// Acknowledged says whether an attempt was answered in time.
func (d *Delivery) Acknowledged() bool {
	for _, a := range d.Attempts() {
		if a.ok() {
			return true
		}
	}
	return false
}

// Trouble is what Slack shows the person where the app failed them, "" where
// it did not.
func (d *Delivery) Trouble() string {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	return d.trouble
}

func (d *Delivery) last() Attempt {
	all := d.Attempts()
	if len(all) == 0 {
		return Attempt{}
	}
	return all[len(all)-1]
}

// Deliveries are all so far, of a type or of every type for "".
func (s *Server) Deliveries(kind string) []*Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []*Delivery
	for _, d := range s.deliveries {
		if kind == "" || d.Type == kind {
			out = append(out, d)
		}
	}
	return out
}

// send makes the first attempt of each delivery, in their order, and waits
// until each is over, sleeps by the clock or has outlasted the patience.
func (s *Server) send(all ...*Delivery) {
	for _, d := range all {
		if s.launch(d, 0, "") != nil {
			s.awaitDelivery(d)
		}
	}
}

func (s *Server) awaitDelivery(d *Delivery) {
	for {
		s.mu.Lock()
		w := d.work
		s.mu.Unlock()
		s.Clock.AwaitWork(w)
		s.mu.Lock()
		again := d.work != w
		s.mu.Unlock()
		if !again {
			return
		}
	}
}

// launch starts an attempt; it gives nil if there is nobody to deliver to.
func (s *Server) launch(d *Delivery, retry int, reason string) *chattest.Work {
	s.mu.Lock()
	if s.closed || s.opts.Handler == nil && !s.opts.Socket {
		s.mu.Unlock()
		return nil
	}
	if len(d.attempts) == 0 {
		s.deliveries = append(s.deliveries, d)
	}
	a := &Attempt{Retry: retry, Reason: reason, At: s.Clock.Now()}
	d.attempts = append(d.attempts, a)
	w := s.Clock.Begin(false)
	ctx, cancel := context.WithCancel(chattest.Within(context.Background(), w))
	d.work = w
	s.wg.Add(1)
	s.mu.Unlock()
	stop := s.Clock.AfterFunc(ackWithin, func() {
		s.settle(d, a, func() { a.Late = true })
		s.Clock.Drop(w)
		cancel()
	})
	over := func(record func()) {
		stop()
		s.settle(d, a, record)
		s.Clock.End(w)
		cancel()
	}
	if s.opts.Socket && d.payload != nil {
		go s.overSocket(ctx, d, a, w, over)
	} else {
		go s.overHTTP(ctx, d, a, over)
	}
	return w
}

// settle records how an attempt went, if it is not known yet, and sees to
// what follows.
func (s *Server) settle(d *Delivery, a *Attempt, record func()) {
	s.mu.Lock()
	if a.settled {
		s.mu.Unlock()
		return
	}
	record()
	a.settled, a.Took = true, s.Clock.Now().Sub(a.At)
	s.touch()
	again := !a.ok() && d.Kind == EventKind && !d.noRetries && a.Retry < maxRetries && a.Header.Get("X-Slack-No-Retry") != "1"
	answered := d.answered
	s.mu.Unlock()
	if answered != nil {
		answered(a)
	}
	if !again {
		return
	}
	next := func() { s.launch(d, a.Retry+1, a.reason()) }
	if wait := retryAfter[a.Retry]; wait > 0 {
		s.Clock.AfterFunc(wait, next)
	} else {
		next()
	}
}

// reason is why there is a retry, in Slack's words.
func (a *Attempt) reason() string {
	switch {
	case a.Late:
		return "http_timeout"
	case a.Status == 0:
		return "connection_failed"
	case a.Status >= 300 && a.Status < 400:
		return "too_many_redirects"
	}
	return "http_error"
}

// overHTTP makes an attempt at the handler, as a server would: a panic ends
// the connection.
func (s *Server) overHTTP(ctx context.Context, d *Delivery, a *Attempt, over func(func())) {
	defer s.wg.Done()
	rec := httptest.NewRecorder()
	r := s.signed(ctx, d)
	if a.Retry > 0 {
		r.Header.Set("X-Slack-Retry-Num", strconv.Itoa(a.Retry))
		r.Header.Set("X-Slack-Retry-Reason", a.Reason)
	}
	if d.mangle != nil {
		d.mangle(r)
	}
	panicked := serve(s.opts.Handler, rec, r)
	over(func() {
		if a.Panic = panicked; panicked == "" {
			a.Status, a.Header, a.Body = rec.Code, rec.Header(), rec.Body.Bytes()
		}
	})
}

func serve(h http.Handler, w http.ResponseWriter, r *http.Request) (panicked string) {
	defer func() {
		if v := recover(); v != nil {
			panicked = fmt.Sprint(v)
		}
	}()
	h.ServeHTTP(w, r)
	return ""
}

// signed makes the request of a delivery, signed at this time.
func (s *Server) signed(ctx context.Context, d *Delivery) *http.Request {
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, d.path, bytes.NewReader(d.body))
	r.Header.Set("Content-Type", d.media)
	r.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	Sign(r.Header, s.SigningSecrets()[0], s.Clock.Now(), d.body)
	return r
}

// Forward is a handler that passes every delivery on to a server at base,
// "http://127.0.0.1:8080": a process of its own. What it cannot reach counts as a
// connection that failed.
func Forward(base string) http.Handler {
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out, err := http.NewRequestWithContext(r.Context(), r.Method, base+r.URL.RequestURI(), r.Body)
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		out.Header, out.ContentLength = r.Header, r.ContentLength
		resp, err := client.Do(out)
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		defer func() { _ = resp.Body.Close() }()
		for k, v := range resp.Header {
			w.Header()[k] = v
		}
		w.WriteHeader(resp.StatusCode)
		var body bytes.Buffer
		if _, err := body.ReadFrom(resp.Body); err != nil {
			panic(http.ErrAbortHandler)
		}
		_, _ = w.Write(body.Bytes())
	})
}
