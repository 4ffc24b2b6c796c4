package slack

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
)

// notices are what those say that are Slack's own, or name what is on its
// screen; "\n" is between what happened and what to do.
var notices = map[chat.Notice]string{
	chat.NoticeFacts:       "A state, a plan type or a fact is none that I know.\nOpen the form and choose from its lists, or leave them out: they are then read from your words.",
	chat.NoticeDay:         "The day cannot be read.\nChoose it in the form's calendar.",
	chat.NoticeUnreadable:  "That is not text that I can read, or it is too long.\nSend plain words, at most the letter or note of one visit.",
	chat.NoticeEmpty:       "There is no question here that I can read.\nAsk in a sentence, for example: “They say it was not medically necessary. What do I answer?”",
	chat.NoticeNoNotes:     "Notes and denials are not taken in Slack here: they hold health information, and whoever runs this has not stated that the agreements for it are signed. Nothing of it was read or kept.",
	chat.NoticeNoteSlash:   "Never put a note behind a command: Slack keeps what is typed there. What you typed was not read, kept or sent on.\nDelete it from your drafts if it still stands there, and use the form.",
	chat.NoticeIdentifiers: "Your message seems to name somebody, or what identifies somebody. I answered you alone; what I found of that is left out, and not kept.\nTo take your message away: point at it, choose “More actions” (three dots), and “Delete message…”. Then ask again without it.",
	chat.NoticeSent:        "It is ready, in your direct messages with me: you alone see it there.",
	chat.NoticeSetting:     "That setting, or its value, is none that I know. Nothing was changed.\nWrite the command with “set”, a name and a value, as below.",
	chat.NoticeForgotten:   "What was kept of you is deleted. Messages in Slack stay until you delete them; receipts hold no words of yours.",
	chat.NoticeLost:        "I was interrupted, and notes and stories are never kept, so I no longer have yours.\nOpen the form and paste it again.",
	chat.NoticeFile:        "That file cannot be read here.\nOpen a form and paste its words, or give it there as plain text: .txt or .md, at most 64 kB.",
	chat.NoticeNoFile:      "The file could not be sent to Slack. Its text follows, to be copied.",
	chat.NoticeForm:        "The form did not open: Slack waited too long for it.\nTry once more, the same way.",
	chat.NoticeHere:        "That does not work in this place.\nWrite to me in a direct message, or mention me in a channel that I am in.",
	chat.NoticeNotAdmin:    "Only admins of this workspace change what I do in a channel.\nAsk one of them.",
	chat.NoticeGuest:       "In a channel shared with others, and for guests, I search public documents only.",
}

// Notice is a message that says n. ref is as in chat.Shape, for the buttons that a
// notice can have: "Try Again", "Open the Form".
func (v View) Notice(n chat.Notice, ref string) Message {
	n, text := layout.Notice(n, notices)
	s := &sheet{ref: ref}
	s.put(layout.Say(text))
	switch n {
	case chat.NoticeFailed, chat.NoticeLate:
		s.buttons("again", button(ActionAgain, -1, "Try Again", ""))
	case chat.NoticeFacts, chat.NoticeDay, chat.NoticeEmpty:
		s.buttons("open", button(ActionOpen, 0, "Open the Question Form", ModalAsk))
	case chat.NoticeNoNotes:
		if page := v.page("rewrite"); page != "" {
			s.put(linked(layout.Para{}.Say("Where this program's own page takes them, "), "the form is there", page).Say("."))
		}
		s.put(layout.Say("On your own machine, 'advocate rewrite', 'advocate rebut' and 'advocate serve' do it, and nothing leaves that machine."))
	case chat.NoticeNoteSlash:
		if v.Notes {
			s.buttons("open", button(ActionOpen, 0, "Open the Note Form", ModalRewrite))
		}
	case chat.NoticeLost, chat.NoticeFile:
		s.buttons("open", v.openers(false)...)
	case chat.NoticeBusy, chat.NoticeOften, chat.NoticeExpired, chat.NoticeHere:
		if page := v.page(""); page != "" {
			s.put(linked(layout.Para{}.Say("Or ask "), "on the page", page).Say("."))
		}
	}
	return s.one()
}

// page is a place on our own page, or "".
func (v View) page(name string) string {
	if v.Page == "" {
		return ""
	}
	return address(strings.TrimSuffix(v.Page, "/") + "/" + name)
}

// Progress is the line that stands while an answer is made, with the button
// that stops it. It is replaced by the checked answer.
func (v View) Progress(stage bot.Stage, ref string) Message {
	s := &sheet{ref: ref}
	s.small(layout.Say(Status(stage)))
	s.buttons("stop", heard(button(ActionStop, -1, "Stop", ""), "Stop working on this answer"))
	return s.one()
}

// Status is a stage as a status line says it: "Finding the law …". It holds no
// comma, at which slack-go would cut it.
func Status(stage bot.Stage) string {
	return layout.Status(bot.Stage(Plain(string(stage))))
}

// HandOff is what the committee's channel is told: the question as it was
// redacted, who asks for people by their Slack id, what was answered, and the
// way to the thread. thread is Slack's own link to it, or "".
func (v View) HandOff(asked string, ans *bot.Answer, by, thread, ref string) Message {
	s := &sheet{ref: ref}
	s.head("A question for people")
	who := layout.Labelled("Asked:", layout.Say(layout.Clip(layout.Clean(asked), MaxSection/2)))
	if userID(by) {
		who = append(who.Say(" · by "), layout.Span{Kind: layout.Mark, Text: "<@" + by + ">"})
	}
	s.put(who)
	switch {
	case ans == nil:
	case ans.Abstained:
		s.put(layout.Labelled("Answered:", layout.Say("nothing. "+layout.Clip(strings.Join(ans.Warnings, " "), MaxSection/2))))
	default:
		for _, g := range layout.Groups(ans)[:min(1, len(ans.Claims))] {
			var cites layout.Para
			for i, c := range layout.Used(ans.Citations, leading(ans)) {
				if i > 0 {
					cites = cites.Say("; ")
				}
				cites = linked(cites.Marks([]int{c.N}).Say(string(layout.NBSP)), c.Cite.String(), v.places().Address(c))
			}
			s.put(layout.Labelled("Answered:", g.Text))
			if len(cites) > 0 {
				s.put(layout.Labelled("Cited:", cites))
			}
		}
		s.small(layout.Closing("Information, not legal advice", ans.ID, ans.Model))
	}
	set := []*slack.ButtonBlockElement{heard(button(ActionTaken, -1, "I Answer This", ""), "I answer this: advocate says nothing more in that thread")}
	if to := slackLink(thread); to != "" {
		b := button(ActionLink, -1, "Open the Thread", "")
		b.URL = to
		set = append(set, b)
	}
	s.buttons("committee", set...)
	return s.one()
}

// leading are the claims of an answer's first group.
func leading(ans *bot.Answer) []bot.Claim {
	for i, c := range ans.Claims {
		if c.Part != ans.Claims[0].Part || c.Branch != ans.Claims[0].Branch {
			return ans.Claims[:i]
		}
	}
	return ans.Claims
}

// Taken replaces the controls of a hand-off: who answers it. person is their
// Slack id.
func (v View) Taken(asked, person string) Message {
	s := &sheet{}
	s.put(layout.Labelled("Asked:", layout.Say(layout.Clip(layout.Clean(asked), MaxSection/2))))
	p := layout.Say("A person answers this: advocate is quiet in that thread.")
	if userID(person) {
		p = append(p.Say(" "), layout.Span{Kind: layout.Mark, Text: fmt.Sprintf("<@%s>", person)})
	}
	s.small(p)
	return s.one()
}

// slackLink is a link to a message as Slack itself gives it, or "".
func slackLink(s string) string {
	to := address(s)
	rest, ok := strings.CutPrefix(to, "https://")
	host, _, _ := strings.Cut(rest, "/")
	if !ok || !strings.HasSuffix(host, ".slack.com") {
		return ""
	}
	return to
}
