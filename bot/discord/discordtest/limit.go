package discordtest

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

const (
	perSecond      = 50    // calls of a bot, over all routes
	invalidAllowed = 10000 // invalid requests in invalidWindow
	invalidWindow  = 10 * time.Minute
)

// banned is the scope of a 429 that does not come from Discord itself: it is
// HTML, and has none of its headers.
const banned = "banned"

// A bucket holds the calls that count against a limit.
type bucket struct{ calls []time.Time }

// take takes one of the n calls of the window that ends now, and says how many
// are left and when the first comes back.
func (b *bucket) take(now time.Time, n int, window time.Duration) (left int, free time.Duration, ok bool) {
	b.calls = slices.DeleteFunc(b.calls, func(t time.Time) bool { return !t.Add(window).After(now) })
	if ok = len(b.calls) < n; ok {
		b.calls = append(b.calls, now)
	}
	return n - len(b.calls), b.calls[0].Add(window).Sub(now), ok
}

func (s *Server) bucket(key string) *bucket {
	if s.used[key] == nil {
		s.used[key] = &bucket{}
	}
	return s.used[key]
}

// limit answers 429 where a call is one too many, and sets the headers of its
// bucket. The lock is held.
func (s *Server) limit(rt route, q *request, headers map[string]string) error {
	if !s.opts.RateLimits {
		return nil
	}
	now := s.Clock.Now()
	if s.invalidNow() >= invalidAllowed {
		return &problem{status: 429, message: "banned", retry: invalidWindow, scope: banned}
	}
	if !rt.open {
		if _, free, ok := s.bucket("global").take(now, perSecond, time.Second); !ok {
			return &problem{status: 429, message: "You are being rate limited.", retry: free, scope: "global"}
		}
	}
	burst, per := rt.burst, rt.per
	if burst == 0 {
		burst, per = perSecond, time.Second
	}
	key := rt.String() + " " + q.path("channel") + q.path("guild") + q.path("token")
	left, free, ok := s.bucket(key).take(now, burst, per)
	headers["X-RateLimit-Limit"] = strconv.Itoa(burst)
	headers["X-RateLimit-Remaining"] = strconv.Itoa(left)
	headers["X-RateLimit-Reset"] = fmt.Sprintf("%.3f", float64(now.Add(free).UnixMilli())/1000)
	headers["X-RateLimit-Reset-After"] = seconds(free)
	headers["X-RateLimit-Bucket"] = bucketName(rt.String())
	if !ok {
		return &problem{status: 429, message: "You are being rate limited.", retry: free, scope: "user"}
	}
	return nil
}

// bucketName is an opaque name that is the same for every call of a route.
func bucketName(route string) string {
	h := uint64(14695981039346656037)
	for _, b := range []byte(route) {
		h = (h ^ uint64(b)) * 1099511628211
	}
	return strconv.FormatUint(h, 16)
}

// countInvalid notes an invalid request: 401, 403 and 429, but for a 429 of
// a resource that is shared. The lock is held.
func (s *Server) countInvalid(status int, scope string) {
	if status == 401 || status == 403 || status == 429 && scope != "shared" {
		s.invalid = append(s.invalid, s.Clock.Now())
	}
}

func (s *Server) invalidNow() int {
	end := s.Clock.Now().Add(-invalidWindow)
	s.invalid = slices.DeleteFunc(s.invalid, func(t time.Time) bool { return !t.After(end) })
	return len(s.invalid)
}

// InvalidRequests is how many requests of the last ten minutes were invalid:
// over 10,000 of them Discord bans the address.
func (s *Server) InvalidRequests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.invalidNow()
}
