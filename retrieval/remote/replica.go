package remote

import (
	"slices"
	"sync"
	"time"
)

// A replica is one server, and what is remembered of it.
type replica struct {
	base string

	mu    sync.Mutex
	rests time.Time // until then the others are asked first
	why   string    // it failed when it was asked last; "" if it did not
}

// failed lets the replica rest.
func (r *replica) failed(until time.Time, why string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rests, r.why = until, why
}

func (r *replica) answered() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rests, r.why = time.Time{}, ""
}

func (r *replica) trouble() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.why
}

// welcome reports whether the replica is to be asked among the first. One
// whose rest is over is tried by one call at first: the others keep away for
// as long as try.
func (r *replica) welcome(now time.Time, try time.Duration) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now.Before(r.rests) {
		return false
	}
	if !r.rests.IsZero() {
		r.rests = now.Add(try)
	}
	return true
}

// order is in which order the replicas are asked: each call begins with
// another one, and those that rest come last.
func (x *Index) order() []*replica {
	n := len(x.replicas)
	from := int(x.turn.Add(1) % uint64(n))
	now := x.config.Now()
	var first, last []*replica
	for _, r := range slices.Concat(x.replicas[from:], x.replicas[:from]) {
		if len(first) == 0 && r.welcome(now, x.config.Try) || len(first) > 0 && r.trouble() == "" {
			first = append(first, r)
		} else {
			last = append(last, r)
		}
	}
	return slices.Concat(first, last)
}
