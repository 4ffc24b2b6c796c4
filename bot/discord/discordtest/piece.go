package discordtest

import (
	"fmt"
	"regexp"
	"strings"
)

// A piece is a part of a message as it is shown, one below the other.
type piece struct {
	tag     string // "p", "h", "sub", "li", "quote", "pre", "embed", "box", "field", "buttons", "input", "error", "hr", "img", "file"
	depth   int
	mark    string
	spans   []span
	kids    []piece
	buttons []Button
}

var (
	heading  = regexp.MustCompile(`^#{1,3} +(.+)$`)
	subtext  = regexp.MustCompile(`^-# +(.+)$`)
	bullet   = regexp.MustCompile(`^( *)[-*] +(.+)$`)
	numbered = regexp.MustCompile(`^( *)(\d+)\. +(.+)$`)
)

// lines reads a text as Discord shows it.
func lines(text string) []piece {
	var out []piece
	for text != "" {
		before, rest, found := strings.Cut(text, "```")
		code, after, closed := strings.Cut(rest, "```")
		if !found || !closed {
			return append(out, plainPieces(text)...)
		}
		out = append(out, plainPieces(before)...)
		out = append(out, piece{tag: "pre", spans: []span{{kind: preSpan, text: fenced(code)}}})
		text = after
	}
	return out
}

func plainPieces(text string) []piece {
	var out []piece
	if strings.Trim(text, "\n") == "" {
		return nil
	}
	for line := range strings.SplitSeq(strings.Trim(text, "\n"), "\n") {
		p := piece{tag: "p"}
		switch {
		case heading.MatchString(line):
			p.tag, line = "h", heading.FindStringSubmatch(line)[1]
		case subtext.MatchString(line):
			p.tag, line = "sub", subtext.FindStringSubmatch(line)[1]
		case bullet.MatchString(line):
			g := bullet.FindStringSubmatch(line)
			p.tag, p.mark, p.depth, line = "li", "•", len(g[1])/2, g[2]
		case numbered.MatchString(line):
			g := numbered.FindStringSubmatch(line)
			p.tag, p.mark, p.depth, line = "li", g[2]+".", len(g[1])/2, g[3]
		case strings.HasPrefix(line, "> "):
			p.tag, line = "quote", line[2:]
		}
		p.spans = spans(line)
		out = append(out, p)
	}
	return out
}

// pieces are what a message shows.
func (m *Message) pieces() []piece {
	out := lines(m.Content)
	for _, e := range m.Embeds {
		out = append(out, piece{tag: "embed", kids: embedPieces(e)})
	}
	return append(out, componentPieces(m.Components)...)
}

func embedPieces(e obj) []piece {
	var out []piece
	if o := object(e["author"]); o != nil {
		out = append(out, piece{tag: "sub", spans: titled(str(o["name"]), str(o["url"]))})
	}
	if t := str(e["title"]); t != "" {
		out = append(out, piece{tag: "h", spans: titled(t, str(e["url"]))})
	}
	out = append(out, lines(str(e["description"]))...)
	for _, f := range objects(e["fields"]) {
		kids := append([]piece{{tag: "p", spans: []span{{kind: boldSpan, kids: spans(str(f["name"]))}}}}, lines(str(f["value"]))...)
		out = append(out, piece{tag: "field", kids: kids})
	}
	if o := object(e["footer"]); o != nil {
		out = append(out, piece{tag: "sub", spans: []span{{text: str(o["text"])}}})
	}
	return out
}

func titled(text, url string) []span {
	if url == "" {
		return []span{{text: text}}
	}
	return []span{{kind: linkSpan, text: text, target: url}}
}

func componentPieces(all []obj) []piece {
	var out []piece
	for _, c := range all {
		switch num(c["type"]) {
		case actionRow:
			if b := buttonsIn(objects(c["components"])); len(b) > 0 {
				out = append(out, piece{tag: "buttons", buttons: b})
			}
			for _, e := range objects(c["components"]) {
				out = append(out, inputPieces(e, str(e["label"]), "")...)
			}
		case textDisplay:
			out = append(out, lines(str(c["content"]))...)
		case section:
			out = append(out, componentPieces(objects(c["components"]))...)
			if b := buttonsIn([]obj{object(c["accessory"])}); len(b) > 0 {
				out = append(out, piece{tag: "buttons", buttons: b})
			}
		case container:
			out = append(out, piece{tag: "box", kids: componentPieces(objects(c["components"]))})
		case separator:
			out = append(out, piece{tag: "hr"})
		case gallery:
			for _, item := range objects(c["items"]) {
				out = append(out, piece{tag: "img", spans: []span{{text: str(item["description"])}}})
			}
		case label:
			out = append(out, inputPieces(object(c["component"]), str(c["label"]), str(c["description"]))...)
		}
	}
	return out
}

// inputPieces is a field of a modal.
func inputPieces(e obj, name, description string) []piece {
	kind := num(e["type"])
	if kind == button || isSelect(kind) && name == "" || str(e["custom_id"]) == "" {
		return nil
	}
	p := piece{tag: "input", mark: str(e["custom_id"]), spans: []span{{text: name}}}
	if e["required"] != false {
		p.spans[0].text += " *"
	}
	if description != "" {
		p.kids = append(p.kids, piece{tag: "sub", spans: []span{{text: description}}})
	}
	in := or(str(e["value"]), str(e["placeholder"]))
	for _, o := range objects(e["options"]) {
		in += fmt.Sprintf("( ) %s ", str(o["label"]))
	}
	p.kids = append(p.kids, piece{tag: "p", spans: []span{{text: strings.TrimSpace(in)}}})
	return []piece{p}
}

// plainLines are pieces as lines of text.
func (e *Seen) plainLines(all []piece) []string {
	var out []string
	inside := func(mark string, kids []piece) {
		for _, l := range e.plainLines(kids) {
			out = append(out, strings.TrimRight(mark+l, " "))
		}
	}
	for _, p := range all {
		line := e.words(p.spans)
		switch p.tag {
		case "h":
			out = append(out, "# "+line)
		case "sub":
			out = append(out, "~ "+line)
		case "li":
			out = append(out, strings.Repeat("  ", min(p.depth, 8))+p.mark+" "+line)
		case "quote":
			out = append(out, "> "+line)
		case "hr":
			out = append(out, "----")
		case "img":
			out = append(out, "[image: "+line+"]")
		case "embed", "box":
			inside("| ", p.kids)
		case "field":
			inside("", p.kids)
		case "input":
			out = append(out, "_ "+line+" ("+p.mark+")")
			inside("", p.kids)
		case "error":
			out = append(out, "! "+line)
		case "buttons":
			out = append(out, buttonLine(p.buttons))
		default:
			out = append(out, line)
		}
	}
	return out
}

func buttonLine(all []Button) string {
	var out []string
	for _, b := range all {
		text := "[" + b.Text + "]"
		if b.Disabled {
			text = "(" + b.Text + ")"
		}
		if b.URL != "" {
			text += "⟦LINK " + b.URL + "⟧"
		}
		if b.Options != nil {
			text += "{" + strings.Join(b.Options, ",") + "}"
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}
