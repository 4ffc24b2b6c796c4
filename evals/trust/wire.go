package trust

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/model"
	"github.com/everycategory/advocate/bot/model/modeltest"
)

// A line is an assistant with a model on loopback that answers by a script.
type line struct {
	*bot.Assistant
	server *modeltest.Server
}

// scripted is the name of the model on loopback.
const scripted = "scripted"

// lines begins lines to scripted models, for each.
func (w *Work) lines(change ...func(*model.Config)) func() (*line, func(), error) {
	return func() (*line, func(), error) {
		s := modeltest.Serve(w.Seed, modeltest.Says(modeltest.Honest))
		var asked atomic.Int64 // for a clock that lets each request be a fresh one
		c := model.Config{Base: s.URL, Name: scripted, Key: "secret-key", Idle: 5 * time.Second, Total: 30 * time.Second,
			Wait: func(<-chan struct{}, time.Duration) {}, Now: func() time.Time { return time.Unix(60*asked.Add(1), 0) }}
		for _, f := range change {
			f(&c)
		}
		m, err := model.New(c)
		if err != nil {
			s.Stop()
			return nil, nil, err
		}
		return &line{w.House.Assistant().With(m), s}, s.Stop, nil
	}
}

// A lie is what a hostile model said in an attempt.
type lie struct {
	mu    sync.Mutex
	told  bool
	lies  []string
	reply string
}

// lies makes the model of l lie by a family.
func (l *line) lies(r *rand.Rand, f modeltest.Family) *lie {
	out := &lie{}
	l.server.Use(modeltest.Says(func(_ *rand.Rand, a modeltest.Asked) string {
		reply, lies := f(r, a)
		out.mu.Lock()
		defer out.mu.Unlock()
		out.told, out.lies, out.reply = out.told || reply != "", append(out.lies, lies...), reply
		return reply
	}))
	return out
}

// A question is one that the library lists and answers, with the answer of
// the composer alone as a reader sees it.
type question struct {
	bot.Request
	text string // rendered
	seen string // all that a reader may see of it
}

// questions are n questions that the library lists and answers, in a seeded
// order, each for several plans.
func (w *Work) questions(ctx context.Context, n int) ([]question, error) {
	as := w.House.Assistant()
	var texts []string
	for _, s := range w.House.Catalog.Sources {
		for _, q := range s.Asks {
			if len(strings.Fields(q)) > 3 {
				texts = append(texts, q)
			}
		}
	}
	r := rand.New(rand.NewPCG(w.Seed, 0))
	r.Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
	var out []question
	for at := 0; len(out) < n && at < 4*len(texts); at++ {
		q := bot.Request{Text: texts[at%len(texts)], Plan: []string{"", "self-funded", "fully-insured", "medicare"}[(at+at/len(texts))%4]}
		ans, err := as.Ask(ctx, q)
		if err != nil {
			return nil, err
		}
		if !ans.Abstained && ans.Claims[0].Part == bot.Lead {
			seen, err := everything(ans, ans.Render(bot.Plain))
			if err != nil {
				return nil, err
			}
			out = append(out, question{q, ans.Render(bot.Plain), seen})
		}
	}
	if len(out) < n {
		return nil, fmt.Errorf("only %d of %d questions are answered", len(out), n)
	}
	return out, nil
}

// mostQuestions is how many questions a row uses in turn.
const mostQuestions = 400

func (w *Work) someQuestions(ctx context.Context) ([]question, error) {
	return w.questions(ctx, max(40, min(mostQuestions, w.N/2)))
}

// everything is all that a reader may see of a result: its text, and its JSON
// with the escapes read.
func everything(result any, text string) (string, error) {
	data, err := json.Marshal(result)
	if err != nil {
		return "", err
	}
	var back any
	if err := json.Unmarshal(data, &back); err != nil {
		return "", err
	}
	return text + "\n" + fmt.Sprint(back), nil
}

// composerSays opens the note that says that no model answered.
const composerSays = "Note: The built-in composer answered: "

// withoutNote is a rendered answer without that note, and whether it was
// there.
func withoutNote(text string) (string, bool) {
	before, rest, ok := strings.Cut(text, composerSays)
	if !ok {
		return text, false
	}
	_, after, _ := strings.Cut(rest, "\n\n")
	return before + after, true
}

// prompted is what a model is asked for each question, by an honest run.
func (w *Work) prompted(ctx context.Context, all []question) ([]modeltest.Asked, error) {
	out := make([]modeltest.Asked, len(all))
	err := each(ctx, len(all), w.lines(), func(l *line, at int) error {
		l.server.Use(modeltest.Says(modeltest.Honest))
		if _, err := l.Ask(ctx, all[at].Request); err != nil {
			return err
		}
		if in := l.server.Inbound(); len(in) > 0 {
			out[at] = modeltest.Read(body(in[0]))
		}
		return nil
	})
	return out, err
}

// attack asks questions of a model that lies by the families in turn, N
// times, and lets judge say what went wrong with what the reader sees.
func (w *Work) attack(ctx context.Context, families map[string]modeltest.Family, judge func(q question, l *lie, text, seen string) string) error {
	all, err := w.someQuestions(ctx)
	if err != nil {
		return err
	}
	asked, err := w.prompted(ctx, all)
	if err != nil {
		return err
	}
	names := sorted(families)
	return each(ctx, w.N, w.lines(), func(l *line, at int) error {
		name := names[at%len(names)]
		if strings.HasPrefix(name, heavy) && at/len(names)%50 != 0 {
			name = names[0] // for memory, not variety
		}
		r := w.rand(at)
		for range 400 {
			i, seed := r.IntN(len(all)), r.Uint64()
			if reply, _ := families[name](rand.New(rand.NewPCG(seed, 1)), asked[i]); asked[i].User == "" || reply == "" {
				continue // it has nothing to lie about
			}
			told := l.lies(rand.New(rand.NewPCG(seed, 1)), families[name])
			ans, err := l.Ask(ctx, all[i].Request)
			if err != nil {
				return err
			}
			if !told.told {
				continue
			}
			text := ans.Render(bot.Plain)
			seen, err := everything(ans, text)
			if err != nil {
				return err
			}
			w.try(at, name, judge(all[i], told, text, seen))
			return nil
		}
		return nil
	})
}

// heavy is how the name of a family begins whose answers are megabytes.
const heavy = "ten megabytes"

// someHonest asks n questions of an honest model and counts the answers that
// are delivered whole.
func (w *Work) someHonest(ctx context.Context, n int) error {
	all, err := w.questions(ctx, min(n, mostQuestions))
	if err != nil {
		return err
	}
	return each(ctx, n, w.lines(), func(l *line, at int) error {
		r := w.rand(1<<30 + at)
		l.server.Use(modeltest.Says(func(_ *rand.Rand, a modeltest.Asked) string { return modeltest.Honest(r, a) }))
		q := all[at%len(all)]
		ans, err := l.Ask(ctx, q.Request)
		if err != nil {
			return err
		}
		w.honest(at, undelivered(ans, q))
		return nil
	})
}

// undelivered says what of an honest model's answer did not reach the
// reader, from the JSON that a door gives.
func undelivered(ans *bot.Answer, q question) string {
	text := ans.Render(bot.Plain)
	if _, noted := withoutNote(text); noted || ans.Model != scripted {
		return fmt.Sprintf("%q: %s", q.Text, strings.Join(ans.Warnings, " "))
	}
	if got, want := strings.Count(text, " ["), strings.Count(q.text, " ["); got != want {
		return fmt.Sprintf("%q: %d marks of citations, the composer's has %d", q.Text, got, want)
	}
	return ""
}

func sorted[T any](m map[string]T) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// body is the body of a request as it came.
func body(inbound []byte) []byte {
	_, b, _ := bytes.Cut(inbound, []byte("\r\n\r\n"))
	return b
}
