package bot_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/phi/phitest"
	"github.com/everycategory/advocate/corpus"
)

// denialLetters are the letters that the reader of denials is tested with:
// four and more for each objection, and mixtures.
func denialLetters(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("denial/testdata/letters/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, name := range files {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range ar.Files {
			if !strings.HasSuffix(f.Name, ".want") {
				out = append(out, string(f.Data))
			}
		}
	}
	if len(out) < 60 {
		t.Fatalf("%d letters", len(out))
	}
	return out
}

// anyRebut is a letter with plan, state, writer and facts at random.
func anyRebut(r *rand.Rand, letters []string) bot.RebutRequest {
	pick := func(from ...string) string { return from[r.IntN(len(from))] }
	req := bot.RebutRequest{Request: bot.Request{Text: letters[r.IntN(len(letters))]}}
	req.Plan = pick("", "fully-insured", "fully-insured", "self-funded", "self-funded", "public", "medicare", "medicaid", "workers-comp", "auto", "va", "unknown")
	req.State = pick("", "WA", "WA", "WA", "OR", "TX", "FL", "CO")
	fact := func(name string, values ...string) {
		if v := pick(append(values, "", "")...); v != "" {
			req.Facts = append(req.Facts, name+"="+v)
		}
	}
	fact("writer", "provider", "representative", "enrollee")
	fact("in_network", "yes", "no")
	fact("new_episode", "yes", "no")
	fact("visit", "1", "6", "7", "20")
	fact("grandfathered", "yes", "no")
	fact("market", "individual", "small-group", "large-group")
	if r.IntN(2) == 0 {
		req.Received = corpus.Date(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(4000)).Format(time.DateOnly))
	}
	return req
}

// TestRebutAnyPlan answers letters of every objection for plans, states and
// writers at random: what must hold of every rebuttal holds.
func TestRebutAnyPlan(t *testing.T) {
	t.Parallel()
	as := desk(t)
	letters := denialLetters(t)
	r := rand.New(rand.NewPCG(20261128, 1))
	kinds := map[bot.LetterKind]int{}
	for range rebuttals {
		req := anyRebut(r, letters)
		out, err := as.Rebut(t.Context(), req)
		if errors.Is(err, coverage.ErrFact) {
			continue // facts that do not go together
		}
		if err != nil {
			t.Fatalf("%+v: %v", req, err)
		}
		kinds[out.LetterKind]++
		for _, d := range out.Deadlines {
			if d.Date != "" && !dated(req.Received, d.Days, d.Months, d.Date) && req.Received != "" {
				t.Errorf("received %s, %s: %s", req.Received, d.In(), d.Date)
			}
		}
		mustHold(t, as, out)
		if t.Failed() {
			t.Fatalf("%+v\n%s", req, out.Render(bot.Plain))
		}
	}
	t.Logf("n %d: %v", rebuttals, kinds)
	if len(kinds) < 3 {
		t.Errorf("kinds of letters: %v", kinds)
	}
}

// dated counts a clock by the calendar alone, a day at a time.
func dated(from corpus.Date, days, months int, want corpus.Date) bool {
	t, err := time.Parse(time.DateOnly, string(from))
	if err != nil {
		return false
	}
	end := t
	for range days {
		end = end.AddDate(0, 0, 1)
	}
	if months > 0 {
		y, m := end.Year(), int(end.Month())-1+months
		last := time.Date(y, time.Month(m+2), 0, 0, 0, 0, 0, time.UTC)
		end = time.Date(last.Year(), last.Month(), min(t.Day(), last.Day()), 0, 0, 0, 0, time.UTC)
	}
	return end.Format(time.DateOnly) == string(want)
}

// TestRebutKeepsIdentifiers: without --restore no planted identifier is in
// anything but the denial that was given, and no receipt ever has one; with it
// they are back.
func TestRebutKeepsIdentifiers(t *testing.T) {
	t.Parallel()
	as := desk(t)
	as.Receipts = &bot.Receipts{Dir: t.TempDir()}
	letters := denialLetters(t)
	sure := map[string]bool{"ssn": true, "claim_no": true, "member_id": true, "phone": true, "email": true, "mrn": true, "policy_no": true}
	n, back := 0, 0
	for i, c := range phitest.Canaries(7, rebutCanaries) {
		if !sure[c.Class] {
			continue
		}
		n++
		req := bot.RebutRequest{Request: bot.Request{Text: c.Text + "\n" + letters[i%len(letters)] + "\nReason for " + c.Text, Plan: "fully-insured", State: "WA"}}
		out, err := as.Rebut(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		seen, _ := json.Marshal(out)
		if leaks := phitest.Scan([]byte(string(seen)+out.Render(bot.Plain)), []phitest.Canary{c}); len(leaks) > 0 {
			t.Errorf("%s %q: %v\n%s", c.Class, c.Text, leaks, out.Denial)
		}
		req.Restore = true
		if out, err = as.Rebut(t.Context(), req); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.Denial, c.Value) {
			back++
		}
		for _, o := range out.Objections {
			runes := []rune(out.Denial)
			if o.Start < 0 || o.End > len(runes) || strings.Join(strings.Fields(string(runes[o.Start:o.End])), " ") != o.Quote {
				t.Errorf("%q is not at %d-%d of what was put back", o.Quote, o.Start, o.End)
			}
		}
		kept(t, as.Receipts.Dir, c)
	}
	t.Logf("%d identifiers, %d put back", n, back)
	if n < 20 || back < n*95/100 {
		t.Errorf("%d of %d identifiers were put back", back, n)
	}
}

// kept fails where a receipt holds an identifier.
func kept(t *testing.T, dir string, c phitest.Canary) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "r-*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if leaks := phitest.Scan(data, []phitest.Canary{c}); len(leaks) > 0 {
			t.Errorf("%s: %v", name, leaks)
		}
		os.Remove(name)
	}
}

// TestRebutRefuses: what cannot be read is an error that says what to do, and
// holds nothing of the text.
func TestRebutRefuses(t *testing.T) {
	t.Parallel()
	as := desk(t)
	for name, c := range map[string]struct {
		req  bot.RebutRequest
		want error
	}{
		"nothing":    {bot.RebutRequest{}, bot.ErrUnreadable},
		"spaces":     {bot.RebutRequest{Request: bot.Request{Text: " \n\t"}}, bot.ErrUnreadable},
		"too long":   {bot.RebutRequest{Request: bot.Request{Text: strings.Repeat("canary ", bot.MaxDenial)}}, bot.ErrUnreadable},
		"not text":   {bot.RebutRequest{Request: bot.Request{Text: "canary \x00"}}, bot.ErrUnreadable},
		"not UTF-8":  {bot.RebutRequest{Request: bot.Request{Text: "canary \xff"}}, bot.ErrUnreadable},
		"a day":      {bot.RebutRequest{Request: bot.Request{Text: "canary"}, Received: "3 June"}, bot.ErrDay},
		"another":    {bot.RebutRequest{Request: bot.Request{Text: "canary", On: "soon"}}, bot.ErrDay},
		"a plan":     {bot.RebutRequest{Request: bot.Request{Text: "canary", Plan: "golden"}}, nil},
		"a writer":   {bot.RebutRequest{Request: bot.Request{Text: "canary", Facts: []string{"writer=nobody"}}}, nil},
		"no denials": {bot.RebutRequest{Request: bot.Request{Text: "canary"}}, bot.ErrDesk},
	} {
		as := as
		if name == "no denials" {
			as = assistant(t)
		}
		out, err := as.Rebut(t.Context(), c.req)
		if err == nil || out != nil || c.want != nil && !errors.Is(err, c.want) || strings.Contains(fmt.Sprint(err), "canary") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzRebut: whatever is given, it is answered, and what must hold holds.
func FuzzRebut(f *testing.F) {
	as := desk(f)
	for _, text := range denialLetters(f) {
		f.Add(text, "fully-insured", "WA", true)
	}
	f.Fuzz(func(t *testing.T, text, plan, state string, restore bool) {
		out, err := as.Rebut(t.Context(), bot.RebutRequest{Request: bot.Request{Text: text, Plan: plan, State: state}, Restore: restore})
		if err != nil {
			return
		}
		mustHold(t, as, out)
		if _, err := json.Marshal(out); err != nil {
			t.Error(err)
		}
	})
}
