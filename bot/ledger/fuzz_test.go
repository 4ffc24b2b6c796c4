package ledger_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/everycategory/advocate/bot/ledger"
)

// FuzzAccept stores any keys, names and texts, in a file and in memory: both
// refuse alike, and what they take comes back.
func FuzzAccept(f *testing.F) {
	file, err := ledger.Open(f.Context(), filepath.Join(f.TempDir(), "ledger.db"), ledger.Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { file.Close() })
	memory := memoryBackend.Open(f, ledger.Options{})
	for _, seed := range [][6]string{
		{"Ev1", "C1:1.2", "U1", "T1", "ask", "a question"},
		{"Ev1", "C1:1.2", "U1", "T1", "rewrite", ""},
		{"Ev2", "C1:1.2", "U1", "T1", "rewrite", "a note"},
		{"", "x", "U\x1f1", "", "Ask", "\x00\xff"},
		{"'; DROP TABLE event; --", "?", "%s", "\\", "ask", "' OR 1=1"},
		{"K\u212a\u0301", "k", "👩‍⚕️", "\u202e", "a.b-c_d", "\ufeff"},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3], seed[4], []byte(seed[5]))
	}
	f.Fuzz(func(t *testing.T, key, other, user, channel, kind string, text []byte) {
		e := ledger.Event{Keys: []ledger.Key{ledger.Key(key), ledger.Key(other)}, Kind: kind, Text: text, Reply: text,
			From: ledger.Principal{Platform: "slack", Workspace: "T1", User: user}, At: ledger.Place{Platform: "slack", Channel: channel}}
		ok, err := file.Accept(t.Context(), e)
		same, alike := memory.Accept(t.Context(), e)
		if ok != same || fmt.Sprint(err) != fmt.Sprint(alike) {
			t.Fatalf("a file: %t, %v; memory: %t, %v", ok, err, same, alike)
		}
		if err == nil {
			if again, err := file.Accept(t.Context(), ledger.Event{Keys: e.Keys[1:], From: e.From, At: e.At, Kind: kind}); again || err != nil {
				t.Fatalf("one of its keys again: accepted %t, %v", again, err)
			}
		}
		if !ok {
			return
		}
		for _, l := range []ledger.Ledger{file, memory} {
			j, ok, err := l.Claim(t.Context(), ledger.Want{Platform: "slack"})
			if err != nil || !ok || j.From != e.From || j.At != e.At || j.Kind != kind || string(j.Text) != string(text) || string(j.Reply) != string(text) {
				t.Fatalf("claimed %t, %v; or it is not what was accepted", ok, err)
			}
			if err := l.Finish(t.Context(), j, "answered"); err != nil {
				t.Fatal(err)
			}
		}
	})
}
