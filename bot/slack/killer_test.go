package slack

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

// A killer runs the app and kills it.
type killer struct {
	*testing.T
	slack  *slacktest.Server
	front  *front
	api    *httptest.Server // stands before Slack's
	secret string
	file   string
	fault  string
	random *rand.Rand
	events int
	kills  int

	mu   sync.Mutex
	sent []slacktest.Sent

	posts, acks atomic.Int64       // in this life
	onPost      func(n int64) verb // what to do at the n-th post of a life
	onAck       func(n int64)
	underWay    atomic.Int64

	amid, acked atomic.Int64
}

// A verb is what becomes of a call.
type verb int

const (
	pass    verb = iota
	dropped      // it does not arrive, and the app dies
	unheard      // it arrives, and the app dies before it hears so
)

func newKiller(t *testing.T, events int, scopes []string, fault string) *killer {
	k := &killer{T: t, front: &front{}, file: filepath.Join(t.TempDir(), "ledger.db"), fault: fault, events: events,
		random: rand.New(rand.NewPCG(uint64(events), uint64(len(fault))))}
	k.slack = slacktest.New(t, slacktest.Options{Handler: k.front, Scopes: scopes, Silent: true})
	k.secret = k.slack.SigningSecrets()[0]
	for i := range events {
		k.slack.AddUser(slacktest.User{ID: person(i), Team: slacktest.Team, Name: "sample"})
	}
	for c := range channels {
		members := []string{slacktest.Bot}
		for i := c; i < events; i += channels {
			members = append(members, person(i))
		}
		k.slack.AddChannel(slacktest.Channel{ID: channel(c), Name: "sample", Members: members})
	}
	k.api = httptest.NewServer(http.HandlerFunc(k.call))
	t.Cleanup(k.api.Close)
	return k
}

const channels = 20

func person(i int) string  { return fmt.Sprintf("U1P%05d", i) }
func channel(i int) string { return fmt.Sprintf("C1C%03d", i%channels) }

// call passes a call on to Slack, if the app is not killed over it.
func (k *killer) call(w http.ResponseWriter, req *http.Request) {
	k.underWay.Add(1)
	defer k.underWay.Add(-1)
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return
	}
	do := pass
	if strings.HasSuffix(req.URL.Path, "/chat.postMessage") {
		n := k.posts.Add(1)
		k.mu.Lock()
		onPost := k.onPost
		k.mu.Unlock()
		if onPost != nil {
			do = onPost(n)
		}
	}
	if do == dropped {
		panic(http.ErrAbortHandler)
	}
	out, err := http.NewRequest(req.Method, strings.TrimSuffix(k.slack.URL(), "/api/")+req.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		k.Error(err)
		return
	}
	out.Header = req.Header
	resp, err := http.DefaultClient.Do(out)
	if err != nil {
		return
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if do == unheard || err != nil {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("Content-Type", resp.Header.Get("Content-Type"))
	w.WriteHeader(resp.StatusCode)
	_, _ = w.Write(answer)
}

// A life of the app.
type life struct {
	cmd     *exec.Cmd
	address string
	dead    chan struct{} // closed
}

func (l *life) kill() { _ = l.cmd.Process.Kill() }

func (l *life) ended() bool {
	select {
	case <-l.dead:
		return true
	default:
		return false
	}
}

// start starts a life in which Slack's clock moves by so much.
func (k *killer) start(moves time.Duration) *life {
	k.Helper()
	k.posts.Store(0)
	k.acks.Store(0)
	now := k.slack.Clock.Now().Add(moves / 2)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), botFile+"="+k.file, botSlack+"="+k.api.URL+"/api/", botToken+"="+k.slack.BotToken(), botSecret+"="+k.secret, botNow+"="+fmt.Sprint(now.Unix()), botFault+"="+k.fault)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	must(k, err)
	must(k, cmd.Start())
	l := &life{cmd: cmd, dead: make(chan struct{})}
	line := bufio.NewScanner(out)
	if !line.Scan() {
		k.Fatal("the app did not start")
	}
	l.address = "http://" + line.Text()
	go func() {
		_ = cmd.Wait()
		close(l.dead)
	}()
	k.Cleanup(l.kill)
	h := http.Handler(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		rec := httptest.NewRecorder()
		slacktest.Forward(l.address).ServeHTTP(rec, req)
		w.WriteHeader(rec.Code)
		k.mu.Lock()
		onAck := k.onAck
		k.mu.Unlock()
		if n := k.acks.Add(1); onAck != nil {
			onAck(n)
		}
	}))
	k.front.Store(&h)
	return l
}

// How much of Slack's time goes by in each life, and in the last: what was not
// acknowledged comes again.
const redelivery, lastly = 90 * time.Second, 7 * time.Minute

func (k *killer) set(onPost func(int64) verb, onAck func(int64)) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.onPost, k.onAck = onPost, onAck
}

// run delivers all events over a number of kills, and waits till all that was
// accepted is finished.
func (k *killer) run(kills int) {
	share := k.events / (kills + 1) // of the events, for each life
	for k.kills < kills {
		l := k.start(redelivery)
		at := int64(1 + k.random.IntN(max(1, share)))
		switch k.kills % 4 {
		case 0, 1: // amid a message
			do := []verb{unheard, dropped}[k.kills%4]
			k.set(func(n int64) verb {
				if n < at {
					return pass
				}
				if n == at {
					k.amid.Add(1)
				}
				l.kill()
				<-l.dead
				return do
			}, nil)
		case 2: // at an acknowledgement
			k.set(nil, func(n int64) {
				if n == at {
					l.kill()
					k.acked.Add(1)
				}
			})
		default: // some time later
			time.AfterFunc(time.Duration(k.random.IntN(1+20*share))*time.Millisecond, l.kill)
		}
		k.deliver(l, share+1, redelivery)
		select {
		case <-l.dead:
		case <-time.After(10 * time.Second): // there were too few events for it
			l.kill()
		}
		k.bury(l)
	}
	k.finish()
}

// finish lets the last app do what is left.
func (k *killer) finish() {
	l := k.start(lastly)
	k.deliver(l, k.events-len(k.sent), lastly)
	left, since := "", time.Now()
	for left != "0" {
		time.Sleep(50 * time.Millisecond)
		if resp, err := http.Get(l.address + "/left"); err == nil {
			now, _ := io.ReadAll(resp.Body)
			resp.Body.Close()
			if string(now) != left {
				left, since = string(now), time.Now()
			}
		}
		if l.ended() || time.Since(since) > time.Minute {
			k.Fatalf("the last app does not finish: %q are left", left)
		}
	}
	if k.fault != "" {
		time.Sleep(1500 * time.Millisecond) // for what it accepted and has not stored
	}
	k.kills--
	l.kill()
	k.bury(l)
}

// deliver lets Slack deliver again what is due, and up to n new events, until
// the app is dead.
func (k *killer) deliver(l *life, n int, moves time.Duration) {
	var all sync.WaitGroup
	all.Go(func() { k.slack.Clock.Advance(moves) })
	work := make(chan int)
	for range 4 {
		all.Go(func() {
			for i := range work {
				q := k.slack.Type(person(i), channel(i), "<@U0BOT> What does the law say?")
				k.mu.Lock()
				k.sent = append(k.sent, q)
				k.mu.Unlock()
			}
		})
	}
	from := len(k.sent)
	for i := from; i < min(from+n, k.events) && !l.ended(); i++ {
		work <- i
	}
	close(work)
	all.Wait()
}

// bury waits till the app is dead and all it sent is taken.
func (k *killer) bury(l *life) {
	k.Helper()
	<-l.dead
	k.front.Store(nil)
	if code := l.cmd.ProcessState.ExitCode(); code == 1 {
		k.Fatal("the app ended by itself")
	}
	k.set(nil, nil)
	for deadline := time.Now().Add(10 * time.Second); k.underWay.Load() > 0 && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	k.slack.ForgetCalls()
	k.kills++
}
