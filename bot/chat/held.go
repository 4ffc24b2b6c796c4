package chat

import (
	"crypto/rand"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/ledger"
)

// How many results are held in memory, and how long.
const (
	maxHeld  = 512
	heldTime = time.Hour
)

// held is what is in memory and nowhere else: the words of orders of which
// none are kept, and what came of orders.
type held struct {
	now    func() time.Time
	mu     sync.Mutex
	things map[string]thing
	orders map[string]time.Time // not finished, by their names
	looked time.Time            // when it was last looked for old ones
}

type thing struct {
	order  *Order
	result *result
	from   ledger.Principal
	at     time.Time
}

// A result is what came of an order.
type result struct {
	job       ledger.Job // without its lease
	order     Order      // with its words
	asked     string     // the question as it was redacted, to be shown
	answer    *bot.Answer
	rebuttal  *bot.Rebuttal
	testimony *bot.Testimony
	checked   *bot.Checked
	rewritten *bot.Rewritten
	named     bool
}

// put holds a thing under a name.
func (h *held) put(name string, t thing) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.now()
	t.at = now
	h.things[name] = t
	oldest, results := "", 0
	for key, x := range h.things {
		switch {
		case now.Sub(x.at) >= heldTime:
			delete(h.things, key)
		case x.result == nil: // it waits to be worked on
		default:
			results++
			if oldest == "" || x.at.Before(h.things[oldest].at) {
				oldest = key
			}
		}
	}
	if results > maxHeld {
		delete(h.things, oldest)
	}
}

func (h *held) get(name string) (thing, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	t, ok := h.things[name]
	return t, ok && h.now().Sub(t.at) < heldTime
}

func (h *held) drop(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.things, name)
}

// forget drops all of a person.
func (h *held) forget(who ledger.Principal) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for key, t := range h.things {
		if t.from == who {
			delete(h.things, key)
		}
	}
}

// forgetWorkspace drops all that was asked in a workspace.
func (h *held) forgetWorkspace(platform, workspace string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for key, t := range h.things {
		var at ledger.Place
		switch {
		case t.order != nil:
			at = t.order.At
		case t.result != nil:
			at = t.result.job.At
		}
		if at.Platform == platform && at.Workspace == workspace {
			delete(h.things, key)
		}
	}
}

// count is how many orders are not finished.
func (h *held) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.orders)
}

// begin counts an order. One that the ledger gave up is not counted for ever:
// it is forgotten with what else is old.
func (h *held) begin(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.now()
	if now.Sub(h.looked) >= time.Minute {
		h.looked = now
		for key, at := range h.orders {
			if now.Sub(at) >= heldTime {
				delete(h.orders, key)
			}
		}
	}
	h.orders[name] = now
}

// end counts an order no more; that it was another process's is no error.
func (h *held) end(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.orders, name)
}

// newName is one that nobody can guess.
func newName() string { return "h-" + rand.Text() }

// refOf is what an answer is called on buttons, idOf the event of it.
func refOf(id int64) string { return "e" + strconv.FormatInt(id, 36) }

func idOf(ref string) (int64, bool) {
	digits, ok := strings.CutPrefix(ref, "e")
	if !ok {
		return 0, false
	}
	id, err := strconv.ParseInt(digits, 36, 64)
	return id, err == nil && id > 0
}
