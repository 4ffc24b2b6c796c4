package discord

import (
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
)

// notices are what those say that are Discord's own, or name what is on its
// screen.
var notices = map[chat.Notice]string{
	chat.NoticeFacts:       "A state, a plan type or a fact is none that I know.\nChoose from what is offered as you type, or leave them out: they are then read from your words.",
	chat.NoticeDay:         "The day cannot be read.\nWrite it as year, month and day: 2026-07-01.",
	chat.NoticeUnreadable:  "That is not text that I can read, or it is too long.\nSend plain words, and of a long text the part that matters.",
	chat.NoticeEmpty:       "There is no question here that I can read.\nAsk in a sentence, for example: “They say it was not medically necessary. What do I answer?” In a reply, keep the mention on: without it Discord does not let me read it.",
	chat.NoticeNoNotes:     "Chart notes, denials, and whatever else names a patient are not taken in Discord: they hold health information, and Discord signs no agreement for it. Nothing of yours was kept or sent on by me; Discord keeps what was written in a message until you delete it.\nWhat works here: ask about what they said, without a name, number or day, as in “They say it was not medically necessary. What do I answer?”, or look up one phrase of a note.",
	chat.NoticeNoteSlash:   "Never put a note behind a command: what you typed was not read, kept or sent on.\nOne phrase of it can be looked up in the form.",
	chat.NoticeIdentifiers: "Your message seems to name somebody, or what identifies somebody. I answered you alone; what I found of that is left out, and not kept.\nTo take your message away: point at it, open its menu (three dots), and choose “Delete Message”. Then ask again without it.",
	chat.NoticeSent:        "It is ready, in your direct messages with me.",
	chat.NoticeSetting:     "That setting, or its value, is none that I know. Nothing was changed.\nUse the command with a name and a value, as below.",
	chat.NoticeForgotten:   "What was kept of you is deleted. Messages in Discord stay until you delete them; receipts hold no words of yours.",
	chat.NoticeLost:        "I was interrupted, and drafts and stories are never kept, so I no longer have yours.\nOpen the form and paste it again.",
	chat.NoticeFile:        "That file cannot be read here.\nSend plain text (.txt or .md, at most 64 kB), or paste its words in the form.",
	chat.NoticeNoFile:      "The file could not be sent to Discord. Its text follows, to be copied.",
	chat.NoticeForm:        "The form did not open: Discord waited too long for it.\nTry once more, the same way.",
	chat.NoticeHere:        "That does not work in this place, or Discord shows you an older form of the command.\nReload Discord with Ctrl+R (⌘R), write to me in a direct message, or mention me in a channel that I am in.",
	chat.NoticeNotAdmin:    "Only who may manage this server changes what I do in a channel.\nAsk one of them.",
	chat.NoticeGuest:       "In a channel that others than this server's members see, I search public documents only.",
}

// Notice is a message that says n. ref is as in chat.Shape, for the buttons
// that a notice can have: "Try Again", "Open the Form".
func (v View) Notice(n chat.Notice, ref string) Message {
	n, text := layout.Notice(n, notices)
	s := &sheet{ref: ref}
	s.put(layout.Say(text))
	switch n {
	case chat.NoticeFailed, chat.NoticeLate:
		s.buttons(s.button(ActionAgain, "Try Again", ""))
	case chat.NoticeFacts, chat.NoticeDay, chat.NoticeEmpty:
		s.buttons(s.button(ActionOpen, "Open the Question Form", ModalAsk))
	case chat.NoticeNoNotes:
		v.elsewhere(s)
		s.buttons(s.button(ActionOpen, "Ask a Question", ModalAsk), s.button(ActionOpen, "Look Up a Phrase", ModalRewrite))
	case chat.NoticeNoteSlash:
		s.buttons(s.button(ActionOpen, "Look Up a Phrase", ModalRewrite))
	case chat.NoticeLost:
		s.buttons(v.openers(s)...)
	case chat.NoticeBusy, chat.NoticeOften, chat.NoticeExpired, chat.NoticeHere:
		if page := v.page(""); page != "" {
			s.put(linked(layout.Para{}.Say("Or ask "), "on the page", page).Say("."))
		}
	}
	return s.one()
}

// elsewhere says where notes and denials are taken.
func (v View) elsewhere(s *sheet) {
	if note, denial := v.page("rewrite"), v.page("rebut"); v.Notes && note != "" && denial != "" {
		s.put(linked(linked(layout.Para{}.Say("On this program's own page there are forms for them: "), "rewrite a note", note).Say(", "), "answer a denial", denial).Say("."))
	}
	s.put(layout.Say("On your own machine, 'advocate rewrite', 'advocate rebut' and 'advocate serve' do it, and nothing leaves that machine."))
}

// page is a place on our own page, or "".
func (v View) page(name string) string {
	if v.Page == "" {
		return ""
	}
	return address(strings.TrimSuffix(v.Page, "/") + "/" + name)
}

// Wrong says what is wrong with a submitted form, as Submitted.Errors has it.
// Discord shows nothing at the fields of a form once it is sent.
func (v View) Wrong(callback string, errors map[string]string) Message {
	s := &sheet{}
	for _, f := range v.fields(callback) {
		if text := errors[f.name]; text != "" {
			s.put(layout.Labelled(f.label+":", layout.Say(text)))
		}
	}
	if len(s.parts) == 0 {
		return v.Notice(chat.NoticeUnreadable, "")
	}
	s.buttons(s.button(ActionOpen, "Open the Form Again", callback))
	return s.one()
}

// Progress is the line that stands while an answer is made, with the button
// that stops it. It is replaced by the checked answer.
func (v View) Progress(stage bot.Stage, ref string) Message {
	s := &sheet{ref: ref}
	s.small(layout.Say(layout.Status(stage)))
	s.buttons(s.button(ActionStop, "Stop", ""))
	return s.one()
}

// HandOff is what the committee's channel is told: the question as it was
// redacted, who asks for people by their Discord id, what was answered, and
// the way to the thread. thread is Discord's own link to it, or "".
func (v View) HandOff(asked string, ans *bot.Answer, by, thread, ref string) Message {
	s := &sheet{ref: ref}
	s.head("A question for people")
	who := layout.Labelled("Asked:", layout.Say(layout.Clip(layout.Clean(asked), MaxContent/5)))
	if userID(by) {
		who = append(who.Say(" · by "), layout.Span{Kind: layout.Mark, Text: "<@" + by + ">"})
	}
	s.put(who)
	switch {
	case ans == nil:
	case ans.Abstained:
		s.put(layout.Labelled("Answered:", layout.Say("nothing; the library has no answer.")))
	default:
		for _, g := range layout.Groups(ans)[:min(1, len(ans.Claims))] {
			s.first(layout.Labelled("Answered:", g.Text), MaxContent/4)
		}
		var cites []string
		for _, c := range ans.Citations {
			cites = append(cites, c.Cite.String())
		}
		if len(cites) > 0 {
			s.put(layout.Labelled("Cited:", layout.Say(layout.Clip(strings.Join(cites, "; "), MaxContent/8))))
		}
		s.small(layout.Closing("Information, not legal advice", layout.Clip(ans.ID, maxRef), layout.Clip(ans.Model, maxRef)))
	}
	set := []discordgo.Button{s.button(ActionTaken, "I Answer This", "")}
	if to := threadLink(thread); to != "" {
		set = append(set, discordgo.Button{Label: "Open the Thread", Style: discordgo.LinkButton, URL: to})
	}
	s.buttons(set...)
	return s.one()
}

// first puts the beginning of a paragraph, and says that there is more.
func (s *sheet) first(p layout.Para, most int) {
	all := chunks(p, most)
	if len(all) == 0 {
		return
	}
	text := all[0]
	if len(all) > 1 {
		text += " …"
	}
	s.parts = append(s.parts, part{text: text, sep: apart})
}

// Taken replaces the controls of a hand-off: who answers it. person is their
// Discord id.
func (v View) Taken(asked, person string) Message {
	s := &sheet{}
	s.put(layout.Labelled("Asked:", layout.Say(layout.Clip(layout.Clean(asked), MaxContent/5))))
	p := layout.Say("A person answers this: advocate is quiet in that thread.")
	if userID(person) {
		p = append(p.Say(" "), layout.Span{Kind: layout.Mark, Text: fmt.Sprintf("<@%s>", person)})
	}
	s.small(p)
	return s.one()
}

// threadLink is a link to a channel, thread or message as Discord itself
// gives it, or "".
func threadLink(s string) string {
	rest, ok := strings.CutPrefix(s, "https://discord.com/channels/")
	if !ok || strings.Trim(strings.TrimPrefix(rest, "@me"), "0123456789/") != "" || len(s) > MaxURL {
		return ""
	}
	return s
}
