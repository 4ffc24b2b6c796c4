package chat

import (
	"net/http"
	"strings"
	"unicode/utf8"
)

// FileText is the text of a file that was given, at most MaxFile bytes; of
// anything else, such as a document, which is not opened, or a page that asks
// to sign in, it is ErrFile.
func FileText(data []byte) (string, error) {
	text := strings.TrimPrefix(string(data), "\ufeff")
	switch {
	case len(data) > MaxFile, !utf8.ValidString(text), strings.ContainsRune(text, 0), strings.TrimSpace(text) == "",
		!strings.HasPrefix(http.DetectContentType([]byte(text)), "text/plain"), strings.HasPrefix(text, `{\rtf`):
		return "", ErrFile
	}
	return text, nil
}
