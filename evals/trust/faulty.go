package trust

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/model"
	"github.com/everycategory/advocate/bot/model/modeltest"
)

// faults: whatever goes wrong with a model on the wire, the composer's
// answer comes, with its citations and in time, and holds nothing of what the
// endpoint said.
func faults() Row {
	return Row{ID: "faults", Promise: "A model that fails leaves a cited answer", What: "answers beside a failing model, 37 kinds of failure", N: 6_000,
		Bar: Bar{0, 0.98}, Best: "unmeasured", Guards: []Guard{{"errors of the client (stands for it: an answer made of what came)", func(h *House) {
			agreesToWords.Replace(h)
			h.Fault = "what came is taken for an answer"
		}}}, Lean: 40,
		run: func(ctx context.Context, w *Work) error {
			const echo = "Quackenbush"
			all, err := w.someQuestions(ctx)
			if err != nil {
				return err
			}
			scripts := modeltest.Faults(echo)
			names := sorted(scripts)
			short := func(c *model.Config) { c.Idle, c.Total = 60*time.Millisecond, time.Second }
			err = each(ctx, w.N, w.lines(short), func(l *line, at int) error {
				name, r := names[at%len(names)], w.rand(at)
				script := scripts[name]
				if w.House.Fault != "" {
					script = taken(r.IntN(2) == 0, echo)
				}
				l.server.Use(script)
				q := all[r.IntN(len(all))]
				begun := time.Now()
				ans, err := l.Ask(ctx, q.Request)
				if err != nil {
					return err
				}
				took := time.Since(begun)
				text := ans.Render(bot.Plain)
				seen, err := everything(ans, text)
				if err != nil {
					return err
				}
				bare, noted := withoutNote(text)
				why := ""
				switch {
				case strings.Contains(seen, echo) || strings.Contains(seen, l.server.URL):
					why = "the reader sees what was said"
				case bare != q.text:
					why = "the answer is not the composer's: " + differing(bare, q.text)
				case !noted:
					why = "no note says that the composer answered"
				case took > 20*time.Second:
					why = fmt.Sprintf("it took %v", took)
				}
				w.try(at, name, why)
				return nil
			})
			if err != nil {
				return err
			}
			return w.someHonest(ctx, max(20, w.N/20))
		}}
}

// taken answers with the echo as if it were one.
func taken(bare bool, echo string) modeltest.Script {
	return func(rw http.ResponseWriter, _ *http.Request, _ *rand.Rand, a modeltest.Asked) {
		var out modeltest.Reply
		for _, g := range a.Groups {
			for _, s := range g.Sentences {
				text := s.Text
				if !bare {
					text = strings.TrimSuffix(text, ".") + " for " + echo + "."
				} else {
					text = echo + " says so."
				}
				out.Say(g.N, text, s.Passages...)
			}
		}
		modeltest.Content(rw, out.Text())
	}
}

// opens is how receipts are opened: the zero value as the program does.
type opens struct {
	unsealed bool // no seal is looked at
	undated  bool // no text is held of another day
}

func (o opens) open(r *bot.Receipts, name string) (*bot.Receipt, error) {
	if !o.unsealed {
		return r.Open(name)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var rec bot.Receipt
	return &rec, json.Unmarshal(data, &rec)
}

// receipts: files of receipts that somebody changed: a byte, a piece taken
// out, put in or moved, cut off, one receipt's words in another.
func receipts() Row {
	return Row{ID: "receipts", Promise: "A receipt that somebody altered is refused", What: "altered files, 7 kinds", N: 10_000,
		Bar: Bar{0, 1}, Best: "unmeasured", Guards: []Guard{{"the seal", func(h *House) { h.Opens.unsealed = true }}}, Lean: 300, run: runReceipts}
}

func runReceipts(ctx context.Context, w *Work) error {
	dir, err := os.MkdirTemp("", "trust-receipts")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	r := &bot.Receipts{Dir: filepath.Join(dir, "kept")}
	as := w.House.Assistant()
	as.Receipts = r
	questions, err := w.questions(ctx, 30)
	if err != nil {
		return err
	}
	type kept struct {
		data []byte
		says string
	}
	var all []kept
	for at, q := range questions {
		ans, err := as.Ask(ctx, q.Request)
		if err != nil {
			return err
		}
		name := filepath.Join(r.Dir, ans.ID+".json")
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rec, err := w.House.Opens.open(r, name)
		why := ""
		if err != nil {
			why = err.Error()
			rec = &bot.Receipt{}
		} else if again, err := as.Recheck(ans.ID); err == nil && len(again.Failed)+len(again.Changed) > 0 {
			why = fmt.Sprintf("%s: %v %v", ans.ID, again.Failed, again.Changed)
		}
		w.honest(at, why)
		all = append(all, kept{data, says(rec)})
	}
	begin := func() (string, func(), error) {
		f, err := os.CreateTemp(dir, "altered-*.json")
		if err != nil {
			return "", nil, err
		}
		return f.Name(), nil, f.Close()
	}
	return each(ctx, w.N, begin, func(name string, at int) error {
		rnd := w.rand(at)
		for range 50 {
			x, other := all[rnd.IntN(len(all))], all[rnd.IntN(len(all))]
			kind, bad := alter(rnd, at, x.data, other.data)
			if string(bad) == string(x.data) {
				continue
			}
			if err := os.WriteFile(name, bad, 0o600); err != nil {
				return err
			}
			rec, err := w.House.Opens.open(r, name)
			why := ""
			if err == nil {
				if says(rec) == x.says || says(rec) == other.says {
					continue // white space, or another spelling of the same: it says what it said
				}
				why = "accepted: " + says(rec)
			}
			w.try(at, kind, why)
			return nil
		}
		return nil
	})
}

// says is all that a receipt says, in one spelling.
func says(r *bot.Receipt) string {
	data, err := json.Marshal(r)
	if err != nil {
		return err.Error()
	}
	return string(data)
}

// alter changes the file of a receipt in the kind that comes in turn.
func alter(r *rand.Rand, at int, data, other []byte) (kind string, bad []byte) {
	i := r.IntN(len(data))
	j := min(len(data), i+1+r.IntN(60))
	bad = append([]byte(nil), data...)
	switch at % 7 {
	case 0:
		bad[i] ^= byte(1 + r.IntN(255))
		return "a byte changed", bad
	case 1:
		return "a piece taken out", append(bad[:i], data[j:]...)
	case 2:
		return "a piece put in twice", append(bad[:j], data[i:]...)
	case 3:
		return "cut off", bad[:i]
	case 4:
		lines := strings.Split(string(data), "\n")
		a, b := r.IntN(len(lines)), r.IntN(len(lines))
		lines[a], lines[b] = lines[b], lines[a]
		return "two lines exchanged", []byte(strings.Join(lines, "\n"))
	case 5:
		words := [][2]string{{"may not", "may"}, {"must", "may"}, {"verified", "supported"}, {"WA", "OR"}, {"20", "19"}, {"not", "now"}, {"plan", "payer"}}
		w := words[r.IntN(len(words))]
		return "a word changed", []byte(strings.Replace(string(data), w[0], w[1], 1+r.IntN(3)))
	}
	mine, theirs := string(data), string(other)
	a, b := strings.Index(mine, `"passages"`), strings.Index(theirs, `"passages"`)
	if a < 0 || b < 0 {
		return "another's passages", data
	}
	sealMine := strings.LastIndex(mine, `"seal"`)
	sealTheirs := strings.LastIndex(theirs, `"seal"`)
	return "another's passages", []byte(mine[:a] + theirs[b:sealTheirs] + mine[sealMine:])
}
