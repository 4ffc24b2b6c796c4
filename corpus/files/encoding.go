package files

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// maxTextual is the most bytes of a file that is text throughout.
const maxTextual = 40 << 20

// readTextual reads a file that is text: plain, Markdown, HTML or CSV.
func readTextual(ctx context.Context, f *os.File, size int64, kind fileKind) (*content, error) {
	if size > maxTextual {
		return nil, refuse("it has %d MB of text; at most %d MB are read", size>>20, maxTextual>>20)
	}
	data, err := io.ReadAll(&stoppable{ctx, io.NewSectionReader(f, 0, size)})
	if err != nil {
		return nil, err
	}
	var text string
	var guessed bool
	if kind == isHTML {
		text, guessed, err = decodeHTML(data)
	} else {
		text, guessed, err = decode(data)
	}
	if err != nil {
		return nil, err
	}
	var c *content
	switch kind {
	case isHTML:
		c, err = readHTML(ctx, text)
	case isMarkdown:
		c, err = readMarkdown(ctx, text)
	case isCSV:
		c, err = readCSV(ctx, text)
	default:
		c, err = readPlain(ctx, text)
	}
	if err == nil && guessed {
		c.doubts.add("its letters are in no Unicode encoding and were read as Windows-1252: look at accents and quotation marks")
	}
	return c, err
}

// decode makes text of bytes: UTF-16 with its mark, UTF-8, else Windows-1252,
// which is a guess.
func decode(data []byte) (text string, guessed bool, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		out, _, err := transform.Bytes(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder(), data)
		if err != nil {
			return "", false, refuse("it begins like UTF-16 and is not: %v", err)
		}
		return string(out), false, nil
	case bytes.IndexByte(data, 0) >= 0:
		return "", false, refuse("it is no text: it has zero bytes")
	case utf8.Valid(data):
		return strings.TrimPrefix(string(data), "\ufeff"), false, nil
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return "", false, refuse("its letters cannot be read: %v", err)
	}
	return string(out), true, nil
}
