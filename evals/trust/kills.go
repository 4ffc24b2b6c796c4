package trust

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// killed: a bot that is killed amid a message, at an acknowledgement, or at
// any moment, again and again; every event that was acknowledged has one
// reply.
func killed() Row {
	return Row{ID: "killed", Promise: "Nothing accepted is lost, nothing is done twice", What: "events over at least 200 SIGKILLs", N: 10_000,
		Bar: Bar{0, 0}, Best: "0 expected of databases", From: "Qdrant crasher, LazyFS (VLDB 2024) as methods",
		Guards: []Guard{{"stored before it is acknowledged", func(h *House) { h.Fault = acceptsEarly }}, {"a doubtful reply is looked for first", func(h *House) { h.Fault = sendsAgain }}},
		Lean:   150,
		run: func(ctx context.Context, w *Work) error {
			if w.House.Bots == nil {
				return errors.New("no program is named that can be killed")
			}
			dir, err := os.MkdirTemp("", "trust-ledger")
			if err != nil {
				return err
			}
			defer os.RemoveAll(dir)
			k := &killer{w: w, platform: newPlatform(), file: filepath.Join(dir, "ledger.db"), random: w.rand(0), todo: make(chan int, 2*w.N)}
			defer k.platform.Close()
			for n := range w.N {
				k.todo <- n
			}
			kills := max(3, 210*w.N/10_000)
			if err := k.run(ctx, kills); err != nil {
				return err
			}
			for n := range w.N {
				why := ""
				if got := k.platform.replies(n); got != 1 {
					why = fmt.Sprintf("event %d has %d replies", n, got)
				}
				w.try(n, "events", why)
			}
			w.note = fmt.Sprintf("%d kills, %d of them amid a message and %d at an acknowledgement; %d deliveries", k.kills, k.amid.Load(), k.acked.Load(), k.deliveries.Load())
			return nil
		}}
}

// A killer runs a bot on a file and kills it.
type killer struct {
	w        *Work
	platform *platform
	file     string
	random   *rand.Rand
	todo     chan int // events that are not acknowledged
	kills    int

	deliveries, amid, acked atomic.Int64
}

// run delivers all events over a number of kills, and waits till all that was
// accepted is finished.
func (k *killer) run(ctx context.Context, kills int) error {
	share := k.w.N / (kills + 1)
	for k.kills < kills {
		l, err := k.start(ctx)
		if err != nil {
			return err
		}
		enough := 1 + k.random.IntN(max(1, share))
		switch k.kills % 3 {
		case 0:
			k.amidMessage(l, enough)
			k.deliver(l, share+1, nil)
		case 1:
			var acks atomic.Int64
			k.deliver(l, enough, func() {
				if acks.Add(1) == int64(enough) {
					l.kill()
					k.acked.Add(1)
				}
			})
		default:
			time.AfterFunc(time.Duration(k.random.IntN(1+10*share))*time.Millisecond, l.kill)
			k.deliver(l, share+1, nil)
		}
		select {
		case <-l.dead:
		case <-time.After(300 * time.Millisecond): // what it waited for did not come about
		}
		k.bury(l)
		k.kills++
	}
	return k.finish(ctx)
}

// amidMessage kills the bot between the platform's taking a message and its
// answer.
func (k *killer) amidMessage(l *life, enough int) {
	from := k.platform.set(nil)
	k.platform.set(func(n int) {
		if n == from+enough {
			k.amid.Add(1)
		}
		if n >= from+enough {
			l.kill()
			<-l.dead
		}
	})
}

// finish lets the last bot do what is left.
func (k *killer) finish(ctx context.Context) error {
	l, err := k.start(ctx)
	if err != nil {
		return err
	}
	defer k.bury(l)
	for len(k.todo) > 0 && !l.ended() {
		k.deliver(l, len(k.todo), nil)
	}
	for deadline := time.Now().Add(2 * time.Minute); !l.ended(); time.Sleep(5 * time.Millisecond) {
		if left, err := l.get("/left"); err == nil && left == "0" {
			break
		}
		if time.Now().After(deadline) {
			return errors.New("the last bot does not finish")
		}
	}
	if k.w.House.Fault != "" {
		time.Sleep(100 * time.Millisecond) // for what it accepted and has not stored
	}
	return nil
}

// bury waits till the dead bot's connections are read to their end.
func (k *killer) bury(l *life) {
	l.kill()
	<-l.dead
	k.platform.set(nil)
	for deadline := time.Now().Add(10 * time.Second); k.platform.busy() && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
}

// deliver delivers up to n events that are not acknowledged, some of them
// again, until the bot is dead. It calls acked after each acknowledgement.
func (k *killer) deliver(l *life, n int, acked func()) {
	work := make(chan int)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for event := range work {
				for range 1 + event%7/6 {
					k.deliveries.Add(1)
					resp, err := http.Post(fmt.Sprint(l.address, "/event?n=", event), "", nil)
					if err != nil {
						k.todo <- event // as a platform does, later
						break
					}
					resp.Body.Close()
					if resp.StatusCode != http.StatusOK {
						k.todo <- event
						break
					}
					if acked != nil {
						acked()
					}
				}
			}
		})
	}
	for range n {
		select {
		case event := <-k.todo:
			work <- event
		default:
		}
		if l.ended() {
			break
		}
	}
	close(work)
	all.Wait()
}

// A life of the bot.
type life struct {
	cmd     *exec.Cmd
	address string
	dead    chan struct{} // closed
}

func (l *life) kill() { l.cmd.Process.Kill() }

func (l *life) ended() bool {
	select {
	case <-l.dead:
		return true
	default:
		return false
	}
}

func (l *life) get(path string) (string, error) {
	resp, err := http.Get(l.address + path)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return string(text), err
}

func (k *killer) start(ctx context.Context) (*life, error) {
	argv, err := k.w.House.Bots()
	if err != nil {
		return nil, err
	}
	argv = append(argv, k.file, k.platform.URL, k.w.House.Fault)
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return nil, fmt.Errorf("start a bot: %w", err)
	}
	l := &life{cmd: cmd, dead: make(chan struct{})}
	line := bufio.NewScanner(out)
	if !line.Scan() {
		cmd.Process.Kill()
		cmd.Wait()
		return nil, errors.New("the bot did not start")
	}
	l.address = "http://" + line.Text()
	go func() {
		cmd.Wait()
		close(l.dead)
	}()
	return l, nil
}
