package ledger

import (
	"fmt"
	"testing"
)

// Pragma is what SQLite says of the connection of a ledger.
func Pragma(t testing.TB, f *File, name string) (value string) {
	t.Helper()
	if err := f.db.QueryRowContext(t.Context(), fmt.Sprintf("PRAGMA %s", name)).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}
