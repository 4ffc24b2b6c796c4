package discordtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/everycategory/advocate/bot/chat/chattest"
)

// Kinds of deliveries.
const (
	EventKind       = "event"       // over the gateway
	InteractionKind = "interaction" // over the gateway, or to the handler
)

// A Delivery is one thing that Discord tells the app, with each attempt to.
type Delivery struct {
	ID    string // of the interaction, the message or the channel
	Token string // of the interaction
	Kind  string
	Type  string // "MESSAGE_CREATE", "APPLICATION_COMMAND"

	s        *Server
	i        *interaction
	payload  obj
	body     []byte // as it is posted
	mangle   func(*http.Request)
	attempts []*Attempt
	trouble  string
}

// An Attempt is one try. Over the gateway it is the number of a connection and
// of the event; over HTTP, what came back.
type Attempt struct {
	At       time.Time
	Conn     int
	Seq      int
	Replayed bool // again, after a resume

	Took    time.Duration // by the clock
	Status  int           // 0 is no answer
	Header  http.Header
	Body    []byte
	Late    bool   // no answer within three seconds
	Panic   string // of the handler
	Problem string // what is wrong with the answer
}

// Attempts are those so far.
func (d *Delivery) Attempts() []Attempt {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	var out []Attempt
	for _, a := range d.attempts {
		out = append(out, *a)
	}
	return out
}

func (d *Delivery) last() Attempt {
	all := d.Attempts()
	if len(all) == 0 {
		return Attempt{}
	}
	return all[len(all)-1]
}

// Status is that of the last attempt over HTTP.
func (d *Delivery) Status() int { return d.last().Status }

// Answer is the body of the last attempt over HTTP.
func (d *Delivery) Answer() string { return string(d.last().Body) }

// Acknowledged says whether an interaction was answered in time; of an event,
// whether it was sent.
func (d *Delivery) Acknowledged() bool {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	if d.i == nil {
		return len(d.attempts) > 0
	}
	return d.i.state == answered
}

// Deferred says whether the person sees that the app thinks.
func (d *Delivery) Deferred() bool {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	return d.i != nil && d.i.deferred
}

// Trouble is what Discord shows the person where the app failed them, "" where
// it did not.
func (d *Delivery) Trouble() string {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	return d.trouble
}

// Original is the first response to an interaction, as it stands now; the
// message that a component stands on, where the app updates that.
func (d *Delivery) Original() (Message, bool) {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	if d.i == nil || d.i.original == nil {
		return Message{}, false
	}
	return *d.i.original, true
}

// Deliveries are all so far, of a type or of every type for "".
func (s *Server) Deliveries(kind string) []*Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Of(s.deliveries, kind)
}

// Of are the deliveries of one type among some, or all for "".
func Of(all []*Delivery, kind string) []*Delivery {
	var out []*Delivery
	for _, d := range all {
		if kind == "" || d.Type == kind {
			out = append(out, d)
		}
	}
	return out
}

// send delivers an interaction, and waits until it is answered, sleeps by the
// clock or has outlasted the patience.
func (s *Server) send(i *interaction) *Delivery {
	w := s.launch(i.d)
	if w != nil {
		s.Clock.AwaitWork(w)
	}
	return i.d
}

// launch starts a delivery; it gives nil if there is nobody to deliver to.
func (s *Server) launch(d *Delivery) *chattest.Work {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.deliveries = append(s.deliveries, d)
	over := s.opts.Handler != nil
	w := s.Clock.Begin(!over)
	if d.i != nil {
		d.i.work = w
	}
	if !over && s.dispatchTo(d, "INTERACTION_CREATE", d.i.Guild, func(int) obj { return d.payload }) == 0 {
		s.fail(d.i)
		return nil
	}
	a := &Attempt{At: s.Clock.Now()}
	ctx, cancel := context.WithCancel(chattest.Within(context.Background(), w))
	stop := s.Clock.AfterFunc(ackWithin, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		a.Late = a.Status == 0 && a.Panic == ""
		if d.i != nil {
			s.fail(d.i)
		}
		s.Clock.Drop(w)
		cancel()
	})
	if over {
		d.attempts = append(d.attempts, a)
		s.wg.Add(1)
		go s.post(ctx, d, a, w, stop)
	}
	return w
}

// post makes the attempt at the handler, as a server would: a panic ends the
// connection.
func (s *Server) post(ctx context.Context, d *Delivery, a *Attempt, w *chattest.Work, stop func() bool) {
	defer s.wg.Done()
	defer s.Clock.End(w)
	rec := httptest.NewRecorder()
	panicked := serve(s.opts.Handler, rec, s.signed(ctx, d))
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.touch()
	if a.Late {
		return
	}
	a.Took = s.Clock.Now().Sub(a.At)
	if a.Panic = panicked; panicked == "" {
		a.Status, a.Header, a.Body = rec.Code, rec.Header(), rec.Body.Bytes()
	}
	empty := a.Status == http.StatusAccepted && len(a.Body) == 0
	if empty && d.i != nil {
		return // the callback comes, or the time runs out
	}
	stop()
	if d.i != nil && d.i.state == waiting {
		s.take(d, a)
	}
}

// take reads the answer of the handler. The lock is held.
func (s *Server) take(d *Delivery, a *Attempt) {
	var err error
	switch {
	case a.Panic != "":
		err = fmt.Errorf("panic: %s", a.Panic)
	case a.Status != http.StatusOK:
		err = fmt.Errorf("status %d", a.Status)
	default:
		r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(a.Body))
		r.Header.Set("Content-Type", a.Header.Get("Content-Type"))
		q := &request{Call: &Call{Route: "answer"}, r: r}
		if err = q.read(); err == nil {
			err = s.answerWith(q, d.i)
		}
	}
	if err != nil {
		a.Problem = strings.Join(append([]string{err.Error()}, problemOf(err).details()...), "; ")
		s.fail(d.i)
	}
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
	if d.body == nil {
		d.body, _ = json.Marshal(d.payload) // it was made of JSON
	}
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, s.opts.InteractionsPath, bytes.NewReader(d.body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Discord-Interactions/1.0 (+https://discord.com)")
	Sign(r.Header, s.key, s.Clock.Now(), d.body)
	if d.mangle != nil {
		d.mangle(r)
	}
	return r
}
