package local

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/everycategory/advocate/retrieval"
)

// FuzzOpen opens any bytes as a file: it is read or refused, in bounded
// time, and left as it is.
func FuzzOpen(f *testing.F) {
	file := filepath.Join(f.TempDir(), "index.db")
	d := doc("a", "kidney", "ledger")
	d.Vectors = [][]float32{{1, 2}, {3, 4}}
	put(f, open(f, file), d)
	good := read(f, file)
	f.Add(good)
	f.Add(good[:4096])
	f.Add(edited(good, func(b []byte) []byte { b[4200]++; return b }))
	f.Add([]byte(magic))
	f.Add([]byte("text"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		file := filepath.Join(t.TempDir(), "index.db")
		write(t, file, data)
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		x, err := Open(ctx, file, nil, Options{})
		switch {
		case err == nil:
			if _, err := x.Sources(ctx, retrieval.Filter{Scopes: []string{"public"}}); err != nil {
				t.Error(err)
			}
		case !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrForeign):
			t.Error(err)
		}
		if !bytes.Equal(read(t, file), data) || len(names(t, filepath.Dir(file))) != 1 {
			t.Error("opening changed the file or its folder")
		}
	})
}

// FuzzRow reads any row whose hash is right: what is taken can be indexed,
// searched, and written again.
func FuzzRow(f *testing.F) {
	d, err := newDocument(retrieval.Document{Source: doc("a", "kidney").Source, Vectors: [][]float32{{1, 2}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add("public", "a", d.json, 2, encodeVectors(d.vectors))
	f.Add("public", "a", d.json, 1<<61, []byte{})
	f.Add("public", "a", d.json, -1, []byte("1234"))
	f.Add("", "", []byte("{}"), 0, []byte{})
	f.Add("", "", []byte("null"), 0, []byte{1})
	f.Fuzz(func(t *testing.T, scope, id string, text []byte, dim int, vectors []byte) {
		k := key{scope, id}
		d, err := decode(&row{k, sum(text, dim, vectors), dim, text, vectors})
		if err != nil {
			return
		}
		d.analyze()
		m := newMemory().rebuilt(changes{added: []document{d}})
		m = m.rebuilt(changes{})
		if _, ok := m.numbers[k]; !ok || m.vectors.dim != dim || !bytes.Equal(encodeVectors(m.vectors.rows(0)), vectors) {
			t.Errorf("of %q the index holds %+v", text, m.document(0))
		}
		if _, err := json.Marshal(d.source); err != nil {
			t.Error(err)
		}
		m.remove(k)
		if m.revision != (total{}) || m.words.total != 0 || m.vectors.held != 0 {
			t.Errorf("removed, it leaves %+v", m)
		}
	})
}

// FuzzHolder reads any lock file.
func FuzzHolder(f *testing.F) {
	f.Add([]byte("\x00{\"pid\":1,\"host\":\"h\",\"program\":\"p\",\"since\":\"2026-01-02T03:04:05Z\"}\n"))
	f.Add([]byte{})
	f.Add(bytes.Repeat([]byte{'{'}, 5000))
	f.Fuzz(func(t *testing.T, text []byte) {
		file := filepath.Join(t.TempDir(), "x.lock")
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		if holderOf(file) == "" {
			t.Error("no word about the holder")
		}
	})
}
