package slacktest

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func FuzzParseArgs(f *testing.F) {
	f.Add("application/json", "", `{"a":"b","c":{"d":1},"e":null}`)
	f.Add("application/x-www-form-urlencoded", "a=b", "c=d&e=%7B%7D")
	f.Add("application/json; charset=utf-8", "", "[]")
	f.Add("", "", "%")
	f.Fuzz(func(t *testing.T, media, query, body string) {
		q, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		if args, err := parseArgs(media, q, []byte(body)); err == nil && args == nil {
			t.Error("no arguments and no error")
		}
		parseReply(media, []byte(body))
		uploaded(media, []byte(body))
		parseAck([]byte(body))
	})
}

// FuzzBlocks checks and renders whatever blocks there are.
func FuzzBlocks(f *testing.F) {
	f.Add(`[{"type":"section","text":{"type":"mrkdwn","text":"*a* <!here> <https://a.example|b>"},"accessory":{"type":"overflow"}}]`)
	f.Add(`[{"type":"actions","elements":[{"type":"feedback_buttons","positive_button":{}},{"type":"static_select","option_groups":[null]}]}]`)
	f.Add(`[{"type":"rich_text","elements":[{"type":"rich_text_list","elements":[{"type":"rich_text_section","elements":[null]}],"indent":1e300}]}]`)
	f.Add(`[{"type":"table","rows":[[null,{"type":"rich_text","elements":[{}]}]]},{"type":"input","element":{"min_length":"x"}}]`)
	f.Add(`{"blocks":[{"type":"markdown","text":"# a\n- b\n` + "```" + `"},null]}`)
	f.Fuzz(func(t *testing.T, raw string) {
		blocks, err := parseBlocks(raw)
		if err != nil {
			return
		}
		for _, surface := range []string{onMessage, onModal, onHome} {
			checkBlocks(surface, "/blocks", blocks)
		}
		var e Seen
		e.Blocks, e.Buttons = blocks, Buttons(blocks)
		e.show(e.Message.pieces())
		if page := (Transcript{Entries: []Seen{e}}).HTML(Light); utf8.ValidString(raw) && !utf8.ValidString(page) {
			t.Error("the page is not UTF-8")
		}
		if _, wrong := fill(&Server{}, View{Blocks: noFiles(blocks)}, nil); wrong == "" && raw == "" {
			t.Error("nothing is filled in")
		}
	})
}

// noFiles leaves the inputs out that need a server.
func noFiles(blocks []Block) []Block {
	var out []Block
	for _, b := range blocks {
		if e, _ := b["element"].(map[string]any); str(e["type"]) != "file_input" {
			out = append(out, b)
		}
	}
	return out
}

func FuzzView(f *testing.F) {
	f.Add(`{"type":"modal","title":{"type":"plain_text","text":"a"},"blocks":[{"type":"divider"}]}`)
	f.Add(`{"type":"home","blocks":[null]}`)
	f.Fuzz(func(t *testing.T, raw string) {
		for _, kind := range []string{"modal", "home"} {
			if v, err := readView(raw, kind); err == nil && v.Type != kind {
				t.Errorf("a %s is a %s", v.Type, kind)
			}
		}
	})
}

// FuzzText reads text in each dialect: no words are lost, no tag gets in.
func FuzzText(f *testing.F) {
	f.Add("*a _b_* <!here> `c` ```d``` &lt; <https://a.example|b> :wave: @here")
	f.Add("**a** [b](https://c.example) ~~d~~ # e\n> f\n1. g")
	f.Add("*a*b* _ __ <<>> <|> <@> ``` ` &amp;amp;")
	f.Fuzz(func(t *testing.T, text string) {
		for _, d := range []dialect{{mark: mrkdwnMark, names: true}, {mark: markdownMark}} {
			all := lines(d, text)
			plainLines(all)
			if page := piecesHTML(all); strings.Contains(page, "<script") {
				t.Errorf("%q gets in", text)
			}
		}
	})
}

func TestReadingTextTakesLinearTime(t *testing.T) {
	t.Parallel()
	for _, part := range []string{"*a ", "_a*b~", "<", "```", "`", "<!here> ", "a@b", "[a](", "**", "http://", ":a:", "&amp;", "> ", "\n"} {
		long := strings.Repeat(part, 3000/len(part))
		start := time.Now()
		for _, d := range []dialect{{mark: mrkdwnMark}, {mark: markdownMark}} {
			words(d.spans(long))
			lines(d, long)
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%q takes %v", part, took)
		}
	}
	raw, err := json.Marshal([]Block{{"type": "markdown", "text": strings.Repeat("*", 12000)}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parseBlocks(string(raw)); err != nil {
		t.Fatal(err)
	}
}
