package bot_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/corpus/library"
)

// sampleManual is an added document with a page for each text.
func sampleManual(licence string, pages ...string) *corpus.Source {
	s := &corpus.Source{ID: "sample-manual", Title: "Sample Office Manual", Kind: corpus.Manual, Authority: corpus.Practice,
		Jurisdiction: "any", Cite: citation.Citation{System: citation.Manual, Number: "sample-manual"}, AsOf: "2026",
		Licence: licence, Status: "in-force", Scope: "machine", Form: corpus.Text}
	for i, text := range pages {
		s.Passages = append(s.Passages, corpus.Passage{Pin: citation.Pinpoint(fmt.Sprintf("p. %d", i+1)), Heading: "Sample part", Text: text})
	}
	return s
}

// withManual answers from the library and one added document.
func withManual(t testing.TB, s *corpus.Source) *bot.Assistant {
	t.Helper()
	lib, err := corpus.Load(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	all := []*corpus.Source{s}
	for _, l := range lib.Sources {
		if lib.Card(l.ID) == nil {
			all = append(all, l)
		}
	}
	catalog, err := corpus.NewCatalog(all, lib.Cards)
	if err != nil {
		t.Fatal(err)
	}
	as := over(t, catalog)
	as.Shown = &bot.Shown{Dir: t.TempDir()}
	return as
}

func machine(text, person string) bot.Request {
	return bot.Request{Text: text, Person: person, Scopes: []string{corpus.PublicScope, "machine"}}
}

// officePages are pages with nothing in common but their form.
var officePages = []string{
	"Put the blue sample stamp in the lower left corner of every superbill before it is scanned.\nThe stamp shows the batch number.",
	"Count only minutes of hands-on time that are written in the chart for that day.",
	"The appeals calendar is read aloud every Monday at the front desk.",
}

func TestManualAnswers(t *testing.T) {
	t.Parallel()
	as := withManual(t, sampleManual("private", officePages...))
	for _, c := range []struct {
		ask, want string
		part      bot.Part
		page      citation.Pinpoint
	}{
		{"where does the blue stamp go on the superbill?", `says at p. 1: "Put the blue sample stamp in the lower left corner of every superbill before it is scanned."`, bot.Lead, "p. 1"},
		{"when is the appeals calendar read aloud?", `says at p. 3: "The appeals calendar is read aloud every Monday at the front desk."`, bot.Lead, "p. 3"},
		{"how do I count minutes of hands-on time for timed units?", `says at p. 2: "Count only minutes`, bot.Documents, "p. 2"},
	} {
		ans, err := as.Ask(t.Context(), machine(c.ask, "a"))
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for i, claim := range ans.Claims {
			if !strings.Contains(claim.Text, c.want) {
				continue
			}
			found = true
			cited := ans.Citations[claim.Citations[0]-1]
			if claim.Part != c.part || claim.Verdict != cite.Verified || cited.Pinpoint != c.page || cited.Quote == "" {
				t.Errorf("%s: claim %+v, citation %+v", c.ask, claim, cited)
			}
			if c.part == bot.Documents && (i == 0 || ans.Claims[0].Part != bot.Lead) {
				t.Errorf("%s: the law does not come first", c.ask)
			}
		}
		if !found {
			t.Errorf("%s: it does not say %q:\n%s", c.ask, c.want, ans.Text)
		}
	}
}

// TestManualFigures: where the guard takes the page's number for a figure too
// many, the sentence is quoted without it, and the citation has the page.
// TestManualOnWhatIsNotHeld: what the library names as not held is answered from
// a manual that was added; what it is nowhere near of, from a document of any
// kind.
func TestManualOnWhatIsNotHeld(t *testing.T) {
	t.Parallel()
	manual := sampleManual("private", "Pay the quarterly estimated tax of a sole proprietor from the blue sample account.", "Tune the zither with the sample grant.")
	guide := sampleManual("private", manual.Passages[1].Text)
	guide.Kind, guide.Cite.System = corpus.Guide, citation.Guide
	for _, c := range []struct {
		own       *corpus.Source
		ask, want string
	}{
		{manual, "when does a sole proprietor pay quarterly estimated tax?", "blue sample account"},
		{manual, "tell me of the zither grant", "zither with the sample grant"},
		{guide, "tell me of the zither grant", "zither with the sample grant"},
	} {
		ans, err := withManual(t, c.own).Ask(t.Context(), machine(c.ask, "a"))
		if err != nil {
			t.Fatal(err)
		}
		if ans.Abstained || !strings.Contains(ans.Text, c.want) {
			t.Errorf("%s: %q (%s)", c.own.Kind, c.ask, ans.Text)
		}
	}
}

func TestManualFigures(t *testing.T) {
	t.Parallel()
	as := withManual(t, sampleManual("private", officePages...))
	as.Checker = as.Checker.With(cite.Guards{Paraphrase: func(sentence string, _ []string) error {
		if strings.Contains(sentence, "says at p.") {
			return errors.New("a figure too many")
		}
		return nil
	}})
	ans, err := as.Ask(t.Context(), machine("where does the blue stamp go on the superbill?", "a"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(ans.Text, `Sample Office Manual: "Put the blue sample stamp`) || !strings.Contains(ans.Text, "manual sample-manual, p. 1") {
		t.Errorf("it is not quoted, or with its page in the sentence:\n%s", ans.Text)
	}
}

// TestManualDoesNotOpenTheDoor: with a document that holds every word of
// them, questions of other subjects are still declined, and the law answers
// as it did.
func TestManualDoesNotOpenTheDoor(t *testing.T) {
	t.Parallel()
	asks := []string{"what is the capital of France?", "can a dentist bill for crowns?", "how do I fix my bike tire?", "can they refuse me because I'm an LMT?"}
	words := strings.Fields(strings.Join(asks, " "))
	pages := append([]string{}, officePages...)
	for i := range words {
		pages = append(pages, "A sample page with the word "+words[i]+" among others.")
	}
	plain, as := assistant(t), withManual(t, sampleManual("private", pages...))
	for _, q := range asks {
		want, err := plain.Ask(t.Context(), machine(q, "a"))
		if err != nil {
			t.Fatal(err)
		}
		got, err := as.Ask(t.Context(), machine(q, "a"))
		if err != nil {
			t.Fatal(err)
		}
		if got.Abstained != want.Abstained || len(got.Claims) == 0 != (len(want.Claims) == 0) || len(want.Claims) > 0 && got.Claims[0].Text != want.Claims[0].Text {
			t.Errorf("%s: with a manual it says\n%s\nwithout\n%s", q, got.Text, want.Text)
		}
	}
}

// limited is a document of so many sentences, each of words of its own.
func limited(n int) (pages, asks []string) {
	for i := range n {
		own := string(rune('a'+i/6)) + "qu" + string(rune('a'+i%6))
		pages = append(pages, strings.ReplaceAll("Superbill copy# rests# under# tray# beside# lamp# until# noon# unless# rain# falls# early#.", "#", own))
		asks = append(asks, strings.ReplaceAll("where is superbill copy# tray# lamp# noon#?", "#", own))
	}
	return pages, asks
}

// shownOf counts the different places of words of s that texts show.
func shownOf(s *corpus.Source, texts []string) int {
	n := 0
	for _, p := range s.Passages {
		seen := map[int]bool{}
		words := strings.Fields(p.Text)
		for _, text := range texts {
			for i := range words {
				if i+4 <= len(words) && strings.Contains(text, strings.Join(words[i:i+4], " ")) {
					for k := range 4 {
						seen[i+k] = true
					}
				}
			}
		}
		n += len(seen)
	}
	return n
}

// TestNoReassembly asks for every sentence of a limited document: one answer
// shows no more than N words, a day's answers no more than ten times N, to
// one person; another person, and the next day, begin anew.
func TestNoReassembly(t *testing.T) {
	t.Parallel()
	const n = 8
	pages, asks := limited(40)
	s := sampleManual(fmt.Sprintf("quote:%d", n), pages...)
	as := withManual(t, s)
	now := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	as.Now = func() time.Time { return now }
	all := func(person string) []string {
		var texts []string
		for _, q := range asks {
			ans, err := as.Ask(t.Context(), machine(q, person))
			if err != nil {
				t.Fatal(err)
			}
			found, err := as.Search(t.Context(), machine(q, person), 5)
			if err != nil {
				t.Fatal(err)
			}
			one := []string{ans.Text}
			for _, c := range ans.Citations {
				one = append(one, c.Quote, c.Digest)
			}
			hits := []string{}
			for _, h := range found.Hits {
				for _, p := range h.Source.Passages {
					if h.Source.ID == s.ID {
						hits = append(hits, p.Text)
					}
				}
			}
			for _, door := range [][]string{one, hits} {
				if got := shownOf(s, door); got > n {
					t.Errorf("%s: one answer shows %d words: %q", q, got, door)
				}
			}
			texts = append(append(texts, one...), hits...)
		}
		return texts
	}
	first := all("one person")
	if got := shownOf(s, first); got > 10*n || got < 5*n {
		t.Errorf("a day shows %d different words of the document to one person; at most %d, and some", got, 10*n)
	}
	if !strings.Contains(strings.Join(first, "\n"), "no more of its words today") {
		t.Errorf("nobody is told why the words are not shown: %s", first[len(first)-3:])
	}
	if got := shownOf(s, all("another person")); got < 5*n {
		t.Errorf("another person sees %d words: the first one's day counts against them", got)
	}
	now = now.AddDate(0, 0, 1)
	if got := shownOf(s, all("one person")); got < 5*n {
		t.Errorf("the next day shows %d words", got)
	}
}

// TestNoRecordNoWords: where the record cannot be kept, limited words are
// not shown.
func TestNoRecordNoWords(t *testing.T) {
	t.Parallel()
	pages, asks := limited(3)
	s := sampleManual("quote:8", pages...)
	as := withManual(t, s)
	as.Shown = nil
	ans, err := as.Ask(t.Context(), machine(asks[0], "a"))
	if err != nil {
		t.Fatal(err)
	}
	if n := shownOf(s, []string{ans.Text}); n > 0 {
		t.Errorf("%d words are shown:\n%s", n, ans.Text)
	}
}

// TestPrivateStaysHome: who may not search a scope is not shown its words.
func TestPrivateStaysHome(t *testing.T) {
	t.Parallel()
	s := sampleManual("private", officePages...)
	as := withManual(t, s)
	ans, err := as.Ask(t.Context(), bot.Request{Text: "where does the blue stamp go on the superbill?"})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(ans.Text, "blue sample stamp") || strings.Contains(ans.Text, s.Title) {
		t.Errorf("a private document is shown to all:\n%s", ans.Text)
	}
}

// TestLimitedReceipt keeps only the words shown, and still checks again.
func TestLimitedReceipt(t *testing.T) {
	t.Parallel()
	as := withManual(t, sampleManual("quote:20", officePages...))
	as.Receipts = &bot.Receipts{Dir: t.TempDir()}
	ans, err := as.Ask(t.Context(), machine("where does the blue stamp go on the superbill?", "a"))
	if err != nil {
		t.Fatal(err)
	}
	again, err := as.Recheck(ans.ID)
	if err != nil || len(again.Failed) > 0 || len(again.Changed) > 0 || again.Claims == 0 {
		t.Errorf("recheck %+v, %v", again, err)
	}
	for _, h := range again.Receipt.Passages {
		if strings.Contains(h.Text, "batch number") {
			t.Errorf("the receipt keeps words that were not shown: %q", h.Text)
		}
	}
}
