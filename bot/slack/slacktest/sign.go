package slacktest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// Sign sets the headers of a signed request: HMAC-SHA256 of "v0:time:body".
func Sign(h http.Header, secret string, at time.Time, body []byte) {
	ts := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + ts + ":"))
	mac.Write(body)
	h.Set("X-Slack-Request-Timestamp", ts)
	h.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
}

// A Raw is a request made by hand, for what Slack would not send. The zero
// value of a field is what Slack does.
type Raw struct {
	Path  string // the events path
	Media string // application/json
	Body  string
	Query string // "?payload=…"

	Secret   string        // that signs
	Age      time.Duration // of the timestamp; negative lies in the future
	Unsigned bool          // no signature
	Header   http.Header   // set last; an empty value takes a header away
}

// SendRaw makes one attempt of a request made by hand; it is not retried.
func (s *Server) SendRaw(raw Raw) *Delivery {
	d := &Delivery{s: s, ID: "raw", Kind: EventKind, Type: "raw", noRetries: true, body: []byte(raw.Body),
		path: or(raw.Path, s.opts.EventsPath) + raw.Query, media: or(raw.Media, "application/json")}
	d.mangle = func(r *http.Request) {
		Sign(r.Header, or(raw.Secret, s.SigningSecrets()[0]), s.Clock.Now().Add(-raw.Age), d.body)
		if raw.Unsigned {
			r.Header.Del("X-Slack-Signature")
			r.Header.Del("X-Slack-Request-Timestamp")
		}
		for k, v := range raw.Header {
			if r.Header.Del(k); len(v) > 0 && v[0] != "" {
				r.Header[k] = v
			}
		}
	}
	s.send(d)
	return d
}

// Challenge sends a url_verification, and gives what should come back.
func (s *Server) Challenge() (d *Delivery, challenge string) {
	s.mu.Lock()
	challenge = s.id("challenge")
	s.mu.Unlock()
	body, err := json.Marshal(reply{"type": "url_verification", "token": "sample", "challenge": challenge})
	if err != nil {
		s.t.Error(err)
	}
	return s.SendRaw(Raw{Body: string(body)}), challenge
}
