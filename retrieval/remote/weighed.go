package remote

import (
	"sync"
	"time"
)

// fresh is how long a word's weight is believed. An index of a file notices
// no sooner what others wrote.
const fresh = 500 * time.Millisecond

// mostWeighed is how many words are remembered at most.
const mostWeighed = 1 << 14

// weighed remembers what words weigh, for one revision of the index and for
// a short time: a search says what its terms weigh, and the retriever asks
// for that next. Safe for concurrent use.
type weighed struct {
	mu       sync.Mutex
	writes   uint64 // by this client
	revision string
	at       time.Time // when the service was asked last and said this revision
	words    map[string]weight
}

type weight struct {
	idf   float32
	known bool
}

// A beginning is when a call was begun, and after how many writes.
type beginning struct {
	writes uint64
	at     time.Time
}

func (w *weighed) begin(now time.Time) beginning {
	w.mu.Lock()
	defer w.mu.Unlock()
	return beginning{w.writes, now}
}

// forget drops everything: this client has written.
func (w *weighed) forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.writes++
	w.words = nil
}

// put keeps what a reply says, unless this client wrote meanwhile, or a call
// that was begun later said another revision.
func (w *weighed) put(b beginning, revision string, tokens []string, got *weights) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if b.writes != w.writes || revision == "" || !b.at.After(w.at) && revision != w.revision {
		return
	}
	if revision != w.revision || w.words == nil || len(w.words) > mostWeighed {
		w.revision, w.words = revision, map[string]weight{}
	}
	if b.at.After(w.at) {
		w.at = b.at
	}
	for i, t := range tokens {
		w.words[t] = weight{got.Idf[i], got.Known[i]}
	}
}

// get returns what tokens weigh, where all are known and fresh.
func (w *weighed) get(now time.Time, tokens []string) (*weights, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if now.Sub(w.at) > fresh {
		return nil, false
	}
	out := &weights{make([]float32, len(tokens)), make([]bool, len(tokens))}
	for i, t := range tokens {
		k, ok := w.words[t]
		if !ok {
			return nil, false
		}
		out.Idf[i], out.Known[i] = k.idf, k.known
	}
	return out, true
}
