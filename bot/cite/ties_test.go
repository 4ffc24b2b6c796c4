package cite

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/corpus/citation"
)

// TestTies: to which citation a quotation goes, and which goes to none.
func TestTies(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       string // "quotation → citation" pairs
	}{
		{"what it says is its own", `RCW 48.43.016 says "one two" and RCW 48.43.045 says "three four".`, "one two → RCW 48.43.016, three four → RCW 48.43.045"},
		{"in a row of sayings", `RCW 48.43.016 says "one two", RCW 48.43.045 says "three four".`, "one two → RCW 48.43.016, three four → RCW 48.43.045"},
		{"brackets behind it", `Under RCW 48.43.016 it is "one two" (RCW 48.43.045).`, "one two → RCW 48.43.045"},
		{"in brackets behind its citation", `RCW 48.43.016 (a plan may "one two"); see also RCW 48.43.045 (defining "a b" as "c d").`, "one two → RCW 48.43.016, a b → RCW 48.43.045, c d → RCW 48.43.045"},
		{"a comma behind it", `He may "one two", RCW 48.43.016, and "three four", RCW 48.43.045.`, "one two → RCW 48.43.016, three four → RCW 48.43.045"},
		{"a citation that is a sentence", `RCW 48.43.016 binds it, and it must "one two." RCW 48.43.045.`, "one two. → RCW 48.43.045"},
		{"a case's name before it", `It must "one two." Kentucky Ass'n v. Miller, 538 U.S. 329 (2003).`, "one two. → 538 U.S. 329"},
		{"that is what", `"One two." That is what RCW 48.43.016 says.`, "One two. → RCW 48.43.016"},
		{"not over an empty line", "It has \"one two\".\n\nRCW 48.43.016 is another matter.", ""},
		{"over an empty line, alone", "It has\n\n    \"one two\"\n\nRCW 48.43.016.", "one two → RCW 48.43.016"},
		{"a footnote", "RCW 48.43.535 binds.\n\nIt has \"one two\".[1] And \"three four\"[2] too.\n\n[1] RCW 48.43.016.\n[2] See RCW 48.43.045(2).", "one two → RCW 48.43.016, three four → RCW 48.43.045(2)"},
		{"a raised footnote", "It has “one two”.¹\n\n¹ RCW 48.43.016.", "one two → RCW 48.43.016"},
		{"a block", "The law, RCW 48.43.016, reads:\n\n    one two\n    three\n\nIt binds.", "one two three → RCW 48.43.016"},
		{"a block by marks", "RCW 48.43.016:\n\n> one two\n> three\n\nIt binds.", "one two three → RCW 48.43.016"},
		{"no block: a signature", "RCW 48.43.016 binds it.\n\n    A. Sample\n    1 Sample Street", ""},
		{"inside a quotation", `"one RCW 48.43.045 two", RCW 48.43.016.`, "one RCW 48.43.045 two → RCW 48.43.016"},
		{"the citation in marks", `{"cite": "RCW 48.43.016", "quote": "one two"}`, "one two → RCW 48.43.016"},
		{"it does not stand there", `The words "one two" do not stand in RCW 48.43.016.`, ""},
		{"an item of a list", "- \"one two\"\n- RCW 48.43.016 has \"three four\"", "one two → RCW 48.43.016, three four → RCW 48.43.016"},
	}
	for _, tt := range tests {
		found := citation.Find(tt.text)
		var got []string
		for i, qs := range pair(tt.text, found, nil) {
			for _, q := range qs {
				got = append(got, fmt.Sprintf("%s → %s", strings.Join(strings.Fields(q.words(tt.text)), " "), found[i].Citation))
			}
		}
		if s := strings.Join(got, ", "); s != tt.want {
			t.Errorf("%s: %q: %s; want %s", tt.name, tt.text, s, tt.want)
		}
	}
}

// TestListed: of citations in a list, a quotation goes to the one where it
// stands.
func TestListed(t *testing.T) {
	t.Parallel()
	text := `RCW 48.43.016 and RCW 48.43.045 say "one two" (see RCW 48.43.520; RCW 48.43.525).`
	found := citation.Find(text)
	for i, f := range found {
		got := pair(text, found, func(n int, _ quoted) bool { return n == i })
		if want := i >= 2; len(got[i]) == 1 != want {
			t.Errorf("%s: %v", f.Text, got)
		}
	}
}

func TestFollowing(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"RCW 48.43.016(2)(a). Id. at (2)(b)(i).", "RCW 48.43.016(2)(a), RCW 48.43.016(2)(b)(i)"},
		{"RCW 48.43.016(2)(a) (id.). Ibid. is the same.", "RCW 48.43.016(2)(a), RCW 48.43.016(2)(a), RCW 48.43.016(2)(a)"},
		{"RCW 48.43.016. Subsection (3) and subsection\n(2) (a).", "RCW 48.43.016, RCW 48.43.016(3), RCW 48.43.016(2)(a)"},
		{"RCW 48.43.016(2)(a); its subsection (b) is another.", "RCW 48.43.016(2)(a), RCW 48.43.016(2)(b)"},
		{"42 U.S.C. 300gg-5. Subsection (b).", "42 U.S.C. 300gg-5, 42 U.S.C. 300gg-5(b)"},
		{"42 U.S.C. 300gg-5. Subsection (1).", "42 U.S.C. 300gg-5"},
		{"RCW 48.43.016 and, in the same chapter, .045(1)(a).", "RCW 48.43.016, RCW 48.43.045(1)(a)"},
		{"RCW 48.43.016: see .045 and section .055.", "RCW 48.43.016, RCW 48.43.045, RCW 48.43.055"},
		{"RCW 48.43.016 costs .045 of it, or .0455.", "RCW 48.43.016"},
		{"WAC 284-170-270. See .045.", "WAC 284-170-270"},
		{"RCW 48.43.016. Subsection (4)(b) of your booklet.", "RCW 48.43.016"},
		{"RCW 48.43.016.\n\nSubsection (4) stands in another paragraph.", "RCW 48.43.016"},
		{"RCW 48.43.016.\n\nId. at (4).", "RCW 48.43.016, RCW 48.43.016(4)"},
		{`RCW 48.43.016 has "see RCW 48.43.515(5)". Id.`, "RCW 48.43.016, RCW 48.43.515(5), RCW 48.43.016"},
		{"538 U.S. 329. Id. at (2).", "538 U.S. 329"},
		{"Subsection (2). Id. at (3). He did. RCW 48.43.016", "RCW 48.43.016"},
	}
	for _, tt := range tests {
		var got []string
		for _, f := range withFollowing(tt.text, citation.Find(tt.text)) {
			got = append(got, f.Citation.String())
			if tt.text[f.Start:f.End] != f.Text {
				t.Errorf("%q: %q is not at its place", tt.text, f.Text)
			}
		}
		if s := strings.Join(got, ", "); s != tt.want {
			t.Errorf("%q: %s; want %s", tt.text, s, tt.want)
		}
	}
}

// TestDraftOfAnyShape is about texts that are all one thing: each takes about
// as long as it is long.
func TestDraftOfAnyShape(t *testing.T) {
	k := New(fixtures(t))
	k.Draft("RCW 48.99.010")
	for _, unit := range []string{"> ", "[1] ", "\n[1] RCW 48.99.010 ", `"a b"[1] `, "id. ", "RCW 48.99.010 id. (1) ", "\n    a b\n", "subsection (2)(a) ",
		`RCW 48.99.010, `, `RCW 48.99.010 "a b" `, `"a b c d e" `, "“", ".045(1) ", "RCW 48.99 ", "you said \"a b c d e\", RCW 48.99.010; "} {
		took := func(bytes int) time.Duration {
			best := time.Hour
			for range 3 {
				start := time.Now()
				k.Draft(strings.Repeat(unit, bytes/len(unit)))
				best = min(best, time.Since(start))
			}
			return best
		}
		if small, large := took(1<<13), took(1<<16); large > 40*small+20*time.Millisecond {
			t.Errorf("%q: 8 KB took %v, 64 KB %v", unit, small, large)
		}
	}
}

// TestDraftLineEnds: a draft reads the same with the line ends of any system.
func TestDraftLineEnds(t *testing.T) {
	t.Parallel()
	k := New(fixtures(t))
	text := "It has \"may require\na referral or prescription\".\n\nRCW\n48.99.010(2) says \"must require\na referral or prescription\".\n"
	unix, dos := k.Draft(text), k.Draft(strings.ReplaceAll(text, "\n", "\r\n"))
	if len(unix) != 1 || len(dos) != 1 || unix[0].Status != StatusMisquoted || dos[0].Status != StatusMisquoted {
		t.Fatalf("%+v\n%+v", unix, dos)
	}
	if dos[0].Text != "RCW\r\n48.99.010(2)" || unix[0].Expected != dos[0].Expected {
		t.Errorf("%+v", dos[0])
	}
}

// TestGapsOfADigest: words that fill what a digest leaves out are not called
// wrong for it, and words that differ beside it are.
func TestGapsOfADigest(t *testing.T) {
	t.Parallel()
	const held = "does not pay for any service not listed … regardless of medical necessity"
	for _, tt := range []struct {
		quote string
		fills bool
	}{
		{"does not pay for any service not listed under this section regardless of medical necessity", true},
		{"pay for any service not listed under the programs described elsewhere", true},
		{"under this section, regardless of medical necessity and of cost", true},
		{"does not pay for any care not listed under this section regardless of medical necessity", false},
		{"does pay for any service not listed regardless of medical necessity", false},
	} {
		q, o := strings.Fields(tt.quote), strings.Fields(held)
		for i := range q {
			q[i] = strings.Trim(q[i], ",")
		}
		_, _, _, _, n := aligned(q, o)
		if got := besideGaps(q, o) >= n; got != tt.fills {
			t.Errorf("%q: %d of %d", tt.quote, besideGaps(q, o), n)
		}
	}
}
