package bot_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/corpus/library"
)

// sampleText is an official text made of a digest's own quotations: no more
// is in the repository. Its clock is the tests': 2026-07-01.
func sampleText(t *testing.T, id string, seen, effective corpus.Date) *corpus.Source {
	t.Helper()
	lib, err := corpus.Load(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	x := *lib.Source(id)
	x.ID, x.Form, x.Status, x.ReadIn, x.Passages = id+"@"+string(seen), corpus.Text, "in-force", "a sample", nil
	x.Capture = &corpus.Capture{Captured: seen, Seen: seen, Effective: effective}
	for _, p := range lib.Source(id).Passages {
		if q := p.Official(corpus.Digest); p.Pin.Enumerated() && len(q) > 0 {
			x.Passages = append(x.Passages, corpus.Passage{Pin: p.Pin, Heading: x.Title, Text: strings.Join(q, "\n")})
		}
	}
	return &x
}

// withTexts answers from the library and these texts.
func withTexts(t *testing.T, texts ...*corpus.Source) *bot.Assistant {
	t.Helper()
	lib, err := corpus.Load(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	as := over(t, lib)
	as.Catalog = lib.WithVersions(texts)
	as.Checker = cite.New(as.Catalog)
	as.Receipts = &bot.Receipts{Dir: t.TempDir()}
	return as
}

const categoryQuestion = "can an insured Washington plan refuse me because I'm an LMT?"

func ask(t *testing.T, as *bot.Assistant, r bot.Request) *bot.Answer {
	t.Helper()
	ans, err := as.Ask(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if ans.Abstained {
		t.Fatalf("declined: %v", ans.Warnings)
	}
	return ans
}

// quoted is the citation of a place with a quotation, or nil.
func quoted(ans *bot.Answer, at string) *bot.Citation {
	for i, c := range ans.Citations {
		if c.Cite.String() == at && c.Quote != "" {
			return &ans.Citations[i]
		}
	}
	return nil
}

const duty = "RCW 48.43.045(1)(a)"

func TestAnswersQuoteTheOfficialText(t *testing.T) {
	t.Parallel()
	as := withTexts(t, sampleText(t, "rcw-48.43.045", "2026-06-20", "2016-01-01"))
	ans := ask(t, as, bot.Request{Text: categoryQuestion})
	c := quoted(ans, duty)
	if c == nil || c.TextStatus != corpus.Text || c.Text != "rcw-48.43.045@2026-06-20" || c.AsOf != "2026-06-20" || c.Source != "rcw-48.43.045" || c.Digest == "" {
		t.Fatalf("%+v", c)
	}
	if !strings.Contains(ans.Text, "law as of 2026-06-20") {
		t.Errorf("the answer does not say as of when:\n%s", ans.Text)
	}
	if len(ans.Warnings) > 0 {
		t.Errorf("warnings: %q", ans.Warnings)
	}
	re, err := as.Recheck(ans.ID)
	if err != nil || len(re.Failed)+len(re.Changed) > 0 || re.Claims == 0 {
		t.Errorf("the receipt: %+v %v", re, err)
	}
	ids, err := as.Receipts.Leaning([]citation.Citation{c.Cite.Base()})
	if err != nil || !slices.Contains(ids, ans.ID) {
		t.Errorf("receipts that lean on it: %v %v", ids, err)
	}
}

func TestTheLawAsOfADay(t *testing.T) {
	t.Parallel()
	as := withTexts(t, sampleText(t, "rcw-48.43.045", "2026-06-20", "2016-01-01"))
	ans := ask(t, as, bot.Request{Text: categoryQuestion, On: "2020-05-05"})
	if c := quoted(ans, duty); c == nil || c.AsOf != "2020-05-05" || c.TextStatus != corpus.Text {
		t.Errorf("a day that the text covers: %+v", c)
	}
	if w := strings.Join(ans.Warnings, " "); !strings.Contains(w, "Not verified for 2020-05-05: ") || strings.Contains(w, "RCW 48.43.045") {
		t.Errorf("only the others are not verified: %q", w)
	}
	ans = ask(t, as, bot.Request{Text: categoryQuestion, On: "2015-12-31"})
	if c := quoted(ans, duty); c == nil || c.TextStatus != corpus.Digest {
		t.Errorf("the day before it took effect: %+v", c)
	}
	if w := strings.Join(ans.Warnings, " "); !strings.Contains(w, "Not verified for 2015-12-31: RCW 48.43.045") {
		t.Errorf("it is not said: %q", w)
	}
	ans = ask(t, as, bot.Request{Text: categoryQuestion, On: "2030-01-01"})
	if w := strings.Join(ans.Warnings, " "); !strings.Contains(w, "Not verified for 2030-01-01: RCW 48.43.045") {
		t.Errorf("a day to come: %q", w)
	}
	if none := ask(t, withTexts(t), bot.Request{Text: categoryQuestion, On: "2020-05-05"}); !strings.Contains(strings.Join(none.Warnings, " "), "Not verified for 2020-05-05: RCW 48.43.045") {
		t.Errorf("without texts: %q", none.Warnings)
	}
}

// TestAChangedLaw: once the law's words are others, what quoted the older
// words is left out and the answer says so; a receipt names what changed.
func TestAChangedLaw(t *testing.T) {
	t.Parallel()
	was := sampleText(t, "rcw-48.43.045", "2026-06-01", "2016-01-01")
	is := sampleText(t, "rcw-48.43.045", "2026-06-20", "2026-06-11")
	for i := range is.Passages {
		is.Passages[i].Text = strings.Replace(is.Passages[i].Text, "every category of health care provider", "some categories of health care provider", 1)
	}
	as := withTexts(t, was, is)
	ans := ask(t, as, bot.Request{Text: categoryQuestion})
	if c := quoted(ans, duty); c != nil {
		t.Errorf("the older words are quoted: %+v", c)
	}
	if w := strings.Join(ans.Warnings, " "); !strings.Contains(w, "changed since our digest was read: RCW 48.43.045") {
		t.Errorf("it is not said: %q", w)
	}
	before := ask(t, as, bot.Request{Text: categoryQuestion, On: "2026-06-01"})
	if c := quoted(before, duty); c == nil || c.Text != was.ID {
		t.Errorf("the law of before: %+v", c)
	}
	re, err := as.Recheck(before.ID)
	if err != nil || len(re.Failed) > 0 || !slices.Contains(re.Changed, duty) {
		t.Errorf("the receipt of before: %+v %v", re, err)
	}
	checked, err := as.Check(t.Context(), bot.Request{Text: `RCW 48.43.045(1)(a) says "Permit every category of health care provider to provide health services or care".`})
	if err != nil || checked.Citations[0].Status != cite.StatusMisquoted || !strings.Contains(checked.Citations[0].Expected, "some categories") || len(checked.Warnings) == 0 {
		t.Errorf("%+v %v", checked, err)
	}
}

func TestRepealedAndRenumberedLaw(t *testing.T) {
	t.Parallel()
	was := sampleText(t, "rcw-48.43.045", "2026-06-01", "2016-01-01")
	end := *was
	end.ID, end.Status, end.Passages = "rcw-48.43.045@2026-06-20", corpus.Repealed, nil
	end.Capture = &corpus.Capture{Captured: "2026-06-20", Seen: "2026-06-20", Effective: "2026-06-11"}
	as := withTexts(t, was, &end)
	ans := ask(t, as, bot.Request{Text: categoryQuestion})
	for _, c := range ans.Citations {
		if c.Cite.Base() == was.Cite {
			t.Errorf("a repealed law is cited: %s", c.Cite)
		}
	}
	if w := strings.Join(ans.Warnings, " "); !strings.Contains(w, "Repealed, and so left out: RCW 48.43.045") {
		t.Errorf("it is not said: %q", w)
	}
	moved, there := end, *was
	moved.Status, moved.SupersededBy = corpus.Superseded, citation.Citation{System: "RCW", Number: "48.99.045"}
	there.ID, there.Cite, there.Capture = "rcw-48.99.045@2026-06-20", moved.SupersededBy, end.Capture
	ans = ask(t, withTexts(t, was, &moved, &there), bot.Request{Text: categoryQuestion})
	if c := quoted(ans, duty); c == nil || c.Text != there.ID {
		t.Errorf("the words under the new number: %+v", c)
	}
	if w := strings.Join(ans.Warnings, " "); !strings.Contains(w, "RCW 48.43.045 has a new number: RCW 48.99.045") {
		t.Errorf("it is not said: %q", w)
	}
}

func TestStaleTextIsFlagged(t *testing.T) {
	t.Parallel()
	for seen, want := range map[corpus.Date]int{"2026-06-20": 0, "2026-04-02": 0, "2026-04-01": 91, "2025-07-01": 365} {
		text := sampleText(t, "rcw-48.43.045", seen, "2016-01-01")
		if got := bot.Stale(text, "2026-07-01"); got != want {
			t.Errorf("%s: %d days, want %d", seen, got, want)
		}
	}
	ans := ask(t, withTexts(t, sampleText(t, "rcw-48.43.045", "2025-07-01", "2016-01-01")), bot.Request{Text: categoryQuestion})
	if w := strings.Join(ans.Warnings, " "); !strings.Contains(w, "RCW 48.43.045 (365 days ago)") || !strings.Contains(w, "corpus sync") {
		t.Errorf("it is not said: %q", w)
	}
}

// TestATextWithoutADigestIsQuoted: a question that cites a provision of
// which only the official text is held is answered in the law's own words,
// and says where they go on.
func TestATextWithoutADigestIsQuoted(t *testing.T) {
	t.Parallel()
	text := sampleText(t, "rcw-48.43.045", "2026-06-20", "2016-01-01")
	text.ID, text.Cite = "rcw-99.43.045@2026-06-20", citation.Citation{System: citation.RCW, Number: "99.43.045"}
	text.Passages = []corpus.Passage{{Heading: "Sample"}, {Pin: "(1)", Text: "A sample carrier shall answer a \"written\" request within thirty days, unless the enrollee agrees otherwise."}}
	for n := range 5 {
		text.Passages = append(text.Passages, corpus.Passage{Pin: citation.Pinpoint("(" + string(rune('2'+n)) + ")"), Text: "A sample carrier may not charge for the answer, however long it is."})
	}
	as := withTexts(t, text)
	ans := ask(t, as, bot.Request{Text: "what does RCW 99.43.045(1) say?"})
	if len(ans.Claims) != 1 || ans.Claims[0].Verdict != cite.Verified || !strings.Contains(ans.Claims[0].Text, "“A sample carrier shall answer") || len(ans.Warnings) != 0 {
		t.Errorf("%+v %q", ans.Claims, ans.Warnings)
	}
	if re, err := as.Recheck(ans.ID); err != nil || len(re.Failed)+len(re.Changed) > 0 {
		t.Errorf("the receipt: %+v %v", re, err)
	}
	ans = ask(t, as, bot.Request{Text: "what does RCW 99.43.045 say?"})
	if len(ans.Claims) > 4 || !strings.Contains(strings.Join(ans.Warnings, " "), "RCW 99.43.045 goes on") {
		t.Errorf("%d claims, %q", len(ans.Claims), ans.Warnings)
	}
}
