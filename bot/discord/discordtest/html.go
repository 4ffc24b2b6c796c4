package discordtest

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

// HTML is a page that shows the transcript about as Discord would. What
// notified somebody stands on red, and each link shows where it leads.
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

func (e *Seen) html() string {
	var b strings.Builder
	class := "message"
	if e.OnlyYou {
		class += " private"
	}
	if e.User == Bot {
		class += " said"
	}
	fmt.Fprintf(&b, "<article class=%q>\n", class)
	if e.Answers != "" {
		fmt.Fprintf(&b, "<p class=\"note\">↱ answers %s</p>\n", html.EscapeString(e.Answers))
	}
	if e.Command != "" {
		fmt.Fprintf(&b, "<p class=\"note\">↱ %s used a command</p>\n", html.EscapeString(e.Command))
	}
	fmt.Fprintf(&b, "<header><b>%s</b>", html.EscapeString(e.Who))
	if e.App {
		b.WriteString(" <span class=\"app\">APP</span>")
	}
	if e.ID != "" {
		fmt.Fprintf(&b, " <time>%s</time>", e.clock())
	}
	b.WriteString("</header>\n" + e.piecesHTML(e.pieces))
	if !e.Edited.IsZero() {
		b.WriteString("<p class=\"note\">(edited)</p>\n")
	}
	for _, u := range e.Previews {
		fmt.Fprintf(&b, "<p class=\"preview\">Preview of %s</p>\n", html.EscapeString(u))
	}
	for _, f := range e.Files {
		fmt.Fprintf(&b, "<p class=\"file\">File <b>%s</b> %d bytes</p>\n", html.EscapeString(f.Name), len(f.Bytes))
	}
	for _, r := range e.Reactions {
		fmt.Fprintf(&b, "<span class=\"reaction\">%s %d</span>\n", html.EscapeString(r.Name), len(r.Users))
	}
	if e.Inside != "" {
		fmt.Fprintf(&b, "<p class=\"file\">Thread <b>%s</b></p>\n", html.EscapeString(e.Inside))
	}
	if e.OnlyYou {
		b.WriteString("<p class=\"note\">Only you can see this • Dismiss message</p>\n")
	}
	b.WriteString("</article>\n")
	return b.String()
}

func (e *Seen) piecesHTML(all []piece) string {
	var b strings.Builder
	for _, p := range all {
		b.WriteString(e.pieceHTML(p))
	}
	return b.String()
}

func (e *Seen) pieceHTML(p piece) string {
	in := e.spansHTML(p.spans)
	switch p.tag {
	case "h":
		return "<h2>" + in + "</h2>\n"
	case "sub":
		return "<p class=\"sub\">" + in + "</p>\n"
	case "li":
		return fmt.Sprintf("<p class=\"item d%d\"><span class=\"mark\">%s</span> %s</p>\n", min(p.depth, 8), html.EscapeString(p.mark), in)
	case "quote":
		return "<blockquote>" + in + "</blockquote>\n"
	case "hr":
		return "<hr>\n"
	case "img":
		return "<p class=\"image\">Image: " + in + "</p>\n"
	case "embed", "box", "field":
		return "<div class=\"" + p.tag + "\">\n" + e.piecesHTML(p.kids) + "</div>\n"
	case "input":
		return "<div class=\"input\">\n<label>" + in + "</label>\n" + e.piecesHTML(p.kids) + "</div>\n"
	case "error":
		return "<p class=\"error\">" + in + "</p>\n"
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

// styles are the names of the styles of buttons.
var styles = map[int]string{1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link"}

func (b Button) html() string {
	disabled := ""
	if b.Disabled {
		disabled = " disabled"
	}
	out := fmt.Sprintf("<button class=%q%s>%s</button>", or(styles[b.Style], "secondary"), disabled, html.EscapeString(b.Text))
	if b.Options != nil {
		out = fmt.Sprintf("<button class=\"select\"%s>%s ▾</button>", disabled, html.EscapeString(b.Text))
	}
	if b.URL != "" {
		out += "<span class=\"target\">" + html.EscapeString(b.URL) + "</span>"
	}
	return out + "\n"
}

func (e *Seen) spansHTML(all []span) string {
	var b strings.Builder
	for _, sp := range all {
		text := html.EscapeString(sp.text) + e.spansHTML(sp.kids)
		switch sp.kind {
		case nameSpan:
			class, sign := "name", "@"
			if e.pings(sp.target) {
				class, sign = "ping", "⚠ @"
			}
			b.WriteString("<mark class=\"" + class + "\">" + sign + html.EscapeString(e.nameOf(sp.target)) + "</mark>")
		case linkSpan:
			b.WriteString("<a>" + text + "</a>")
			if sp.text != sp.target {
				b.WriteString("<span class=\"target\">" + html.EscapeString(sp.target) + "</span>")
			}
		case boldSpan:
			b.WriteString("<b>" + text + "</b>")
		case italicSpan:
			b.WriteString("<i>" + text + "</i>")
		case underSpan:
			b.WriteString("<u>" + text + "</u>")
		case strikeSpan:
			b.WriteString("<s>" + text + "</s>")
		case spoilerSpan:
			b.WriteString("<span class=\"spoiler\">" + text + "</span>")
		case codeSpan:
			b.WriteString("<code>" + text + "</code>")
		case preSpan:
			b.WriteString("<span class=\"pre\">" + text + "</span>")
		default:
			b.WriteString(text)
		}
	}
	return b.String()
}
