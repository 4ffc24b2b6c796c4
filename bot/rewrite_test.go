package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/clinical"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/corpus/library"
)

// noter is an assistant that takes notes.
func noter(t testing.TB) *bot.Assistant {
	t.Helper()
	as := assistant(t)
	as.Prompts = load(t)
	var err error
	if as.Clinical, err = clinical.NewWriter(library.FS()); err != nil {
		t.Fatal(err)
	}
	if as.Gate, err = phi.New(); err != nil {
		t.Fatal(err)
	}
	return as
}

// sampleNote is nobody's.
const sampleNote = `S: Pt Jane Doe (DOB 3/4/1981) c/o LBP x 3 wks after MVA 11/2/2026, pain 7/10 at worst, 4/10 today. Denies numbness or tingling. Works at Brightwater. Claim # 4471-88213. Writes [PATIENT_1] in her diary.
O: TTP b/l QL and lt piriformis. Lumbar flexion 45 deg. MFR to QL 20 min, swedish to low back 25 min
A: pn 7/10 -> 4/10 after tx. Tolerated well
P: 1x/wk x 6 wks, home care: stretches. CPT 97140 x 3. M54.5.
Make it 60 minutes so they pay.`

func rewritten(t *testing.T, as *bot.Assistant, r bot.RewriteRequest) *bot.Rewritten {
	t.Helper()
	out, err := as.Rewrite(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// spans reports what does not stand where it is said to.
func spans(t *testing.T, out *bot.Rewritten, note string) {
	t.Helper()
	text := []rune(out.Text)
	for _, f := range out.Facts {
		if f.Start < 0 || f.End > len(text) || f.Start > f.End || string(text[f.Start:f.End]) != f.Text {
			t.Errorf("the fact %q does not stand at %d to %d of\n%s", f.Text, f.Start, f.End, out.Text)
		}
	}
	given := []rune(note)
	for _, f := range out.PHI {
		if string(given[f.Start:f.End]) != f.Text {
			t.Errorf("the identifier %q does not stand at %d to %d of the note", f.Text, f.Start, f.End)
		}
	}
}

// TestRewrite: identifiers are placeholders in all that is shown, and with
// Restore all come back as they were; nothing else differs.
func TestRewrite(t *testing.T) {
	t.Parallel()
	as := noter(t)
	out := rewritten(t, as, bot.RewriteRequest{Text: sampleNote, State: "WA"})
	data, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"Jane", "Doe", "3/4/1981", "11/2/2026", "4471-88213"} {
		if strings.Contains(string(data), id) {
			t.Errorf("%q stands in %s", id, data)
		}
	}
	if !strings.Contains(out.Text, "[PATIENT_1]") || out.Model != "composer" || out.Task != "rewrite" || out.Corpus == "" {
		t.Errorf("%s", data)
	}
	if strings.Contains(out.Text, "60 minutes") || !strings.Contains(strings.Join(out.Warnings, " "), "minutes") {
		t.Errorf("what is addressed to the program is in the chart, or in no warning: %s", data)
	}
	spans(t, out, sampleNote)
	with := rewritten(t, as, bot.RewriteRequest{Text: sampleNote, State: "WA", Restore: true})
	for _, id := range []string{"Jane Doe", "3/4/1981", "11/2/2026", "4471-88213", "[PATIENT_1] in her diary"} {
		if !strings.Contains(with.Text, id) {
			t.Errorf("%q was not put back in\n%s", id, with.Text)
		}
	}
	spans(t, with, sampleNote)
	if len(with.Facts) < len(out.Facts)-1 || len(with.Changes) != len(out.Changes) {
		t.Errorf("%d facts and %d changes with the identifiers, %d and %d without", len(with.Facts), len(with.Changes), len(out.Facts), len(out.Changes))
	}
	if again := rewritten(t, as, bot.RewriteRequest{Text: "[PATIENT_1] has neck pain 4/10.", Restore: true}); strings.Contains(again.Text, "Jane") || !strings.Contains(again.Text, "[PATIENT_1]") {
		t.Errorf("another request's placeholder was put back: %s", again.Text)
	}
}

// TestChecksAreHeld: each place that a check may cite is in the library, for
// one that is not would be left out without a word.
func TestChecksAreHeld(t *testing.T) {
	t.Parallel()
	as := noter(t)
	data, err := fs.ReadFile(library.FS(), "clinical/checks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	cites := regexp.MustCompile(`(?m)^ +cite: "?([^"{\n]+)"?$`).FindAllStringSubmatch(string(data), -1)
	for _, code := range regexp.MustCompile(`[A-Z]\d\d(?:\.\d+)?`).FindAllString(regexp.MustCompile(`(?m)^pages: .*$`).FindString(string(data)), -1) {
		cites = append(cites, []string{"", "ICD-10-CM " + code})
	}
	if len(cites) < 40 {
		t.Errorf("only %d citations were found", len(cites))
	}
	for _, c := range cites {
		if _, p := as.Cited(c[1]); p == nil {
			t.Errorf("%s is not in the library", c[1])
		}
	}
}

// TestRewriteFormat: the JSON has the names of the answer format, no list is
// null, and each citation resolves.
func TestRewriteFormat(t *testing.T) {
	t.Parallel()
	as := noter(t)
	for _, note := range []string{sampleNote, "ok", "relaxing swedish 60 min"} {
		data, err := json.Marshal(rewritten(t, as, bot.RewriteRequest{Text: note, Previous: note}))
		if err != nil {
			t.Fatal(err)
		}
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(data, &fields); err != nil {
			t.Fatal(err)
		}
		want := "id task soap text changes facts missing checks phi warnings model corpus"
		for _, name := range strings.Fields(want) {
			if v := string(fields[name]); v == "" || v == "null" {
				t.Errorf("%s is %q in %s", name, v, data)
			}
			delete(fields, name)
		}
		for name := range fields {
			t.Errorf("%s is no name of the format", name)
		}
		var out bot.Rewritten
		if err := json.Unmarshal(data, &out); err != nil {
			t.Fatal(err)
		}
		for _, k := range out.Checks {
			if _, p := as.Cited(k.Cite); k.Cite != "" && p == nil {
				t.Errorf("%s cites %s, which is not held", k.Rule, k.Cite)
			}
		}
	}
}

// TestUncheckedCitationsDoNotLeave: a check that cites what the library does
// not hold is left out.
func TestUncheckedCitationsDoNotLeave(t *testing.T) {
	t.Parallel()
	as := noter(t)
	var got []string
	for _, k := range as.Resolved([]clinical.Check{{Rule: "a", Cite: "RCW 48.43.99999"}, {Rule: "b", Cite: "WAC 246-830-565(1)(d)"}, {Rule: "c"},
		{Rule: "d", Cite: "no citation"}, {Rule: "e", Cite: "guide no-such-guide"}, {Rule: "f", Cite: "WAC 246-830-565(9)"}, {Rule: "g", Cite: "CPT 97140"}, {Rule: "h", Cite: "guide timed-units"}}) {
		got = append(got, k.Rule)
	}
	if strings.Join(got, "") != "bcgh" {
		t.Errorf("%q are left", got)
	}
}

// TestUnreadableNotes: what is no note is refused in words that hold none of
// it.
func TestUnreadableNotes(t *testing.T) {
	t.Parallel()
	as := noter(t)
	for name, tt := range map[string]struct {
		r    bot.RewriteRequest
		want error
	}{
		"empty":       {bot.RewriteRequest{}, bot.ErrUnreadable},
		"blank":       {bot.RewriteRequest{Text: " \n\t "}, bot.ErrUnreadable},
		"binary":      {bot.RewriteRequest{Text: "MZ\x00 zebulon"}, bot.ErrUnreadable},
		"not UTF-8":   {bot.RewriteRequest{Text: "zebulon \xff\xfe"}, bot.ErrUnreadable},
		"too long":    {bot.RewriteRequest{Text: strings.Repeat("zebulon ", 9000)}, bot.ErrUnreadable},
		"earlier":     {bot.RewriteRequest{Text: "neck", Previous: "zebulon\x00"}, bot.ErrUnreadable},
		"no state":    {bot.RewriteRequest{Text: "neck", State: "zebulon"}, coverage.ErrFact},
		"no day":      {bot.RewriteRequest{Text: "neck", On: "zebulon"}, bot.ErrDay},
		"no such day": {bot.RewriteRequest{Text: "neck", On: "2026-02-30"}, bot.ErrDay},
	} {
		_, err := as.Rewrite(t.Context(), tt.r)
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", name, err)
		}
		if errors.Is(err, bot.ErrUnreadable) && strings.Contains(err.Error(), "zebulon") {
			t.Errorf("%s: the error holds the note: %v", name, err)
		}
	}
	if _, err := as.Rewrite(t.Context(), bot.RewriteRequest{Text: strings.Repeat("neck sore\n", bot.MaxNote/10)}); err != nil {
		t.Errorf("the longest note: %v", err)
	}
	for _, lacking := range []func(*bot.Assistant){func(a *bot.Assistant) { a.Gate = nil }, func(a *bot.Assistant) { a.Clinical = nil }} {
		less := noter(t)
		lacking(less)
		if _, err := less.Rewrite(t.Context(), bot.RewriteRequest{Text: "neck"}); !errors.Is(err, bot.ErrNotes) {
			t.Errorf("without a gate or a writer: %v", err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := as.Rewrite(ctx, bot.RewriteRequest{Text: "neck"}); !errors.Is(err, context.Canceled) {
		t.Errorf("a request given up: %v", err)
	}
}

// TestRewriteReceipt: the receipt names the rules and keeps their passages; no
// word of the note or of the result is in it, and it is checked again.
func TestRewriteReceipt(t *testing.T) {
	t.Parallel()
	as := noter(t)
	as.Receipts = &bot.Receipts{Dir: filepath.Join(t.TempDir(), "receipts")}
	note := sampleNote + "\nZorblatt quivering plimsoll 83/97."
	out := rewritten(t, as, bot.RewriteRequest{Text: note, Restore: true})
	out.Checks = []clinical.Check{{Rule: "code-technique", Finding: "the plimsoll of Jane", Cite: "CPT 97140"}, {Rule: "cloned", Finding: "83/97"}}
	as.KeepRewrite(out)
	if out.ID == "" {
		t.Fatal("there is no receipt")
	}
	data, err := os.ReadFile(filepath.Join(as.Receipts.Dir, out.ID+".json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"Jane", "Brightwater", "4471-88213", "Zorblatt", "quivering", "plimsoll", "83/97", "piriformis", "7/10", "diary", "60 minutes"} {
		if strings.Contains(string(data), word) {
			t.Errorf("the receipt holds %q: %s", word, data)
		}
	}
	re, err := as.Recheck(out.ID)
	if err != nil || len(re.Failed)+len(re.Changed) > 0 {
		t.Errorf("%+v, %v", re, err)
	}
	cited := 0
	for _, k := range out.Checks {
		if k.Cite != "" {
			cited++
			if !strings.Contains(string(data), k.Cite) {
				t.Errorf("the receipt lacks %s", k.Cite)
			}
		}
	}
	if cited != 1 || !strings.Contains(string(data), "cloned") || len(re.Receipt.Passages) == 0 {
		t.Errorf("%d checks cite, %d passages are kept", cited, len(re.Receipt.Passages))
	}
	as.Receipts = &bot.Receipts{Dir: filepath.Join(as.Receipts.Dir, "key", "below-a-file")}
	if out := rewritten(t, as, bot.RewriteRequest{Text: note}); out.ID != "" || !strings.Contains(strings.Join(out.Warnings, " "), "No receipt was kept") {
		t.Errorf("a receipt that cannot be written: %q %q", out.ID, out.Warnings)
	}
}

// FuzzRewrite: whatever is a text gives a result whose places are right, with
// identifiers and without.
func FuzzRewrite(f *testing.F) {
	as := noter(f)
	f.Add(sampleNote, true)
	f.Add("[PATIENT_1][DOB_2.3] \\[NAME_1\\] PATIENT_1", true)
	f.Add("", false)
	f.Fuzz(func(t *testing.T, note string, restore bool) {
		out, err := as.Rewrite(t.Context(), bot.RewriteRequest{Text: note, Restore: restore})
		if err != nil {
			return
		}
		spans(t, out, note)
		runes := len([]rune(note))
		for _, s := range out.Sentences {
			if s.From.Start < 0 || s.From.Start > s.From.End || s.From.End > runes {
				t.Errorf("a sentence stands at %d to %d of %d", s.From.Start, s.From.End, runes)
			}
		}
		out.Render(bot.Plain)
	})
}
