package local

import (
	"bytes"
	"context"
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

// FuzzSegment reads any segment: what is taken can be indexed, searched, and
// written again.
func FuzzSegment(f *testing.F) {
	with := doc("a", "kidney", "ledger kidney")
	with.Vectors = [][]float32{{1, 2}, {3, 4}}
	docs, err := prepare([]retrieval.Document{with, doc("b", "kidney")}, false, f.Context().Err)
	if err != nil {
		f.Fatal(err)
	}
	g := newSegment(docs)
	f.Add(g.analysis, g.heads, g.words, g.vectors)
	f.Add("an old one", g.heads, g.words, g.vectors)
	f.Add(g.analysis, g.heads, []byte{0xff, 0xff, 0xff, 0xff, 0x0f}, g.vectors)
	f.Add(g.analysis, []byte{}, []byte{0}, []byte{})
	f.Fuzz(func(t *testing.T, analysis string, heads, words, vectors []byte) {
		g := segment{analysis: analysis, heads: heads, words: words, vectors: vectors}
		docs, err := g.documents()
		if err != nil {
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrForeign) {
				t.Error(err)
			}
			return
		}
		seen := map[key]bool{}
		for _, d := range docs {
			if seen[d.key] {
				return // the layout refuses it
			}
			seen[d.key] = true
		}
		c := changes{added: docs}
		m := newMemory()
		if m.fits(c) != nil {
			return
		}
		m.apply(c)
		m = m.rebuilt(changes{})
		var again []document
		for _, d := range docs {
			again = append(again, m.document(m.numbers[d.key]))
		}
		back := newSegment(again)
		if more, err := back.documents(); err != nil || len(more) != len(docs) || !bytes.Equal(back.vectors, vectors) {
			t.Errorf("written again, it gives %d documents of %d, %v", len(more), len(docs), err)
		}
		for _, d := range docs {
			m.remove(d.key)
		}
		if m.revision != (total{}) || m.words.total != 0 || m.vectors.Held != 0 {
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
