package cite

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/everycategory/advocate/corpus/citation"
)

func TestDraft(t *testing.T) {
	t.Parallel()
	k := New(fixtures(t))
	tests := []struct {
		name, text string
		status     Status
		cite       string
		expected   string // all of it
		note       string // part of it
	}{
		{"verified", `RCW 48.99.010(1) says that a carrier “shall post on its website”.`, StatusVerified, "RCW 48.99.010(1)", "", "as of 2026"},
		{"verified with a bracketed letter and a stop", `"[S]hall post on its website." RCW 48.99.010(1).`, StatusVerified, "RCW 48.99.010(1)", "", ""},
		{"verified inside the pinpoint", `See RCW 48.99.010: "may require a referral".`, StatusVerified, "RCW 48.99.010", "", ""},
		{"verified in an official text", `Under RCW 48.99.020(2), "Interest at the rate of one percent" is owed.`, StatusVerified, "RCW 48.99.020(2)", "", ""},
		{"found", "The carrier must act under RCW 48.99.010(1).", StatusFound, "RCW 48.99.010(1)", "", ""},
		{"a code that only heads a family", "Dx: M99.9.", StatusFound, "ICD-10-CM M99.9", "", "is not billable"},
		{"a code that a family covers", "Dx: M99.91.", StatusFound, "ICD-10-CM M99.91", "", "M99.91 is the left side."},
		{"a code of no family", "Dx: M99.92.", StatusOutside, "ICD-10-CM M99.92", "", "does not hold"},
		{"unchecked, pinpoint not in the digest", "See RCW 48.99.010(7).", StatusUnchecked, "RCW 48.99.010(7)", "", "no passage at (7)"},
		{"pinpoint not in the official text", "See RCW 48.99.020(7)(a).", StatusWrongPinpoint, "RCW 48.99.020(7)(a)", "RCW 48.99.020", "has no (7)(a)"},
		{"one word is no quotation", `A "carrier" is in RCW 48.99.010.`, StatusFound, "RCW 48.99.010", "", ""},
		{"unchecked", `RCW 48.99.010 says "the department may adopt rules to implement this section".`, StatusUnchecked, "RCW 48.99.010", "", "without"},
		{"longer than what is held", `RCW 48.99.010(2): "The plan may require a referral or prescription before the first visit".`, StatusUnchecked, "RCW 48.99.010(2)", "", ""},
		{"misquoted, one word", `RCW 48.99.010(2) says the plan "must require a referral or prescription".`, StatusMisquoted, "RCW 48.99.010(2)", "may require a referral or prescription", "differs"},
		{"misquoted, not dropped", `RCW 48.99.010(1)(a): a carrier "may require review of any kind for up to six visits".`, StatusMisquoted, "RCW 48.99.010(1)(a)", "may not require review of any kind for up to six visits, except for fraud", "differs"},
		{"misquoted, exception cut", `It "may not require review of any kind for up to six visits." RCW 48.99.010(1)(a).`, StatusMisquoted, "RCW 48.99.010(1)(a)", "may not require review of any kind for up to six visits, except for fraud", `leaves out "except"`},
		{"misquoted, negation before the words", `A carrier may "require review of any kind" (RCW 48.99.010(1)(a)).`, StatusMisquoted, "RCW 48.99.010(1)(a)", "not require review of any kind", `"not"`},
		{"negation said by the draft", `A carrier may not "require review of any kind" (RCW 48.99.010(1)(a)).`, StatusVerified, "RCW 48.99.010(1)(a)", "", ""},
		{"misquoted official text", `RCW 48.99.020(1) says a carrier "shall pay every claim within ninety days".`, StatusMisquoted, "RCW 48.99.020(1)", "shall pay a complete claim within thirty days", ""},
		{"not in the official text at all", `RCW 48.99.020(1): "massage therapists are physicians under this chapter".`, StatusMisquoted, "RCW 48.99.020(1)", "", "does not stand in the official text"},
		{"wrong pinpoint", `"may require a referral or prescription," RCW 48.99.010(1)`, StatusWrongPinpoint, "RCW 48.99.010(1)", "RCW 48.99.010(2)", "stands there"},
		{"another source", `RCW 48.99.010: "shall pay a complete claim within thirty days after receipt, unless".`, StatusWrongPinpoint, "RCW 48.99.010", "RCW 48.99.020(1)", ""},
		{"superseded", "As RCW 48.99.005 provides, carriers disclose.", StatusSuperseded, "RCW 48.99.005", "RCW 48.99.010", "has taken its place"},
		{"superseded and quoted", `RCW 48.99.005: "Each carrier shall disclose".`, StatusSuperseded, "RCW 48.99.005", "RCW 48.99.010", ""},
		{"outside", "See RCW 48.99.990.", StatusOutside, "RCW 48.99.990", "", "does not hold"},
		{"malformed", "See RCW forty-eight.", "", "", "", ""},
	}
	for _, tt := range tests {
		found := k.Draft(tt.text)
		if tt.name == "malformed" {
			continue
		}
		if len(found) != 1 {
			t.Errorf("%s: %d findings", tt.name, len(found))
			continue
		}
		f := found[0]
		if f.Status != tt.status || f.Cite.String() != tt.cite || f.Expected != tt.expected || !strings.Contains(f.Note, tt.note) {
			t.Errorf("%s: %+v\nwant %s %s %q %q", tt.name, f, tt.status, tt.cite, tt.expected, tt.note)
		}
	}
}

// TestDraftMalformed uses whatever citation calls malformed.
func TestDraftMalformed(t *testing.T) {
	t.Parallel()
	k := New(fixtures(t))
	n := 0
	for _, text := range []string{"See RCW 48.43.", "See RCW 4843045.", "See 42 U.S.C. abc.", "See WAC 284.", "See RCW 48.43.045x.9"} {
		for i, f := range citation.Find(text) {
			if g := k.Draft(text)[i]; f.Err != nil {
				n++
				if g.Status != StatusMalformed || g.Note == "" {
					t.Errorf("%q: %+v", text, g)
				}
			}
		}
	}
	if n == 0 {
		t.Error("no malformed citation among the examples")
	}
}

// TestDraftOffsets: offsets count code points, and a citation with several
// quotations has one finding, of the worst.
func TestDraftOffsets(t *testing.T) {
	t.Parallel()
	k := New(fixtures(t))
	text := `Señor — “shall post on its website” and "may demand a referral or prescription" stand in RCW 48.99.010; so does § 2, RCW 48.99.020(1).`
	found := k.Draft(text)
	if len(found) != 2 {
		t.Fatalf("%d findings: %+v", len(found), found)
	}
	runes := []rune(text)
	for _, f := range found {
		if got := string(runes[f.Start:f.End]); got != f.Text {
			t.Errorf("%q at %d to %d is %q", f.Text, f.Start, f.End, got)
		}
	}
	if found[0].Status != StatusMisquoted || found[1].Status != StatusFound {
		t.Errorf("%s, %s", found[0].Status, found[1].Status)
	}
}

func TestPair(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want string // "quotation → citation" pairs
	}{
		{`RCW 48.43.016 says "one two". RCW 48.43.045 says "three four".`, "one two → RCW 48.43.016, three four → RCW 48.43.045"},
		{`"One two" (RCW 48.43.016) and "three four" (RCW 48.43.045).`, "One two → RCW 48.43.016, three four → RCW 48.43.045"},
		{`The law says "one two." RCW 48.43.016.`, "one two. → RCW 48.43.016"},
		{`The law is RCW 48.43.016. It says "one two" there.`, "one two → RCW 48.43.016"},
		{`RCW 48.43.016 binds. Nothing else does. It says "one two".`, ""},
		{`"one two" alone`, ""},
		{"See 42 U.S.C. 300gg-5. \n\n“one two” See 538 U.S. 329.", "one two → 538 U.S. 329"},
		{`Under 42 U.S.C. 300gg-5(a) plans "one two. Three four" always.`, "one two. Three four → 42 U.S.C. 300gg-5(a)"},
		{`An unclosed "one two and RCW 48.43.016`, ""},
	}
	for _, tt := range tests {
		found := citation.Find(tt.text)
		var got []string
		for i, qs := range pair(tt.text, found, nil) {
			for _, q := range qs {
				got = append(got, fmt.Sprintf("%s → %s", q.text(tt.text), found[i].Citation))
			}
		}
		if s := strings.Join(got, ", "); s != tt.want {
			t.Errorf("%q: %s; want %s", tt.text, s, tt.want)
		}
	}
}

// dense is a draft that is all citations and quotations, most of them wrong.
func dense(bytes int) string {
	line := `Under RCW 48.43.045(1)(a) a plan “must permit every kind of health care provider to provide care … to the extent that” it pleases, and "may not require review" (RCW 48.43.016(2)(a)). `
	return strings.Repeat(line, bytes/len(line))
}

// TestDraftIsLinear: eight times the text takes nowhere near sixty-four times
// as long. BenchmarkDraft has the time of a megabyte.
func TestDraftIsLinear(t *testing.T) {
	k := New(load(t))
	took := func(bytes int) time.Duration {
		best := time.Hour
		for range 3 {
			start := time.Now()
			k.Draft(dense(bytes))
			best = min(best, time.Since(start))
		}
		return best
	}
	took(1 << 12) // read the library once
	small, large := took(1<<14), took(1<<17)
	if large > 30*small {
		t.Errorf("16 KB took %v, 128 KB %v", small, large)
	}
}

func FuzzDraft(f *testing.F) {
	f.Add(`RCW 48.99.010(1) says "shall post on its website".`)
	f.Add(`“may require review of any kind … six visits”, RCW 48.99.010(1)(a); RCW 48.99.020, .005 and "x y`)
	f.Add("RCW 48.99.010 reads:\n\n    shall post on its website\n\nId. at (2) has \"may require\r\n> a referral\"[1] (subsection (1)(a); under .020(1)).\n\n[1] RCW 48.99.010(2).")
	f.Add("\xff\"\xfe 1\" RCW 48.99.010 “”\n\n\"")
	k := New(fixtures(f))
	f.Fuzz(func(t *testing.T, text string) {
		size := utf8.RuneCountInString(text)
		at := 0
		for _, g := range k.Draft(text) {
			if g.Start < at || g.End < g.Start || g.End > size {
				t.Fatalf("%+v of %d code points", g, size)
			}
			at = g.End
			if g.Status == StatusVerified && !strings.ContainsAny(text, "\"“„«‟\n") {
				t.Errorf("%+v is verified without a quotation", g)
			}
		}
	})
}
