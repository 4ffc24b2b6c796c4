package slacktest

import (
	"slices"
	"time"
)

// tierCalls is how many calls a minute a tier allows, by method and
// workspace. Slack lets more through now and then; this does not.
var tierCalls = map[int]int{1: 1, 2: 20, 3: 50, 4: 100}

// perChannel is how many messages a second a channel takes. Slack says about
// one, and lets short bursts through.
const perChannel = 1

// limit answers 429 where a call is one too many, and counts it otherwise.
// The lock is held.
func (s *Server) limit(q *request, tier int) error {
	if !s.opts.RateLimits {
		return nil
	}
	key := q.team + " " + q.Method
	if q.Method == "chat.postMessage" {
		return s.spend(key+" "+q.Args["channel"], perChannel, time.Second)
	}
	if q.Method == "assistant.threads.setStatus" {
		return s.spend(key, 600, time.Minute)
	}
	if n := tierCalls[tier]; n > 0 {
		return s.spend(key, n, time.Minute)
	}
	return nil
}

// spend takes one of the n calls of the window that ends now.
func (s *Server) spend(key string, n int, window time.Duration) error {
	now := s.Clock.Now()
	used := slices.DeleteFunc(s.used[key], func(t time.Time) bool { return !t.Add(window).After(now) })
	if len(used) >= n {
		s.used[key] = used
		return &failure{code: "ratelimited", retry: used[0].Add(window).Sub(now)}
	}
	s.used[key] = append(used, now)
	return nil
}
