package discord

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/everycategory/advocate/bot/chat/layout"
)

// render writes tokens as Markdown.
func render(tokens []token) string {
	var b strings.Builder
	for i := 0; i < len(tokens); {
		t := tokens[i]
		j := i + 1
		for j < len(tokens) && tokens[j].goesOn(t) {
			j++
		}
		start := i == 0 || t.sep == "\n" || tokens[i-1].Kind == layout.Bullet
		b.WriteString(t.sep + markdown(t.Span, joined(tokens[i:j]), start))
		i = j
	}
	return b.String()
}

// joined are the words of tokens, without what stands before the first.
func joined(tokens []token) string {
	var b strings.Builder
	for i, t := range tokens {
		if i > 0 {
			b.WriteString(t.sep)
		}
		b.WriteString(t.Text)
	}
	return b.String()
}

// markdown writes a run of the span's kind.
func markdown(s layout.Span, text string, start bool) string {
	switch s.Kind {
	case layout.Bold:
		return "**" + escape(text, false) + "**"
	case layout.Strike:
		return "~~" + escape(text, false) + "~~"
	case layout.Mark, layout.Bullet:
		return text
	case layout.Link: // Discord makes no link of a label that is itself an address
		return "[" + escape(unbracket.Replace(strings.TrimPrefix(text, "https://")), false) + "](<" + s.URL + ">)"
	}
	return escape(text, start)
}

// unbracket keeps a label from ending before its link.
var unbracket = strings.NewReplacer("[", "(", "]", ")")

// unparen keeps an address from ending before its link.
var unparen = strings.NewReplacer("(", "%28", ")", "%29")

// address is a web address as it can stand in a message, or "".
func address(s string) string {
	u, err := url.Parse(s)
	if err != nil || strings.ContainsFunc(s, unicode.IsSpace) || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		return ""
	}
	out := unparen.Replace(u.String())
	if layout.Units(out) > maxAddress || strings.ContainsFunc(out, func(r rune) bool {
		return r <= ' ' || r > '~' || strings.ContainsRune("<>|\\\"`[]", r)
	}) {
		return ""
	}
	return out
}

// linked adds words that lead to an address, or the words alone where it is
// none that Discord takes.
func linked(p layout.Para, text, to string) layout.Para { return p.Link(text, address(to)) }
