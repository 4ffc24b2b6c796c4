package slack

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
)

// A para is a paragraph before it is mrkdwn: runs whose words are as they
// came, with their marks beside them. White space in the words counts; a
// no-break space is one that no line or section ends at.
type para []span

// A span is a run of a paragraph.
type span struct {
	kind spanKind
	text string
	url  string // of a link
}

type spanKind int

const (
	words  spanKind = iota
	bold            // a label
	strike          // what a draft has and the law has not
	mark            // a citation's number, ours
	link            // to the corpus or our own page, never from a text
)

func say(text string) para { return para{{text: text}} }

// labelled is a paragraph with a label before it; "" is none.
func labelled(label string, p para) para {
	if label == "" {
		return p
	}
	return append(para{{kind: bold, text: label}, {text: " "}}, p...)
}

func (p para) say(text string) para { return append(p, span{text: text}) }

func (p para) bold(text string) para { return append(p, span{kind: bold, text: text}) }

// linked adds words that lead to an address, or the words alone where it is
// none that Slack takes.
func (p para) linked(text, to string) para {
	if to = address(to); to == "" {
		return p.say(text)
	}
	return append(p, span{kind: link, text: text, url: to})
}

// marks adds the numbers of citations.
func (p para) marks(numbers []int) para {
	for _, n := range numbers {
		p = append(p, span{kind: mark, text: fmt.Sprintf("[%d]", n)})
	}
	return p
}

// address is a web address as mrkdwn takes it before escaping, or "".
func address(s string) string {
	u, err := url.Parse(s)
	if err != nil || strings.ContainsFunc(s, unicode.IsSpace) || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		return ""
	}
	out := u.String()
	if units(escape(out)) > MaxSection/2 || strings.ContainsFunc(out, func(r rune) bool {
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
		b.WriteString(t.sep + t.span.mrkdwn(joined(tokens[i:j]), i == 0 || t.sep == "\n"))
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
		b.WriteString(t.text)
	}
	return b.String()
}

// mrkdwn writes a run of the span's kind.
func (s span) mrkdwn(text string, start bool) string {
	switch s.kind {
	case bold:
		return "*" + escape(neutral(text, false)) + "*"
	case strike:
		return "~" + escape(neutral(text, false)) + "~"
	case mark:
		return text
	case link:
		return "<" + escape(s.url) + "|" + escape(label(text)) + ">"
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
		for j < len(tokens) && (tokens[j].kind == mark) == (t.kind == mark) {
			j++
		}
		text := joined(tokens[i:j])
		if t.kind != mark {
			text = escape(neutral(text, i == 0 || t.sep == "\n"))
		}
		b.WriteString(t.sep + text)
		i = j
	}
	return b.String()
}
