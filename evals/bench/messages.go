package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/evals/trust"
)

// A messageRow is what the process holds after so many messages.
type messageRow struct {
	Messages int     `json:"messages"`
	Heap     int64   `json:"heap_bytes"` // in use after a collection
	Own      int64   `json:"own_bytes"`  // resident, and no file's
	Disk     int64   `json:"disk_bytes"`
	Seconds  float64 `json:"seconds"`
}

// anew is how often a question is answered anew; the others get the answer
// that it got before, for what is measured is what chats and the ledger keep.
const anew = 100

// messages has n messages of a chat, one a second by a clock of its own, go
// the whole way: redacted, into the ledger's file, worked on, sent, done. It
// reads the memory ten times.
func (b *bench) messages(ctx context.Context, n int) ([]messageRow, error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	house, err := trust.Open()
	if err != nil {
		return nil, err
	}
	defer house.Close()
	clock := &ticker{at: time.Date(2026, time.July, 1, 12, 0, 0, 0, time.UTC)}
	kept, err := ledger.Open(ctx, filepath.Join(dir, "ledger.db"), ledger.Options{Now: clock.now, Noteless: chat.Noteless()})
	if err != nil {
		return nil, err
	}
	defer kept.Close()
	door := &nowhere{}
	d, err := chat.New(chat.Options{Assistant: &rememberer{Assistant: house.Assistant(), known: map[string]*bot.Answer{}}, Ledger: kept, Door: door, Gate: house.Gate(), Rules: house.Rules,
		Now: clock.now, PerPerson: -1, PerChannel: -1, Poll: 5 * time.Millisecond})
	if err != nil {
		return nil, err
	}
	run, stop := context.WithCancel(ctx)
	var wg sync.WaitGroup
	wg.Go(func() { d.Run(run) })
	defer wg.Wait()
	defer stop()
	all, err := goldenQuestions()
	if err != nil {
		return nil, err
	}
	var out []messageRow
	begun := time.Now()
	for i := range n {
		clock.tick()
		o := orderOf(i, all[i%len(all)])
		for ok := false; !ok; {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if d.Backlog() >= 32 {
				time.Sleep(time.Millisecond)
				continue
			}
			if ok, err = d.Accept(ctx, o); err != nil || !ok {
				return nil, fmt.Errorf("message %d was not accepted: %w", i, err)
			}
		}
		if (i+1)%max(1, n/10) != 0 {
			continue
		}
		for d.Backlog() > 0 && ctx.Err() == nil {
			time.Sleep(time.Millisecond)
		}
		row, err := heldAfter(i+1, dir, time.Since(begun))
		if err != nil {
			return nil, err
		}
		if door.answers.Load() != int64(i+1) {
			return nil, fmt.Errorf("of %d messages %d were answered", i+1, door.answers.Load())
		}
		b.say("messages: %d of %d, %.1f MB in use", i+1, n, float64(row.Heap)/1e6)
		out = append(out, row)
	}
	return out, nil
}

func heldAfter(n int, dir string, took time.Duration) (row messageRow, err error) {
	m, err := memoryNow()
	if err != nil {
		return row, err
	}
	row = messageRow{Messages: n, Heap: heap(), Own: m.Own, Seconds: took.Seconds()}
	row.Disk, _, err = onDisk(dir)
	return row, err
}

// orderOf is the nth message: of one of 5,000 members in one of 200 channels,
// in a thread of its own.
func orderOf(n int, r bot.Request) chat.Order {
	name := strconv.Itoa(n)
	return chat.Order{Kind: chat.Ask, Public: true, Ask: bot.Request{Text: r.Text, State: r.State},
		Keys: []ledger.Key{ledger.Key("e" + name)},
		From: ledger.Principal{Platform: "nowhere", Workspace: "w", User: "u" + strconv.Itoa(n%5000)},
		At:   ledger.Place{Platform: "nowhere", Workspace: "w", Channel: "c" + strconv.Itoa(n%200), Thread: "t" + name}}
}

// A ticker is a clock that is moved.
type ticker struct {
	mu sync.Mutex
	at time.Time
}

func (t *ticker) now() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.at
}

func (t *ticker) tick() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.at = t.at.Add(time.Second)
}

// A rememberer answers one question in a hundred anew.
type rememberer struct {
	chat.Assistant

	mu    sync.Mutex
	asked int
	known map[string]*bot.Answer
}

// Ask is the assistant's, or what it said before.
func (r *rememberer) Ask(ctx context.Context, q bot.Request) (*bot.Answer, error) {
	r.mu.Lock()
	r.asked++
	known, again := r.known[q.Text], r.asked%anew == 0
	r.mu.Unlock()
	if known != nil && !again {
		return known, nil
	}
	a, err := r.Assistant.Ask(ctx, q)
	if err == nil {
		r.mu.Lock()
		r.known[q.Text] = a
		r.mu.Unlock()
	}
	return a, err
}

// nowhere is a door that lays answers out as text and drops them.
type nowhere struct{ sent, answers atomic.Int64 }

func (*nowhere) Platform() string { return "nowhere" }

func (*nowhere) Lay(s chat.Saying, _ chat.Shape) []chat.Post {
	if s.Answer != nil {
		return []chat.Post{{Body: s.Answer.Render(bot.Style{})}}
	}
	return []chat.Post{{Body: ""}}
}

func (d *nowhere) Send(_ context.Context, _ chat.To, p chat.Post, _, _ string) (string, error) {
	if text, ok := p.Body.(string); ok && text != "" {
		d.answers.Add(1)
	}
	return "m" + strconv.FormatInt(d.sent.Add(1), 10), nil
}

func (*nowhere) Find(context.Context, chat.To, chat.Post, string) (string, bool, error) {
	return "", false, nil
}

func (*nowhere) React(context.Context, chat.To, bot.Stage) error { return nil }

func (*nowhere) Who(context.Context, ledger.Principal, chat.To) (chat.Who, error) {
	return chat.Who{}, nil
}

func (*nowhere) Mention(who ledger.Principal) string { return "@" + who.User }
