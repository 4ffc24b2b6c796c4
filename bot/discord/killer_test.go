package discord

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

	"github.com/everycategory/advocate/bot/discord/discordtest"
)

// A hunt is how an app is killed again and again.
type hunt struct {
	events, kills int
	signed        bool          // Discord calls: there are commands alone
	fault         string        // of the app
	moves         time.Duration // of Discord's clock, between two lives
	varied        bool          // questions of every kind, instead of short ones
}

// A killer runs the app and kills it.
type killer struct {
	*testing.T
	hunt
	discord *discordtest.Server
	front   atomic.Pointer[http.Handler] // where Discord calls
	api     *httptest.Server             // stands before Discord's
	file    string
	random  *rand.Rand
	killed  int

	mu     sync.Mutex
	sent   []*asked
	begun  int             // events so far, with those that are being sent
	eyes   map[string]bool // messages under which the app showed that it has them
	onSay  func(n int64) verb
	onSign func(n int64)

	says, signs atomic.Int64 // in this life
	underWay    atomic.Int64

	amid, acked atomic.Int64
}

// asked is a question of somebody who asks once.
type asked struct {
	n       int
	text    string
	command *discordtest.Delivery // nil: it is a message
	message discordtest.Message
}

// A verb is what becomes of a call.
type verb int

const (
	pass    verb = iota
	dropped      // it does not arrive, and the app dies
	unheard      // it arrives, and the app dies before it hears so
)

func newKiller(t *testing.T, h hunt) *killer {
	k := &killer{T: t, hunt: h, file: filepath.Join(t.TempDir(), "ledger.db"), eyes: map[string]bool{},
		random: rand.New(rand.NewPCG(uint64(h.events), uint64(len(h.fault))))}
	o := discordtest.Options{Silent: true, Patience: 300 * time.Millisecond}
	if h.signed {
		o.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			f := k.front.Load()
			if f == nil {
				panic(http.ErrAbortHandler) // nobody is there
			}
			(*f).ServeHTTP(w, r)
		})
	}
	k.discord = discordtest.New(t, o)
	for i := range h.events {
		k.discord.AddUser(discordtest.User{ID: somebody(i), Name: "sample"}, discordtest.Guild)
	}
	for i := range channels {
		k.discord.AddChannel(discordtest.Channel{ID: threaded(i), Name: "sample"})
		k.discord.AddChannel(discordtest.Channel{ID: threadless(i), Name: "sample", Overwrites: []discordtest.Overwrite{
			{ID: discordtest.Bot, Member: true, Deny: discordtest.CreatePublicThreads | discordtest.CreatePrivateThreads}}})
	}
	k.api = httptest.NewServer(http.HandlerFunc(k.call))
	t.Cleanup(k.api.Close)
	return k
}

const channels = 20

func somebody(i int) string   { return fmt.Sprintf("1390%014d", i) }
func threaded(i int) string   { return fmt.Sprintf("1490%014d", i%channels) }
func threadless(i int) string { return fmt.Sprintf("1491%014d", i%channels) }

// question is the words of the i-th event.
func (k *killer) question(i int) string {
	text := "What does the law say?"
	if k.varied {
		text += []string{"", " Tell it " + atLength + ".", " Tell it " + slowly + ".", " Tell it " + slowly + " and " + atLength + "."}[i/4%4]
	}
	return text
}

// ask sends the i-th event: a command, a mention where a thread can begin and
// where none can, or a direct message, and waits a little until the app shows
// that it has it.
func (k *killer) ask(i int, l *life) {
	a := &asked{n: i, text: k.question(i)}
	switch {
	case k.signed || i%4 == 0:
		a.command = k.discord.Slash(somebody(i), threaded(i/4), "ask", discordtest.Values{"question": a.text})
	case i%4 == 1:
		a.message = k.discord.Type(somebody(i), threaded(i/4), mention+" "+a.text).Message
	case i%4 == 2:
		a.message = k.discord.Type(somebody(i), threadless(i/4), mention+" "+a.text).Message
	default:
		a.message = k.discord.Type(somebody(i), discordtest.DM(somebody(i)), a.text).Message
	}
	k.mu.Lock()
	k.sent = append(k.sent, a)
	k.mu.Unlock()
	for end := time.Now().Add(2 * time.Second); a.command == nil && !k.sees(a.message.ID) && !l.ended() && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
}

// sees reports whether the app showed that it has a message.
func (k *killer) sees(id string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.eyes[id]
}

// call passes a call on to Discord, if the app is not killed over it.
func (k *killer) call(w http.ResponseWriter, req *http.Request) {
	k.underWay.Add(1)
	defer k.underWay.Add(-1)
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return
	}
	path := req.URL.Path
	saying := (req.Method == "POST" && (strings.HasSuffix(path, "/messages") || strings.Contains(path, "/webhooks/"))) || req.Method == "PATCH"
	do := pass
	if saying {
		n := k.says.Add(1)
		k.mu.Lock()
		onSay := k.onSay
		k.mu.Unlock()
		if onSay != nil {
			do = onSay(n)
		}
	}
	if do == dropped {
		panic(http.ErrAbortHandler)
	}
	base, _, _ := strings.Cut(k.discord.URL(), "/api/")
	out, err := http.NewRequest(req.Method, base+req.URL.RequestURI(), bytes.NewReader(body))
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
	if resp.StatusCode < 300 {
		switch _, after, seen := strings.Cut(path, "/messages/"); {
		case seen && req.Method == "PUT" && strings.Contains(after, "/reactions/"):
			id, _, _ := strings.Cut(after, "/")
			k.mu.Lock()
			k.eyes[id] = true
			k.mu.Unlock()
			k.sign()
		case strings.HasSuffix(path, "/callback"):
			k.sign()
		}
	}
	if do == unheard || err != nil {
		panic(http.ErrAbortHandler)
	}
	for name, values := range resp.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(resp.StatusCode)
	_, _ = w.Write(answer)
}

// sign counts a sign by which the app acknowledged something.
func (k *killer) sign() {
	n := k.signs.Add(1)
	k.mu.Lock()
	onSign := k.onSign
	k.mu.Unlock()
	if onSign != nil {
		onSign(n)
	}
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

// start starts a life, which is ready for deliveries.
func (k *killer) start() *life {
	k.Helper()
	k.says.Store(0)
	k.signs.Store(0)
	cmd := exec.Command(os.Args[0])
	key := ""
	if k.signed {
		key = k.discord.PublicKey()
	}
	cmd.Env = append(os.Environ(), botFile+"="+k.file, botDiscord+"="+strings.TrimPrefix(k.api.URL, "http://"), botToken+"="+discordtest.Token,
		botKey+"="+key, botNow+"="+fmt.Sprint(k.discord.Clock.Now().Unix()), botFault+"="+k.fault)
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
	if !k.signed {
		for k.discord.Ready() == 0 && !l.ended() {
			time.Sleep(time.Millisecond)
		}
		return l
	}
	h := http.Handler(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		rec := httptest.NewRecorder()
		discordtest.Forward(l.address).ServeHTTP(rec, req)
		for name, values := range rec.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(rec.Code)
		_, _ = w.Write(rec.Body.Bytes())
		k.sign()
	}))
	k.front.Store(&h)
	return l
}

func (k *killer) set(onSay func(int64) verb, onSign func(int64)) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.onSay, k.onSign = onSay, onSign
}

// run delivers all events over a number of kills, and waits till all that was
// accepted is finished.
func (k *killer) run() {
	share := 2 * k.events / (k.kills + 1) // of the events, for each life at most
	for k.killed < k.kills {
		l := k.start()
		at := int64(1 + k.random.IntN(max(1, share)))
		switch k.killed % 4 {
		case 0, 1: // amid a message
			do := []verb{unheard, dropped}[k.killed%4]
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
		case 2: // at a sign
			k.set(nil, func(n int64) {
				if n == at {
					l.kill()
					k.acked.Add(1)
				}
			})
		default: // some time later
			time.AfterFunc(time.Duration(k.random.IntN(1+20*share))*time.Millisecond, l.kill)
		}
		k.deliver(l, share+1)
		select {
		case <-l.dead:
		case <-time.After(10 * time.Second): // there were too few events for it
			l.kill()
		}
		k.bury(l)
		k.discord.Clock.Advance(k.moves)
	}
	k.finish()
}

// finish lets the last app do what is left.
func (k *killer) finish() {
	l := k.start()
	k.deliver(l, k.events-k.begun)
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
	k.killed--
	l.kill()
	k.bury(l)
}

// deliver sends up to n new events, until the app is dead.
func (k *killer) deliver(l *life, n int) {
	var all sync.WaitGroup
	work := make(chan int)
	for range 4 {
		all.Go(func() {
			for i := range work {
				k.ask(i, l)
			}
		})
	}
	for end := min(k.begun+n, k.events); k.begun < end && !l.ended(); k.begun++ {
		work <- k.begun
	}
	close(work)
	all.Wait()
}

// bury waits till the app is dead and all it sent is taken. Its session is
// gone with it: another process cannot resume it.
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
	k.discord.LoseSessions()
	k.discord.ForgetCalls()
	k.killed++
}
