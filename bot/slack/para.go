package slack

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/everycategory/advocate/bot/chat/layout"
)

// address is a web address as mrkdwn takes it before escaping, or "".
func address(s string) string {
	u, err := url.Parse(s)
	if err != nil || strings.ContainsFunc(s, unicode.IsSpace) || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		return ""
	}
	out := u.String()
	if layout.Units(escape(out)) > MaxSection/2 || strings.ContainsFunc(out, func(r rune) bool {
		return r <= ' ' || r > '~' || strings.ContainsRune("<>|\"`", r)
	}) {
		return ""
	}
	return out
}

// render writes tokens as mrkdwn.
func render(tokens []token) string {
	var b strings.Builder
	for i := 0; i < len(tokens); {
		t := tokens[i]
		j := i + 1
		for j < len(tokens) && tokens[j].goesOn(t) {
			j++
		}
		b.WriteString(t.sep + mrkdwn(t.Span, joined(tokens[i:j]), i == 0 || t.sep == "\n"))
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

// mrkdwn writes a run of the span's kind.
func mrkdwn(s layout.Span, text string, start bool) string {
	switch s.Kind {
	case layout.Bold:
		return "*" + escape(neutral(text, false)) + "*"
	case layout.Strike:
		return "~" + escape(neutral(text, false)) + "~"
	case layout.Mark:
		return text
	case layout.Link:
		return "<" + escape(s.URL) + "|" + escape(label(text)) + ">"
	}
	return escape(neutral(text, start))
}

var relink = strings.NewReplacer("∶//", "://", "|", "∣")

// label is the text of a link: it may look like an address, for it is one.
func label(text string) string {
	return relink.Replace(neutral(text, false))
}

// renderPlain writes tokens without mark-up. An address of ours is not named:
// the words are.
func renderPlain(tokens []token) string {
	var b strings.Builder
	for i := 0; i < len(tokens); {
		t := tokens[i]
		j := i + 1
		for j < len(tokens) && (tokens[j].Kind == layout.Mark) == (t.Kind == layout.Mark) {
			j++
		}
		text := joined(tokens[i:j])
		if t.Kind != layout.Mark {
			text = escape(neutral(text, i == 0 || t.sep == "\n"))
		}
		b.WriteString(t.sep + text)
		i = j
	}
	return b.String()
}

// linked adds words that lead to an address, or the words alone where it is
// none that Slack takes.
func linked(p layout.Para, text, to string) layout.Para { return p.Link(text, address(to)) }
