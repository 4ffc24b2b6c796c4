package slacktest

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kinds of spans.
const (
	plainSpan = iota
	boldSpan
	italicSpan
	strikeSpan
	codeSpan
	preSpan
	emojiSpan
	linkSpan // target is the address
	pingSpan // target is the control sequence: somebody is notified
	chanSpan // target is the channel
)

// A span is a part of a text as it is shown.
type span struct {
	kind         int
	text, target string
	auto         bool // a link that Slack makes by itself
	kids         []span
}

var (
	mrkdwnMark = regexp.MustCompile("(?s:```(.+?)```)|`([^`\n]+)`|<([^<>\n]+)>|(https?://[^\\s<>]+|\\bwww\\.[^\\s<>]+)|([\\w.+-]+@[\\w-]+\\.[\\w.]+)" +
		`|\*([^*\n]+)\*|_([^_\n]+)_|~([^~\n]+)~|:([a-z0-9_+'-]+):|(@(?:here|channel|everyone)\b)`)
	markdownMark = regexp.MustCompile("(?s:```(.+?)```)|`([^`\n]+)`|<([^<>\n]+)>|(https?://[^\\s<>)]+|\\bwww\\.[^\\s<>)]+)|([\\w.+-]+@[\\w-]+\\.[\\w.]+)" +
		`|\*\*([^*\n]+)\*\*|[_*]([^_*\n]+)[_*]|~~([^~\n]+)~~|:([a-z0-9_+'-]+):|(@(?:here|channel|everyone)\b)|\[([^\]\n]+)\]\(([^()\s]+)\)`)
)

// A dialect says how text is read: as mrkdwn, as the Markdown of a markdown
// block, or as plain text, which says nothing but emoji.
type dialect struct {
	mark  *regexp.Regexp
	names bool // "@here" in plain words notifies: link_names, or parse=full
}

// spans reads text in a dialect.
func (d dialect) spans(text string) []span { return d.read(text, 3) }

func (d dialect) read(text string, depth int) []span {
	var out []span
	for from := 0; from < len(text); {
		m := d.mark.FindStringSubmatchIndex(text[from:])
		if m == nil {
			return append(out, plainText(text[from:]))
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += from
			}
		}
		sp, ok := d.one(text, m, depth)
		if !ok { // the mark is a character like any other
			_, n := utf8.DecodeRuneInString(text[m[0]:])
			out, from = append(out, plainText(text[from:m[0]+n])), m[0]+n
			continue
		}
		if m[0] > from {
			out = append(out, plainText(text[from:m[0]]))
		}
		out, from = append(out, sp), m[1]
	}
	return out
}

// one is the span of a match.
func (d dialect) one(text string, m []int, depth int) (span, bool) {
	group := func(n int) (string, bool) {
		if 2*n+1 >= len(m) || m[2*n] < 0 {
			return "", false
		}
		return text[m[2*n]:m[2*n+1]], true
	}
	if s, ok := group(1); ok {
		return span{kind: preSpan, text: unescape(strings.Trim(s, "\n"))}, true
	}
	if s, ok := group(2); ok {
		return span{kind: codeSpan, text: unescape(s)}, true
	}
	if s, ok := group(3); ok {
		return control(s)
	}
	if s, ok := group(4); ok {
		return span{kind: linkSpan, text: unescape(s), target: unescape(s), auto: true}, true
	}
	if s, ok := group(5); ok {
		return span{kind: linkSpan, text: s, target: "mailto:" + s, auto: true}, true
	}
	for n, kind := range map[int]int{6: boldSpan, 7: italicSpan, 8: strikeSpan} {
		if s, ok := group(n); ok {
			if depth == 0 || !standsAlone(text, m[0], m[1]) || strings.TrimSpace(s) != s {
				return span{}, false
			}
			return span{kind: kind, kids: d.read(s, depth-1)}, true
		}
	}
	if s, ok := group(9); ok {
		return span{kind: emojiSpan, text: s}, true
	}
	if s, ok := group(10); ok {
		return span{kind: pingSpan, text: s, target: s}, d.names && standsAlone(text, m[0], m[1])
	}
	if s, ok := group(11); ok {
		url, _ := group(12)
		return span{kind: linkSpan, text: unescape(s), target: unescape(url)}, true
	}
	return span{}, false
}

// standsAlone says whether no letter touches the outside of text[from:to].
func standsAlone(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	word := func(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	return !word(before) && !word(after)
}

// control reads what stands between < and >. What Slack does not know stays
// as it is.
func control(in string) (span, bool) {
	what, label, _ := strings.Cut(in, "|")
	switch {
	case strings.HasPrefix(what, "@"):
		return span{kind: pingSpan, text: or(unescape(label), what), target: "<" + what + ">"}, true
	case strings.HasPrefix(what, "!date^"):
		return span{kind: plainSpan, text: unescape(label)}, true
	case strings.HasPrefix(what, "!"):
		return span{kind: pingSpan, text: or(unescape(label), "@"+what[1:]), target: "<" + what + ">"}, true
	case strings.HasPrefix(what, "#"):
		return span{kind: chanSpan, text: or(unescape(label), what), target: "<" + what + ">"}, true
	case strings.Contains(what, "://") || strings.HasPrefix(what, "mailto:") || strings.HasPrefix(what, "tel:"):
		return span{kind: linkSpan, text: unescape(or(label, what)), target: unescape(what)}, true
	}
	return span{}, false
}

func plainText(s string) span { return span{kind: plainSpan, text: unescape(s)} }

// unescape turns back the three entities that Slack knows.
func unescape(s string) string { return entities.Replace(s) }

var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// walk visits spans and those inside them.
func walk(all []span, visit func(span)) {
	for _, sp := range all {
		visit(sp)
		walk(sp.kids, visit)
	}
}

// words are spans as a line of text: what notifies or links stands out.
func words(all []span) string {
	var b strings.Builder
	for _, sp := range all {
		switch sp.kind {
		case pingSpan:
			b.WriteString("⟦PING " + sp.target + "⟧")
		case chanSpan:
			b.WriteString("⟦CHANNEL " + sp.target + "⟧")
		case linkSpan:
			if sp.text != sp.target {
				b.WriteString(sp.text + " ")
			}
			b.WriteString("⟦LINK " + sp.target + "⟧")
		case emojiSpan:
			b.WriteString(":" + sp.text + ":")
		case boldSpan:
			b.WriteString("*" + words(sp.kids) + "*")
		case codeSpan:
			b.WriteString("`" + sp.text + "`")
		case preSpan:
			b.WriteString("```\n" + sp.text + "\n```")
		default:
			b.WriteString(sp.text + words(sp.kids))
		}
	}
	return b.String()
}
