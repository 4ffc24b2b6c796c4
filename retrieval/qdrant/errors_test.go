package qdrant_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	api "github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/qdrant"
	"github.com/everycategory/advocate/retrieval/qdrant/qdranttest"
)

// says checks an error: what it is, and that its sentence has some words.
func says(t *testing.T, err, want error, words ...string) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%v, want %v", err, want)
		return
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q does not say %q", err, w)
		}
	}
}

func search(x retrieval.Index) error {
	_, err := x.Search(context.Background(), retrieval.Query{Terms: asked("text"), Filter: public(), Limit: 1})
	return err
}

// TestAway: a Qdrant that is away is said to be, at once, and used again when
// it is back, with all that was written.
func TestAway(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	x := open(t, config(s))
	put(t, x, doc("a", "text"))
	s.Stop()
	began := time.Now()
	says(t, search(x), qdrant.ErrAway, x.Host, "deploy/compose.yaml")
	says(t, x.Put(t.Context(), []retrieval.Document{doc("b", "text")}), qdrant.ErrAway)
	_, err := qdrant.Open(t.Context(), config(s), nil)
	says(t, err, qdrant.ErrAway)
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("to say so took %s", took)
	}
	s.Restart(t)
	deadline := time.Now().Add(20 * time.Second)
	for err = search(x); err != nil && time.Now().Before(deadline); err = search(x) {
		time.Sleep(20 * time.Millisecond)
	}
	if got := found(t, x, "text"); err != nil || got != "a" {
		t.Errorf("back again: %q, %v", got, err)
	}
}

// TestReadsAgain: a read that finds the server gone is sent once more; a
// write is not.
func TestReadsAgain(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	x := open(t, config(s))
	put(t, x, doc("a", "text"))
	failed := map[string]int{}
	s.Fault(func(c qdranttest.Call) error {
		if failed[c.Method]++; failed[c.Method] == 1 {
			return status.Error(codes.Unavailable, "going away")
		}
		return nil
	})
	if err := search(x); err != nil {
		t.Errorf("Search: %v", err)
	}
	says(t, x.Put(t.Context(), []retrieval.Document{doc("b", "text")}), qdrant.ErrAway, "going away")
	if failed["SetPayload"] == 0 || failed["UpdateBatch"] > 0 {
		t.Errorf("requests %v", failed)
	}
}

// TestSlow: a server that stalls costs no more than the cap on a request, or
// the caller's own deadline, which is told apart.
func TestSlow(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	c := config(s)
	c.Read, c.Write = 150*time.Millisecond, 150*time.Millisecond
	x := open(t, c)
	put(t, x, doc("a", "text"))
	free := make(chan struct{})
	t.Cleanup(func() { close(free) })
	s.Fault(func(qdranttest.Call) error { <-free; return nil })
	says(t, search(x), qdrant.ErrSlow, "150ms")
	says(t, x.Put(t.Context(), []retrieval.Document{doc("b", "text")}), qdrant.ErrSlow)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := x.Info(ctx); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, qdrant.ErrSlow) {
		t.Errorf("after the caller's deadline: %v", err)
	}
}

// TestKeys: without its key nothing is read or written, with one for reading
// nothing is written, and no error holds a key.
func TestKeys(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{Key: "master-key", ReadKey: "reading-key"})
	c := config(s)
	for _, key := range []string{"", "wrong-key"} {
		c.Key = key
		_, err := qdrant.Open(t.Context(), c, nil)
		says(t, err, qdrant.ErrRefused, "ADVOCATE_QDRANT_KEY_FILE")
		if key != "" && strings.Contains(err.Error(), key) {
			t.Errorf("%q holds the key", err)
		}
	}
	c.Key = "master-key"
	put(t, open(t, c), doc("a", "text"))
	c.Key = "reading-key"
	x := open(t, c)
	if got := found(t, x, "text"); got != "a" {
		t.Errorf("with the key for reading: %q", got)
	}
	says(t, x.Put(t.Context(), []retrieval.Document{doc("b", "text")}), qdrant.ErrRefused)
	if x.Key != "" {
		t.Error("the index shows its key")
	}
}

func TestTLS(t *testing.T) {
	t.Parallel()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.ParseIP("127.0.0.1")},
		IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, about, about, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	s := qdranttest.New(t, qdranttest.Options{Key: "k", TLS: &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}})
	c := config(s)
	c.Key = "k"
	_, err = qdrant.Open(t.Context(), c, nil)
	says(t, err, qdrant.ErrAway, "TLS")
	c.TLS = &tls.Config{} // that does not know the issuer
	_, err = qdrant.Open(t.Context(), c, nil)
	says(t, err, qdrant.ErrAway, "certificate")
	c.TLS = &tls.Config{RootCAs: x509.NewCertPool()}
	cert, _ := x509.ParseCertificate(der)
	c.TLS.RootCAs.AddCert(cert)
	put(t, open(t, c), doc("a", "text"))
}

// TestForeign: what is not ours is left alone.
func TestForeign(t *testing.T) {
	t.Parallel()
	_, err := qdrant.Open(t.Context(), config(qdranttest.New(t, qdranttest.Options{Version: "1.15.4"})), nil)
	says(t, err, qdrant.ErrOld, "1.15.4", "1.16")

	s := qdranttest.New(t, qdranttest.Options{})
	client, err := api.NewClient(&api.Config{Host: s.Host, Port: s.Port, SkipCompatibilityCheck: true})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	create := func(name string, size uint64) {
		err := client.CreateCollection(t.Context(), &api.CreateCollection{CollectionName: name,
			VectorsConfig: api.NewVectorsConfig(&api.VectorParams{Size: size, Distance: api.Distance_Dot})})
		if err != nil {
			t.Fatal(err)
		}
	}
	create("advocate", 4)
	_, err = qdrant.Open(t.Context(), config(s), nil)
	says(t, err, qdrant.ErrForeign, "advocate", "another name")
	create("theirs", 4)
	if err := client.CreateAlias(t.Context(), "alias", "theirs"); err != nil {
		t.Fatal(err)
	}
	c := config(s)
	c.Name = "alias"
	_, err = qdrant.Open(t.Context(), c, nil)
	says(t, err, qdrant.ErrForeign, "other vectors")
}

// TestGone: an index that somebody deletes is not an empty one to those who
// used it.
func TestGone(t *testing.T) {
	t.Parallel()
	s := qdranttest.New(t, qdranttest.Options{})
	x, y := open(t, config(s)), open(t, config(s))
	if err := search(y); err != nil {
		t.Errorf("of no index yet: %v", err)
	}
	put(t, x, doc("a", "text"))
	if err := search(y); err != nil {
		t.Error(err)
	}
	client, err := api.NewClient(&api.Config{Host: s.Host, Port: s.Port, SkipCompatibilityCheck: true})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	for _, name := range s.Collections() {
		if err := client.DeleteCollection(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
	for name, err := range map[string]error{"Search": search(y), "Put": x.Put(t.Context(), []retrieval.Document{doc("b", "text")})} {
		if err == nil || !strings.Contains(err.Error(), "deleted") {
			t.Errorf("%s: %v", name, err)
		}
	}
	put(t, open(t, config(s)), doc("c", "text"))
}

// TestOtherVersions: an index of another layout is refused, and one whose
// words were analysed in another way until it is made anew.
func TestOtherVersions(t *testing.T) {
	t.Parallel()
	set := func(s *qdranttest.Server, field, value string) {
		s.Edit("advocate", func(p map[string]*api.Value) map[string]*api.Value {
			if p["what"].GetStringValue() == "total" {
				p[field] = api.NewValueString(value)
			}
			return p
		})
	}
	s := qdranttest.New(t, qdranttest.Options{})
	x := open(t, config(s))
	put(t, x, doc("a", "text"))
	set(s, "analysis", "0")
	says(t, search(x), qdrant.ErrStale, "corpus copy")
	says(t, x.Put(t.Context(), []retrieval.Document{doc("b", "text")}), qdrant.ErrStale)
	_, err := qdrant.Open(t.Context(), config(s), nil)
	says(t, err, qdrant.ErrStale)
	again, err := qdrant.Connect(t.Context(), config(s))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if err := again.Reindex(t.Context(), qdrant.Reindexing{}); err != nil {
		t.Fatal(err)
	}
	if got := found(t, x, "text"); got != "a" {
		t.Errorf("made anew: %q", got)
	}
	set(s, "layout", "99")
	says(t, search(x), qdrant.ErrForeign, "99")
}

func TestParse(t *testing.T) {
	t.Parallel()
	for store, want := range map[string]string{
		"qdrant:localhost:6334/advocate": "qdrant:localhost:6334/advocate",
		"qdrant:q.example.org/a.b-c_1":   "qdrant:q.example.org:6334/a.b-c_1",
		"qdrant:[::1]:7000/x":            "qdrant:[::1]:7000/x",
		"qdrant:[::1]/x":                 "qdrant:[::1]:6334/x",
	} {
		if c, err := qdrant.Parse(store); err != nil || c.String() != want {
			t.Errorf("%s: %s, %v", store, c, err)
		}
	}
	for _, store := range []string{"", "qdrant:", "qdrant:localhost:6334", "qdrant:/x", "qdrant::6334/x", "qdrant:h:0/x", "qdrant:h:99999/x", "qdrant:h:x/y",
		"qdrant:h/", "qdrant:h/a/b", "qdrant:h/a b", "qdrant:h/..", "qdrant:key@h/x", "local:dir/x", "qdrant:a:b:c/x"} {
		if c, err := qdrant.Parse(store); err == nil {
			t.Errorf("%q was read as %s", store, c)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("qdrant:localhost:6334/advocate")
	f.Fuzz(func(t *testing.T, store string) {
		c, err := qdrant.Parse(store)
		if err != nil {
			return
		}
		again, err := qdrant.Parse(c.String())
		if err != nil || again.Host != c.Host || again.Port != c.Port || again.Name != c.Name {
			t.Errorf("%q is %q, which is %q, %v", store, c, again, err)
		}
	})
}
