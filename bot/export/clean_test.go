package export

import "testing"

func TestLink(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                                  "",
		"https://example.org/a?b=c&d=e#f":   "https://example.org/a?b=c&d=e#f",
		"http://example.org":                "http://example.org",
		"https://example.org/a b\"<c>":      "https://example.org/a%20b%22%3Cc%3E",
		"https://example.org/\u00e9":        "https://example.org/%C3%A9",
		"https://ex\u00e4mple.org/":         "",
		"https://name:secret@example.org/":  "",
		"ftp://example.org/file":            "",
		"file:///etc/hosts":                 "",
		"javascript:alert(1)":               "",
		"//example.org":                     "",
		"/a":                                "",
		"https://":                          "",
		"https://example.org/?q={x}|y":      "",
		"https://example.org/\\\\share\\ x": "https://example.org/%5C%5Cshare%5C%20x",
		"mailto:a@example.org":              "",
		"https://example.org/%zz":           "",
	} {
		if got := link(in); got != want {
			t.Errorf("link(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"a\x00b\x1bc\x7fd\u0080e":     "abcde",
		"a\r\nb\rc\u2028d\ve\ff":      "a\nb\nc\nd\ne\nf",
		"a\tb":                        "a b",
		"e\u0301":                     "\u00e9",
		"\xc3(":                       "\ufffd(",
		"shall\u202enot\u202c\u2066":  "shallnot",
		"in\u200bvis\u00adi\ufeffble": "invisible",
		"\U000e0041tag":               "tag",
		"👩\u200d👧":                    "👩\u200d👧",
		"\ufffe\uffff":                "",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"date": "[date]", " date ": " [date] ", "[date]": "[date]", "[number] days": "[number] days", "]a[": "[]a[]",
	} {
		if got := bracketed(in); got != want {
			t.Errorf("bracketed(%q) = %q, want %q", in, got, want)
		}
	}
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 27: "AB", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := letters(i); got != want {
			t.Errorf("letters(%d) = %q, want %q", i, got, want)
		}
	}
}
