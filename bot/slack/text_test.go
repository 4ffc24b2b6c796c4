package slack

import (
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot/chat/layout"
)

// hostile are words that would be more than words in Slack.
var hostile = []string{
	"<!channel> and <!here|here> and <!subteam^S1|x>", "<@U123> <@W9|bob>", "<#C123|general>", "<https://evil.example|click here>", "<mailto:a@b.example|x>",
	"@here @channel @Everyone", "https://evil.example/x and http://evil.example", "*bold* _it_ ~no~ `code` ```block```", "> quote\n>>> more\n&gt; entity",
	"a & b &amp; &lt;!channel&gt;", "***", "a*b*c snake_case_name [PATIENT_1] and [DATE_2].", ":smile: :+1: :100: at 10:30:45", "as [1] says, and [23]",
	"\u202eevil\u202c \u200b<\u200b!channel> a\u00adb \ufeffc \U000e0041tag", "* not bold * _ nor _", "*a\n_b\nc*", "x[1]y[2", "line one\r\nline two\u2028line three",
	"\xff\xfe bytes", "(*in brackets*) \"_quoted_\"", "日本語 <!here> *太字*", "e\u0301\u0301 👩\u200d👩\u200d👧", "____________ ~~~~ **** ````",
}

func TestText(t *testing.T) {
	t.Parallel()
	for _, in := range hostile {
		got := Text(in)
		if c := controls(got); c != nil {
			t.Errorf("%q is %q, which holds %q", in, got, c)
		}
		if fold(unescape(got)) != fold(in) {
			t.Errorf("%q is %q: something is lost", in, got)
		}
		if again := Text(unescape(got)); again != got {
			t.Errorf("%q is %q, and then %q", in, got, again)
		}
	}
	for _, same := range []string{"RCW 48.43.045(1)(a)", "[PATIENT_1] pays 20% of $100", "7/10 -> 4/10", "plan's “words”", "at 10:30", "a_b"} {
		if got := unescape(Text(same)); got != same {
			t.Errorf("%q became %q", same, got)
		}
	}
}

func TestPlainHoldsNoControl(t *testing.T) {
	t.Parallel()
	for _, in := range hostile {
		if got := Plain(in); strings.ContainsAny(got, "<>\n`") || callsAll.MatchString(got) || strings.Contains(got, "://") {
			t.Errorf("%q is %q", in, got)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, in := range hostile {
		f.Add(in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if len(in) > 1<<11 {
			return
		}
		got := Text(in)
		if c := controls(got); c != nil {
			t.Errorf("%q is %q, which holds %q", in, got, c)
		}
		if fold(unescape(got)) != fold(in) {
			t.Errorf("%q is %q: something is lost", in, got)
		}
		for _, c := range chunks(layout.Labelled(in, layout.Say(in)), 40) {
			if layout.Units(c.mrkdwn) > 40 {
				t.Errorf("%q is longer than 40", c.mrkdwn)
			}
			for _, p := range parse(c.mrkdwn) {
				if p.kind != "text" && p.kind != "bold" {
					t.Errorf("%q holds %v", c.mrkdwn, p)
				}
			}
			if c := controls(c.plain); c != nil {
				t.Errorf("plain %q holds %q", in, c)
			}
		}
	})
}

func TestAddress(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"https://app.leg.wa.gov/rcw/default.aspx?cite=48.43.045": "https://app.leg.wa.gov/rcw/default.aspx?cite=48.43.045",
		"https://a.example/x?a=1&b=2#p-1-a":                      "https://a.example/x?a=1&b=2#p-1-a",
		"javascript:alert(1)":                                    "", "//a.example": "", "https://": "", "": "", "https://u:p@a.example/": "", "https://a.example/x and more": "",
		"https://a.example/x|<!channel>":                   "https://a.example/x%7C%3C%21channel%3E",
		"https://a.example/" + strings.Repeat("x", MaxURL): "",
	} {
		got := address(in)
		if got != want && !(got != "" && want != "" && !strings.ContainsAny(got, "|<> ")) {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
