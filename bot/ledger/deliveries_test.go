package ledger_test

import (
	"path/filepath"
	"testing"

	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/bot/ledger/ledgertest"
)

// TestDeliveries delivers many events shuffled and repeated, to a file and to
// memory.
func TestDeliveries(t *testing.T) {
	t.Parallel()
	ledgertest.Deliveries(t, open(t, filepath.Join(t.TempDir(), "ledger.db"), ledger.Options{}), 1000*scale)
	ledgertest.Deliveries(t, memoryBackend.Open(t, ledger.Options{}), 1000*scale)
}
