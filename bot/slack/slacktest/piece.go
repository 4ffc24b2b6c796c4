package slacktest

import (
	"regexp"
	"strconv"
	"strings"
)

// A piece is a part of a message or a view, from the top down.
type piece struct {
	tag     string // "p", "h", "li", "quote", "hr", "img", "context", "fields", "row", "buttons", "input", "box"
	mark    string // of a list item
	depth   int
	spans   []span
	kids    []piece
	buttons []Button
}

// pieces are what is seen of a message: its blocks, or without blocks its
// text.
func (m *Message) pieces() []piece {
	names := m.LinkNames || m.Parse == "full"
	if len(m.Blocks) == 0 {
		return lines(dialect{mrkdwnMark, names}, m.Text)
	}
	return blockPieces(m.Blocks)
}

func blockPieces(blocks []Block) []piece {
	var out []piece
	for _, b := range blocks {
		out = append(out, onePiece(b)...)
	}
	return out
}

func onePiece(b Block) []piece {
	buttons := Buttons([]Block{b})
	switch str(b["type"]) {
	case "section":
		out := textPieces(b["text"])
		for _, f := range list(b["fields"]) {
			out = append(out, piece{tag: "fields", kids: textPieces(f)})
		}
		if a, _ := b["accessory"].(map[string]any); str(a["type"]) == "image" {
			out = append(out, imagePiece(a))
		}
		return appendButtons(out, buttons)
	case "header":
		return []piece{{tag: "h", spans: plainSpans(b["text"])}}
	case "divider":
		return []piece{{tag: "hr"}}
	case "image":
		return []piece{imagePiece(b)}
	case "context":
		p := piece{tag: "context"}
		for _, e := range list(b["elements"]) {
			if m, _ := e.(map[string]any); str(m["type"]) == "image" {
				p.kids = append(p.kids, imagePiece(m))
			} else {
				p.kids = append(p.kids, textPieces(e)...)
			}
		}
		return []piece{p}
	case "markdown":
		return lines(dialect{markdownMark, false}, str(b["text"]))
	case "rich_text":
		return richPieces(list(b["elements"]), 0)
	case "table", "data_table":
		return tablePieces(b)
	case "input":
		return inputPieces(b)
	case "actions", "context_actions":
		return appendButtons(nil, buttons)
	}
	return appendButtons([]piece{{tag: "box", spans: []span{{text: "[" + str(b["type"]) + "] " + flatten(b)}}}}, buttons)
}

func appendButtons(out []piece, buttons []Button) []piece {
	if len(buttons) == 0 {
		return out
	}
	return append(out, piece{tag: "buttons", buttons: buttons})
}

func imagePiece(m map[string]any) piece {
	return piece{tag: "img", spans: []span{{text: str(m["alt_text"])}}, mark: str(m["image_url"])}
}

func plainSpans(v any) []span {
	m, _ := v.(map[string]any)
	if str(m["type"]) == "mrkdwn" {
		return dialect{mark: mrkdwnMark}.spans(str(m["text"]))
	}
	return []span{{text: str(m["text"])}}
}

// textPieces are the lines of a text object.
func textPieces(v any) []piece {
	m, _ := v.(map[string]any)
	if str(m["type"]) == "mrkdwn" {
		return lines(dialect{mark: mrkdwnMark}, str(m["text"]))
	}
	return []piece{{tag: "p", spans: plainSpans(v)}}
}

func inputPieces(b Block) []piece {
	e, _ := b["element"].(map[string]any)
	p := piece{tag: "input", mark: str(b["block_id"]), spans: plainSpans(b["label"])}
	shown := or(str(e["initial_value"]), textOf(e["placeholder"]))
	for _, o := range optionsOf(e) {
		shown += "( ) " + textOf(o["text"]) + " "
	}
	p.kids = append(p.kids, piece{tag: "p", spans: []span{{text: shown}}})
	if h := textOf(b["hint"]); h != "" {
		p.kids = append(p.kids, piece{tag: "context", kids: []piece{{tag: "p", spans: []span{{text: h}}}}})
	}
	return []piece{p}
}

func tablePieces(b Block) []piece {
	var out []piece
	for _, row := range list(b["rows"]) {
		p := piece{tag: "row"}
		for _, cell := range list(row) {
			p.kids = append(p.kids, cellPiece(cell))
		}
		out = append(out, p)
	}
	return out
}

func cellPiece(cell any) piece {
	m, _ := cell.(map[string]any)
	if str(m["type"]) == "rich_text" {
		p := piece{tag: "p"}
		for _, k := range richPieces(list(m["elements"]), 0) {
			p.spans = append(p.spans, k.spans...)
		}
		return p
	}
	return piece{tag: "p", spans: []span{{text: str(m["text"])}}}
}

var (
	headLine = regexp.MustCompile(`^#{1,6} +(.*)$`)
	listLine = regexp.MustCompile(`^( *)([-*•]|\d{1,3}\.) +(.*)$`)
)

// lines are the pieces of running text. Headings and lists are of Markdown;
// a list in mrkdwn only looks like one.
func lines(d dialect, text string) []piece {
	var out []piece
	for _, part := range fences(text) {
		if part.pre {
			out = append(out, piece{tag: "p", spans: []span{{kind: preSpan, text: unescape(strings.Trim(part.text, "\n"))}}})
			continue
		}
		for line := range strings.SplitSeq(part.text, "\n") {
			out = append(out, d.line(line))
		}
	}
	return out
}

func (d dialect) line(line string) piece {
	if quote, ok := strings.CutPrefix(line, "&gt;"); ok {
		return piece{tag: "quote", spans: d.spans(strings.TrimSpace(quote))}
	}
	if quote, ok := strings.CutPrefix(line, ">"); ok {
		return piece{tag: "quote", spans: d.spans(strings.TrimSpace(quote))}
	}
	if d.mark == markdownMark {
		if m := headLine.FindStringSubmatch(line); m != nil {
			return piece{tag: "h", spans: d.spans(m[1])}
		}
		if line == "---" {
			return piece{tag: "hr"}
		}
		if m := listLine.FindStringSubmatch(line); m != nil {
			return piece{tag: "li", mark: m[2], depth: len(m[1]) / 2, spans: d.spans(m[3])}
		}
	}
	return piece{tag: "p", spans: d.spans(line)}
}

type fence struct {
	text string
	pre  bool
}

// fences parts text at its ``` marks. An open one holds nothing.
func fences(text string) []fence {
	parts := strings.Split(text, "```")
	if len(parts)%2 == 0 {
		n := len(parts)
		parts = append(parts[:n-2], parts[n-2]+"```"+parts[n-1])
	}
	var out []fence
	for i, p := range parts {
		if p = strings.Trim(p, "\n"); p != "" || len(parts) == 1 {
			out = append(out, fence{p, i%2 == 1})
		}
	}
	return out
}

// richPieces are the parts of a rich text block.
func richPieces(elements []any, depth int) []piece {
	var out []piece
	for _, e := range elements {
		m, _ := e.(map[string]any)
		switch str(m["type"]) {
		case "rich_text_list":
			for i, item := range list(m["elements"]) {
				in, _ := item.(map[string]any)
				mark := "•"
				if str(m["style"]) == "ordered" {
					mark = strconv.Itoa(i+1) + "."
				}
				indent, _ := m["indent"].(float64)
				out = append(out, piece{tag: "li", mark: mark, depth: depth + max(0, min(int(indent), 8)), spans: richSpans(list(in["elements"]))})
			}
		case "rich_text_quote":
			out = append(out, piece{tag: "quote", spans: richSpans(list(m["elements"]))})
		case "rich_text_preformatted":
			out = append(out, piece{tag: "p", spans: []span{{kind: preSpan, text: words(richSpans(list(m["elements"])))}}})
		default:
			out = append(out, piece{tag: "p", spans: richSpans(list(m["elements"]))})
		}
	}
	return out
}

func richSpans(elements []any) []span {
	var out []span
	for _, e := range elements {
		m, _ := e.(map[string]any)
		out = append(out, richSpan(m))
	}
	return out
}

func richSpan(m map[string]any) span {
	style, _ := m["style"].(map[string]any)
	text := str(m["text"])
	switch str(m["type"]) {
	case "link":
		return span{kind: linkSpan, text: or(text, str(m["url"])), target: str(m["url"])}
	case "citation":
		n, _ := m["index"].(float64)
		return span{kind: linkSpan, text: "[" + strconv.Itoa(int(n)) + "] " + text, target: str(m["url"])}
	case "user":
		return span{kind: pingSpan, text: "@" + str(m["user_id"]), target: "<@" + str(m["user_id"]) + ">"}
	case "usergroup":
		return span{kind: pingSpan, text: "@" + str(m["usergroup_id"]), target: "<!subteam^" + str(m["usergroup_id"]) + ">"}
	case "broadcast":
		return span{kind: pingSpan, text: "@" + str(m["range"]), target: "<!" + str(m["range"]) + ">"}
	case "channel":
		return span{kind: chanSpan, text: "#" + str(m["channel_id"]), target: "<#" + str(m["channel_id"]) + ">"}
	case "emoji":
		return span{kind: emojiSpan, text: str(m["name"])}
	case "date":
		return span{text: str(m["fallback"])}
	}
	out := span{text: text}
	for kind, name := range [...]string{strikeSpan: "strike", italicSpan: "italic", boldSpan: "bold"} {
		if on, _ := style[name].(bool); on && name != "" {
			out = span{kind: kind, kids: []span{out}}
		}
	}
	if on, _ := style["code"].(bool); on {
		out = span{kind: codeSpan, text: text}
	}
	return out
}

// flatten is every text in a value, in no particular form.
func flatten(v any) string {
	var parts []string
	switch x := v.(type) {
	case map[string]any:
		for _, k := range []string{"text", "title", "subtitle", "body", "elements", "label", "rows", "tasks"} {
			if s := flatten(x[k]); s != "" {
				parts = append(parts, s)
			}
		}
	case []any:
		for _, e := range x {
			if s := flatten(e); s != "" {
				parts = append(parts, s)
			}
		}
	case string:
		return x
	}
	return strings.Join(parts, " ")
}
