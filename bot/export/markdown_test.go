package export

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"

	"github.com/everycategory/advocate/bot"
)

// TestMarkdown renders files and finds what the document says, as text: what
// looks like markup in it is none.
func TestMarkdown(t *testing.T) {
	t.Parallel()
	for _, d := range samples() {
		checkMarkdown(t, d)
	}
	eachRandom(t, checkMarkdown)
}

func checkMarkdown(t *testing.T, d *bot.Document) {
	t.Helper()
	data := write(t, d, Markdown)
	got := render(t, data)
	cited := citedNotes(d)
	var want []string
	before := bot.BlockKind("")
	for _, e := range expect(d) {
		s := e.remark(cited, func(numbers []int) string {
			s := ""
			for _, n := range numbers {
				s += "^" + strconv.Itoa(n)
			}
			return s
		})
		if to := link(e.text); to != "" && e.kind == exhibitAddress {
			s = to
		}
		if lineKinds[e.kind] && e.kind == before {
			want[len(want)-1] += s
			continue
		}
		before = e.kind
		want = append(want, s)
	}
	for _, n := range cited {
		s := squeezed(clean(n.Text))
		if to := link(oneLine(clean(n.URL))); to != "" {
			s += to
		} else {
			s += squeezed(clean(n.URL))
		}
		if s != "" {
			want = append(want, s)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d blocks, want %d", len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Fatalf("block %d: %s", i, differ(got[i], want[i]))
		}
	}
}

// lineKinds are those whose neighbours are lines of one paragraph.
var lineKinds = map[bot.BlockKind]bool{bot.Sender: true, bot.Address: true, bot.Reference: true, bot.Signature: true}

// render is what a reader of the Markdown sees: the text of each block
// without white space, ^ before the mark of a note. What it reads is GitHub's
// Markdown with definition lists.
func render(t *testing.T, data []byte) []string {
	t.Helper()
	var b bytes.Buffer
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList))
	if err := md.Convert(data, &b); err != nil {
		t.Fatal(err)
	}
	var blocks []string
	text, back, sup := "", false, false
	end := func() {
		if s := squeezed(text); s != "" {
			blocks = append(blocks, s)
		}
		text = ""
	}
	z := html.NewTokenizer(&b)
	for {
		kind := z.Next()
		token := z.Token()
		switch {
		case kind == html.ErrorToken:
			if z.Err() != io.EOF {
				t.Fatal(z.Err())
			}
			end()
			return blocks
		case kind == html.CommentToken:
			t.Errorf("raw HTML in %.300s", data)
		case kind == html.TextToken && !back:
			text += token.Data
		case kind == html.StartTagToken || kind == html.EndTagToken || kind == html.SelfClosingTagToken:
			switch token.Data {
			case "p", "h2", "blockquote", "ul", "ol", "li", "div", "hr":
				end()
			case "br", "strong", "em":
			case "sup":
				if sup = kind == html.StartTagToken; sup {
					text += "^"
				}
			case "a":
				back = kind == html.StartTagToken && strings.Contains(attrOf(token, "class"), "backref")
				if to := attrOf(token, "href"); kind == html.StartTagToken && !sup && !back && link(to) == "" {
					t.Errorf("a link to %q", to)
				}
			default:
				t.Errorf("a %s in %.300s", token.Data, data)
			}
		}
	}
}

func attrOf(n html.Token, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func TestBold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ before, after, want string }{
		{"", "", "**\\[x\\]**"},
		{"a ", " b", "a **\\[x\\]** b"},
		{"(", ").", "(**\\[x\\]**)."},
		{"a", " b", "a\\[x\\] b"},
		{"a ", "b", "a \\[x\\]b"},
		{"€", "", "€\\[x\\]"},
	} {
		d := &bot.Document{Blocks: []bot.Block{of(bot.Paragraph, say(c.before), blank("x"), say(c.after))}}
		if got := string(write(t, d, Markdown)); got != c.want+"\n" {
			t.Errorf("%q and %q: %q", c.before, c.after, got)
		}
	}
}
