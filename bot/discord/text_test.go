package discord

import (
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot/chat/layout"
)

// hostile are words that would be more than words in Discord.
var hostile = []string{
	"<@123456789012345678> <@!1> <@&2> <#3> </ask:4> <t:1700000000:R> <id:customize> <:x:5> <a:y:6>", "@everyone @here @Everyone", "\\@everyone \\<@1> \\<@&1>",
	"https://evil.example/x and http://evil.example", "<https://evil.example> <mailto:a@b.example> <tel:+15550100>", "[click here](https://evil.example) [x](<https://evil.example>)",
	"[[nested] label](https://evil.example) ![image](https://evil.example/x.png)", "discord.gg/abc discord.com/invite/abc https://discord.gg/abc DISCORD.GG/x discordapp.com/invite/y",
	"*italic* **bold** ***both*** _it_ __under__ ~~no~~ ||spoiler|| `code` ```block```", "# heading\n## two\n### three\n-# small", "> quote\n>>> more", "- list\n* list\n1. list\n12. list\n  - inner\n+ plus",
	"- # heading in a list\n- - list in a list", ":smile: :+1: :100: at 10:30:45", "as [1] says, and [23]", "\u202eevil\u202c \u200b<\u200b@1> a\u00adb \ufeffc \U000e0041tag",
	"a*b*c snake_case_name [PATIENT_1] and [DATE_2].", "x[1]y[2", "line one\r\nline two\u2028line three", "\xff\xfe bytes", "\\ \\\\ \\* a\\", "steam://run/1 discord://x",
	"(*in brackets*) \"_quoted_\"", "日本語 @here *太字*", "e\u0301\u0301 👩\u200d👩\u200d👧", "____ ~~~~ **** ```` ||||", "<", "a < b > c & d", "7. of 8.", "\x1b[31mred",
}

func TestText(t *testing.T) {
	t.Parallel()
	for _, in := range hostile {
		got := Text(in)
		if c := controls(got); c != nil {
			t.Errorf("%q is %q, which holds %q", in, got, c)
		}
		if fold(plainOf(parse(got))) != fold(in) {
			t.Errorf("%q is %q, shown as %q: something is lost", in, got, plainOf(parse(got)))
		}
		if n := layout.Units(got); n > room(layout.Clean(in))+strings.Count(got, "\n")*3+len(strings.Fields(in)) {
			t.Errorf("%q takes %d", in, n)
		}
	}
	for _, same := range []string{"RCW 48.43.045(1)(a)", "pays 20% of $100", "7/10 -> 4/10", "plan's “words”", "at 10:30", "a - b, c # d"} {
		if got := Text(same); got != same {
			t.Errorf("%q became %q", same, got)
		}
	}
	for in, want := range map[string]string{"[PATIENT_1]": `\[PATIENT\_1]`, "<5 visits": "<5 visits", "<@1>": "‹@1>", "a\n- b": "a\n\\- b", "2026. x": `2026\. x`} {
		if got := Text(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

func TestPlainHoldsNoControl(t *testing.T) {
	t.Parallel()
	for _, in := range hostile {
		if got := Plain(in); strings.ContainsAny(got, "<>\n") || callsAll.MatchString(got) || strings.Contains(got, "://") || invite.MatchString(got) {
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
		if fold(plainOf(parse(got))) != fold(in) {
			t.Errorf("%q is %q: something is lost", in, got)
		}
		var all strings.Builder
		for _, c := range chunks(layout.Labelled(in, layout.Say(in)), 40) {
			if layout.Units(c) > 40 {
				t.Errorf("%q is longer than 40", c)
			}
			for _, p := range parse(c) {
				if p.kind != "text" && p.kind != "bold" {
					t.Errorf("%q holds %v", c, p)
				}
			}
			if r := rawControls(c); r != nil {
				t.Errorf("%q holds %q", c, r)
			}
			all.WriteString(plainOf(parse(c)))
		}
		if fold(all.String()) != fold(in)+fold(in) {
			t.Errorf("%q in pieces is %q", in, all.String())
		}
	})
}

func TestAddress(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"https://app.leg.wa.gov/rcw/default.aspx?cite=48.43.045": "https://app.leg.wa.gov/rcw/default.aspx?cite=48.43.045",
		"https://a.example/x?a=1&b=2#p-1-a":                      "https://a.example/x?a=1&b=2#p-1-a",
		"https://a.example/x(1)":                                 "https://a.example/x%281%29",
		"javascript:alert(1)":                                    "", "//a.example": "", "https://": "", "": "", "https://u:p@a.example/": "", "https://a.example/x and more": "",
		"https://a.example/" + strings.Repeat("x", maxAddress): "",
	} {
		if got := address(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestReader: the reader of these tests sees what would be more than words.
func TestReader(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"<@123456789012345678>": "mention", "@everyone": "@everyone", "\\@here": "@here", "https://a.example": "address", "<https://a.example>": "mention", "[x](https://a.example)": "link",
		"[x](<https://a.example>)": "link", "discord.gg/abc": "discord.gg/", "**b**": "bold", "*b*": "italic", "_b_": "italic", "__b__": "underline", "~~b~~": "strike", "||b||": "spoiler",
		"`b`": "code", "```b```": "code", "# b": "heading", "-# b": "small", "> b": "quote", ">>> b": "quote", "- b": "list", "3. b": "list", ":smile:": "emoji", "[1]": "[1]", "</ask:1>": "mention", "<t:1:R>": "mention", "- # b": "list",
	} {
		if got := controls(in); len(got) == 0 || !strings.Contains(strings.Join(got, "\n"), want) {
			t.Errorf("%q is read as %q", in, got)
		}
	}
}
