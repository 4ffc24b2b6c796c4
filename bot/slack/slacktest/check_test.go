package slacktest_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

func x(n int) string { return strings.Repeat("x", n) }

func many(n int, what string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = strings.ReplaceAll(what, "%d", fmt.Sprint(i))
	}
	return strings.Join(all, ",")
}

// button is one with fields set in place of the usual ones.
func button(fields string) string {
	return `{"type":"button","text":{"type":"plain_text","text":"Go"},"action_id":"a%d"` + fields + `}`
}

func actions(elements string) string { return `{"type":"actions","elements":[` + elements + `]}` }

func section(text string) string {
	return `{"type":"section","text":{"type":"mrkdwn","text":"` + text + `"}}`
}

func plain(n int) string { return `{"type":"plain_text","text":"` + x(n) + `"}` }

func pick(kind, options string) string {
	return actions(`{"type":"` + kind + `","action_id":"a","options":[` + options + `]}`)
}

func option(text, value int) string {
	return `{"text":` + plain(text) + `,"value":"` + x(value) + `"}`
}

func confirm(title, text, yes int) string {
	return button(fmt.Sprintf(`,"confirm":{"title":%s,"text":%s,"confirm":%s,"deny":%s}`, plain(title), plain(text), plain(yes), plain(2)))
}

// Each limit holds on its one side, and is refused on the other with the
// place that is wrong.
var blockLimits = []struct {
	name, good, bad, pointer string
}{
	{"blocks", many(50, `{"type":"divider"}`), many(51, `{"type":"divider"}`), "/blocks]"},
	{"section text", section(x(3000)), section(x(3001)), "/blocks/0/text/text]"},
	{"empty text", section("x"), section(""), "/blocks/0/text/text]"},
	{"section fields", `{"type":"section","fields":[` + many(10, plain(1)) + `]}`, `{"type":"section","fields":[` + many(11, plain(1)) + `]}`, "/blocks/0/fields]"},
	{"section field", `{"type":"section","fields":[` + plain(2000) + `]}`, `{"type":"section","fields":[` + plain(2001) + `]}`, "/blocks/0/fields/0/text]"},
	{"section without text", section("x"), `{"type":"section"}`, "/blocks/0]"},
	{"header", `{"type":"header","text":` + plain(150) + `}`, `{"type":"header","text":` + plain(151) + `}`, "/blocks/0/text/text]"},
	{"header in mrkdwn", `{"type":"header","text":` + plain(1) + `}`, `{"type":"header","text":{"type":"mrkdwn","text":"x"}}`, "/blocks/0/text/type]"},
	{"context", `{"type":"context","elements":[` + many(10, plain(1)) + `]}`, `{"type":"context","elements":[` + many(11, plain(1)) + `]}`, "/blocks/0/elements]"},
	{"actions", actions(many(25, button(""))), actions(many(26, button(""))), "/blocks/0/elements]"},
	{"no actions", actions(button("")), actions(""), "/blocks/0/elements]"},
	{"button text", actions(button(`,"text":` + plain(75))), actions(button(`,"text":` + plain(76))), "/blocks/0/elements/0/text/text]"},
	{"button value", actions(button(`,"value":"` + x(2000) + `"`)), actions(button(`,"value":"` + x(2001) + `"`)), "/elements/0/value]"},
	{"button url", actions(button(`,"url":"` + x(3000) + `"`)), actions(button(`,"url":"` + x(3001) + `"`)), "/elements/0/url]"},
	{"button label", actions(button(`,"accessibility_label":"` + x(75) + `"`)), actions(button(`,"accessibility_label":"` + x(76) + `"`)), "/accessibility_label]"},
	{"button style", actions(button(`,"style":"primary"`)), actions(button(`,"style":"green"`)), "/style]"},
	{"action_id", actions(button(`,"action_id":"` + x(255) + `"`)), actions(button(`,"action_id":"` + x(256) + `"`)), "/action_id]"},
	{"action_id twice", actions(button("") + "," + strings.ReplaceAll(button(""), "a%d", "b")), actions(button("") + "," + button("")), "/elements/1/action_id]"},
	{"block_id", `{"type":"divider","block_id":"` + x(255) + `"}`, `{"type":"divider","block_id":"` + x(256) + `"}`, "/block_id]"},
	{"block_id twice", many(2, `{"type":"divider","block_id":"b%d"}`), many(2, `{"type":"divider","block_id":"b"}`), "/blocks/1/block_id]"},
	{"confirm", actions(confirm(100, 300, 30)), actions(confirm(101, 300, 30)), "/confirm/title/text]"},
	{"confirm text", actions(confirm(1, 300, 1)), actions(confirm(1, 301, 1)), "/confirm/text/text]"},
	{"confirm button", actions(confirm(1, 1, 30)), actions(confirm(1, 1, 31)), "/confirm/confirm/text]"},
	{"select options", pick("static_select", many(100, option(1, 1))), pick("static_select", many(101, option(1, 1))), "/options]"},
	{"overflow options", pick("overflow", many(5, option(1, 1))), pick("overflow", many(6, option(1, 1))), "/options]"},
	{"radio options", pick("radio_buttons", many(10, option(1, 1))), pick("radio_buttons", many(11, option(1, 1))), "/options]"},
	{"checkbox options", pick("checkboxes", many(10, option(1, 1))), pick("checkboxes", many(11, option(1, 1))), "/options]"},
	{"option text", pick("static_select", option(75, 1)), pick("static_select", option(76, 1)), "/options/0/text/text]"},
	{"option value", pick("static_select", option(1, 75)), pick("static_select", option(1, 76)), "/options/0/value]"},
	{"image", `{"type":"image","image_url":"https://a.example/b.png","alt_text":"x"}`, `{"type":"image","image_url":"https://a.example/b.png"}`, "/alt_text]"},
	{"context actions", `{"type":"context_actions","elements":[` + many(5, iconButton) + `]}`, `{"type":"context_actions","elements":[` + many(6, iconButton) + `]}`, "/elements]"},
	{"feedback", `{"type":"context_actions","elements":[` + feedback(75) + `]}`, `{"type":"context_actions","elements":[` + feedback(76) + `]}`, "/positive_button/text/text]"},
	{"button in context actions", `{"type":"context_actions","elements":[` + iconButton + `]}`, `{"type":"context_actions","elements":[` + button("") + `]}`, "/elements/0/type]"},
	{"unknown block", `{"type":"divider"}`, `{"type":"divisor"}`, "/blocks/0/type]"},
	{"alert in a message", `{"type":"divider"}`, `{"type":"alert","text":` + plain(1) + `}`, "/blocks/0/type]"},
	{"unknown element", actions(button("")), actions(`{"type":"butt"}`), "/elements/0/type]"},
	{"one table", table(1, 1, 1), table(1, 1, 1) + "," + table(1, 1, 1), "/blocks/1]"},
	{"table rows", table(100, 1, 1), table(101, 1, 1), "/rows]"},
	{"table columns", table(1, 20, 1), table(1, 21, 1), "/rows/0]"},
	{"table text", table(1, 1, 10000), table(1, 1, 10001), "/rows]"},
	{"rich text", richText(`{"type":"text","text":"x"}`), richText(`{"type":"shout","text":"x"}`), "/elements/0/elements/0/type]"},
	{"rich link", richText(`{"type":"link","url":"https://a.example"}`), richText(`{"type":"link"}`), "/url]"},
	{"markdown", `{"type":"markdown","text":"` + x(12000) + `"}`, `{"type":"markdown","text":"` + x(12001) + `"}`, "/blocks/0/text]"},
}

const iconButton = `{"type":"icon_button","icon":"trash","action_id":"i%d","text":{"type":"plain_text","text":"Delete"}}`

func feedback(n int) string {
	return `{"type":"feedback_buttons","action_id":"f","positive_button":{"text":` + plain(n) + `,"value":"up"},"negative_button":{"text":` + plain(1) + `,"value":"down"}}`
}

func richText(inline string) string {
	return `{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[` + inline + `]}]}`
}

func table(rows, columns, length int) string {
	row := `[` + many(columns, `{"type":"raw_text","text":"`+x(length)+`"}`) + `]`
	return `{"type":"table","rows":[` + many(rows, row) + `]}`
}

func TestTheLimitsOfBlocks(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	post := func(blocks string) error {
		_, _, err := c.PostMessage(slacktest.Public, slack.MsgOptionText("x", false), rawBlocks(s.URL()+"chat.postMessage", "["+blocks+"]"))
		return err
	}
	for _, l := range blockLimits {
		if err := post(l.good); err != nil {
			t.Errorf("%s: what is within the limit is refused: %v", l.name, detail(err))
		}
		err := post(l.bad)
		if err == nil {
			t.Errorf("%s: what is over the limit is taken", l.name)
			continue
		}
		wants(t, err, "invalid_blocks", l.pointer)
	}
}

func detail(err error) string {
	if r, ok := err.(slack.SlackErrorResponse); ok {
		return r.Err + " " + strings.Join(r.ResponseMetadata.Messages, "; ")
	}
	return fmt.Sprint(err)
}

// rawBlocks sends blocks as they stand here.
func rawBlocks(endpoint, raw string) slack.MsgOption {
	return slack.UnsafeMsgOptionEndpoint(endpoint, func(v url.Values) { v.Set("blocks", raw) })
}

func TestTheLimitsOfAWholeMessage(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	for blocks, code := range map[string]string{
		many(4, section(x(3000))) + "," + section(x(1200)):                                         "",
		many(4, section(x(3000))) + "," + section(x(1201)):                                         "msg_blocks_too_long",
		many(2, `{"type":"markdown","text":"`+x(6000)+`"}`):                                        "",
		many(2, `{"type":"markdown","text":"`+x(6000)+`"}`) + `,{"type":"markdown","text":"1234"}`: "msg_blocks_too_long",
		`null`:  "invalid_blocks_format",
		`"no"`:  "invalid_blocks_format",
		`{{`:    "invalid_blocks_format",
		`{"a":`: "invalid_blocks_format",
	} {
		_, _, err := c.PostMessage(slacktest.Public, slack.MsgOptionText("x", false), rawBlocks(s.URL()+"chat.postMessage", "["+blocks+"]"))
		if code == "" {
			must(t, err)
			continue
		}
		wants(t, err, code, "")
	}
}
