package slacktest

import (
	"sync"
)

// A Storm is many messages at once: each delivery of each comes one to four
// times, in any order, several at a time.
type Storm struct {
	Messages int
	Retries  int // of a delivery there are none to so many; over 3 is 3
	Workers  int // at a time; 0 is 8
	// Message writes the i-th message; nil is a mention in Public by Member.
	Message func(i int) Message
}

// Storm delivers a storm, and gives its messages in the order in which they
// were written. There is no schedule: what fails is not tried again. It
// returns once every request was answered, which the app must do without the
// clock.
func (s *Server) Storm(st Storm) []Sent {
	s.t.Helper()
	type try struct {
		d *Delivery
		n int
	}
	var sent []Sent
	var tries []try
	for i := range st.Messages {
		m := Message{User: Member, Channel: Public, Text: "<@" + Bot + "> What does the law say?"}
		if st.Message != nil {
			m = st.Message(i)
		}
		posted, all := s.written(m)
		for _, d := range all {
			d.noRetries = true
			for n := range 1 + s.roll(min(st.Retries, maxRetries)+1) {
				tries = append(tries, try{d, n})
			}
		}
		sent = append(sent, Sent{Message: posted, Deliveries: all})
	}
	s.mu.Lock()
	s.rng.Shuffle(len(tries), func(i, j int) { tries[i], tries[j] = tries[j], tries[i] })
	s.mu.Unlock()
	queue := make(chan try)
	var wg sync.WaitGroup
	workers := st.Workers
	if workers <= 0 {
		workers = 8
	}
	for range workers {
		wg.Go(func() {
			for t := range queue {
				reason := ""
				if t.n > 0 {
					reason = "http_timeout"
				}
				if w := s.launch(t.d, t.n, reason); w != nil {
					s.Clock.AwaitWork(w)
				}
			}
		})
	}
	for _, t := range tries {
		queue <- t
	}
	close(queue)
	wg.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range tries { // they are not sent again
		t.d.body, t.d.payload = nil, nil
	}
	return sent
}

func (s *Server) roll(n int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rng.IntN(max(n, 1))
}
