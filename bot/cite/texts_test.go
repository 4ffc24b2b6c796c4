package cite

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot/cite/citetest"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// captured is an official text of RCW 48.99.<n>, with its dates.
func captured(n, status string, seen, effective corpus.Date, passages ...corpus.Passage) *corpus.Source {
	return &corpus.Source{ID: "rcw-48.99." + n + "@" + string(seen), Title: "Criteria", Cite: rcw(n, ""), Kind: corpus.Statute,
		Licence: "public", Status: status, Scope: corpus.PublicScope, Form: corpus.Text, Passages: passages,
		Capture: &corpus.Capture{Captured: seen, Seen: seen, Effective: effective, Notes: []string{`Finding: "The legislature finds that criteria should be open."`}}}
}

// criteria are the words of RCW 48.99.010 as the digest of the fixtures
// quotes them, and as they were changed.
func criteria(visits string, referral citation.Pinpoint) []corpus.Passage {
	out := []corpus.Passage{
		{Heading: "Criteria"},
		{Pin: "(1)", Text: "Every carrier shall post on its website and provide upon request of any person, any criteria the carrier uses. It:"},
		{Pin: "(1)(a)", Text: "may not require review of any kind for up to " + visits + " visits, except for fraud; and"},
		{Pin: "(1)(b)", Text: "May require notice."},
		{Pin: "(2)", Text: "The department may adopt rules."},
	}
	if referral == "(2)" {
		out[4].Text = "The plan may require a referral or prescription before the first visit."
		return out
	}
	return append(out, corpus.Passage{Pin: referral, Text: "The plan may require a referral or prescription before the first visit."})
}

// stands is a checker over the fixtures with texts, on a day.
func stands(t *testing.T, day corpus.Date, texts ...*corpus.Source) *Checker {
	t.Helper()
	return New(fixtures(t).WithVersions(texts).On(day))
}

func TestClaimBesideTexts(t *testing.T) {
	t.Parallel()
	const six, referral = "may not require review of any kind for up to six visits", "may require a referral or prescription"
	was := captured("010", "in-force", "2026-03-01", "2020-01-01", criteria("six", "(2)")...)
	is := captured("010", "in-force", "2026-09-01", "2026-08-01", criteria("four", "(3)")...)
	repealed := captured("010", corpus.Repealed, "2026-09-01", "2026-08-01")
	moved := captured("010", corpus.Superseded, "2026-09-01", "2026-08-01")
	moved.SupersededBy = rcw("044", "")
	there := captured("044", "in-force", "2026-09-01", "2026-08-01", criteria("six", "(2)")...)
	visits := "A carrier may not require review of any kind for up to six visits, except for fraud."
	for _, tt := range []struct {
		name   string
		day    corpus.Date
		texts  []*corpus.Source
		pin    citation.Pinpoint
		quote  string
		want   Verdict
		inText bool
		reason string
	}{
		{"the text has the quotation", "2026-03-01", []*corpus.Source{was, is}, "(1)(a)", six + ", except for fraud", Verified, true, ""},
		{"the text has it no more", "2026-09-01", []*corpus.Source{was, is}, "(1)(a)", six + ", except for fraud", Withheld, false, "do not stand there"},
		{"it stands elsewhere now", "2026-09-01", []*corpus.Source{was, is}, "(2)", referral, Withheld, false, "in RCW 48.99.010(3)"},
		{"no text covers the day", "2026-05-01", []*corpus.Source{was, is}, "(1)(a)", six + ", except for fraud", Verified, false, ""},
		{"a text older than the digest decides nothing", "2026-09-01", []*corpus.Source{captured("010", "in-force", "2015-01-01", "2010", criteria("four", "(3)")...)}, "(1)(a)", six + ", except for fraud", Verified, false, ""},
		{"an incomplete text decides nothing", "2026-09-01", []*corpus.Source{captured("010", "partial", "2026-09-01", "2020-01-01", corpus.Passage{Pin: "(1)", Text: "Every carrier shall post."})}, "(1)(a)", six + ", except for fraud", Verified, false, ""},
		{"a repealed section", "2026-09-01", []*corpus.Source{was, repealed}, "(1)(a)", "", Withheld, false, "was repealed"},
		{"before its repeal", "2026-03-01", []*corpus.Source{was, repealed}, "(1)(a)", "", Supported, false, ""},
		{"a renumbered section", "2026-09-01", []*corpus.Source{was, moved, there}, "(1)(a)", six + ", except for fraud", Verified, true, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			say := visits
			if tt.pin == "(2)" {
				say = "The plan may require a referral or prescription."
			}
			r := stands(t, tt.day, tt.texts...).Claim(Claim{say, []Ref{{rcw("010", tt.pin), tt.quote}}})
			if r.Verdict != tt.want || r.Refs[0].InText != tt.inText || !strings.Contains(r.Reason, tt.reason) {
				t.Errorf("%s %v %q", r.Verdict, r.Refs[0].InText, r.Reason)
			}
		})
	}
}

func TestDraftBesideTexts(t *testing.T) {
	t.Parallel()
	was := captured("010", "in-force", "2026-03-01", "2020-01-01", criteria("six", "(2)")...)
	is := captured("010", "in-force", "2026-09-01", "2026-08-01", criteria("four", "(3)")...)
	gone := captured("033", corpus.Repealed, "2026-09-01", "2026-08-01")
	moved := captured("034", corpus.Superseded, "2026-09-01", "2026-08-01")
	moved.SupersededBy = rcw("010", "")
	k := stands(t, "2026-09-01", was, is, gone, moved)
	for _, tt := range []struct {
		name, text     string
		status         Status
		expected, note string
	}{
		{"more than the digest quotes", `RCW 48.99.010(3): "a referral or prescription before the first visit".`, StatusVerified, "", "official text, as of 2026-09-01"},
		{"words of before", `RCW 48.99.010(1)(a): "may not require review of any kind for up to six visits, except for fraud".`, StatusMisquoted, "may not require review of any kind for up to four visits, except for fraud;", "differs"},
		{"the place of before", `RCW 48.99.010(2): "may require a referral or prescription".`, StatusWrongPinpoint, "RCW 48.99.010(3)", "stands there"},
		{"words that never stood there", `RCW 48.99.010(2): "massage therapists are physicians under this chapter".`, StatusMisquoted, "", "does not stand in the official text"},
		{"a place that is not there", "See RCW 48.99.010(7)(b).", StatusWrongPinpoint, "RCW 48.99.010", "has no (7)(b)"},
		{"a place that is there", "See RCW 48.99.010(1)(b).", StatusFound, "", ""},
		{"a limit left out", `RCW 48.99.010(1)(a): "may not require review of any kind for up to four visits".`, StatusMisquoted, "may not require review of any kind for up to four visits, except for fraud; and", "except"},
		{"across paragraphs, with the label", `RCW 48.99.010(1): "any criteria the carrier uses. It: (a) may not require review".`, StatusVerified, "", ""},
		{"paragraphs spliced by an ellipsis", `RCW 48.99.010: "May require notice … department may adopt rules".`, StatusMisquoted, "", "does not stand"},
		{"a repealed section", "See RCW 48.99.033.", StatusSuperseded, "", "repealed (in effect 2026-08-01)"},
		{"a renumbered section", "See RCW 48.99.034.", StatusSuperseded, "RCW 48.99.010", "has taken its place"},
	} {
		found := k.Draft(tt.text)
		if len(found) != 1 || found[0].Status != tt.status || found[0].Expected != tt.expected || !strings.Contains(found[0].Note, tt.note) {
			t.Errorf("%s: %+v", tt.name, found)
		}
	}
}

func TestVerify(t *testing.T) {
	t.Parallel()
	was := captured("010", "in-force", "2026-03-01", "2020-01-01", criteria("six", "(2)")...)
	is := captured("010", "in-force", "2026-09-01", "2026-08-01", criteria("four", "(3)")...)
	for _, tt := range []struct {
		day  corpus.Date
		gone string
	}{
		{"2026-03-01", ""},
		{"2026-05-01", ""}, // no text covers the day
		{"2026-09-01", "RCW 48.99.010(1)(a) misquoted; RCW 48.99.010(2) wrong-pinpoint RCW 48.99.010(3); "},
	} {
		k := stands(t, tt.day, was, is)
		gone, n := "", 0
		for _, s := range k.Verify() {
			n++
			if !s.Stands() {
				now := ""
				if s.Status == StatusWrongPinpoint {
					now = " " + s.Now
				}
				gone += fmt.Sprintf("%s %s%s; ", s.Cite, s.Status, now)
			}
		}
		if gone != tt.gone || (n == 3) != (tt.day != "2026-05-01") {
			t.Errorf("%s: of %d gone: %s", tt.day, n, gone)
		}
		if got := k.Changed(rcw("010", "")); got != (tt.gone != "") {
			t.Errorf("%s: changed is %v", tt.day, got)
		}
	}
}

// beside is the library with an official text for every digest, made of the
// digest's own quotations and of sentences that say much else: duties,
// permissions, numbers and negations of all kinds.
func beside(t *testing.T) *corpus.Catalog {
	t.Helper()
	c := load(t)
	const much = "A plan should pay and must pay. No carrier shall refuse. Everything is required. Nothing is required. A provider may, must, should, cannot and shall not act within 2, 3, 5, 7, 10, 30, 60, 90 or 180 days."
	var texts []*corpus.Source
	for _, s := range citetest.Digests(c) {
		if s.Form != corpus.Digest || s.Kind.Own() {
			continue
		}
		x := *s
		x.ID, x.Form, x.Status, x.Passages = s.ID+"@2026-07-01", corpus.Text, "in-force", nil
		x.Capture = &corpus.Capture{Captured: "2026-07-18", Seen: "2026-07-18", Effective: "2000-01-01"}
		for _, p := range s.Passages {
			switch {
			case p.Pin.Named(): // the digest's own heading: it may quote a note
				x.Capture.Notes = append(x.Capture.Notes, p.Official(s.Form)...)
			default:
				x.Passages = append(x.Passages, corpus.Passage{Pin: p.Pin, Text: strings.Join(append(p.Official(s.Form), ""), " "+much+" ")})
			}
		}
		texts = append(texts, &x)
	}
	return c.WithVersions(texts).On("2026-07-18")
}

// TestTextsLetNothingFalsePass: a false sentence that is withheld beside the
// digests is withheld beside official texts too, and an honest one that
// passes still does.
func TestTextsLetNothingFalsePass(t *testing.T) {
	t.Parallel()
	c := beside(t)
	with, without := New(c), New(load(t))
	tried, passed := 0, 0
	for _, says := range [][]citetest.Said{citetest.Sentences(load(t)), citetest.Points(load(t))} {
		for _, s := range says {
			if without.Claim(claim(s)).Verdict != Withheld && with.Claim(claim(s)).Verdict == Withheld {
				t.Errorf("withheld beside the texts: %s: %s", s.Text, with.Claim(claim(s)).Reason)
			}
		}
		for _, m := range citetest.Facts {
			r := rand.New(rand.NewPCG(seed, uint64(len(m.Name))))
			n := 0
			for _, i := range r.Perm(len(says)) {
				s := says[i]
				got, ok := m.Edit(r, s.Text)
				if !ok || n == mutants {
					continue
				}
				n++
				s.Text = got
				tried++
				if without.Claim(claim(s)).Verdict == Withheld && with.Claim(claim(s)).Verdict != Withheld {
					passed++
					t.Errorf("%s passes for the texts: %s", m.Name, got)
				}
			}
		}
	}
	t.Logf("%d false sentences; for the texts %d more pass", tried, passed)
	if tried == 0 {
		t.Error("no mutant was made: the test shows nothing")
	}
}

// TestNoAlteredQuotationBesideTexts makes the harmful edits of
// TestNoAlteredQuotation where official texts are held too: none is accepted.
func TestNoAlteredQuotationBesideTexts(t *testing.T) {
	t.Parallel()
	c := beside(t)
	k := New(c).With(Guards{Paraphrase: agrees})
	total := 0
	for _, h := range citetest.Harms {
		tried, accepted := tryHarm(k, c, h)
		total += tried
		for _, a := range accepted[:min(3, len(accepted))] {
			t.Errorf("%s: accepted %s", h.Name, a)
		}
	}
	t.Logf("%d mutants, seed %d", total, seed)
	if total < len(citetest.Harms)*mutants/2 {
		t.Error("too few mutants could be made")
	}
}

// TestTextsAreOnTheirOwnWhereThereIsNoDigest: a provision without a digest is
// checked against its text.
func TestTextsAreOnTheirOwnWhereThereIsNoDigest(t *testing.T) {
	t.Parallel()
	k := stands(t, "2026-09-01", captured("077", "in-force", "2026-09-01", "2020-01-01", corpus.Passage{}, corpus.Passage{Pin: "(1)", Text: "A carrier shall answer within thirty days."}))
	r := k.Claim(Claim{"A carrier must answer within 30 days.", []Ref{{rcw("077", "(1)"), "shall answer within thirty days"}}})
	if r.Verdict != Verified || !r.Refs[0].InText {
		t.Errorf("%+v", r)
	}
	r = k.Claim(Claim{"A carrier must answer within 60 days.", []Ref{{rcw("077", "(1)"), ""}}})
	if r.Verdict != Withheld {
		t.Errorf("a false number: %+v", r)
	}
	if _, err := Find("shall answer", WordsAt(k.law(rcw("077", "")), "what it does not say")); errors.Is(err, ErrNotThere) {
		t.Error("a digest's heading is no place of a text, so all of it counts")
	}
}

func TestRunning(t *testing.T) {
	t.Parallel()
	passages := []corpus.Passage{{Pin: "(a)", Text: "A plan shall not—" + apart + "unless permitted."}, {Pin: "(a)(1)", Text: "exclude:" + apart + "or else"},
		{Pin: "(a)(1)(A)", Text: "a person; or"}, {Pin: "(a)(2)", Text: "pay late,"}, {Pin: "(b)"}, {Pin: "(b)(1)", Text: "Nothing more."}}
	var at []*corpus.Passage
	for i := range passages {
		at = append(at, &passages[i])
	}
	const want = "A plan shall not—\n(1) exclude:\n(A) a person; or\nor else\n(2) pay late,\nunless permitted.\n(b)(1) Nothing more."
	if got := running(at); got != want {
		t.Errorf("%q\nwant %q", got, want)
	}
}
