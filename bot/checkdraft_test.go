package bot_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/corpus/library"
	"github.com/everycategory/advocate/corpus/official"
)

// planted are the kinds of errors in the drafts, and the status of each.
var planted = map[string][]cite.Status{
	"fabricated": {cite.StatusOutside, cite.StatusMalformed},
	"misquoted":  {cite.StatusMisquoted},
	"cut":        {cite.StatusMisquoted},
	"pinpoint":   {cite.StatusWrongPinpoint},
	"plan":       {bot.DoesNotApply},
	"state":      {bot.DoesNotApply},
	"superseded": {cite.StatusSuperseded},
}

// A draftCase is a draft and what check has to find in it.
type draftCase struct {
	name, text  string
	given, read map[string]string
	want        []wantFinding
}

// A wantFinding is one line of what is wanted; the drafts' comment has its form.
type wantFinding struct {
	kind, status, text, expected, note string
}

// beside is what is wanted where official texts are held too: what stands
// behind "//" in a cell, if anything does.
func (w wantFinding) beside(texts bool) wantFinding {
	for _, cell := range []*string{&w.kind, &w.status, &w.expected, &w.note} {
		if held, full, ok := strings.Cut(*cell, "//"); ok && texts {
			*cell = full
		} else {
			*cell = held
		}
	}
	return w
}

func draftCases(t *testing.T, texts bool) []draftCase {
	t.Helper()
	names, err := filepath.Glob("testdata/check/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no drafts", err)
	}
	var out []draftCase
	for _, name := range names {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(ar.Files); i += 2 {
			draft, want := ar.Files[i], ar.Files[i+1]
			c := draftCase{name: strings.TrimSuffix(draft.Name, ".txt"), text: string(draft.Data), given: map[string]string{}, read: map[string]string{}}
			if want.Name != c.name+".want" {
				t.Fatalf("%s: %s follows %s", name, want.Name, draft.Name)
			}
			for line := range strings.Lines(string(want.Data)) {
				c.add(t, strings.TrimSpace(line), texts)
			}
			out = append(out, c)
		}
	}
	return out
}

func (c *draftCase) add(t *testing.T, line string, texts bool) {
	t.Helper()
	for name, to := range map[string]map[string]string{"given: ": c.given, "read: ": c.read} {
		if list, ok := strings.CutPrefix(line, name); ok {
			for _, kv := range strings.Fields(list) {
				k, v, _ := strings.Cut(kv, "=")
				to[k] = v
			}
			return
		}
	}
	cells := append(strings.Split(line, "|"), "", "", "")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	kind, status, ok := strings.Cut(cells[0], " ")
	if !ok || cells[1] == "" {
		t.Fatalf("%s: %q is no line of findings", c.name, line)
	}
	c.want = append(c.want, wantFinding{kind, status, cells[1], cells[2], cells[3]}.beside(texts))
}

// matches reports whether a finding is what is wanted. Of a place that is
// right the whole is compared, of official words the part that is given.
func (w wantFinding) matches(f bot.Finding) bool {
	expected := strings.Contains(f.Expected, w.expected)
	if w.kind == "pinpoint" || w.kind == "superseded" && w.expected != "" {
		expected = f.Expected == w.expected
	}
	return w.status == string(f.Status) && expected && strings.Contains(f.Note, w.note)
}

// A score counts errors of one kind.
type score struct{ planted, found, right, said int }

// scores are kept by kind, and what was said wrongly by status.
type scores map[string]*score

func (s scores) of(kind string) *score {
	if s[kind] == nil {
		s[kind] = &score{}
	}
	return s[kind]
}

// count compares what was found with what is wanted.
func (s scores) count(t *testing.T, c draftCase, got []bot.Finding) {
	t.Helper()
	i := 0
	for _, f := range got {
		for i < len(c.want) && !sameCite(c.want[i].text, f.Text) && slices.ContainsFunc(c.want[i:], func(w wantFinding) bool { return sameCite(w.text, f.Text) }) {
			t.Errorf("%s: %s is not found", c.name, c.want[i].text)
			s.of(c.want[i].kind).planted++
			i++
		}
		if i == len(c.want) || !sameCite(c.want[i].text, f.Text) {
			t.Errorf("%s: more than was wanted: %s", c.name, line(f))
			s.of(kindOf(f)).said++
			continue
		}
		w := c.want[i]
		i++
		if ok := w.matches(f); !ok {
			t.Errorf("%s: %s\nwant %s %s %q %q", c.name, line(f), w.kind, w.status, w.expected, w.note)
		}
		if kind := kindOf(f); f.Wrong() && w.kind != "unheld" {
			if slices.Contains(planted[w.kind], f.Status) {
				kind = w.kind
			}
			s.of(kind).said++
			if kind == w.kind && w.matches(f) {
				s.of(kind).right++
			}
		}
		if planted[w.kind] != nil {
			s.of(w.kind).planted++
			if w.matches(f) {
				s.of(w.kind).found++
			}
		}
	}
	for _, w := range c.want[min(i, len(c.want)):] {
		t.Errorf("%s: %s is not found", c.name, w.text)
		s.of(w.kind).planted++
	}
}

func sameCite(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

func line(f bot.Finding) string {
	return fmt.Sprintf("%s %s %q %q", f.Text, f.Status, f.Expected, f.Note)
}

// kindOf is the first kind that a finding can be.
func kindOf(f bot.Finding) string {
	for _, kind := range []string{"fabricated", "misquoted", "pinpoint", "plan", "superseded"} {
		if slices.Contains(planted[kind], f.Status) {
			return kind
		}
	}
	return "ok"
}

// TestPlantedErrors holds every draft of testdata/check against the library,
// a sample law whose text is held, and nothing else: each planted error is
// found with what is right, and nothing honest is called wrong.
func TestPlantedErrors(t *testing.T) {
	t.Parallel()
	lib, err := corpus.Load(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	plantedErrors(t, lib.WithVersions(sampleTexts()), false)
}

// TestPlantedErrorsNeedTheGuard: with a guard that agrees to every quotation,
// no misquotation is found: the drafts show what the guard is good for.
func TestPlantedErrorsNeedTheGuard(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	as.Checker = as.Checker.With(cite.Guards{Quote: func(quote string, _ []string) (cite.Match, error) {
		return cite.Match{Spans: []cite.Span{{}}, Quote: quote}, nil
	}})
	for _, c := range draftCases(t, false) {
		out, err := as.Check(t.Context(), bot.Request{Text: c.text})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range out.Citations {
			if f.Status == cite.StatusMisquoted || f.Status == cite.StatusWrongPinpoint && f.Quoted != "" {
				t.Errorf("%s: %s, without the guard", c.name, line(f))
			}
		}
	}
}

// TestPlantedErrorsBesideTexts does the same where the official texts of the
// folder that TEST_OFFICIAL names are held.
func TestPlantedErrorsBesideTexts(t *testing.T) {
	t.Parallel()
	lib, err := corpus.Load(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	plantedErrors(t, lib.WithVersions(append(officialTexts(t), sampleTexts()...)), true)
}

func plantedErrors(t *testing.T, catalog *corpus.Catalog, texts bool) {
	t.Helper()
	as := over(t, catalog)
	all := scores{}
	drafts, citations := 0, 0
	for _, c := range draftCases(t, texts) {
		r := bot.Request{Text: c.text, State: c.given["state"], Plan: c.given["plan"]}
		out, err := as.Check(t.Context(), r)
		if err != nil {
			t.Fatal(c.name, err)
		}
		drafts, citations = drafts+1, citations+len(c.want)
		all.count(t, c, out.Citations)
		for name, want := range c.read {
			got := map[string]string{"plan": string(out.Applicability.Plan), "state": out.Applicability.State}[name]
			if got == "" {
				got = out.Applicability.Facts[name]
			}
			if got != want {
				t.Errorf("%s: %s is read as %q, want %q", c.name, name, got, want)
			}
		}
	}
	sum := score{}
	for _, kind := range []string{"fabricated", "misquoted", "cut", "pinpoint", "plan", "state", "superseded"} {
		s := all.of(kind)
		sum = score{sum.planted + s.planted, sum.found + s.found, sum.right + s.right, sum.said + s.said}
		t.Logf("%-10s planted %3d, found %3d (recall %.3f), said %3d, rightly %3d (precision %.3f)", kind, s.planted, s.found, ratio(s.found, s.planted), s.said, s.right, ratio(s.right, s.said))
		if s.planted < 10 || s.found < s.planted || s.right < s.said {
			t.Errorf("%s: the bar is 1.0, on ten errors at least", kind)
		}
	}
	t.Logf("%d drafts, %d citations, %d errors; recall %.3f, precision %.3f", drafts, citations, sum.planted, ratio(sum.found, sum.planted), ratio(sum.right, sum.said))
	if drafts < 60 {
		t.Errorf("%d drafts, want 60", drafts)
	}
}

func ratio(a, b int) float64 { return float64(a) / float64(max(b, 1)) }

// sampleTexts are a made-up law: what is in force, what was renumbered and
// what was repealed.
func sampleTexts() []*corpus.Source {
	at := func(system citation.System, number string) citation.Citation {
		return citation.Citation{System: system, Number: number}
	}
	text := func(cite citation.Citation, status string, passages ...corpus.Passage) *corpus.Source {
		return &corpus.Source{ID: strings.ToLower(strings.ReplaceAll(cite.String(), " ", "-")) + "@2026-06-01", Title: "Sample law", Cite: cite, Kind: corpus.Statute,
			Jurisdiction: "WA", Licence: "public", Status: status, Scope: corpus.PublicScope, Form: corpus.Text, Passages: passages,
			Capture: &corpus.Capture{Captured: "2026-06-01", Seen: "2026-07-01", Effective: "2020-01-01"}}
	}
	statute := text(at(citation.RCW, "48.99.010"), "in-force",
		corpus.Passage{Heading: "Review criteria"},
		corpus.Passage{Pin: "(1)", Text: "Every carrier shall post on its website, and provide on the request of any person, the criteria by which it reviews care. A carrier:"},
		corpus.Passage{Pin: "(1)(a)", Text: "May not require review of a covered visit within the first thirty days of treatment, except where the carrier has evidence of fraud; and"},
		corpus.Passage{Pin: "(1)(b)", Text: "Must answer a request for its criteria within ten business days."},
		corpus.Passage{Pin: "(2)", Text: "A denial must name the criterion that was not met and the person who applied it."},
		corpus.Passage{Pin: "(3)(a)", Text: "A carrier may require a referral from a physician before the first visit."},
		corpus.Passage{Pin: "(3)(b)", Text: "A referral may not be required more than once a year, unless the condition has changed."})
	rule := text(at(citation.WAC, "284-99-210"), "in-force",
		corpus.Passage{Heading: "Time for appeals"},
		corpus.Passage{Pin: "(1)", Text: "An issuer must decide an appeal within fourteen days of its receipt."},
		corpus.Passage{Pin: "(2)", Text: "The time may be extended once, by sixteen days, with the written consent of the enrollee."})
	old, oldRule, gone := text(at(citation.RCW, "48.99.005"), corpus.Superseded), text(at(citation.WAC, "284-99-110"), corpus.Superseded), text(at(citation.RCW, "48.99.033"), corpus.Repealed)
	old.SupersededBy, oldRule.SupersededBy = statute.Cite, rule.Cite
	return []*corpus.Source{statute, rule, old, oldRule, gone}
}

// officialTexts are those of the folder that TEST_OFFICIAL names.
func officialTexts(t *testing.T) []*corpus.Source {
	t.Helper()
	dir := os.Getenv("TEST_OFFICIAL")
	if dir == "" {
		t.Skip("TEST_OFFICIAL names no folder of official texts")
	}
	const day = "2026-07-01"
	store := &official.Store{Dir: t.TempDir()}
	w, err := store.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer w.End()
	if _, err := (official.Folder{Dir: dir, Captured: day, Today: day}).Import(context.Background(), w); err != nil {
		t.Fatal(err)
	}
	texts, damaged, err := store.Load()
	if err != nil || len(damaged) > 0 {
		t.Fatal(err, damaged)
	}
	return texts
}
