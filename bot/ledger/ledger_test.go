package ledger_test

import (
	"path/filepath"
	"testing"

	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/bot/ledger/ledgertest"
)

func open(t testing.TB, file string, o ledger.Options) *ledger.File {
	t.Helper()
	l, err := ledger.Open(t.Context(), file, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// files keeps ledgers in files of their own.
type files struct {
	*ledger.File
	name string
}

var fileBackend = ledgertest.Backend{
	Open: func(t testing.TB, o ledger.Options) ledger.Ledger {
		name := filepath.Join(t.TempDir(), "ledger.db")
		return files{open(t, name, o), name}
	},
	Reopen: func(t testing.TB, l ledger.Ledger, o ledger.Options) ledger.Ledger {
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		return files{open(t, l.(files).name, o), l.(files).name}
	},
}

var memoryBackend = ledgertest.Backend{
	Open: func(t testing.TB, o ledger.Options) ledger.Ledger {
		l, err := ledger.NewMemory(o)
		if err != nil {
			t.Fatal(err)
		}
		return l
	},
}

func TestFile(t *testing.T) {
	t.Parallel()
	ledgertest.TestLedger(t, fileBackend)
}

func TestMemory(t *testing.T) {
	t.Parallel()
	ledgertest.TestLedger(t, memoryBackend)
}
