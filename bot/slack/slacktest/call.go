package slacktest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// maxBody is how much of a request is read.
const maxBody = 8 << 20

// A Call is one request of the app, as it came, and what it was answered.
type Call struct {
	Method string // "chat.postMessage"; also "upload", "response_url"
	Args   Args
	Team   string // of the token
	At     time.Time
	Status int    // 0 while it is under way, and for a reset
	Error  string // "" is ok
	// Detail says where an argument is wrong, with its JSON pointer.
	Detail []string
}

// Args are the arguments of a call. Those that are not strings stand as JSON.
type Args map[string]string

// parseArgs reads the arguments of a request, as a form or as JSON.
func parseArgs(contentType string, query url.Values, body []byte) (Args, error) {
	args := Args{}
	for k := range query {
		args[k] = query.Get(k)
	}
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil && contentType != "" {
		return args, errors.New("invalid_content_type")
	}
	if media == "application/json" {
		return args, args.addJSON(body)
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return args, errors.New("invalid_form_data")
	}
	for k := range form {
		args[k] = form.Get(k)
	}
	return args, nil
}

func (a Args) addJSON(body []byte) error {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		var any json.RawMessage
		if json.Unmarshal(body, &any) == nil {
			return errors.New("json_not_object")
		}
		return errors.New("invalid_json")
	}
	for k, raw := range fields {
		var text string
		switch {
		case json.Unmarshal(raw, &text) == nil && raw[0] == '"':
			a[k] = text
		case string(raw) != "null":
			a[k] = string(raw)
		}
	}
	return nil
}

// flag says whether a flag is set.
func (a Args) flag(name string) bool { return a[name] == "true" || a[name] == "1" }

// A request is one call while it is answered. What stands in after is done
// once the lock is free.
type request struct {
	*Call
	team  string
	after []func()
}

type reply map[string]any

// A failure is an answer that is not ok.
type failure struct {
	code             string
	detail           []string
	needed, provided string
	retry            time.Duration // for a 429
}

func (f *failure) Error() string { return f.code }

func fail(code string, detail ...string) error { return &failure{code: code, detail: detail} }

func missingScope(needed, provided []string) error {
	return &failure{code: "missing_scope", needed: strings.Join(needed, ","), provided: strings.Join(provided, ",")}
}

func (s *Server) serveMethod(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		return
	}
	c := &Call{Method: r.PathValue("method"), At: s.Clock.Now()}
	args, argErr := parseArgs(r.Header.Get("Content-Type"), r.URL.Query(), body)
	tok := args["token"]
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		tok = bearer
	}
	delete(args, "token")
	c.Args = args
	f := s.enter(c)
	if !f.begin(s, w, r, c) {
		return
	}
	s.mu.Lock()
	q := &request{Call: c}
	out, err := reply(nil), argErr
	if err == nil {
		out, err = s.answer(q, tok)
	}
	s.finish(c, err)
	if q.team != "" {
		w.Header().Set("X-OAuth-Scopes", strings.Join(s.opts.Scopes, ","))
	}
	s.mu.Unlock()
	for _, do := range q.after {
		do()
	}
	f.write(w, encodeAnswer(out, err))
}

// answer authorizes and answers a call. The lock is held.
func (s *Server) answer(q *request, tok string) (reply, error) {
	m, known := methods[q.Method]
	if !known {
		return nil, fail("unknown_method")
	}
	t := s.tokens[tok]
	switch {
	case tok == "":
		return nil, fail("not_authed")
	case t == nil:
		return nil, fail("invalid_auth")
	case t.fails != "":
		return nil, fail(t.fails)
	case t.app != m.app:
		return nil, fail("not_allowed_token_type")
	}
	q.team, q.Team = t.team, t.team
	if err := s.limit(q, m.tier); err != nil {
		return nil, err
	}
	if !m.app {
		if err := s.scoped(m.scopes...); err != nil {
			return nil, err
		}
	}
	return m.do(s, q)
}

// enter notes a call, and takes the fault that is meant for it.
func (s *Server) enter(c *Call) *fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, c)
	s.touch()
	return s.takeFault(c.Method)
}

// finish notes how a call was answered. The lock is held.
func (s *Server) finish(c *Call, err error) {
	c.Status = http.StatusOK
	if err != nil {
		c.Error = err.Error()
	}
	var f *failure
	if errors.As(err, &f) {
		c.Detail = f.detail
		if f.retry > 0 {
			c.Status = http.StatusTooManyRequests
		}
	}
	s.touch()
}

type answer struct {
	status int
	header map[string]string
	body   []byte
}

func encodeAnswer(out reply, err error) answer {
	a := answer{status: http.StatusOK, header: map[string]string{"Content-Type": "application/json; charset=utf-8"}}
	if err == nil {
		if out == nil {
			out = reply{}
		}
		out["ok"] = true
	} else {
		out = reply{"ok": false, "error": err.Error()}
		var f *failure
		if errors.As(err, &f) {
			if f.detail != nil {
				out["errors"] = f.detail
				messages := make([]string, len(f.detail))
				for i, d := range f.detail {
					messages[i] = "[ERROR] " + d
				}
				out["response_metadata"] = reply{"messages": messages}
			}
			if f.needed != "" {
				out["needed"], out["provided"] = f.needed, f.provided
			}
			if f.retry > 0 {
				a.status = http.StatusTooManyRequests
				a.header["Retry-After"] = fmt.Sprint(int((f.retry + time.Second - 1) / time.Second))
			}
		}
	}
	a.body, err = json.Marshal(out)
	if err != nil {
		a.status, a.body = http.StatusInternalServerError, []byte(err.Error())
	}
	return a
}

// Calls are the calls of a method so far, or of every method for "".
func (s *Server) Calls(method string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Call
	for _, c := range s.calls {
		if method == "" || c.Method == method {
			out = append(out, *c)
		}
	}
	return out
}

// ForgetCalls drops the calls so far, which many thousands of them need.
func (s *Server) ForgetCalls() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = nil
}

// Unknown names the methods that were called and that this server does not
// have, as chat.startStream, which the adapter should not use.
func (s *Server) Unknown() []string {
	var out []string
	for _, c := range s.Calls("") {
		if c.Error == "unknown_method" && !slices.Contains(out, c.Method) {
			out = append(out, c.Method)
		}
	}
	return out
}
