package bot

import (
	"os"
	"strings"
	"testing"

	"github.com/everycategory/advocate/corpus/library"
)

// TestSafety reads testdata/safety.txt: what calls for a note and for which,
// and near misses that call for none.
func TestSafety(t *testing.T) {
	t.Parallel()
	s, err := LoadSafety(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("testdata/safety.txt")
	if err != nil {
		t.Fatal(err)
	}
	called, missed := 0, 0
	for line := range strings.Lines(string(data)) {
		want, text, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if strings.HasPrefix(line, "#") || !ok {
			continue
		}
		got := "none"
		if n := s.note(text); n != nil {
			got = n.ID
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
		if want == "none" {
			missed++
		} else {
			called++
		}
	}
	if called < 120 || missed < 120 {
		t.Errorf("%d phrasings and %d near misses: want 120 of each", called, missed)
	}
}

func FuzzSafety(f *testing.F) {
	s, err := LoadSafety(library.FS())
	if err != nil {
		f.Fatal(err)
	}
	f.Add("I want to die")
	f.Add("no chest pain, no numbness")
	f.Fuzz(func(t *testing.T, text string) {
		note, alone := s.first(text)
		if alone && note == "" {
			t.Errorf("%q: alone without a note", text)
		}
	})
}
