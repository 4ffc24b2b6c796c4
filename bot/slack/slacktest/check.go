package slacktest

import (
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf16"
)

// A Block is one block as it was sent, with its block_id filled in.
type Block = map[string]any

// Surfaces that blocks stand on.
const (
	onMessage = "message"
	onModal   = "modal"
	onHome    = "home"
)

const (
	maxMessageBlocks = 50
	maxViewBlocks    = 100
	maxBlocksText    = 13200 // of all blocks of a message: seen by others, not documented
	maxMarkdown      = 12000 // of all markdown blocks of a message
	maxTableText     = 10000
)

// surfaceBlocks are the blocks that each surface takes.
var surfaceBlocks = map[string][]string{
	onMessage: {"section", "divider", "image", "actions", "context", "context_actions", "header", "markdown", "rich_text",
		"table", "data_table", "video", "file", "input", "card", "carousel", "plan", "task_card"},
	onModal: {"section", "divider", "image", "actions", "context", "header", "input", "rich_text", "video", "alert"},
	onHome:  {"section", "divider", "image", "actions", "context", "header", "input", "rich_text", "video"},
}

// A checker collects what is wrong with blocks, each with its JSON pointer.
type checker struct {
	surface                        string
	wrong                          []string
	text, markdown, tables, inputs int
	ids                            map[string]bool
}

func (c *checker) bad(pointer, format string, args ...any) {
	c.wrong = append(c.wrong, fmt.Sprintf(format, args...)+" [json-pointer:"+pointer+"]")
}

// length is how Slack counts characters, as far as can be known: in UTF-16.
func length(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// checkBlocks checks the blocks of a surface, which stand at pointer.
func checkBlocks(surface, pointer string, blocks []Block) *checker {
	c := &checker{surface: surface, ids: map[string]bool{}}
	limit := maxViewBlocks
	if surface == onMessage {
		limit = maxMessageBlocks
	}
	if len(blocks) > limit {
		c.bad(pointer, "no more than %d items allowed", limit)
		return c
	}
	for i, b := range blocks {
		c.block(fmt.Sprintf("%s/%d", pointer, i), b)
	}
	return c
}

func (c *checker) block(p string, b Block) {
	kind := str(b["type"])
	if !slices.Contains(surfaceBlocks[c.surface], kind) {
		c.bad(p+"/type", "unsupported type: %s", kind)
		return
	}
	if id := str(b["block_id"]); id != "" {
		if length(id) > 255 {
			c.bad(p+"/block_id", "must be less than 256 characters")
		}
		if c.ids[id] {
			c.bad(p+"/block_id", "block_id already exists")
		}
		c.ids[id] = true
	}
	switch kind {
	case "section":
		c.section(p, b)
	case "header":
		c.textAt(p+"/text", b["text"], "plain_text", 150)
	case "context":
		c.context(p, b)
	case "actions":
		c.elements(p, b, 25, actionElements)
	case "context_actions":
		c.elements(p, b, 5, contextActions)
	case "input":
		c.input(p, b)
	case "image":
		c.image(p, b)
	case "markdown":
		c.longText(p+"/text", str(b["text"]), maxMarkdown)
		c.markdown += length(str(b["text"]))
	case "rich_text":
		c.richText(p, b)
	case "table", "data_table":
		c.table(p, b, kind)
	case "carousel":
		c.count(p+"/elements", b["elements"], 1, 10)
	case "card":
		c.count(p+"/actions", b["actions"], 0, 3)
	case "plan":
		c.count(p+"/tasks", b["tasks"], 0, 50)
	}
}

func (c *checker) section(p string, b Block) {
	fields := list(b["fields"])
	if b["text"] == nil && len(fields) == 0 {
		c.bad(p, "missing required field: text")
	}
	if b["text"] != nil {
		c.textAt(p+"/text", b["text"], "", 3000)
	}
	if len(fields) > 10 {
		c.bad(p+"/fields", "no more than 10 items allowed")
	}
	for i, f := range fields {
		c.textAt(fmt.Sprintf("%s/fields/%d", p, i), f, "", 2000)
	}
	if a, ok := b["accessory"].(map[string]any); ok {
		c.element(p+"/accessory", a, sectionElements)
	}
}

func (c *checker) context(p string, b Block) {
	all := list(b["elements"])
	c.count(p+"/elements", b["elements"], 1, 10)
	for i, e := range all {
		at := fmt.Sprintf("%s/elements/%d", p, i)
		if m, _ := e.(map[string]any); str(m["type"]) == "image" {
			c.image(at, m)
			continue
		}
		c.textAt(at, e, "", 3000)
	}
}

func (c *checker) image(p string, b Block) {
	if str(b["alt_text"]) == "" {
		c.bad(p+"/alt_text", "missing required field: alt_text")
	}
	if length(str(b["alt_text"])) > 2000 {
		c.bad(p+"/alt_text", "must be less than 2001 characters")
	}
	if str(b["image_url"]) == "" && b["slack_file"] == nil {
		c.bad(p+"/image_url", "missing required field: image_url")
	}
	if length(str(b["image_url"])) > 3000 {
		c.bad(p+"/image_url", "must be less than 3001 characters")
	}
}

func (c *checker) input(p string, b Block) {
	c.inputs++
	c.textAt(p+"/label", b["label"], "plain_text", 2000)
	if b["hint"] != nil {
		c.textAt(p+"/hint", b["hint"], "plain_text", 2000)
	}
	e, ok := b["element"].(map[string]any)
	if !ok {
		c.bad(p, "missing required field: element")
		return
	}
	c.element(p+"/element", e, inputElements)
	if str(e["type"]) == "file_input" && c.surface != onModal {
		c.bad(p+"/element/type", "unsupported type: file_input")
	}
}

func (c *checker) table(p string, b Block, kind string) {
	maxRows, before := 100, c.text
	if kind == "data_table" {
		maxRows = 200
	}
	if c.tables++; c.tables > 1 {
		c.bad(p, "only one table is allowed")
	}
	rows := list(b["rows"])
	if len(rows) > maxRows {
		c.bad(p+"/rows", "no more than %d items allowed", maxRows)
	}
	for i, row := range rows {
		cells := list(row)
		if len(cells) > 20 {
			c.bad(fmt.Sprintf("%s/rows/%d", p, i), "no more than 20 items allowed")
		}
		for _, cell := range cells {
			c.text += length(flatten(cell))
		}
	}
	if kind == "table" && c.text-before > maxTableText {
		c.bad(p+"/rows", "must be less than %d characters", maxTableText+1)
	}
}

func (c *checker) count(p string, v any, least, most int) {
	switch n := len(list(v)); {
	case n < least:
		c.bad(p, "no fewer than %d items allowed", least)
	case n > most:
		c.bad(p, "no more than %d items allowed", most)
	}
}

// textAt checks a text object; kind "" is either of the two.
func (c *checker) textAt(p string, v any, kind string, most int) {
	t, ok := v.(map[string]any)
	if !ok {
		c.bad(p, "missing required field: text")
		return
	}
	has := str(t["type"])
	if has != "plain_text" && has != "mrkdwn" || kind != "" && has != kind {
		c.bad(p+"/type", "unsupported type: %s", has)
	}
	c.longText(p+"/text", str(t["text"]), most)
}

func (c *checker) longText(p, text string, most int) {
	switch n := length(text); {
	case n == 0:
		c.bad(p, "must be more than 0 characters")
	case n > most:
		c.bad(p, "must be less than %d characters", most+1)
	default:
		c.text += n
	}
}

func str(v any) string { s, _ := v.(string); return s }

func list(v any) []any { l, _ := v.([]any); return l }

// parseBlocks reads blocks as an array, or as an object that holds one.
func parseBlocks(raw string) ([]Block, error) {
	var blocks []Block
	if json.Unmarshal([]byte(raw), &blocks) == nil {
		return noNulls(blocks)
	}
	var held struct{ Blocks []Block }
	if err := json.Unmarshal([]byte(raw), &held); err != nil || held.Blocks == nil {
		return nil, fail("invalid_blocks_format")
	}
	return noNulls(held.Blocks)
}

func noNulls(blocks []Block) ([]Block, error) {
	for _, b := range blocks {
		if b == nil {
			return nil, fail("invalid_blocks_format")
		}
	}
	return blocks, nil
}
