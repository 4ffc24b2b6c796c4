package discordtest

import "sync"

// A Storm is many things at once, several at a time and in any order; each is
// then delivered again over the gateway, from no times to Repeats.
type Storm struct {
	Count   int
	Repeats int
	Workers int // at a time; 0 is 8
	// Do does the i-th, as Slash or Type do, and gives its delivery. It is
	// called by several goroutines.
	Do func(i int) *Delivery
}

// Storm gives the deliveries in the order of their numbers. It returns once
// each was answered, sleeps by the clock, or has outlasted the patience.
func (s *Server) Storm(st Storm) []*Delivery {
	out := make([]*Delivery, st.Count)
	order := make([]int, st.Count)
	times := make([]int, st.Count)
	s.mu.Lock()
	for i := range order {
		order[i], times[i] = i, s.rng.IntN(st.Repeats+1)
	}
	s.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	s.mu.Unlock()
	queue := make(chan int)
	var wg sync.WaitGroup
	workers := st.Workers
	if workers <= 0 {
		workers = 8
	}
	for range workers {
		wg.Go(func() {
			for i := range queue {
				out[i] = st.Do(i)
				for range times[i] {
					if out[i] != nil {
						s.Redeliver(out[i])
					}
				}
			}
		})
	}
	for _, i := range order {
		queue <- i
	}
	close(queue)
	wg.Wait()
	return out
}
