package model_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/denial"
	"github.com/everycategory/advocate/bot/model/modeltest"
	"github.com/everycategory/advocate/corpus/library"
)

// denied are denials, each with what is known beside it.
var denied = []bot.RebutRequest{
	rebutting("Sample Patient, claim no 26-118-0042: massage therapy was not medically necessary (CO-50).", "fully-insured", "WA", "writer=enrollee", "in_network=yes", "new_episode=yes", "visit=3"),
	rebutting("We cannot pay: a licensed massage therapist is not an eligible provider type under this self-funded plan.", "self-funded", "", "writer=representative"),
	rebutting("Denied. CO-197 Precertification/authorization absent.", "fully-insured", "WA", "writer=provider", "in_network=yes", "new_episode=yes", "visit=2"),
	rebutting("Massage therapy for chronic low back pain is considered experimental and investigational.", "fully-insured", "WA"),
	rebutting("Massage therapy is not a covered benefit under your plan.", "fully-insured", "WA", "writer=enrollee"),
}

func rebutting(text, plan, state string, facts ...string) bot.RebutRequest {
	return bot.RebutRequest{Request: bot.Request{Text: text, Plan: plan, State: state, Facts: facts}}
}

// drafts are denied, and every letter that the reader of denials is tested
// with, in a seeded order, for an insured and a self-funded plan in turn.
func drafts(t testing.TB) []bot.RebutRequest {
	t.Helper()
	files, err := filepath.Glob("../denial/testdata/letters/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no letters: %v", err)
	}
	var out []bot.RebutRequest
	for _, name := range files {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range ar.Files {
			if strings.HasSuffix(f.Name, ".want") {
				continue
			}
			if len(out)%2 == 0 {
				out = append(out, rebutting(string(f.Data), "fully-insured", "WA", "in_network=yes", "new_episode=yes", "visit=2"))
			} else {
				out = append(out, rebutting(string(f.Data), "self-funded", "", "writer=enrollee"))
			}
		}
	}
	r := rand.New(rand.NewPCG(seed, 7))
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return append(slices.Clone(denied), out...)
}

// rebutter is as with what answers denials.
func rebutter(t testing.TB, as *bot.Assistant) *bot.Assistant {
	t.Helper()
	var err error
	if as.Denials, err = denial.Load(library.FS(), as.Catalog); err != nil {
		t.Fatal(err)
	}
	if as.Letters, err = bot.LoadLetters(library.FS()); err != nil {
		t.Fatal(err)
	}
	return as
}

// TestHonestRebut: a letter in an honest model's words has every claim, under
// the model's name, and the model was told nothing of the denial.
func TestHonestRebut(t *testing.T) {
	t.Parallel()
	s := modeltest.New(t, seed, modeltest.Says(modeltest.Honest))
	with, alone := rebutter(t, asking(t, s)), rebutter(t, assistant(t).With(nil))
	for _, r := range denied {
		out, err := with.Rebut(t.Context(), r)
		was, err2 := alone.Rebut(t.Context(), r)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		if out.Model != "scripted" || len(out.Claims) != len(was.Claims) || out.LetterKind != was.LetterKind {
			t.Errorf("%q: by %s, %d claims of %d: %v", r.Text, out.Model, len(out.Claims), len(was.Claims), out.Warnings)
		}
	}
	for _, in := range s.Inbound() {
		for _, word := range []string{"Sample Patient", "26-118-0042", "cannot pay", "Precertification"} {
			if strings.Contains(string(in), word) {
				t.Errorf("the model was told %q", word)
			}
		}
	}
}

// TestHostileRebut: of what a hostile model says nothing gets into a letter,
// whatever its lie.
func TestHostileRebut(t *testing.T) {
	t.Parallel()
	families := modeltest.Hostile()
	for _, name := range slices.Sorted(maps.Keys(families)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			hostileLetters(t, families[name])
		})
	}
}

func hostileLetters(t *testing.T, family modeltest.Family) {
	var mu sync.Mutex
	var lies []string
	s := modeltest.New(t, seed, modeltest.Says(func(r *rand.Rand, a modeltest.Asked) string {
		reply, l := family(r, a)
		mu.Lock()
		defer mu.Unlock()
		lies = append(lies, l...)
		return reply
	}))
	with, alone := rebutter(t, asking(t, s)), rebutter(t, assistant(t).With(nil))
	all := drafts(t)
	for i := range hostileDrafts {
		r := all[i%len(all)]
		was, err := alone.Rebut(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		mu.Lock()
		lies = nil
		mu.Unlock()
		out, err := with.Rebut(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		seen, before := shown(t, out), shown(t, was)
		for _, lie := range lies {
			if strings.Contains(seen, lie) && !strings.Contains(before, lie) {
				t.Errorf("%q: the letter says %q", r.Text, lie)
			}
		}
		if !reflect.DeepEqual(out.Claims, was.Claims) || out.Letter != was.Letter {
			t.Errorf("%q: the letter is\n%s\nand the composer's is\n%s", r.Text, out.Letter, was.Letter)
		}
	}
}

// shown is all that a reader may see of a rebuttal.
func shown(t *testing.T, out *bot.Rebuttal) string {
	t.Helper()
	data, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	var back any
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	return out.Render(bot.Plain) + fmt.Sprint(back)
}
