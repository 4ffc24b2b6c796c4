package files

import (
	"bytes"
	"context"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// deepest is how many marks of quotation or steps of indentation a line of
// Markdown may begin with.
const deepest = 64

// readMarkdown reads Markdown as the HTML it stands for. A front matter
// between lines of --- is left out.
func readMarkdown(ctx context.Context, text string) (*content, error) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if rest, ok := strings.CutPrefix(text, "---\n"); ok {
		if _, body, ok := strings.Cut(rest, "\n---\n"); ok {
			text = body
		}
	}
	if len(text) > MaxText || tooDeep(text) {
		c, err := readPlain(ctx, text)
		if err == nil {
			c.doubts.add("its Markdown is nested too deep or too long, so it was read as plain text")
		}
		return c, err
	}
	var out bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Footnote)).Convert([]byte(text), &out); err != nil {
		return nil, refuse("its Markdown cannot be read: %v", err)
	}
	c, err := readHTML(ctx, out.String())
	if err == nil {
		c.format = "Markdown"
	}
	return c, err
}

// tooDeep reports whether a line begins with so many marks that a parser
// which nests might not end.
func tooDeep(text string) bool {
	for line := range strings.Lines(text) {
		lead := line[:len(line)-len(strings.TrimLeft(line, " \t>-*+"))]
		if strings.Count(lead, ">")+strings.Count(lead, "-")/2+strings.Count(lead, "\t")+strings.Count(lead, " ")/4 > deepest && strings.Trim(lead, "- \n") != "" {
			return true
		}
		if strings.Count(line, "[") > 1000 || strings.Count(line, "*") > 10_000 || strings.Count(line, "_") > 10_000 {
			return true
		}
	}
	return false
}
