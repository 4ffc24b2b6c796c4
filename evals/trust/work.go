package trust

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
)

// Work is one run of a row. Its counters are safe for concurrent use.
type Work struct {
	House *House
	N     int // attempts to make
	Seed  uint64
	// Progress, if not nil, is told how many attempts are done.
	Progress func(done, of int)

	mu            sync.Mutex
	tried, failed int
	benign        int
	passed        int
	samples       []sample
	parts         map[string]*Part
	note          string
}

// A sample is one failure, by the attempt it came of.
type sample struct {
	at   int
	text string
}

// A Part is the count of one kind of attempt.
type Part struct {
	Name     string `json:"name"`
	N        int    `json:"n"`
	Failures int    `json:"failures"`
}

// try counts attempt number at of a kind; why is "" where the promise held.
func (w *Work) try(at int, kind, why string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.tried++
	p := w.parts[kind]
	if p == nil {
		if w.parts == nil {
			w.parts = map[string]*Part{}
		}
		p = &Part{Name: kind}
		w.parts[kind] = p
	}
	p.N++
	if why != "" {
		w.failed++
		p.Failures++
		w.samples = append(w.samples, sample{at, kind + ": " + why})
	}
	if w.Progress != nil {
		w.Progress(w.tried, w.N)
	}
}

// honest counts honest work, which passes where why is "".
func (w *Work) honest(at int, why string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.benign++
	if why == "" {
		w.passed++
		return
	}
	w.samples = append(w.samples, sample{at, "honest, and refused: " + why})
}

// maxSamples is how many failures a figure shows.
const maxSamples = 5

// sampled are the first failures, clipped.
func (w *Work) sampled() []string {
	slices.SortFunc(w.samples, func(a, b sample) int {
		if a.at != b.at {
			return a.at - b.at
		}
		return len(a.text) - len(b.text)
	})
	out := []string{}
	for _, s := range w.samples[:min(len(w.samples), maxSamples)] {
		out = append(out, clip(s.text, 300))
	}
	return out
}

func clip(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most]) + " …"
}

// rand is the chance of attempt number at: the same in whatever order the
// attempts are made.
func (w *Work) rand(at int) *rand.Rand { return rand.New(rand.NewPCG(w.Seed, uint64(at)+1)) }

// each calls do for 0 to n-1, on each processor; begin makes what one of them
// works with and end, if not nil, puts it away.
func each[T any](ctx context.Context, n int, begin func() (T, func(), error), do func(x T, at int) error) error {
	next := make(chan int)
	failed := make(chan error, runtime.GOMAXPROCS(0))
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			x, end, err := begin()
			if end != nil {
				defer end()
			}
			for at := range next {
				if err == nil {
					err = do(x, at)
				}
				if err != nil {
					failed <- err
					cancel()
					return
				}
			}
		})
	}
	var err error
feed:
	for at := range n {
		select {
		case next <- at:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	wg.Wait()
	select {
	case err = <-failed:
	default:
		err = ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("trust: %w", err)
	}
	return nil
}

// shared is the begin of what all may use at once.
func shared[T any](x T) func() (T, func(), error) {
	return func() (T, func(), error) { return x, nil, nil }
}
