package chat

import (
	"errors"
	"strings"
	"testing"
)

// TestFileText: a text is read, without its byte order mark; nothing else is.
func TestFileText(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ in, want string }{
		"text":         {"Dear Sir,\nWe deny it.", "Dear Sir,\nWe deny it."},
		"with a mark":  {"\ufeffDenied.", "Denied."},
		"letters":      {"Übelkeit — “denied”", "Übelkeit — “denied”"},
		"pdf":          {"%PDF-1.7\nDenied", ""},
		"docx":         {"PK\x03\x04\x14\x00", ""},
		"rtf":          {`{\rtf1\ansi Denied}`, ""},
		"page":         {"<!DOCTYPE html><title>Sign in</title>", ""},
		"bare page":    {"\n <html><body>Sign in</body></html>", ""},
		"no letters":   {"\xff\xfe\x01", ""},
		"with a zero":  {"a\x00b", ""},
		"nothing":      {" \n", ""},
		"too long":     {strings.Repeat("a", MaxFile+1), ""},
		"long enough":  {strings.Repeat("a", MaxFile), strings.Repeat("a", MaxFile)},
		"a tag within": {"They wrote <b>no</b>.", "They wrote <b>no</b>."},
	} {
		got, err := FileText([]byte(tt.in))
		if got != tt.want || (err == nil) != (tt.want != "") || err != nil && !errors.Is(err, ErrFile) {
			t.Errorf("%s: %.40q, %v", name, got, err)
		}
	}
}
