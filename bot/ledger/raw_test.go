package ledger_test

import (
	"database/sql"
	"testing"

	"github.com/everycategory/advocate/bot/ledger/ledgertest"
)

var newClock = ledgertest.NewClock

// raw opens a file as a person at the SQLite shell would.
func raw(t testing.TB, file string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
