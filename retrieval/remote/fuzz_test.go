package remote

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

var routes = []string{searchRoute, lookupRoute, sourcesRoute, idfRoute, infoRoute, putRoute, deleteRoute}

// FuzzRequest: whatever is sent, the server answers with JSON or a problem,
// in time, and never says that something broke.
func FuzzRequest(f *testing.F) {
	for i, body := range []string{
		askSample,
		`{"filter":{"Scopes":["public"]},"cite":{"system":"RCW","number":"48.43.045"},"whole":true,"have":["a"]}`,
		`{"filter":{"Scopes":["public"]},"whole":true}`,
		`{"tokens":["kidney","zebra"]}`,
		`{}`,
		`{"documents":[{"Source":{"id":"x","scope":"public","passages":[{"pin":"(1)","text":"a"}]},"Vectors":[[1,2]]}],"hashes":[""]}`,
		`{"scope":"public","ids":["x"]}`,
		`{"query":{"Terms":[{"Token":"kidney","Weight":-1e38},{"Token":"kidney","Weight":3e38}],"Vector":[1e-45,3e38],"Filter":{"Scopes":["public"]},"Limit":9223372036854775807}}`,
		`{"documents":[null,{"Source":null}],"hashes":["",""]}`, `null`, `[]`, `"`, strings.Repeat("[", 20000),
	} {
		f.Add(byte(i), body)
	}
	s, err := NewServer(ServerConfig{Index: memory(f, kidney()), Version: sampleVersion, Keys: []Key{office}})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, route byte, body string) {
		start := time.Now()
		r := httptest.NewRequest(http.MethodPost, "http://localhost"+routes[int(route)%len(routes)], strings.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+officeKey)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code >= 500 || w.Body.Len() == 0 || time.Since(start) > 10*time.Second {
			t.Errorf("status %d after %v: %s", w.Code, time.Since(start), w.Body)
		}
	})
}

// replayed answers with what is given, without a connection.
type replayed struct{ body, version string }

func (r replayed) RoundTrip(req *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	w.Header().Set(versionHeader, r.version)
	w.WriteString(r.body)
	return w.Result(), nil
}

// FuzzReply: whatever a server answers, the client returns hits that hold
// together, or an error.
func FuzzReply(f *testing.F) {
	d := kidney()
	whole, err := encode(ref{"public", "law", d.Source.Hash(), d.Source})
	if err != nil {
		f.Fatal(err)
	}
	const at0 = `"passages":[0],"scores":[1]`
	for _, body := range []string{reply(string(whole), at0), reply("", at0), reply(string(whole), `"passages":[-1],"scores":[1]`), "null", "{}", `{"sources":[]}`,
		`{"sources":[` + string(whole) + `]}`, `{"idf":[1],"known":[true]}`, `{"info":{},"scopes":null,"write":true}`, `{"done":true}`, strings.Repeat("[", 20000),
		`{"sources":[],"words":[],"vectors":[{"source":0,"passage":0,"score":1}],"idf":[1],"known":[true]}`} {
		f.Add(body, sampleVersion.String())
	}
	f.Add("{}", "1;;;;;")
	f.Fuzz(func(t *testing.T, body, version string) {
		x, err := New(Config{URLs: []string{"http://localhost:1"}, Version: sampleVersion, Rounds: 1, HTTP: &http.Client{Transport: replayed{body, version}}})
		if err != nil {
			t.Fatal(err)
		}
		q := asking("kidney")
		if res, err := x.Search(t.Context(), q); err == nil {
			sound(t, q, res)
		}
		if got, err := x.Sources(t.Context(), q.Filter); err == nil {
			ofScope(t, q.Filter, got)
		}
		if got, err := x.Lookup(t.Context(), citation.Citation{System: citation.RCW, Number: "48.43.045"}, q.Filter); err == nil {
			ofScope(t, q.Filter, got)
		}
		if idf, known, err := x.Idf(t.Context(), []string{"a", "b"}); err == nil && (len(idf) != 2 || len(known) != 2) {
			t.Errorf("%d weights of two words", len(idf))
		}
		x.Info(t.Context())
		x.Delete(t.Context(), "public", nil)
		if sampleVersion.differs("it", version) == "" && version != sampleVersion.String() {
			t.Errorf("%q is taken for %q", version, sampleVersion)
		}
	})
}

// sound fails where a hit points at nothing.
func sound(t *testing.T, q retrieval.Query, res retrieval.Results) {
	var sources []*corpus.Source
	for _, h := range res.Words {
		sources = append(sources, h.Source)
		for _, p := range h.Passages {
			if p.Passage < 0 || p.Passage >= retrieval.Pieces(h.Source) {
				t.Errorf("passage %d of %d", p.Passage, retrieval.Pieces(h.Source))
			}
		}
	}
	for _, h := range res.Vectors {
		sources = append(sources, h.Source)
		if h.Passage < 0 || h.Passage >= len(h.Source.Passages) {
			t.Errorf("passage %d of %d", h.Passage, len(h.Source.Passages))
		}
	}
	ofScope(t, q.Filter, sources)
}

func ofScope(t *testing.T, f retrieval.Filter, sources []*corpus.Source) {
	for _, s := range sources {
		if s == nil || s.Scope != f.Scopes[0] {
			t.Errorf("%+v was not asked for", s)
		}
	}
}
