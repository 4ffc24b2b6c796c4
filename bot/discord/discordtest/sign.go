package discordtest

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// PublicKey is the app's key, in hexadecimal, as the portal shows it.
func (s *Server) PublicKey() string {
	return hex.EncodeToString(s.key.Public().(ed25519.PublicKey))
}

// Sign sets the headers of a signed request: Ed25519 of the time and the body.
func Sign(h http.Header, key ed25519.PrivateKey, at time.Time, body []byte) {
	ts := strconv.FormatInt(at.Unix(), 10)
	h.Set("X-Signature-Timestamp", ts)
	h.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(key, append([]byte(ts), body...))))
}

// A Raw is a request made by hand, for what Discord would not send. The zero
// value of a field is what Discord does.
type Raw struct {
	Body     string
	WrongKey bool          // another key signs
	Flipped  bool          // a byte of the body was changed after it was signed
	Age      time.Duration // of the timestamp; negative lies in the future
	Unsigned bool          // no headers of the signature
	Header   http.Header   // set last; an empty value takes a header away
}

// SendRaw makes one request by hand to Options.Handler.
func (s *Server) SendRaw(raw Raw) *Delivery {
	d := &Delivery{s: s, ID: "raw", Kind: InteractionKind, Type: "raw", body: []byte(raw.Body)}
	signedBody := []byte(raw.Body)
	if raw.Flipped && len(d.body) > 0 {
		d.body = append([]byte(nil), d.body...)
		d.body[len(d.body)/2] ^= 1
	}
	key := s.key
	if raw.WrongKey {
		key = ed25519.NewKeyFromSeed([]byte("another seed, which is no secret"))
	}
	d.mangle = func(r *http.Request) {
		Sign(r.Header, key, s.Clock.Now().Add(-raw.Age), signedBody)
		if raw.Unsigned {
			r.Header.Del("X-Signature-Timestamp")
			r.Header.Del("X-Signature-Ed25519")
		}
		for k, v := range raw.Header {
			if r.Header.Del(k); len(v) > 0 && v[0] != "" {
				r.Header[k] = v
			}
		}
	}
	if w := s.launch(d); w != nil {
		s.Clock.AwaitWork(w)
	}
	return d
}

// Probe does what Discord does before it takes an address for interactions: a
// PING that must be answered with PONG, and one with a signature that must be
// refused with 401. It says whether the address would be taken.
func (s *Server) Probe() bool {
	body, err := json.Marshal(obj{"id": "1", "application_id": AppID, "type": pingKind, "token": "sample", "version": 1})
	if err != nil {
		return false
	}
	good, bad := s.SendRaw(Raw{Body: string(body)}), s.SendRaw(Raw{Body: string(body), WrongKey: true})
	var got struct {
		Type int `json:"type"`
	}
	return good.Status() == http.StatusOK && json.Unmarshal([]byte(good.Answer()), &got) == nil && got.Type == pong &&
		bad.Status() == http.StatusUnauthorized
}
