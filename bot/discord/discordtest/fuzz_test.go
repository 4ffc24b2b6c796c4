package discordtest

import (
	"encoding/json"
	"go/parser"
	"go/token"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// FuzzMessage checks and shows whatever message there is.
func FuzzMessage(f *testing.F) {
	f.Add(`{"content":"**a** <@1> https://a.example","embeds":[{"title":"x","fields":[null,{"name":1}]}],"flags":4}`)
	f.Add(`{"components":[{"type":1,"components":[{"type":3,"options":[null,{}]},{"type":2,"emoji":{}}]},{"type":17,"components":[{"type":9}]}]}`)
	f.Add(`{"allowed_mentions":{"parse":null,"users":[1,null]},"attachments":[{"id":0},null],"flags":1e300}`)
	f.Add(`{"type":9,"title":"x","custom_id":"y","components":[{"type":18,"component":{"type":21,"options":[{}]}},{"type":1,"components":[{"type":4}]}]}`)
	f.Fuzz(func(t *testing.T, raw string) {
		var o obj
		if json.Unmarshal([]byte(raw), &o) != nil {
			return
		}
		form := &form{}
		form.embeds("embeds", objects(o["embeds"]))
		form.rows("components", objects(o["components"]))
		form.layout("components", objects(o["components"]))
		form.modal(o)
		form.command("0", o)
		form.allowedMentions(o["allowed_mentions"], false)
		if err := form.err(); err != nil {
			if _, wrong := json.Marshal(problemOf(err).body()); wrong != nil {
				t.Error(wrong)
			}
		}
		m := Message{Content: str(o["content"]), Embeds: objects(o["embeds"]), Components: objects(o["components"]), Flags: num(o["flags"])}
		m.Unfurls()
		e := Seen{Message: m, Actions: m.Buttons()}
		e.show(m.pieces())
		if page := (Transcript{Entries: []Seen{e}}).HTML(Light); utf8.ValidString(raw) && !utf8.ValidString(page) {
			t.Error("the page is not UTF-8")
		}
	})
}

// FuzzBody reads whatever body there is.
func FuzzBody(f *testing.F) {
	f.Add("application/json", `{"a":1}`)
	f.Add("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{}\r\n--x--\r\n")
	f.Add("multipart/form-data", "")
	f.Fuzz(func(t *testing.T, media, body string) {
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		r.Header.Set("Content-Type", media)
		q := &request{Call: &Call{}, r: r}
		if q.read() == nil && q.body != nil && len(q.Body) == 0 {
			t.Error("a body of nothing")
		}
	})
}

// FuzzGateway sends whatever payload there is.
func FuzzGateway(f *testing.F) {
	f.Add(`{"op":2,"d":{"token":"sample-bot-token","intents":1,"properties":{},"shard":[0,1]}}`)
	f.Add(`{"op":6,"d":{"token":"x","session_id":"y","seq":-1}}`)
	f.Add(`{"op":1,"d":null}`)
	f.Fuzz(func(t *testing.T, raw string) {
		s := New(t, Options{})
		s.mu.Lock()
		defer s.mu.Unlock()
		c := newConn(1, nil)
		if code := s.obey(c, []byte(raw)); code != 0 && closeReasons[code] == "" {
			t.Errorf("closed with %d", code)
		}
	})
}

// FuzzText reads text: no tag gets in.
func FuzzText(f *testing.F) {
	f.Add("**a _b_** <@!123> `c` ```go\nd``` [e](<https://f.example>) ||g|| \\*h\\* <t:1:R>")
	f.Add("# a\n-# b\n> c\n1. d\n  - e\n~~f~~ __g__")
	f.Fuzz(func(t *testing.T, text string) {
		e := &Seen{}
		e.show(lines(text))
		if page := e.piecesHTML(e.pieces); strings.Contains(page, "<script") {
			t.Errorf("%q gets in", text)
		}
	})
}

func TestReadingTextTakesLinearTime(t *testing.T) {
	t.Parallel()
	for _, part := range []string{"**a ", "_a*b~", "<", "```", "`", "<@1> ", "[a](", "||", "http://", "[a](<https://", "> ", "\n", "\\"} {
		long := strings.Repeat(part, 4000/len(part))
		begin := time.Now()
		e := &Seen{}
		e.show(lines(long))
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("%q takes %v", part, took)
		}
	}
}

func TestSnowflakesAreUniqueAndLater(t *testing.T) {
	t.Parallel()
	s := New(t, Options{})
	s.mu.Lock()
	defer s.mu.Unlock()
	before := ""
	for range 1000 {
		id := s.snowflake()
		if cmpID(id, before) <= 0 || !Made(id).Equal(s.Clock.Now()) {
			t.Fatalf("%s after %s", id, before)
		}
		before = id
	}
}

func TestTenThousandInvalidRequestsEndInABan(t *testing.T) {
	t.Parallel()
	s := New(t, Options{RateLimits: true})
	s.mu.Lock()
	for range invalidAllowed {
		s.countInvalid(403, "")
	}
	s.mu.Unlock()
	resp, err := s.Client().Get(s.URL() + "/gateway")
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if h := resp.Header; resp.StatusCode != 429 || h.Get("Content-Type") != "text/html" || h.Get("X-RateLimit-Scope") != "" || h.Get("Retry-After") != "600" {
		t.Errorf("%d, %v", resp.StatusCode, h)
	}
}

// The fake must not share the errors of the client.
func TestTheFakeDoesNotUseTheClient(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, imp := range f.Imports {
			if !strings.HasSuffix(name, "_test.go") && strings.Contains(imp.Path.Value, "discordgo") {
				t.Errorf("%s imports %s", name, imp.Path.Value)
			}
		}
	}
}
