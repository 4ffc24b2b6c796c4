package bot_test

import (
	"testing"
	"unicode/utf8"

	"github.com/everycategory/advocate/bot"
)

// FuzzAsk asks anything: no error, no panic, readable words back, and no
// claim without a citation.
func FuzzAsk(f *testing.F) {
	as := assistant(f)
	for _, seed := range []string{"can they refuse me because I'm an LMT?", "rcw 48 43 045 1 a", "\x00\xff", "’’ §§ ((", "97124는", "what is a superbill", "self funded plan in OR denied massage visit 7"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		ans, err := as.Ask(t.Context(), bot.Request{Text: text, Plain: true})
		if err != nil {
			t.Fatal(err)
		}
		if ans.Text == "" || !utf8.ValidString(ans.Text) || ans.Abstained == (len(ans.Claims) > 0) {
			t.Fatalf("%q is answered %q with %d claims", text, ans.Text, len(ans.Claims))
		}
		for _, c := range ans.Claims {
			if len(c.Citations) == 0 {
				t.Fatalf("%q: nothing is cited for %q", text, c.Text)
			}
		}
	})
}

// FuzzCheck checks any draft: no panic, and offsets that count code points.
func FuzzCheck(f *testing.F) {
	as := assistant(f)
	f.Add(`RCW 48.43.045(1)(a) says "Permit every category". See WAC 284-43-205 and M54.5.`)
	f.Add("\"“\" RCW forty")
	f.Fuzz(func(t *testing.T, text string) {
		checked, err := as.Check(t.Context(), bot.Request{Text: text})
		if err != nil {
			return // no text, and said so
		}
		n := utf8.RuneCountInString(text)
		for _, c := range checked.Citations {
			if c.Start < 0 || c.End > n || c.Start >= c.End {
				t.Fatalf("%q: %q at %d to %d of %d", text, c.Text, c.Start, c.End, n)
			}
		}
	})
}
