package slacktest

import (
	_ "embed"
	"fmt"
	"html"
	"strings"
)

// A Theme is light or dark.
type Theme string

// The themes of a page.
const (
	Light Theme = "light"
	Dark  Theme = "dark"
)

//go:embed page.css
var pageCSS string

// HTML is a page that shows the transcript about as Slack would. What
// notifies somebody stands on red, and each link shows where it leads.
func (t Transcript) HTML(theme Theme) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<!doctype html>\n<html lang=\"en\" data-theme=%q>\n<head>\n<meta charset=\"utf-8\">\n<title>%s</title>\n<style>\n%s</style>\n</head>\n<body>\n<h1>%s</h1>\n",
		string(theme), html.EscapeString(t.Title), pageCSS, html.EscapeString(t.Title))
	for _, e := range t.Entries {
		b.WriteString(e.html())
	}
	if t.Status != "" {
		fmt.Fprintf(&b, "<p class=\"status\">%s</p>\n", html.EscapeString(t.Status))
	}
	b.WriteString("</body>\n</html>\n")
	return b.String()
}

func (e Seen) html() string {
	var b strings.Builder
	class := "message"
	if e.Reply {
		class += " reply"
	}
	if e.OnlyYou {
		class += " private"
	}
	if e.App {
		class += " said"
	}
	fmt.Fprintf(&b, "<article class=%q>\n", class)
	if e.OnlyYou {
		b.WriteString("<p class=\"note\">Only visible to you</p>\n")
	}
	fmt.Fprintf(&b, "<header><b>%s</b>", html.EscapeString(e.Who))
	if e.App {
		b.WriteString(" <span class=\"app\">APP</span>")
	}
	if e.TS != "" {
		fmt.Fprintf(&b, " <time>%s</time>", e.clock())
	}
	b.WriteString("</header>\n")
	b.WriteString(piecesHTML(e.pieces))
	if e.Edited != "" {
		b.WriteString("<p class=\"note\">(edited)</p>\n")
	}
	for _, f := range e.Files {
		fmt.Fprintf(&b, "<p class=\"file\">File <b>%s</b> %d bytes</p>\n", html.EscapeString(f.Title), len(f.Bytes))
	}
	for _, r := range e.Reactions {
		fmt.Fprintf(&b, "<span class=\"reaction\">:%s: %d</span>\n", html.EscapeString(r.Name), len(r.Users))
	}
	b.WriteString("</article>\n")
	return b.String()
}

func piecesHTML(all []piece) string {
	var b strings.Builder
	for i := 0; i < len(all); i++ {
		if all[i].tag != "row" {
			b.WriteString(all[i].html())
			continue
		}
		b.WriteString("<table>\n")
		for ; i < len(all) && all[i].tag == "row"; i++ {
			b.WriteString(all[i].html())
		}
		i--
		b.WriteString("</table>\n")
	}
	return b.String()
}

func (p piece) html() string {
	in := spansHTML(p.spans)
	switch p.tag {
	case "h":
		return "<h2>" + in + "</h2>\n"
	case "li":
		return fmt.Sprintf("<p class=\"item d%d\"><span class=\"mark\">%s</span> %s</p>\n", min(p.depth, 8), html.EscapeString(p.mark), in)
	case "quote":
		return "<blockquote>" + in + "</blockquote>\n"
	case "hr":
		return "<hr>\n"
	case "img":
		return "<p class=\"image\">Image: " + in + "</p>\n"
	case "context":
		return "<div class=\"context\">\n" + piecesHTML(p.kids) + "</div>\n"
	case "fields":
		return "<div class=\"field\">\n" + piecesHTML(p.kids) + "</div>\n"
	case "row":
		row := "<tr>"
		for _, k := range p.kids {
			row += "<td>" + spansHTML(k.spans) + "</td>"
		}
		return row + "</tr>\n"
	case "input":
		return "<div class=\"input\">\n<label>" + in + "</label>\n" + piecesHTML(p.kids) + "</div>\n"
	case "error":
		return "<p class=\"error\">" + in + "</p>\n"
	case "box":
		return "<p class=\"box\">" + in + "</p>\n"
	case "buttons":
		row := "<div class=\"buttons\">\n"
		for _, b := range p.buttons {
			row += b.html()
		}
		return row + "</div>\n"
	}
	if in == "" {
		return "<p class=\"gap\"></p>\n"
	}
	return "<p>" + in + "</p>\n"
}

func (b Button) html() string {
	out := fmt.Sprintf("<button class=%q>%s</button>", or(b.Style, "plain"), html.EscapeString(b.Text))
	if b.Options != nil {
		out = fmt.Sprintf("<button class=\"select\">%s ▾</button>", html.EscapeString(b.Text))
	}
	if b.URL != "" {
		out += "<span class=\"target\">" + html.EscapeString(b.URL) + "</span>"
	}
	return out + "\n"
}

func spansHTML(all []span) string {
	var b strings.Builder
	for _, sp := range all {
		text := html.EscapeString(sp.text)
		switch sp.kind {
		case pingSpan, chanSpan:
			b.WriteString("<mark class=\"ping\">⚠ " + text + " <code>" + html.EscapeString(sp.target) + "</code></mark>")
		case linkSpan:
			b.WriteString("<a>" + text + "</a>")
			if sp.text != sp.target {
				b.WriteString("<span class=\"target\">" + html.EscapeString(sp.target) + "</span>")
			}
		case boldSpan:
			b.WriteString("<b>" + spansHTML(sp.kids) + "</b>")
		case italicSpan:
			b.WriteString("<i>" + spansHTML(sp.kids) + "</i>")
		case strikeSpan:
			b.WriteString("<s>" + spansHTML(sp.kids) + "</s>")
		case codeSpan:
			b.WriteString("<code>" + text + "</code>")
		case preSpan:
			b.WriteString("<span class=\"pre\">" + text + "</span>")
		case emojiSpan:
			b.WriteString("<span class=\"emoji\">:" + text + ":</span>")
		default:
			b.WriteString(text)
		}
	}
	return b.String()
}
