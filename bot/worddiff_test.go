package bot

import (
	"strings"
	"testing"
	"time"
)

func TestDiff(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ quoted, official, want string }{
		{"the plan must require a referral", "may require a referral or prescription", "-the plan must- +may+ require a referral"},
		{"basis of medical necessity and appropriateness.", "on the basis of medical necessity or appropriateness", "basis of medical necessity -and- +or+ appropriateness"},
		{"within six visits", "within six visits, except for fraud", "within six visits, +except for fraud+"},
		{"require review of any kind", "not require review of any kind", "+not+ require review of any kind"},
		{"[P]ermit all kinds", "Permit all kinds of care", "Permit all kinds +of care+"},
		{"“a health plan’s duty”", "a health plan's obligation", "a health plan's -duty”- +obligation+"},
		{"the Health Plan pays", "the health plan pays", "the -Health Plan- +health plan+ pays"},
		{"It is: so", "It is so", "It -is:- +is+ so"},
		{"", "some words", "+some words+"},
	} {
		var got []string
		for _, e := range diff(tt.quoted, tt.official) {
			got = append(got, map[Op]string{Same: "", Gone: "-", New: "+"}[e.Op]+e.Text+map[Op]string{Same: "", Gone: "-", New: "+"}[e.Op])
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%q to %q: %s; want %s", tt.quoted, tt.official, s, tt.want)
		}
	}
}

// FuzzDiff: the edits have all words of the quotation, in order, and only
// official words besides.
func FuzzDiff(f *testing.F) {
	f.Add("the plan must require", "the plan may require, except")
	f.Add("a b c", "c b a")
	f.Fuzz(func(t *testing.T, quoted, official string) {
		if len(quoted)+len(official) > 4000 {
			return
		}
		all := editsOf(strings.Fields(quoted), strings.Fields(official))
		var was, is []string
		for _, e := range all {
			if e.Op != New {
				was = append(was, strings.Fields(e.Text)...)
			}
			if e.Op != Gone {
				is = append(is, strings.Fields(e.Text)...)
			}
		}
		if strings.Join(is, " ") != strings.Join(strings.Fields(official), " ") {
			t.Errorf("%q is made %q, and not %q", quoted, is, official)
		}
		if n := len(strings.Fields(quoted)); n > 0 && len(was) != n {
			t.Errorf("of %q stands %q", quoted, was)
		}
		diff(quoted, official)
	})
}

// TestCommonIsBounded: texts of any length are compared in bounded time, and
// what stands at both ends is alike.
func TestCommonIsBounded(t *testing.T) {
	t.Parallel()
	x, y := strings.Fields(strings.Repeat("a b c ", 20_000)), strings.Fields(strings.Repeat("a c b ", 20_000))
	start := time.Now()
	if got := Common(x, y); len(got) < 1 || time.Since(start) > 10*time.Second {
		t.Errorf("%d alike, after %v", len(got), time.Since(start))
	}
	if got := Common(x, x); len(got) != len(x) {
		t.Errorf("%d of %d alike", len(got), len(x))
	}
}

func TestDisclaims(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text            string // with the citation as §
		disclaims, says bool
	}{
		{"§ does not apply to it.", true, true},
		{"§ and another do not bind the plan.", true, true},
		{"§ doesn't reach you.", true, true},
		{"§, which is no rule for auto insurers.", true, false},
		{"§ is preempted.", true, false},
		{"We do not rely on §.", true, false},
		{"The plan is exempt from §.", true, false},
		{"It may not use §, for it is about health plans.", true, false},
		{"§ requires it.", false, false},
		{"§ does not require a contract.", false, false},
		{"A carrier may not deny care under §.", false, false},
		{"The exception does not apply. § binds you.", false, false},
		{"§ binds you. The exception does not apply.", false, false},
		{"§ binds you; the exception does not apply.", false, false},
	} {
		runes := []rune(tt.text)
		at := 0
		for runes[at] != '§' {
			at++
		}
		s := around(runes, at, at+1)
		if s.disclaims() != tt.disclaims || s.deniesForce() != tt.says {
			t.Errorf("%q: %v, %v", tt.text, s.disclaims(), s.deniesForce())
		}
	}
}

func TestParticular(t *testing.T) {
	t.Parallel()
	for text, kept := range map[string]bool{
		"My patient is on a self-funded plan.":                 true,
		"It is a self-funded plan.":                            true,
		"The plan is self-funded.":                             true,
		"This helps; on a self-funded plan it does not.":       false,
		"Under a self-funded plan the law is another.":         false,
		"The law does not bind a self-funded ERISA plan.":      false,
		"It is like any self-funded plan of an employer.":      false,
		"RCW 48.43.016(2)(l)(i) speaks of a self-funded plan.": true,
	} {
		if got := particular(text); strings.Contains(got, "self-funded") != kept || strings.Contains(got, "(l)") {
			t.Errorf("%q: %q", text, got)
		}
	}
}
