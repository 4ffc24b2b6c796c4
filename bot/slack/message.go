package slack

import (
	"strings"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/chat/layout"
)

// A Message is what one call posts: blocks, and text for whoever does not see
// them (notifications, screen readers, search). Both keep Slack's limits.
type Message struct {
	Text   string // mrkdwn, escaped
	Blocks []slack.Block
}

// Options are the message as chat.postMessage, chat.postEphemeral and
// chat.update take it: nothing in it is unfurled or looked through for names.
func (m Message) Options() []slack.MsgOption {
	return []slack.MsgOption{slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(m.Blocks...),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(), slack.MsgOptionParse(false), slack.MsgOptionLinkNames(false)}
}

// Webhook is the message as a response URL takes it. public shows it to all
// of the channel, replace puts it in the place of the message it answers.
func (m Message) Webhook(public, replace bool) *slack.WebhookMessage {
	no := false
	out := &slack.WebhookMessage{Text: m.Text, Blocks: &slack.Blocks{BlockSet: m.Blocks}, Parse: "none", ResponseType: slack.ResponseTypeEphemeral,
		ReplaceOriginal: replace, UnfurlLinks: &no, UnfurlMedia: &no}
	if public {
		out.ResponseType = slack.ResponseTypeInChannel
	}
	return out
}

// PlainActions is the message without blocks that only apps with the agent
// features have: buttons take their place. Post it where Slack refused m with
// invalid_blocks.
func (m Message) PlainActions() Message {
	out := Message{Text: m.Text}
	for _, b := range m.Blocks {
		if c, ok := b.(*slack.ContextActionsBlock); ok {
			b = feedbackButtons(c.BlockID)
		}
		out.Blocks = append(out.Blocks, b)
	}
	return out
}

// A part is what stays together in one message.
type part struct {
	blocks []slack.Block
	size   int
	text   string // for the fallback
	run    int    // how many parts from this one on are one list
}

// A sheet is a message, or several, before it is cut.
type sheet struct {
	parts []part
	ref   string
}

// put adds paragraphs, each with sections of its own; those without words are
// left out.
func (s *sheet) put(paras ...layout.Para) {
	for _, p := range paras {
		for _, c := range chunks(p, MaxSection) {
			s.parts = append(s.parts, sectionPart(c))
		}
	}
}

func sectionPart(c chunk) part {
	return part{blocks: []slack.Block{section(c.mrkdwn)}, size: layout.Units(c.mrkdwn), text: c.plain}
}

// section is a block of text that Slack looks through for nothing, and shows
// whole.
func section(mrkdwn string) *slack.SectionBlock {
	return slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, mrkdwn, false, true), nil, nil, slack.SectionBlockOptionExpand(true))
}

// list puts a label and lines below it in as few sections as hold them; a
// line is cut only where it is longer than a section. A list that one message
// holds is not cut between two.
func (s *sheet) list(label string, lines []layout.Para) {
	var p layout.Para
	if label != "" && len(lines) > 0 {
		p = p.Bold(label)
	}
	size, from := sizeOf(tokens(p)), len(s.parts)
	for _, line := range lines {
		n := sizeOf(tokens(line)) + 1
		if len(p) > 0 && size+n > MaxSection {
			s.put(p)
			p, size = nil, 0
		}
		if len(p) > 0 {
			p = p.Say("\n")
		}
		p, size = append(p, line...), size+n
	}
	s.put(p)
	if from < len(s.parts) {
		s.parts[from].run = len(s.parts) - from
	}
}

// bulleted are lines with a bullet each.
func bulleted(lines []layout.Para) []layout.Para {
	out := make([]layout.Para, len(lines))
	for i, line := range lines {
		out[i] = append(layout.Say("•"+string(layout.NBSP)), line...)
	}
	return out
}

// small adds a paragraph in small print.
func (s *sheet) small(p layout.Para) {
	for _, c := range chunks(p, MaxSection) {
		b := slack.NewContextBlock("", slack.NewTextBlockObject(slack.MarkdownType, c.mrkdwn, false, true))
		s.parts = append(s.parts, part{blocks: []slack.Block{b}, size: layout.Units(c.mrkdwn), text: c.plain})
	}
}

// head adds a heading.
func (s *sheet) head(text string) {
	text = layout.Clip(Plain(text), MaxHeader)
	if text == "" {
		return
	}
	b := slack.NewHeaderBlock(slack.NewTextBlockObject(slack.PlainTextType, text, false, false))
	s.parts = append(s.parts, part{blocks: []slack.Block{b}, size: layout.Units(text), text: escape(text)})
}

// divide adds a line.
func (s *sheet) divide() {
	s.parts = append(s.parts, part{blocks: []slack.Block{slack.NewDividerBlock()}})
}

// buttons adds buttons in as few blocks as hold them. They stay with what was
// put last, which says what they are for.
func (s *sheet) buttons(name string, buttons ...*slack.ButtonBlockElement) {
	for i := 0; i < len(buttons); i += MaxActions {
		var set []slack.BlockElement
		p := part{}
		for _, b := range buttons[i:min(i+MaxActions, len(buttons))] {
			set = append(set, b)
			p.size += layout.Units(b.Text.Text)
		}
		p.blocks = []slack.Block{slack.NewActionBlock(s.id(name, i/MaxActions), set...)}
		s.join(p)
	}
}

// block adds a finished block that stays with what was put last.
func (s *sheet) block(b slack.Block, size int) { s.join(part{blocks: []slack.Block{b}, size: size}) }

func (s *sheet) join(p part) {
	if n := len(s.parts); n > 0 && s.parts[n-1].size+p.size <= budget {
		last := &s.parts[n-1]
		last.blocks, last.size = append(last.blocks, p.blocks...), last.size+p.size
		return
	}
	s.parts = append(s.parts, p)
}

// verbatim adds a text that stands as it is, to be copied: nothing in it is
// read as mark-up, so nothing in it is replaced but what is not seen.
func (s *sheet) verbatim(text string) {
	var b strings.Builder
	flush := func() {
		if t := strings.Trim(b.String(), "\n"); t != "" {
			pre := &slack.RichTextPreformatted{Type: slack.RTEPreformatted, Elements: []slack.RichTextSectionElement{slack.NewRichTextSectionTextElement(t, nil)}}
			s.parts = append(s.parts, part{blocks: []slack.Block{slack.NewRichTextBlock("", pre)}, size: layout.Units(escape(t)), text: escape(neutral(t, true))})
		}
		b.Reset()
	}
	size := 0
	for _, piece := range pieces(layout.Visible(text), MaxSection) {
		if n := layout.Units(escape(piece)); size+n > MaxSection {
			flush()
			size = 0
		}
		b.WriteString(piece)
		size += layout.Units(escape(piece))
	}
	flush()
}

// pieces are the words of a text with the space behind each, none longer than
// limit.
func pieces(s string, limit int) []string {
	var out []string
	for _, word := range strings.SplitAfter(s, "\n") {
		for _, piece := range strings.SplitAfter(word, " ") {
			for _, t := range cutAll([]token{{Span: layout.Span{Text: piece}}}, limit) {
				out = append(out, t.Text)
			}
		}
	}
	return out
}

// id is a block's: what it is for, and what the dispatcher calls the answer.
func (s *sheet) id(name string, i int) string { return blockID(name, s.ref, i) }

// messages cuts a sheet to messages: in order, each within the limits.
func (s *sheet) messages() []Message {
	var out []Message
	var texts []string
	size := budget + 1
	end := func() {
		if n := len(out); n > 0 {
			out[n-1].Text = fallback(texts)
		}
		texts = nil
	}
	for i, p := range s.parts {
		need, blocks := p.whole(s.parts[i:])
		if size+need > budget || len(out[len(out)-1].Blocks)+blocks > MaxBlocks {
			end()
			out = append(out, Message{})
			size = 0
		}
		m := &out[len(out)-1]
		m.Blocks = append(m.Blocks, p.blocks...)
		size += p.size
		texts = append(texts, p.text)
	}
	end()
	return out
}

// whole is how much of a message what begins with p needs: all of a list, if
// one message holds it. rest begins with p.
func (p part) whole(rest []part) (size, blocks int) {
	for _, x := range rest[:max(p.run, 1)] {
		size, blocks = size+x.size, blocks+len(x.blocks)
	}
	if size > budget || blocks > MaxBlocks {
		return p.size, len(p.blocks)
	}
	return size, blocks
}

// one is a sheet that is one message: what is beyond its limits is left out.
func (s *sheet) one() Message {
	if all := s.messages(); len(all) > 0 {
		return all[0]
	}
	return Message{}
}

// fallback joins the texts of a message, and clips them outside an entity.
func fallback(texts []string) string {
	var b strings.Builder
	for _, t := range texts {
		if t == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n")
		}
		b.WriteString(t)
		if b.Len() > 4*maxFallback {
			break
		}
	}
	out := layout.Clip(b.String(), maxFallback)
	if out == "" {
		return "advocate"
	}
	if i := strings.LastIndexByte(out, '&'); i >= 0 && !strings.Contains(out[i:], ";") {
		out = out[:i] + "…"
	}
	return out
}
