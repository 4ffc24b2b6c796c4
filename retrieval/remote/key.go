package remote

import (
	"crypto/sha256"
	"crypto/subtle"
	"slices"

	"golang.org/x/time/rate"

	"github.com/everycategory/advocate/corpus"
)

// A Key says who may search what.
type Key struct {
	Name, Key string
	// Scopes may be searched, beside the public one; AllScopes stands for
	// every scope. A search of another one is refused.
	Scopes []string
	// Write lets it put and delete in Scopes; in the public one where that
	// is among them.
	Write bool
}

// AllScopes in Key.Scopes stands for every scope.
const AllScopes = "*"

// A holder is who holds a key, by its hash, and how fast they may ask.
type holder struct {
	Key
	hash  [sha256.Size]byte
	limit *rate.Limiter // nil: none
}

func holders(keys []Key, perMinute int) []holder {
	var out []holder
	for _, k := range keys {
		h := holder{Key: k, hash: sha256.Sum256([]byte(k.Key))}
		h.Key.Key = ""
		if perMinute > 0 {
			h.limit = rate.NewLimiter(rate.Limit(float64(perMinute)/60), max(1, perMinute/4))
		}
		out = append(out, h)
	}
	return out
}

// holderOf returns the holder of key, looking at all of them; nil for none.
func holderOf(all []holder, key string) *holder {
	sum := sha256.Sum256([]byte(key))
	var found *holder
	for i := range all {
		if subtle.ConstantTimeCompare(sum[:], all[i].hash[:]) == 1 {
			found = &all[i]
		}
	}
	return found
}

// scopes are those that h may search.
func (h *holder) scopes() []string {
	if slices.Contains(h.Scopes, AllScopes) {
		return []string{AllScopes}
	}
	if slices.Contains(h.Scopes, corpus.PublicScope) {
		return h.Scopes
	}
	return append([]string{corpus.PublicScope}, h.Scopes...)
}

// searches reports whether h may search scope. The scope without a name is
// the index's to refuse.
func (h *holder) searches(scope string) bool {
	return scope == "" || scope == corpus.PublicScope || h.lists(scope)
}

// writes reports whether h may change scope.
func (h *holder) writes(scope string) bool { return h.Write && (scope == "" || h.lists(scope)) }

func (h *holder) lists(scope string) bool {
	return slices.Contains(h.Scopes, scope) || slices.Contains(h.Scopes, AllScopes)
}
