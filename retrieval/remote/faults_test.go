package remote

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

// kidney is what the good replica holds.
func kidney() retrieval.Document {
	return doc(corpus.PublicScope, "law", "kidney one", "two", "three kidney")
}

// replies answers everything with body, as a replica of the sample version.
func replies(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set(versionHeader, sampleVersion.String())
		fmt.Fprint(w, body)
	}
}

func refuses(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set(versionHeader, sampleVersion.String())
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

// hangs answers when its client has gone.
func hangs(_ http.ResponseWriter, r *http.Request) {
	io.Copy(io.Discard, r.Body) // else it does not hear that the client goes
	<-r.Context().Done()
}

// cuts says it will send more than it does.
func cuts(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set(versionHeader, sampleVersion.String())
	w.Header().Set("Content-Length", "1000")
	fmt.Fprint(w, `{"sources":[`)
}

// drops closes the connection instead of answering.
func drops(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }

// reply is a search's, of one section of source.
func reply(source, passages string) string {
	return fmt.Sprintf(`{"sources":[%s],"words":[{"source":0,"score":1,%s}],"vectors":[],"idf":[1],"known":[true]}`, source, passages)
}

// oddReplicas do not answer as they should.
func oddReplicas(t *testing.T) []struct {
	name, says string
	do         http.HandlerFunc
} {
	t.Helper()
	hash := kidney().Source.Hash()
	law := fmt.Sprintf(`{"scope":"public","id":"law","hash":%q}`, hash)
	const at0 = `"passages":[0],"scores":[1]`
	other := sampleVersion
	other.Library = strings.Repeat("9", 64)
	embedder := sampleVersion
	embedder.Embedder = "another"
	return []struct {
		name, says string
		do         http.HandlerFunc
	}{
		{"hangs", "took too long", hangs},
		{"cuts its reply", "broke off its reply", cuts},
		{"drops the connection", "cannot be reached", drops},
		{"fails", "failed (status 500)", refuses(500, "<html>")},
		{"bad gateway", "failed (status 502)", refuses(502, "")},
		{"unavailable", "failed (status 503)", refuses(503, "")},
		{"busy", "Too many", refuses(503, `{"status":503,"code":"busy","detail":"Too many"}`)},
		{"too fast", "Slower", refuses(429, `{"status":429,"code":"busy","detail":"Slower"}`)},
		{"gateway timeout", "failed (status 504)", refuses(504, "")},
		{"no such page", "no retrieval service", refuses(404, "not here")},
		{"wrong key", "does not take the key", refuses(401, `{"status":401,"code":"key","detail":"No."}`)},
		{"large refusal", "more than a reply can have", refuses(500, strings.Repeat("x", maxProblem+1))},
		{"large reply", "more than a reply can have", replies(reply(law, at0) + strings.Repeat(" ", smallReply))},
		{"says no version", "does not say which version", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, reply(law, at0)) }},
		{"another library", "has another library", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set(versionHeader, other.String())
			fmt.Fprint(w, reply(law, at0))
		}},
		{"another embedder", "has another embedder", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set(versionHeader, embedder.String())
			w.WriteHeader(http.StatusConflict)
			fmt.Fprint(w, `{"status":409,"code":"version","detail":"no"}`)
		}},
		{"another protocol", "another form of the protocol", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set(versionHeader, "0;1;2;3") }},
		{"no JSON", "not the JSON", replies("<html>")},
		{"nothing", "not the JSON", replies("")},
		{"null", "more or less than was asked", replies("null")},
		{"an unknown field", "not the JSON", replies(`{"results":[]}`)},
		{"a source too few", "without its source", replies(reply("", at0))},
		{"a score too few", "without its source", replies(reply(law, `"passages":[0,1],"scores":[1]`))},
		{"another scope", "not asked for", replies(reply(strings.ReplaceAll(law, "public", "board"), at0))},
		{"no hash", "not asked for", replies(reply(strings.ReplaceAll(law, hash, "0"), at0))},
		{"no weights", "more or less than was asked", replies(`{"sources":[],"words":[],"vectors":[],"idf":[],"known":[]}`)},
	}
}

// smallReply is the most of a reply that these tests read.
const smallReply = 64 << 10

// TestOddReplica: with an odd replica alone nothing is answered, and the error
// says why; beside a good one everything is.
func TestOddReplica(t *testing.T) {
	t.Parallel()
	good := serve(t, memory(t, kidney()), office).URL
	for _, c := range oddReplicas(t) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			odd := handler(t, c.do)
			conf := Config{URLs: []string{odd}, Key: officeKey, Version: sampleVersion, Rounds: 1, MaxReply: smallReply, Try: 20 * time.Second, Total: time.Minute}
			if c.name == "hangs" {
				conf.Try = time.Second
			}
			alone, err := New(conf)
			if err != nil {
				t.Fatal(err)
			}
			_, err = found(t.Context(), alone, "kidney")
			if !errors.Is(err, ErrUnavailable) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), odd) {
				t.Errorf("alone: %v; want it to say %q", err, c.says)
			}
			conf.URLs, conf.Rounds = []string{good, odd}, 3 // the first call begins with the second
			both, err := New(conf)
			if err != nil {
				t.Fatal(err)
			}
			for range 4 {
				if ids, err := found(t.Context(), both, "kidney"); err != nil || len(ids) != 1 {
					t.Errorf("beside a good one: %q, %v", ids, err)
				}
			}
			if both.replicas[1].trouble() == "" && c.name != "busy" && c.name != "too fast" {
				t.Error("the odd replica was not asked, or is not left alone")
			}
		})
	}
}

// TestNoneAnswers: without a server there is an error for each address.
func TestNoneAnswers(t *testing.T) {
	t.Parallel()
	gone := serve(t, memory(t), office)
	gone.Close()
	_, err := Dial(t.Context(), Config{URLs: []string{gone.URL, "http://localhost:1"}, Version: sampleVersion})
	if !errors.Is(err, ErrUnavailable) || strings.Count(err.Error(), "connection refused") != 2 {
		t.Errorf("%v", err)
	}
}

// TestWhatIsUntrue: words that are not those that were named are no answer,
// nor are names without words.
func TestWhatIsUntrue(t *testing.T) {
	t.Parallel()
	d := kidney()
	hash := d.Source.Hash()
	d.Source.Passages[0].Text = "kidney never"
	altered, err := encode(ref{"public", "law", hash, d.Source})
	if err != nil {
		t.Fatal(err)
	}
	named := fmt.Sprintf(`{"scope":"public","id":"law","hash":%q}`, hash)
	for _, c := range []struct{ name, body, says string }{
		{"altered", reply(string(altered), `"passages":[0],"scores":[1]`), "not those that the service names"},
		{"never sent", reply(named, `"passages":[0],"scores":[1]`), "does not send their words"},
	} {
		x, err := New(Config{URLs: []string{handler(t, replies(c.body))}, Version: sampleVersion})
		if err != nil {
			t.Fatal(err)
		}
		if ids, err := found(t.Context(), x, "kidney"); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %q, %v; want %q", c.name, ids, err, c.says)
		}
	}
	for _, passages := range []string{`"passages":[3],"scores":[1]`, `"passages":[-1],"scores":[1]`} {
		x, err := New(Config{URLs: []string{handler(t, replies(reply(named, passages)))}, Version: sampleVersion, Library: []*corpus.Source{kidney().Source}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := found(t.Context(), x, "kidney"); err == nil || !strings.Contains(err.Error(), "does not have") {
			t.Errorf("%s: %v", passages, err)
		}
	}
}

// TestNotFollowed: a redirect is not followed, and the key goes nowhere else.
func TestNotFollowed(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	thief := handler(t, func(http.ResponseWriter, *http.Request) { asked.Add(1) })
	for _, status := range []int{301, 302, 303, 307, 308} {
		x, err := New(Config{URLs: []string{handler(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, thief+r.URL.Path, status) })}, Key: officeKey, Version: sampleVersion, Rounds: 1})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := x.Info(t.Context()); err == nil || !strings.Contains(err.Error(), "not followed") {
			t.Errorf("%d: %v", status, err)
		}
	}
	if asked.Load() != 0 {
		t.Error("a redirect was followed")
	}
}

// TestItsOwnTime: what the caller gives up says nothing of the replica, and
// the call ends as the context does.
func TestItsOwnTime(t *testing.T) {
	t.Parallel()
	x, err := New(Config{URLs: []string{handler(t, hangs)}, Version: sampleVersion})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if _, err := x.Info(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	time.AfterFunc(30*time.Millisecond, cancel)
	if _, err := x.Info(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if !x.Answers() {
		t.Error("the replica rests for it")
	}
}
