package discord

import (
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/chat/layout"
)

// A Message is what one call posts: Markdown, and rows of buttons below it.
// Both keep Discord's limits, and the Markdown is never empty.
type Message struct {
	Content    string
	Components []discordgo.MessageComponent // discordgo.ActionsRow
}

// A Body is a message as Discord takes it, in the answer to an interaction,
// the edit of that answer, a follow-up and a channel alike: nothing in it is
// unfurled, and it calls nobody. It is sent raw: of discordgo v0.29.0's types,
// MessageSend has no nonce, WebhookEdit no flags, so that an edit would unfurl
// again, and the zero MessageAllowedMentions says "parse": null.
type Body struct {
	Content         string                           `json:"content"`
	Components      []discordgo.MessageComponent     `json:"components"`
	AllowedMentions discordgo.MessageAllowedMentions `json:"allowed_mentions"`
	Flags           discordgo.MessageFlags           `json:"flags"`
	Reference       *discordgo.MessageReference      `json:"message_reference,omitempty"`
	Nonce           string                           `json:"nonce,omitempty"` // of a channel's message, at most MaxNonce
	EnforceNonce    bool                             `json:"enforce_nonce,omitempty"`
	Attachments     *[]*discordgo.MessageAttachment  `json:"attachments,omitempty"`
}

// Body is the message as it is sent. private is for an answer to an
// interaction, or a follow-up, that its person alone sees; an edit cannot
// change that and does not say it.
func (m Message) Body(private bool) Body {
	b := Body{Content: m.Content, Components: m.Components, Flags: discordgo.MessageFlagsSuppressEmbeds,
		AllowedMentions: discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}}
	if b.Components == nil {
		b.Components = []discordgo.MessageComponent{} // an edit takes the old ones away
	}
	if private {
		b.Flags |= discordgo.MessageFlagsEphemeral
	}
	return b
}

// A part is what stays together in one message.
type part struct {
	text string
	sep  string // what stands between it and the part before it
	rows []discordgo.MessageComponent
}

// A sheet is a message, or several, before it is cut.
type sheet struct {
	parts []part
	ref   string
	n     int // buttons so far
}

// What stands between two parts.
const (
	apart = "\n\n"
	below = "\n"
)

// add adds a part, close to a heading above it.
func (s *sheet) add(text, sep string) {
	if n := len(s.parts); n > 0 && strings.HasPrefix(s.parts[n-1].text, heading) {
		sep = below
	}
	s.parts = append(s.parts, part{text: text, sep: sep})
}

const heading = "### "

// put adds paragraphs; those without words are left out.
func (s *sheet) put(paras ...layout.Para) {
	for _, p := range paras {
		for _, text := range chunks(p, MaxContent) {
			s.add(text, apart)
		}
	}
}

// list puts a label and lines below it. A line is whole in one message, and
// the label is with the first of them.
func (s *sheet) list(label string, lines []layout.Para) {
	sep := apart
	for i, line := range lines {
		if i == 0 && label != "" {
			line = append(layout.Para{}.Bold(label).Say("\n"), line...)
		}
		for _, text := range chunks(line, MaxContent) {
			s.add(text, sep)
			sep = below
		}
	}
}

// bulleted are lines with a bullet each.
func bulleted(lines []layout.Para) []layout.Para {
	out := make([]layout.Para, len(lines))
	for i, line := range lines {
		out[i] = append(layout.Para{{Kind: layout.Bullet, Text: "-"}, {Text: string(layout.NBSP)}}, line...)
	}
	return out
}

// small adds a paragraph in small print, which has no lines.
func (s *sheet) small(p layout.Para) {
	const begin = "-# "
	flat := make(layout.Para, len(p))
	for i, x := range p {
		x.Text = strings.ReplaceAll(x.Text, "\n", " ")
		flat[i] = x
	}
	for _, text := range chunks(flat, MaxContent-len(begin)) {
		sep := below
		if n := len(s.parts); n > 0 && !strings.HasPrefix(s.parts[n-1].text, begin) {
			sep = apart
		}
		s.add(begin+text, sep)
	}
}

// head adds a heading.
func (s *sheet) head(text string) {
	if text = layout.Clip(layout.Clean(text), MaxContent/4); text != "" {
		s.add(heading+escape(strings.ReplaceAll(text, "\n", " "), true), apart)
	}
}

// buttons adds buttons in as few rows as hold them.
func (s *sheet) buttons(buttons ...discordgo.Button) {
	for len(buttons) > 0 {
		n := min(MaxButtons, len(buttons))
		var set []discordgo.MessageComponent
		for _, b := range buttons[:n] {
			set = append(set, b)
		}
		s.row(set...)
		buttons = buttons[n:]
	}
}

// row adds a row of components. It stays with what was put last, which says
// what it is for.
func (s *sheet) row(set ...discordgo.MessageComponent) {
	if i := len(s.parts) - 1; i < 0 || len(s.parts[i].rows) >= MaxRows {
		s.add("…", apart)
	}
	last := &s.parts[len(s.parts)-1]
	last.rows = append(last.rows, discordgo.ActionsRow{Components: set})
}

// verbatim adds a text that stands as it is, to be copied: nothing in it is
// read as mark-up, so nothing in it is replaced but what is not seen, and
// what would end its block.
func (s *sheet) verbatim(text string) {
	const begin, end = "```\n", "\n```"
	var b strings.Builder
	size, most := 0, MaxContent-len(begin)-len(end)
	flush := func() {
		if t := strings.Trim(b.String(), "\n"); t != "" {
			s.add(begin+t+end, below)
		}
		b.Reset()
		size = 0
	}
	for _, piece := range pieces(unfence(layout.Visible(text)), most) {
		n := layout.Units(piece)
		if size+n > most {
			flush()
		}
		b.WriteString(piece)
		size += n
	}
	flush()
}

// unfence replaces the marks that would end a block of code.
func unfence(s string) string {
	for n := strings.Count(s, "```"); n > 0; n = strings.Count(s, "```") {
		s = strings.ReplaceAll(s, "```", "ˋˋˋ")
	}
	return s
}

// pieces are the words of a text with the space behind each, none longer than
// most.
func pieces(s string, most int) []string {
	var out []string
	for _, line := range strings.SplitAfter(s, "\n") {
		for _, word := range strings.SplitAfter(line, " ") {
			out = append(out, cutText(word, most, layout.Units)...)
		}
	}
	return out
}

// messages cuts a sheet to messages: in order, each within the limits.
func (s *sheet) messages() []Message {
	var out []Message
	size := 0
	for _, p := range s.parts {
		n := layout.Units(p.text)
		if len(out) == 0 || size+len(p.sep)+n > MaxContent || len(out[len(out)-1].Components)+len(p.rows) > MaxRows {
			out = append(out, Message{})
			size, p.sep = 0, ""
		}
		m := &out[len(out)-1]
		m.Content += p.sep + p.text
		m.Components = append(m.Components, p.rows...)
		size += len(p.sep) + n
	}
	return out
}

// one is a sheet that is one message: what is beyond its limits is left out.
func (s *sheet) one() Message {
	if all := s.messages(); len(all) > 0 {
		return all[0]
	}
	return Message{Content: "…"}
}
