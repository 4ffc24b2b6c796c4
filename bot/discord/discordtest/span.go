package discordtest

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Kinds of spans.
const (
	plainSpan = iota
	boldSpan
	italicSpan
	underSpan
	strikeSpan
	spoilerSpan
	codeSpan
	preSpan
	linkSpan // target is the address
	nameSpan // target is the mention: it may notify
)

// A span is a part of a text as it is shown.
type span struct {
	kind         int
	text, target string
	auto         bool // a link that Discord makes by itself
	kids         []span
}

// mark finds the next thing that is not plain: an escape, code, a masked link,
// a link, a mention, a time, or words between marks.
var mark = regexp.MustCompile(`(\\[^0-9A-Za-z\s])|` + "(?s:```(.+?)```)|`([^`\n]+)`" +
	`|\[([^\]\n]+)\]\(<?(https?://[^\s<>)]+)>?(?: "[^"\n]*")?\)|<?(https?://[^\s<>]+)>?|(<@[!&]?\d+>|<#\d+>|@everyone|@here)|<t:(\d+)(?::[a-zA-Z])?>` +
	`|\*\*([^*\n]+)\*\*|__([^_\n]+)__|~~([^~\n]+)~~|\|\|([^|\n]+)\|\||\*([^*\n]+)\*|\b_([^_\n]+)_\b`)

// escaped is a character that formats nothing, by the backslash before it.
var escaped = regexp.MustCompile(`\\([^0-9A-Za-z\s])`)

// groups are the kinds of those that hold words.
var groups = map[int]int{9: boldSpan, 10: underSpan, 11: strikeSpan, 12: spoilerSpan, 13: italicSpan, 14: italicSpan}

// spans reads a line, or a text, of Discord's Markdown.
func spans(text string) []span { return readSpans(text, 3) }

func readSpans(text string, depth int) []span {
	var out []span
	for from := 0; from < len(text); {
		m := mark.FindStringSubmatchIndex(text[from:])
		if m == nil {
			return append(out, span{text: text[from:]})
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += from
			}
		}
		sp, ok := oneSpan(text, m, depth)
		if !ok { // the mark is a character like any other
			_, n := utf8.DecodeRuneInString(text[m[0]:])
			out, from = append(out, span{text: text[from : m[0]+n]}), m[0]+n
			continue
		}
		if m[0] > from {
			out = append(out, span{text: text[from:m[0]]})
		}
		out, from = append(out, sp), m[1]
	}
	return out
}

// oneSpan is the span of a match.
func oneSpan(text string, m []int, depth int) (span, bool) {
	group := func(n int) string {
		if m[2*n] < 0 {
			return ""
		}
		return text[m[2*n]:m[2*n+1]]
	}
	switch {
	case m[2] >= 0:
		return span{text: group(1)[1:]}, true
	case m[4] >= 0:
		return span{kind: preSpan, text: fenced(group(2))}, true
	case m[6] >= 0:
		return span{kind: codeSpan, text: group(3)}, true
	case m[8] >= 0:
		return span{kind: linkSpan, text: escaped.ReplaceAllString(group(4), "$1"), target: group(5)}, true
	case m[12] >= 0:
		return span{kind: linkSpan, text: group(6), target: group(6), auto: true}, true
	case m[14] >= 0:
		return span{kind: nameSpan, text: group(7), target: group(7)}, true
	case m[16] >= 0:
		return span{text: "[time " + group(8) + "]"}, true
	}
	for n := 9; n <= 14; n++ {
		if m[2*n] >= 0 {
			if depth == 0 || strings.TrimSpace(group(n)) == "" {
				return span{}, false
			}
			return span{kind: groups[n], kids: readSpans(group(n), depth-1)}, true
		}
	}
	return span{}, false
}

// fenced is the code of a fence, without the name of its language.
func fenced(text string) string {
	first, rest, more := strings.Cut(text, "\n")
	if more && !strings.ContainsAny(first, " \t") {
		text = rest
	}
	return strings.Trim(text, "\n")
}

// walk visits spans and those inside them.
func walk(all []span, visit func(span)) {
	for _, sp := range all {
		visit(sp)
		walk(sp.kids, visit)
	}
}

// words are spans as a line of text: what notifies or links stands out.
func (e *Seen) words(all []span) string {
	var b strings.Builder
	for _, sp := range all {
		in := sp.text + e.words(sp.kids)
		switch sp.kind {
		case nameSpan:
			b.WriteString(e.named(sp.target))
		case linkSpan:
			if sp.text != sp.target {
				b.WriteString(sp.text + " ")
			}
			b.WriteString("⟦LINK " + sp.target + "⟧")
		case boldSpan:
			b.WriteString("*" + in + "*")
		case underSpan:
			b.WriteString("_" + in + "_")
		case spoilerSpan:
			b.WriteString("⟦SPOILER " + in + "⟧")
		case codeSpan:
			b.WriteString("`" + in + "`")
		case preSpan:
			b.WriteString("```\n" + in + "\n```")
		default:
			b.WriteString(in)
		}
	}
	return b.String()
}

// named is a mention: as a ping where it notified, else as a name.
func (e *Seen) named(target string) string {
	if e.pings(target) {
		return "⟦PING " + target + "⟧"
	}
	return "@" + e.nameOf(target)
}

func (e *Seen) nameOf(target string) string {
	return or(e.names[target], strings.Trim(target, "<@!&#>"))
}
