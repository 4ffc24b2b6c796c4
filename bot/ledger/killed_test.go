package ledger_test

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestKilled kills a bot again and again amid its work, at any moment and at
// the worst ones: right after an acknowledgement, and between the platform's
// taking a message and its answer. What was acknowledged is answered, and
// nothing is answered twice.
func TestKilled(t *testing.T) {
	t.Parallel()
	events, kills := 100*scale, 3
	if scale > 1 {
		kills = 210
	}
	k := newKiller(t, events, "")
	k.run(kills)
	none, twice := k.platform.counts(events)
	if k.kills < kills || k.amid.Load() == 0 || k.acked.Load() == 0 || none > 0 || twice > 0 {
		t.Errorf("of %d events over %d kills, %d were not answered, %d twice", events, k.kills, none, twice)
	}
	t.Logf("%d events, %d deliveries, %d kills, of which %d amid a message and %d at an acknowledgement", events, k.deliveries.Load(), k.kills, k.amid.Load(), k.acked.Load())
}

// TestKilledNotices replaces a guard: the test above must go red.
func TestKilledNotices(t *testing.T) {
	t.Parallel()
	for fault, red := range map[string]func(none, twice int) bool{
		"accept before it is stored": func(none, twice int) bool { return none > 0 },
		"send again without asking":  func(none, twice int) bool { return twice > 0 },
	} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			k := newKiller(t, 40, fault)
			k.run(3)
			if none, twice := k.platform.counts(40); !red(none, twice) {
				t.Errorf("over %d kills, %d were not answered and %d twice: nothing is noticed", k.kills, none, twice)
			}
		})
	}
}

// A killer runs a bot on a file and kills it.
type killer struct {
	*testing.T
	platform *platform
	file     string
	fault    string
	random   *rand.Rand
	events   int

	todo  chan int // events that are not acknowledged
	kills int

	deliveries, amid, acked atomic.Int64
}

func newKiller(t *testing.T, events int, fault string) *killer {
	k := &killer{T: t, platform: newPlatform(), file: filepath.Join(t.TempDir(), "ledger.db"), fault: fault,
		random: rand.New(rand.NewPCG(uint64(events), uint64(len(fault)))), events: events, todo: make(chan int, events)}
	t.Cleanup(k.platform.Close)
	for n := range events {
		k.todo <- n
	}
	return k
}

// run delivers all events over a number of kills, and waits till all that
// was accepted is finished.
func (k *killer) run(kills int) {
	share := k.events / (kills + 1) // of the events, for each life
	for k.kills < kills {
		l := k.start()
		enough := 1 + k.random.IntN(max(1, share))
		switch k.kills % 3 {
		case 0: // amid a message
			from := k.platform.set(nil)
			k.platform.set(func(n int) {
				if n >= from+enough {
					if n == from+enough {
						k.amid.Add(1)
					}
					l.kill()
					<-l.dead
				}
			})
			k.deliver(l, share+1, nil)
		case 1: // at an acknowledgement
			var acks atomic.Int64
			k.deliver(l, enough, func() {
				if acks.Add(1) == int64(enough) {
					l.kill()
					k.acked.Add(1)
				}
			})
		default: // some time later
			time.AfterFunc(time.Duration(k.random.IntN(1+10*share))*time.Millisecond, l.kill)
			k.deliver(l, share+1, nil)
		}
		select {
		case <-l.dead:
		case <-time.After(300 * time.Millisecond): // what it waited for did not come about
			l.kill()
		}
		k.bury(l)
		k.kills++
	}
	k.finish()
}

// finish lets the last bot do what is left.
func (k *killer) finish() {
	l := k.start()
	for len(k.todo) > 0 && !l.ended() {
		k.deliver(l, len(k.todo), nil)
	}
	for deadline := time.Now().Add(2 * time.Minute); !l.ended(); time.Sleep(5 * time.Millisecond) {
		if left, err := l.get("/left"); err == nil && left == "0" {
			break
		}
		if time.Now().After(deadline) {
			k.Fatal("the last bot does not finish")
		}
	}
	if k.fault != "" {
		time.Sleep(100 * time.Millisecond) // for what it accepted and has not stored
	}
	l.kill()
	k.bury(l)
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

func (k *killer) start() *life {
	k.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), botFile+"="+k.file, botPlatform+"="+k.platform.URL, botFault+"="+k.fault)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		k.Fatal(err)
	}
	l := &life{cmd: cmd, dead: make(chan struct{})}
	line := bufio.NewScanner(out)
	if !line.Scan() {
		k.Fatal("the bot did not start")
	}
	l.address = "http://" + line.Text()
	go func() {
		cmd.Wait()
		close(l.dead)
	}()
	k.Cleanup(l.kill)
	return l
}

// deliver delivers up to n events that are not acknowledged, some of them
// again, until the bot is dead. It calls acked after each acknowledgement.
func (k *killer) deliver(l *life, n int, acked func()) {
	work := make(chan int)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for event := range work {
				times := 1 + event%7/6
				for range times {
					k.deliveries.Add(1)
					resp, err := http.Post(fmt.Sprint(l.address, "/event?n=", event), "", nil)
					if err != nil {
						k.todo <- event // as the platform does, later
						break
					}
					resp.Body.Close()
					if resp.StatusCode != http.StatusOK {
						k.Error(resp.Status)
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
		case <-l.dead:
		default:
		}
	}
	close(work)
	all.Wait()
}

// bury waits till the bot is dead and all it sent is taken, and checks the
// file as it lies there, in a copy.
func (k *killer) bury(l *life) {
	k.Helper()
	<-l.dead
	if code := l.cmd.ProcessState.ExitCode(); code == 1 {
		k.Fatal("the bot ended by itself")
	}
	k.platform.set(nil)
	for deadline := time.Now().Add(10 * time.Second); k.platform.busy() && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	copied := filepath.Join(k.TempDir(), "ledger.db")
	for _, suffix := range []string{"", "-wal"} {
		if data, err := os.ReadFile(k.file + suffix); err == nil {
			write(k, copied+suffix, data)
		}
	}
	db := raw(k, copied)
	defer db.Close()
	var verdict string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || strings.TrimSpace(verdict) != "ok" {
		k.Errorf("after kill %d: %q, %v", k.kills, verdict, err)
	}
}
