package discordtest

import (
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxBody is how much of a request Discord takes.
const maxBody = 25 << 20

// version is what stands before a path.
var version = regexp.MustCompile(`^/api/[^/]*`)

// A Call is one request of the app, as it came, and what it was answered.
type Call struct {
	Route  string // "POST /channels/{channel}/messages"
	Method string
	Path   string // without the version
	Query  string
	Header http.Header
	Body   []byte // the JSON; of a multipart body, its payload_json
	Files  []File
	At     time.Time
	Status int // 0 while it is under way, and for a reset
	Code   int // of the JSON error
	// Detail says which fields are wrong: "embeds.0.title: Must be …".
	Detail []string
	// Strange names fields that Discord does not know and leaves aside, and
	// other things that it takes but that nobody should send.
	Strange []string
}

// A request is one call while it is answered.
type request struct {
	*Call
	r      *http.Request
	body   any // the JSON, read
	status int // of a good answer; 0 is 200, or 204 without a body
}

// fields are those of the body.
func (q *request) fields() obj { return object(q.body) }

func (q *request) path(name string) string { return q.r.PathValue(name) }

// checked notes what is strange, and gives what is wrong.
func (q *request) checked(f *form) error {
	q.Strange = append(q.Strange, f.strange...)
	return f.err()
}

// read reads the body: JSON, or a multipart body with payload_json and files.
func (q *request) read() error {
	raw, err := io.ReadAll(io.LimitReader(q.r.Body, maxBody+1))
	if err != nil {
		return fail(400, 50109)
	}
	if len(raw) > maxBody {
		return fail(413, 40005)
	}
	media, params, _ := mime.ParseMediaType(q.r.Header.Get("Content-Type")) // what cannot be read is no JSON
	if media == "multipart/form-data" {
		if err := q.parts(raw, params["boundary"]); err != nil {
			return fail(400, 50035)
		}
	} else {
		q.Body = raw
	}
	if len(q.Body) == 0 {
		return nil
	}
	if media != "application/json" && media != "multipart/form-data" {
		return &problem{status: 400, code: 50035, message: messages[50035],
			fields: []wrong{{"", "CONTENT_TYPE_INVALID", `Expected "Content-Type" header to be one of {'application/json'}.`}}}
	}
	if json.Unmarshal(q.Body, &q.body) != nil {
		return fail(400, 50109)
	}
	return nil
}

// parts reads a multipart body. The number in "files[0]" is the attachment's id.
func (q *request) parts(raw []byte, boundary string) error {
	form, err := multipart.NewReader(strings.NewReader(string(raw)), boundary).ReadForm(maxBody)
	if err != nil {
		return err
	}
	defer func() { _ = form.RemoveAll() }()
	q.Body = []byte(strings.Join(form.Value["payload_json"], ""))
	for _, key := range sortedKeys(form.File) {
		for _, h := range form.File[key] {
			in, err := h.Open()
			if err != nil {
				return err
			}
			data, err := io.ReadAll(in)
			_ = in.Close()
			if err != nil {
				return err
			}
			n := strings.TrimSuffix(strings.TrimPrefix(key, "files["), "]")
			q.Files = append(q.Files, File{ID: n, Name: h.Filename, MIME: h.Header.Get("Content-Type"), Bytes: data})
		}
	}
	return nil
}

// serve answers the calls of one route.
func (s *Server) serve(rt route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c := &Call{Route: rt.String(), Method: r.Method, Path: version.ReplaceAllString(r.URL.Path, ""), Query: r.URL.RawQuery,
			Header: r.Header.Clone(), At: s.Clock.Now()}
		q := &request{Call: c, r: r}
		err := q.read()
		s.mu.Lock()
		s.calls = append(s.calls, c)
		s.touch()
		f := s.takeFault(c.Route)
		s.mu.Unlock()
		if !f.begin(s, w, r, c) {
			return
		}
		s.mu.Lock()
		limits := map[string]string{}
		var out any
		if err == nil {
			out, err = s.answer(rt, q, limits)
		}
		a := encode(q, out, err)
		for k, v := range limits {
			a.header[k] = v
		}
		s.finish(c, a, err)
		s.mu.Unlock()
		f.write(w, a)
	}
}

// answer authorizes and answers a call. The lock is held.
func (s *Server) answer(rt route, q *request, limits map[string]string) (any, error) {
	if rt.do == nil {
		return nil, fail(404, 0)
	}
	if v := q.path("v"); v != "v9" && v != "v10" {
		return nil, &problem{status: 400, code: 50041, message: "Invalid API version provided"}
	}
	if err := s.limit(rt, q, limits); err != nil {
		return nil, err
	}
	if !rt.open && q.Header.Get("Authorization") != "Bot "+s.token {
		return nil, unauthorized()
	}
	return rt.do(s, q)
}

// finish notes how a call was answered. The lock is held.
func (s *Server) finish(c *Call, a answer, err error) {
	c.Status = a.status
	if err != nil {
		p := problemOf(err)
		c.Code, c.Detail = p.code, p.details()
		s.countInvalid(p.status, p.scope)
	}
	s.touch()
}

type answer struct {
	status int
	header map[string]string
	body   []byte
}

func encode(q *request, out any, err error) answer {
	a := answer{status: q.status, header: map[string]string{"Content-Type": "application/json"}}
	switch {
	case err != nil:
		p := problemOf(err)
		a.status = p.status
		out = p.body()
		if p.status == 429 {
			a.header["Retry-After"] = strconv.Itoa(int((p.retry + time.Second - 1) / time.Second))
			if p.scope == banned {
				a.header["Content-Type"], a.body = "text/html", []byte("<html><body>Access denied: error 1015</body></html>")
				return a
			}
			a.header["X-RateLimit-Scope"] = p.scope
			if p.scope == "global" {
				a.header["X-RateLimit-Global"] = "true"
			}
		}
	case out == nil:
		a.status = http.StatusNoContent
		return a
	case a.status == 0:
		a.status = http.StatusOK
	}
	a.body, err = json.Marshal(out)
	if err != nil {
		a.status, a.body = http.StatusInternalServerError, []byte(err.Error())
	}
	return a
}

// Calls are the calls of a route so far, as "POST /channels/{channel}/messages",
// or of every route for "".
func (s *Server) Calls(route string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Call
	for _, c := range s.calls {
		if route == "" || c.Route == route {
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

// Unknown names the calls, as "PUT /x", that this server does not have.
func (s *Server) Unknown() []string {
	var out []string
	for _, c := range s.Calls(unknownRoute) {
		if name := c.Method + " " + c.Path; !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}
