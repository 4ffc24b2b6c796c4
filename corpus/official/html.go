package official

import (
	"strings"

	"golang.org/x/net/html"
)

// find returns the first element at or below n that is wanted, or nil. The
// parser of golang.org/x/net/html bounds the depth of a page.
func find(n *html.Node, want func(*html.Node) bool) *html.Node {
	if n == nil || n.Type == html.ElementNode && want(n) {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if found := find(c, want); found != nil {
			return found
		}
	}
	return nil
}

func named(tag string) func(*html.Node) bool {
	return func(n *html.Node) bool { return n.Data == tag }
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// hidden are elements whose words are no part of a text.
var hidden = map[string]bool{"script": true, "style": true, "noscript": true, "svg": true, "button": true}

// ownLine are elements that stand on lines of their own; inside a cell of a
// table nothing does.
var ownLine = map[string]bool{"div": true, "p": true, "tr": true, "li": true, "h1": true, "h2": true, "h3": true,
	"h4": true, "br": true, "table": true, "blockquote": true}

// words is the text at and below n, without the page's controls: a line a
// block, the cells of a row apart.
func words(n *html.Node) string {
	var b strings.Builder
	write(&b, n, false)
	return b.String()
}

var oneLine = strings.NewReplacer("\n", " ", "\r", " ")

func write(b *strings.Builder, n *html.Node, cell bool) {
	switch {
	case n == nil || n.Type == html.ElementNode && (hidden[n.Data] || strings.Contains(attr(n, "class"), "ui-btn")):
		return
	case n.Type == html.TextNode:
		b.WriteString(oneLine.Replace(n.Data))
		return
	}
	mark := ""
	switch {
	case n.Type != html.ElementNode:
	case cell && ownLine[n.Data], n.Data == "td", n.Data == "th":
		mark = " "
	case ownLine[n.Data]:
		mark = "\n"
	}
	cell = cell || n.Data == "td" || n.Data == "th"
	b.WriteString(mark)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		write(b, c, cell)
	}
	b.WriteString(mark)
}

// paragraphs are the lines of words that are not empty.
func paragraphs(n *html.Node) []string { return lines(words(n)) }

func lines(s string) []string {
	var out []string
	for line := range strings.Lines(s) {
		if line = squeeze(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
