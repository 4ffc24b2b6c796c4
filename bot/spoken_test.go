package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/corpus/citation"
)

// TestSpokenWords counts by hand, as the words are said.
func TestSpokenWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"":                              0,
		"I ask you to vote yes.":        6,
		"low-back pain":                 3,
		"it's the patient's":            3,
		"48.43.045":                     7,  // forty-eight forty-three oh forty-five
		"284-170-270":                   10, // two hundred eighty-four, one hundred seventy, two hundred seventy
		"section 48.43.045 of the code": 11,
		"(1)(a)(iii)":                   5, // one a i i i
		"300gg-5":                       5, // three hundred g g five
		"63%":                           3, // sixty-three percent
		"2.9 percent":                   4, // two point nine percent
		"$2,589":                        7, // two thousand five hundred eighty-nine dollars
		"600,000":                       3, // six hundred thousand
		"1996":                          3, // nineteen ninety-six
		"2003":                          3, // two thousand three
		"2026":                          3, // twenty twenty-six
		"1900":                          2, // nineteen hundred
		"SB 5557":                       6, // S B fifty-five fifty-seven
		"House Bill 2":                  3,
		"January 1, 1996":               5,
		"the CDC":                       4,
		"ERISA":                         1,
		"VOTE YES ON THIS BILL":         5, // it shouts, and spells nothing
		"and/or":                        3,
		"7 a.m.":                        3,
		"the 20th day":                  3,
		"— … – “”":                      0,
		"10–12 visits":                  4, // ten to twelve visits
		"123456789012345":               15,
		"日本語":                           3,
		strings.Repeat("x", 45):         5,
		"🙂":                             0,
	} {
		if got := bot.SpokenWords(text); got != want {
			t.Errorf("%q: %d words, want %d", text, got, want)
		}
	}
}

// TestSpokenCitations: a citation is named as a person would name it.
func TestSpokenCitations(t *testing.T) {
	t.Parallel()
	as := speaker(t)
	for cite, want := range map[string]string{
		"RCW 48.43.045(1)(a)":               "section 48.43.045 of Washington's insurance code",
		"RCW 18.108.010":                    "section 18.108.010 of Washington's code",
		"WAC 284-170-270(2)":                "Washington's insurance rule 284-170-270",
		"WAC 296-23-250":                    "Washington Administrative Code 296-23-250",
		"42 U.S.C. 300gg-5(a)":              "section 2706 of the Public Health Service Act",
		"42 U.S.C. 18031(d)(3)(B)(ii)":      "section 18031 of title 42 of the United States Code",
		"29 C.F.R. 2560.503-1":              "title 29 of the Code of Federal Regulations, section 2560.503-1",
		"538 U.S. 329":                      "the Supreme Court, in Kentucky Association of Health Plans v. Miller, in 2003,",
		"ORS 414.613":                       "section 414.613 of the Oregon Revised Statutes",
		"Am J Manag Care 2006;12:397 (use)": "a 2006 study in the American Journal of Managed Care",
		"guide ky":                          "its title",
	} {
		c, err := citation.Parse(cite)
		if err != nil {
			t.Fatal(err)
		}
		if got := as.SpeakCitation(c, "its title"); got != want {
			t.Errorf("%s: %q, want %q", cite, got, want)
		}
	}
	for bill, want := range map[string]string{"HB 2": "House Bill 2", "S.B. 1140": "Senate Bill 1140", "sb5557": "Senate Bill 5557", "ESSHB 1": "ESSHB 1", "12": "12", "the bill": "the bill", "": ""} {
		if got := as.SpeakBill(bill); got != want {
			t.Errorf("%q: %q, want %q", bill, got, want)
		}
	}
}

// TestSentences: a cut is only where a sentence ends.
func TestSentences(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"One. Two? Three! Four":                {"One.", "Two?", "Three!", "Four"},
		"Dr. Sample of St. Paul came. He left": {"Dr. Sample of St. Paul came.", "He left"},
		"It was 3.5. Then 4.":                  {"It was 3.5.", "Then 4."},
		"At 7 a.m. He called.":                 {"At 7 a.m. He called."},
		"She said “no.” Then she left.":        {"She said “no.” Then she left."},
		"I asked “Why?” He said nothing.":      {"I asked “Why?”", "He said nothing."},
		"e.g. one thing. so it went":           {"e.g. one thing. so it went"},
		"J. Doe paid. Twice.":                  {"J. Doe paid.", "Twice."},
		"":                                     nil,
	} {
		if got := bot.SentencesOf(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestHarmless: what could be more than text is not.
func TestHarmless(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain  words\n here":                 "plain words here",
		"see https://x.example.com/a?b. Then": "see (address left out). Then",
		"mail a.b@example.org, please":        "mail (address left out), please",
		"at example.com/x":                    "at (address left out)",
		"U.S.C. and e.g. stay":                "U.S.C. and e.g. stay",
		"[a] {b} <c> `d`":                     "(a) (b) (c) 'd'",
		"@here and me@work":                   "at here and me@work",
		"a\u202eb\u200bc\ufeff":               "abc",
		"naïve café – “so”":                   "naïve café – “so”",
	} {
		if got, _ := bot.Harmless(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestOwnWordsTakeLinearTime: ten times the words take no hundred times as
// long, in the best of three tries each.
func TestOwnWordsTakeLinearTime(t *testing.T) {
	t.Parallel()
	least := func(unit string, length int) time.Duration {
		text := strings.Repeat(unit, length/len(unit))
		best := time.Hour
		for range 3 {
			begun := time.Now()
			clean, _ := bot.Harmless(text)
			bot.SpokenWords(clean)
			bot.SentencesOf(clean)
			best = min(best, time.Since(begun))
		}
		return best
	}
	for _, unit := range []string{"a. ", "(((", "@@", "http://", "x.", "1,", "É", "www.www."} {
		if few, many := least(unit, 10_000), least(unit, 100_000); many > 50*few+time.Second/2 {
			t.Errorf("%q: %v, and ten times as many %v", unit, few, many)
		}
	}
}

// FuzzSpokenWords counts anything, and no less than its letters ask for.
func FuzzSpokenWords(f *testing.F) {
	for _, s := range []string{"48.43.045", "$1,2.3,4", "日本", "..,,..", "0", "00", "9,99.9", "٣٤", "A1b2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if n := bot.SpokenWords(s); n < 0 || n > 2*len(s)+1 {
			t.Fatalf("%q: %d words", s, n)
		}
	})
}
