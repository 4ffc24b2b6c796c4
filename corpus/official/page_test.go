package official_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/official"
)

// parse reads a page that holds one section.
func parse(t *testing.T, p official.Page) *corpus.Source {
	t.Helper()
	got, err := official.Parse(p)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 {
		t.Fatalf("%d sections, want one", len(got))
	}
	return got[0].Source
}

// places writes a text as lines "pin: words".
func places(s *corpus.Source) string {
	var b strings.Builder
	for _, p := range s.Passages {
		if p.Text != "" {
			b.WriteString(string(p.Pin) + ": " + strings.ReplaceAll(p.Text, "\n", " / ") + "\n")
		}
	}
	return b.String()
}

func TestWashingtonSection(t *testing.T) {
	t.Parallel()
	s := parse(t, page(sampleRCW().url(), sampleRCW().html()))
	if s.Cite.String() != "RCW 99.43.045" || s.Title != "Sample duties—Limits." || s.Kind != corpus.Statute || s.Jurisdiction != "WA" || s.Form != corpus.Text {
		t.Errorf("%s %q %s %s %s", s.Cite, s.Title, s.Kind, s.Jurisdiction, s.Form)
	}
	want := `(1): Every sample carrier shall:
(1)(a): Answer a written request within thirty days; and
(1)(b): Keep the request for five years.
(2)(a): A carrier may not charge for the answer.
(2)(b): Nothing in this section requires a carrier to agree.
`
	if diff := cmp.Diff(want, places(s)); diff != "" {
		t.Error(diff)
	}
	c := s.Capture
	if c.History != "2012 c 137 s 2; 1997 c 297 s 1." || c.Effective != "2013-07-01" || c.Captured != "2025-07-31" || len(c.Notes) != 2 {
		t.Errorf("%+v", c)
	}
}

func TestWashingtonRule(t *testing.T) {
	t.Parallel()
	s := parse(t, page(sampleWAC().url(), sampleWAC().html()))
	if s.Cite.String() != "WAC 999-830-565" || s.Kind != corpus.Rule || s.Capture.Effective != "2021-09-01" {
		t.Errorf("%s %s %s", s.Cite, s.Kind, s.Capture.Effective)
	}
}

// TestEffectiveDates: what the history and the notes say of when the newest
// enactment took effect.
func TestEffectiveDates(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, history string
		notes         []string
		want          corpus.Date
	}{
		{"no note: the year", "2022 c 240 s 9; 1991 c 3 s 253.", nil, "2022"},
		{"a note of an older act", "2022 c 240 s 9.", []string{`Effective date—1991 c 3: "This act takes effect July 1, 1991."`}, "2022"},
		{"the act", "2016 c 41 s 1.", []string{`Effective date—2016 c 41: "This act takes effect July 1, 2017."`}, "2017-07-01"},
		{"its sections", "2012 c 137 s 2.", []string{`Effective date—2012 c 137: "Sections 1 through 19 of this act take effect July 1, 2013."`}, "2013-07-01"},
		{"other sections of it", "2012 c 137 s 20.", []string{`Effective date—2012 c 137: "Sections 1 through 19 of this act take effect July 1, 2013."`}, "2012"},
		{"an exception", "2012 c 137 s 20.", []string{`Effective date—2012 c 137: "This act takes effect July 1, 2013, except section 20."`}, ""},
		{"at once, the day in brackets", "1991 c 3 s 253.", []string{`Effective date—1991 c 3: "This act is necessary and shall take effect immediately [April 1, 1991]."`}, "1991-04-01"},
		{"on another page", "2016 c 41 s 1.", []string{`Effective date—2016 c 41: See note following RCW 99.43.010.`}, ""},
		{"words that are not understood", "2016 c 41 s 1.", []string{`Effective date—2016 c 41: "This act takes effect when the governor says so."`}, ""},
		{"two acts of a session, one delayed", "2023 c 5 s 2; 2023 c 3 s 1; 2001 c 1 s 1.", []string{`Effective date—2023 c 3: "This act takes effect January 1, 2025."`}, "2025-01-01"},
		{"two acts of a session, one dated elsewhere", "2023 c 5 s 2; 2023 c 3 s 1.", []string{`Effective date—2023 c 3: See note following RCW 99.43.010.`}, ""},
		{"a special session", "1975 1st ex.s. c 280 s 2.", nil, ""},
		{"a history of another kind", "Formerly RCW 99.1.", nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := sampleRCW()
			w.history, w.notes = tt.history, tt.notes
			if got := parse(t, page(w.url(), w.html())).Capture.Effective; got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// TestTwoVersionsOnAPage: one in force and one to come.
func TestTwoVersionsOnAPage(t *testing.T) {
	t.Parallel()
	now, next := sampleRCW(), sampleRCW()
	now.caption = "Sample duties. (Effective until July 1, 2027.)"
	next.caption = "Sample duties. (Effective July 1, 2027.)"
	next.paras = []string{"A sample carrier shall answer within ten days."}
	got, err := official.Parse(page(now.url(), waFrame("RCW 99.43.045: Sample duties.", now.inner()+next.inner())))
	if err != nil || len(got) != 2 {
		t.Fatalf("%d versions, %v", len(got), err)
	}
	a, b := got[0].Source.Capture, got[1].Source.Capture
	if a.Until != "2027-07-01" || a.Effective != "2013-07-01" || b.Effective != "2027-07-01" || b.Until != "" || got[0].Source.Title != "Sample duties." {
		t.Errorf("%+v\n%+v", a, b)
	}
}

func TestWashingtonIsRefused(t *testing.T) {
	t.Parallel()
	w := sampleRCW()
	whole := w.html()
	for _, tt := range []struct {
		name, body string
		is         error
		says       string
	}{
		{"an empty page", " ", official.ErrNotFound, "empty"},
		{"another layout", strings.Replace(whole, "contentWrapper", "main", 1), official.ErrLayout, "contentWrapper"},
		{"200 with not found", waFrame("Page not found", "<p>Page not found. Try the search form.</p>"), official.ErrLayout, "before the section"},
		{"an empty wrapper", waFrame("RCW 99.43.045", ""), official.ErrNotFound, "without a section"},
		{"no text: repealed or wrong", strings.ReplaceAll(whole, `<div style="text-indent:0.5in;">`, `<div style="display:none"><script>`), official.ErrNotFound, "no text"},
		{"another section than asked for", strings.ReplaceAll(whole, "99.43.045", "99.43.046"), official.ErrLayout, "was asked for"},
		{"another title", strings.Replace(whole, "RCW 99.43.045: Sample", "RCW 99.1: Sample", 1), official.ErrLayout, "is called"},
		{"cut off in the text", whole[:strings.Index(whole, "Nothing in this")], official.ErrLayout, "no history"},
		{"cut off in the history", whole[:strings.Index(whole, "1997 c 297")], official.ErrLayout, "no end"},
		{"a paragraph lost", strings.Replace(whole, "(a) Answer", "Answer", 1), official.ErrLayout, "(b) after (1)"},
		{"chrome in the text", strings.Replace(whole, "Keep the request", "Skip to content. Keep the request", 1), official.ErrLayout, "no law"},
		{"script in the text", strings.Replace(whole, "Keep the request", "if (x) { y() } Keep the request", 1), official.ErrLayout, "mark-up"},
		{"a list of sections", waFrame("Chapter 99.43 RCW", `<div><h3>Chapter <a>99.43</a> RCW</h3></div><table><tr><td>99.43.045</td></tr></table>`), official.ErrList, "Chapter 99.43"},
		{"no caption", strings.Replace(whole, `<div><h3>Sample duties<span style="font-family:times new roman;">—</span>Limits.</h3></div>`, "", 1), official.ErrLayout, "neither text nor notes"},
		{"another order", strings.Replace(whole, `<div style="margin-top:15pt;`, `<h3>Advertising</h3><div style="margin-top:15pt;`, 1), official.ErrLayout, "neither text nor notes"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := official.Parse(page(w.url(), tt.body))
			if !errors.Is(err, tt.is) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("%v, %v; want %v with %q", got, err, tt.is, tt.says)
			}
		})
	}
}

// TestWordsOfALawAreNoChrome: what a law may say is not taken for a frame.
func TestWordsOfALawAreNoChrome(t *testing.T) {
	t.Parallel()
	w := sampleRCW()
	w.paras = []string{"A person may request access to the privacy notice, search form and function(s) where access denied was &lt; 5 days."}
	if s := parse(t, page(w.url(), w.html())); !strings.Contains(s.Passages[0].Text, "was < 5 days") {
		t.Errorf("%q", s.Passages[0].Text)
	}
}

func TestUSLM(t *testing.T) {
	t.Parallel()
	p := page(uscURL, "<!-- "+uscURL+" | a mirror -->\n"+sampleUSLM)
	s := parse(t, p)
	want := `(a): A sample plan shall not— / … / unless the Secretary permits it.
(a)(1): exclude a provider who acts within a license; or
(a)(2): pay late,
(b): Nothing in this section prevents a plan from varying rates under section 999gg-6 of this title.
`
	if diff := cmp.Diff(want, places(s)); diff != "" {
		t.Error(diff)
	}
	if s.Cite.String() != "42 U.S.C. 999gg-5" || s.Title != "Sample fairness" || s.Jurisdiction != "US" || s.Passage("(a)").Heading != "Providers" ||
		s.Capture.Effective != "2014-01-01" || !strings.HasPrefix(s.Capture.History, "July 1, 1944") || len(s.Capture.Notes) != 1 {
		t.Errorf("%s %q %s %+v", s.Cite, s.Title, s.Jurisdiction, s.Capture)
	}
}

func TestUSLMIsRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, old, new string
		is             error
		says           string
	}{
		{"a level that is not closed", "</paragraph>\n<continuation>", "\n<continuation>", official.ErrLayout, "not closed"},
		{"cut off", "<sourceCredit>", "<!--", official.ErrLayout, "not closed"},
		{"no source credit", "sourceCredit", "credit", official.ErrLayout, "no source credit"},
		{"a place twice", `value="2">(2)`, `value="1">(1)`, official.ErrLayout, "(a)(1) is there twice"},
		{"a number that is another", `value="b">(b)`, `value="b">(c)`, official.ErrLayout, "(b) is numbered"},
		{"no heading", "<heading> Sample fairness</heading>", "", official.ErrLayout, "number and heading"},
		{"another section", "/us/usc/t42/s999gg–5\"><num", "/us/usc/t42/s999gg–6\"><num", official.ErrLayout, "999gg-6"},
		{"a web page", `<section xmlns`, `<html><body>Page Not Found</body></html><section xmlns`, official.ErrNotFound, "web page"},
		{"another element", "<section ", "<sektion ", official.ErrLayout, "no section element"},
		{"mark-up in the text", "pay late<", "pay late &lt;b&gt;<", official.ErrLayout, "mark-up"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			body := strings.ReplaceAll(sampleUSLM, tt.old, tt.new)
			if body == sampleUSLM {
				t.Fatalf("the sample has no %q", tt.old)
			}
			_, err := official.Parse(page(uscURL, body))
			if !errors.Is(err, tt.is) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("%v; want %v with %q", err, tt.is, tt.says)
			}
		})
	}
}

func TestUSLMEnded(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ status, heading, want, now string }{
		{"repealed", "Repealed.", corpus.Repealed, ""},
		{"transferred", "Transferred to section 999gg–26 of title 42, 42 U.S.C. 999gg–26", corpus.Superseded, "42 U.S.C. 999gg-26"},
	} {
		body := strings.Replace(sampleUSLM, `identifier="/us/usc/t42/s999gg–5">`, `status="`+tt.status+`" identifier="/us/usc/t42/s999gg–5">`, 1)
		body = strings.Replace(body, "<heading> Sample fairness</heading>", "<heading>"+tt.heading+"</heading>", 1)
		s := parse(t, page(uscURL, body))
		if s.Status != tt.want || s.SupersededBy.String() != tt.now || len(s.Passages) != 0 || s.Capture.Effective != "2010-03-23" {
			t.Errorf("%s: %s %s %d %s", tt.status, s.Status, s.SupersededBy, len(s.Passages), s.Capture.Effective)
		}
	}
}

func TestECFR(t *testing.T) {
	t.Parallel()
	s := parse(t, page(cfrURL, sampleCFR))
	want := `(a): Scope. This sample section sets requirements.
(b): Duties.
(b)(1): A plan shall give notice.
(b)(2): The notice shall be in writing.
`
	if diff := cmp.Diff(want, places(s)); diff != "" {
		t.Error(diff)
	}
	if s.Cite.String() != "29 C.F.R. 2999.503-1" || s.Kind != corpus.Rule || !strings.HasPrefix(s.Capture.History, "65 FR 70265") {
		t.Errorf("%s %s %q", s.Cite, s.Kind, s.Capture.History)
	}
	for _, tt := range []struct{ old, new, says string }{
		{"<P>(2) The", "<P>(3) The", "(3) after (b)(1)"},
		{"<HEAD>§ 2999.503-1", "<HEAD>§ 2999.503-2", "is not that of"},
		{"DIV8", "DIV9", "no DIV8"},
		{"</P>\n<CITA", "</P>\nAccess Denied<CITA", "outside any paragraph"},
		{"</DIV8>", "", "not closed"},
	} {
		if _, err := official.Parse(page(cfrURL, strings.ReplaceAll(sampleCFR, tt.old, tt.new))); !errors.Is(err, official.ErrLayout) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%q for %q: %v", tt.new, tt.old, err)
		}
	}
}

func TestOpinion(t *testing.T) {
	t.Parallel()
	s := parse(t, page(opinionURL, sampleOpinion))
	if s.Cite.String() != "538 U.S. 999" || s.Kind != corpus.Case || s.Status != "partial" || s.Title != "Sample Association v. Example" {
		t.Errorf("%s %s %s %q", s.Cite, s.Kind, s.Status, s.Title)
	}
	if got := s.Passages[0].Text; !strings.HasPrefix(got, "Justice Sample") || strings.Contains(got, "navigation") || !strings.Contains(got, "entities engaged") {
		t.Errorf("%q", got)
	}
	for _, tt := range []struct{ old, new, says string }{
		{"99—9471", "00—1471", "docket"},
		{"delivered the opinion", "wrote", "who delivered"},
		{"538 U. S. 999", "", "no volume and page"},
	} {
		if _, err := official.Parse(page(opinionURL, strings.ReplaceAll(sampleOpinion, tt.old, tt.new))); !errors.Is(err, official.ErrLayout) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%q for %q: %v", tt.new, tt.old, err)
		}
	}
}

func TestPlainText(t *testing.T) {
	t.Parallel()
	const whole = `https://app.leg.wa.gov/RCW/default.aspx?cite=99.43.045
[a stored copy, captured 2024-05-06]

RCW 99.43.045  Sample duties.
(1) Every sample carrier shall answer in writing.
(2) It may not charge for that.
[ 2015 c 237 § 2; 1995 c 265 § 8. ]
NOTES:
A note.
`
	const address = "https://app.leg.wa.gov/RCW/default.aspx?cite=99.43.045"
	s := parse(t, page(address, whole))
	if s.Title != "Sample duties." || s.Status != "in-force" || s.Capture.Effective != "2015" || s.ReadIn != "a stored copy, captured 2024-05-06" || len(s.Capture.Notes) != 1 {
		t.Errorf("%q %s %+v %q", s.Title, s.Status, s.Capture, s.ReadIn)
	}
	if got := official.StatedDay([]byte(whole)); got != "2024-05-06" {
		t.Errorf("stated day %q", got)
	}
	for _, tt := range []struct {
		name, old, new string
		is             error
	}{
		{"a number lost", "(2) It", "(3) It", official.ErrLayout},
		{"another section", "RCW 99.43.045  Sample", "RCW 99.43.046  Sample", official.ErrLayout},
		{"an error page", "Every sample carrier shall", "Page not found. Every carrier shall", official.ErrLayout},
		{"nothing under the heading", whole[strings.Index(whole, "(1)"):], "", official.ErrNotFound},
	} {
		if _, err := official.Parse(page(address, strings.Replace(whole, tt.old, tt.new, 1))); !errors.Is(err, tt.is) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	for name, body := range map[string]string{
		"it says so":           strings.Replace(whole, "a stored copy", "excerpts of a stored copy", 1),
		"no history":           strings.Replace(whole, "[ 2015 c 237 § 2; 1995 c 265 § 8. ]", "", 1),
		"the end is cut off":   strings.Replace(whole, "charge for that.", "charge for th[at ... -- stored excerpt ends here]", 1),
		"begins in the middle": strings.Replace(strings.Replace(whole, "a stored copy", "an excerpt", 1), "(1) Every", "(28) Every", 1),
	} {
		if s := parse(t, page(address, body)); s.Status != "partial" || strings.Contains(places(s), "ends here") {
			t.Errorf("%s: %s %s", name, s.Status, places(s))
		}
	}
	if _, err := official.Parse(page("https://example.org/law", whole)); !errors.Is(err, official.ErrPublisher) {
		t.Errorf("another publisher: %v", err)
	}
}
