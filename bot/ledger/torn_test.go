package ledger_test

import (
	"path/filepath"
	"testing"

	"github.com/everycategory/advocate/bot/ledger"
)

// TestTorn opens what a failing disk may leave: the file with a log cut off
// at any place. It is sound each time, and holds the events up to one, as
// they were accepted, none between missing and no fewer than with a shorter log.
func TestTorn(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ledger.db")
	l := open(t, file, ledger.Options{})
	const events = 8
	for n := range events {
		if ok, err := l.Accept(t.Context(), question(n)); !ok || err != nil {
			t.Fatal(ok, err)
		}
	}
	whole, log := read(t, file), read(t, file+"-wal")
	last := 0
	for cut := 0; cut <= len(log); cut += max(1, min(len(log)-cut, len(log)/(40*min(scale, 10)))) {
		copied := filepath.Join(t.TempDir(), "ledger.db")
		write(t, copied, whole)
		write(t, copied+"-wal", log[:cut])
		l, err := ledger.Open(t.Context(), copied, ledger.Options{})
		if err != nil {
			t.Fatalf("cut after %d of %d bytes: %v", cut, len(log), err)
		}
		s, err := l.Stats(t.Context())
		if err != nil || s.Waiting < last || s.Keys != s.Waiting {
			t.Errorf("cut after %d bytes: %+v, %v", cut, s, err)
		}
		last = s.Waiting
		for n := range events {
			ok, err := l.Accept(t.Context(), question(n))
			if err != nil || ok != (n >= last) {
				t.Errorf("cut after %d bytes, with %d events: event %d accepted %t, %v", cut, last, n, ok, err)
			}
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
	if last != events {
		t.Errorf("with the whole log there are %d events of %d", last, events)
	}
}

// TestConnection checks what the promises about the disk rest on.
func TestConnection(t *testing.T) {
	t.Parallel()
	for pragma, want := range map[string]string{"synchronous": "2", "secure_delete": "1", "journal_mode": "wal", "foreign_keys": "1", "temp_store": "2"} {
		if got := ledger.Pragma(t, open(t, filepath.Join(t.TempDir(), "ledger.db"), ledger.Options{}), pragma); got != want {
			t.Errorf("%s is %s, want %s", pragma, got, want)
		}
	}
}
