package model_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/model"
	"github.com/everycategory/advocate/bot/model/modeltest"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/library"
	"github.com/everycategory/advocate/prompts"
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/embed"
	"github.com/everycategory/advocate/retrieval/local"
)

// The seed of everything here.
const seed = 20261127

// wired is the assistant of the shipped library, with its gate, and no model
// yet. It is made once: what it knows of the law is kept.
var wired = sync.OnceValues(func() (*bot.Assistant, error) {
	catalog, err := corpus.Load(library.FS())
	if err != nil {
		return nil, err
	}
	docs := make([]retrieval.Document, len(catalog.Sources))
	for i, s := range catalog.Sources {
		docs[i].Source = s
	}
	as := &bot.Assistant{Catalog: catalog, Checker: cite.New(catalog), Now: func() time.Time { return time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC) }}
	idx, err := local.New(docs...)
	if err != nil {
		return nil, err
	}
	static, err := embed.NewStatic()
	if err != nil {
		return nil, err
	}
	as.Retriever = &retrieval.Retriever{Index: idx, Asks: retrieval.NewAsks(static, catalog.Sources)}
	if as.Retriever.Lexicon, err = retrieval.LoadLexicon(library.FS()); err != nil {
		return nil, err
	}
	if as.Rules, err = coverage.Load(library.FS()); err != nil {
		return nil, err
	}
	if as.Safety, err = bot.LoadSafety(library.FS()); err != nil {
		return nil, err
	}
	if as.Gate, err = phi.New(); err != nil {
		return nil, err
	}
	as.Prompts, err = prompts.Load()
	return as, err
})

func assistant(t testing.TB) *bot.Assistant {
	t.Helper()
	as, err := wired()
	if err != nil {
		t.Fatal(err)
	}
	return as
}

// asking is the assistant with a client of the server for its model, that
// never rests.
func asking(t testing.TB, s *modeltest.Server, change ...func(*model.Config)) *bot.Assistant {
	t.Helper()
	var asked atomic.Int64
	c := model.Config{Base: s.URL, Name: "scripted", Key: "secret-key", Context: 64 << 10, Idle: 10 * time.Second, Total: 30 * time.Second,
		Wait: func(<-chan struct{}, time.Duration) {}, Now: func() time.Time { return time.Unix(60*asked.Add(1), 0) }}
	for _, f := range change {
		f(&c)
	}
	m, err := model.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return assistant(t).With(m)
}

// A sample is a question, and the answer to it without a model.
type sample struct {
	q     bot.Request
	alone *bot.Answer
}

// samples are questions that the library lists and answers, in a seeded
// order, with their answers; each again with other facts, if there are too
// few.
var samples = sync.OnceValues(func() ([]sample, error) {
	as, err := wired()
	if err != nil {
		return nil, err
	}
	var questions []string
	for _, s := range as.Catalog.Sources {
		for _, q := range s.Asks {
			if len(strings.Fields(q)) > 3 {
				questions = append(questions, q)
			}
		}
	}
	r := rand.New(rand.NewPCG(seed, 1))
	r.Shuffle(len(questions), func(i, j int) { questions[i], questions[j] = questions[j], questions[i] })
	var out []sample
	for _, plan := range []string{"", "self-funded", "fully-insured", "medicare"} {
		for _, q := range questions {
			if len(out) == honestAnswers {
				return out, nil
			}
			req := bot.Request{Text: q, Plan: plan}
			ans, err := as.Ask(context.Background(), req)
			if err == nil && !ans.Abstained && ans.Claims[0].Part == bot.Lead {
				out = append(out, sample{req, ans})
			}
		}
	}
	return out, nil
})

func sampled(t *testing.T) []sample {
	t.Helper()
	all, err := samples()
	if err != nil || len(all) < honestAnswers {
		t.Fatalf("%d samples, %v", len(all), err)
	}
	return all
}

// final is all that a reader may see of an answer: its text, plain and marked
// up, and its JSON.
func final(t *testing.T, ans *bot.Answer) string {
	t.Helper()
	data, err := json.Marshal(ans)
	if err != nil {
		t.Fatal(err)
	}
	var back any // JSON escapes as what they mean
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	return ans.Text + "\n" + ans.Render(bot.Plain) + "\n" + fmt.Sprint(back)
}

// untouched says how an answer differs from the composer's, but for one
// warning which says that the composer answered; "" if in nothing.
func untouched(t *testing.T, ans, alone *bot.Answer) string {
	t.Helper()
	const says = "The built-in composer answered: "
	i := slices.IndexFunc(ans.Warnings, func(w string) bool { return strings.HasPrefix(w, says) })
	if i < 0 {
		return "no warning says that the composer answered"
	}
	if !strings.Contains(ans.Render(bot.Plain), "composer") {
		return "the text does not say that the composer answered"
	}
	bare := *ans
	bare.Warnings = slices.Delete(slices.Clone(ans.Warnings), i, i+1)
	bare.ID, bare.Text = alone.ID, alone.Text
	got, err := json.Marshal(bare)
	want, err2 := json.Marshal(alone)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	if string(got) != string(want) || bare.Render(bot.Plain) != alone.Render(bot.Plain) {
		return "it is\n" + bare.Render(bot.Plain) + "\nand the composer's is\n" + alone.Render(bot.Plain)
	}
	return ""
}

// TestHonestAsk: what an honest model says again is delivered whole: the
// lead and every claim are there, checked, with their citations, and nothing
// warns of the model.
func TestHonestAsk(t *testing.T) {
	t.Parallel()
	s := modeltest.New(t, seed, modeltest.Says(modeltest.Honest))
	as := asking(t, s)
	whole, sentences, reworded, kept := 0, 0, 0, 0
	for _, x := range sampled(t) {
		ans, err := as.Ask(t.Context(), x.q)
		if err != nil {
			t.Fatal(err)
		}
		if why := lacking(ans, x.alone); why != "" {
			t.Logf("%q: %s", x.q.Text, why)
			continue
		}
		whole++
		for i, c := range ans.Claims {
			sentences++
			if c.Text != x.alone.Claims[i].Text {
				reworded++
			}
		}
	}
	for _, in := range s.Inbound() {
		for _, g := range modeltest.Read(body(in)).Groups {
			kept += len(g.Sentences)
		}
	}
	t.Logf("n %d, seed %d: %d answers whole; of %d claims %d are in the model's own words (%d were sent)", honestAnswers, seed, whole, sentences, reworded, kept)
	if lost := honestAnswers - whole; lost > max(1, honestAnswers/200) { // of a few, one
		t.Errorf("%d of %d answers were delivered whole, want 99.5 %%", whole, honestAnswers)
	}
	if reworded == 0 {
		t.Error("no sentence was put into other words")
	}
}

// lacking says what an answer in a model's words lacks, or "".
func lacking(ans, alone *bot.Answer) string {
	switch {
	case ans.Model != "scripted":
		return "the composer answered: " + strings.Join(ans.Warnings, " ")
	case len(ans.Claims) != len(alone.Claims) || ans.Claims[0].Part != bot.Lead:
		return "claims are missing"
	case !slices.Equal(ans.Warnings, alone.Warnings):
		return strings.Join(ans.Warnings, " ")
	}
	for i, c := range ans.Claims {
		if c.Verdict == cite.Withheld || !slices.Equal(c.Citations, alone.Claims[i].Citations) || c.Part != alone.Claims[i].Part || c.Branch != alone.Claims[i].Branch {
			return c.Text
		}
	}
	return ""
}

func body(inbound []byte) []byte {
	_, b, _ := bytes.Cut(inbound, []byte("\r\n\r\n"))
	return b
}

// TestHostileAsk: of what a hostile model says nothing reaches the reader,
// and the answer is the composer's, byte for byte, with a note that says so.
func TestHostileAsk(t *testing.T) {
	t.Parallel()
	families := modeltest.Hostile()
	var all, skipped atomic.Int64
	t.Run("families", func(t *testing.T) {
		for _, name := range slices.Sorted(maps.Keys(families)) {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				ran, none := hostile(t, families[name])
				all.Add(int64(ran))
				skipped.Add(int64(none))
			})
		}
	})
	t.Logf("n %d answers of %d families, seed %d; %d questions gave nothing to lie about", all.Load(), len(families), seed, skipped.Load())
	if len(families) < 25 || all.Load() < 25*hostileEach*9/10 {
		t.Errorf("%d answers of %d families", all.Load(), len(families))
	}
}

// hostile asks until the family has lied hostileEach times, or there are no
// more questions.
func hostile(t *testing.T, family modeltest.Family) (ran, none int) {
	var mu sync.Mutex
	var lies []string
	told := false
	s := modeltest.New(t, seed, modeltest.Says(func(r *rand.Rand, a modeltest.Asked) string {
		reply, l := family(r, a)
		mu.Lock()
		defer mu.Unlock()
		told = told || reply != ""
		lies = append(lies, l...)
		return reply
	}))
	as := asking(t, s)
	all := sampled(t)
	for i := 0; i < 3*len(all) && ran < hostileEach; i++ {
		x := all[i%len(all)]
		mu.Lock()
		lies, told = nil, false
		mu.Unlock()
		ans, err := as.Ask(t.Context(), x.q)
		if err != nil {
			t.Fatal(err)
		}
		if !told {
			none++
			continue
		}
		ran++
		if why := untouched(t, ans, x.alone); why != "" && !reflect.DeepEqual(ans.Claims, x.alone.Claims) {
			t.Errorf("%q: %s\nthe lies taken: %q", x.q.Text, why, taken(ans, x.alone))
			continue
		} // what was taken may be a sentence that stood there word for word
		seen, was := final(t, ans), final(t, x.alone)
		for _, lie := range lies {
			if strings.Contains(seen, lie) && !strings.Contains(was, lie) {
				t.Errorf("%q: the reader sees %q", x.q.Text, lie)
			}
		}
	}
	return ran, none
}

// taken are the claims of an answer that are not the composer's.
func taken(ans, alone *bot.Answer) (out []string) {
	was := map[string]bool{}
	for _, c := range alone.Claims {
		was[c.Text] = true
	}
	for _, c := range ans.Claims {
		if !was[c.Text] {
			out = append(out, c.Text)
		}
	}
	return out
}

// TestFaultyAsk: whatever goes wrong with a model, the composer answers, says
// so, holds nothing of what was said, and is not late.
func TestFaultyAsk(t *testing.T) {
	t.Parallel()
	const echo = "Quackenbush"
	faults := modeltest.Faults(echo)
	if len(faults) < 30 {
		t.Errorf("%d kinds of fault, want 30", len(faults))
	}
	var ran atomic.Int64
	t.Run("faults", func(t *testing.T) {
		for name, script := range faults {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				s := modeltest.New(t, seed, script)
				as := asking(t, s, func(c *model.Config) { c.Idle, c.Total = 100*time.Millisecond, 2*time.Second })
				all := sampled(t)
				for i := range faultEach {
					x := all[i%len(all)]
					begun := time.Now()
					ans, err := as.Ask(t.Context(), x.q)
					if err != nil {
						t.Fatal(err)
					}
					ran.Add(1)
					if why := untouched(t, ans, x.alone); why != "" || ans.Model != "composer" {
						t.Errorf("%q: %s", x.q.Text, why)
					}
					if seen := final(t, ans); strings.Contains(seen, echo) || strings.Contains(seen, s.URL) || strings.Contains(seen, "secret-key") {
						t.Errorf("%q: the reader sees what was said: %q", x.q.Text, ans.Warnings)
					}
					if late := time.Since(begun); late > 10*time.Second {
						t.Errorf("%q took %v", x.q.Text, late)
					}
				}
			})
		}
	})
	t.Logf("n %d answers, %d kinds of fault: the composer answered all", ran.Load(), len(faults))
}
