package chat

import (
	"testing"
	"time"
)

// TestOrdersCounted: an order counts once until it ends, however often it is
// said to; one that never ends is forgotten.
func TestOrdersCounted(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	h := held{now: func() time.Time { return now }, things: map[string]thing{}, orders: map[string]time.Time{}}
	h.begin("a")
	h.begin("b")
	h.end("b")
	h.end("b")
	h.end("of another process")
	if n := h.count(); n != 1 {
		t.Errorf("%d orders, want 1", n)
	}
	now = now.Add(heldTime)
	h.begin("c")
	if n := h.count(); n != 1 {
		t.Errorf("an hour later %d orders, want 1: the ledger gave the first one up", n)
	}
}
