package slack

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
)

// notices are what each says; "\n" is between what happened and what to do.
var notices = map[chat.Notice]string{
	chat.NoticeBusy:        "I am answering as many questions as I can at once.\nAsk again in a minute: yours was not kept.",
	chat.NoticeOften:       "That is more questions than I take here in so short a time.\nWait a minute, and ask again.",
	chat.NoticeFailed:      "That did not work, though I tried more than once.\nTry again. If it happens again, tell whoever runs this.",
	chat.NoticeStopped:     "Stopped. Nothing more is done on that question.\nAsk again whenever you like.",
	chat.NoticeLate:        "That took too long and was given up.\nTry again; a shorter question is quicker.",
	chat.NoticeFacts:       "A state, a plan type or a fact is none that I know.\nOpen the form and choose from its lists, or leave them out: they are then read from your words.",
	chat.NoticeDay:         "The day cannot be read.\nChoose it in the form's calendar.",
	chat.NoticeUnreadable:  "That is not text that I can read, or it is too long.\nSend plain words, at most the letter or note of one visit.",
	chat.NoticeEmpty:       "There is no question here that I can read.\nAsk in a sentence, for example: “They say it was not medically necessary. What do I answer?”",
	chat.NoticeNoNotes:     "Notes and denials are not taken in Slack here: they hold health information, and whoever runs this has not stated that the agreements for it are signed. Nothing of it was read or kept.",
	chat.NoticeNoteSlash:   "Never put a note behind a command: Slack keeps what is typed there. What you typed was not read, kept or sent on.\nDelete it from your drafts if it still stands there, and use the form.",
	chat.NoticeNoDesk:      "That is not done here.\nAsk whoever runs this, or use the program on your own machine.",
	chat.NoticeIdentifiers: "Your message seems to name somebody, or what identifies somebody. I answered you alone; what I found of that is left out, and not kept.\nTo take your message away: point at it, choose “More actions” (three dots), and “Delete message…”. Then ask again without it.",
	chat.NoticePrivate:     "I answered you alone, because of what the question holds.",
	chat.NoticeNotYours:    "That button belongs to whoever asked.\nAsk the question yourself, and you get your own.",
	chat.NoticeExpired:     "That answer is no longer known here: too much time went by, or it was deleted.\nAsk again, and use the new buttons.",
	chat.NoticeDone:        "That button was pressed before, and works once.\nIf nothing came of it, ask again, and use the new buttons.",
	chat.NoticeThanks:      "Thank you. What people say of answers is read, and the library is mended by it.",
	chat.NoticeShared:      "Shared: everybody in the channel sees it now.",
	chat.NoticeSent:        "It is ready, in your direct messages with me: you alone see it there.",
	chat.NoticeQuiet:       "A person answers in this thread, so I say nothing more here.\nTo ask me something else, write to me directly or mention me outside this thread.",
	chat.NoticeOff:         "I do not answer questions in this channel: an admin has set it so.\nAsk with /ask, which answers you alone, or write to me directly.",
	chat.NoticeSetting:     "That setting, or its value, is none that I know. Nothing was changed.\nWrite the command with “set”, a name and a value, as below.",
	chat.NoticeHanded:      "The committee was asked, with your question as it stands here and without what identifies somebody. People answer; until one does, you can go on asking me.",
	chat.NoticeNoCommittee: "There is no committee to ask here.\nAsk whoever runs this to choose a channel for it.",
	chat.NoticeForgotten:   "What was kept of you is deleted. Messages in Slack stay until you delete them; receipts hold no words of yours.",
	chat.NoticeLost:        "I was interrupted, and notes and stories are never kept, so I no longer have yours.\nOpen the form and paste it again.",
	chat.NoticeFile:        "That file cannot be read here.\nOpen a form and paste its words, or give it there as plain text: .txt or .md, at most 64 kB.",
	chat.NoticeNoFile:      "The file could not be sent to Slack. Its text follows, to be copied.",
	chat.NoticeForm:        "The form did not open: Slack waited too long for it.\nTry once more, the same way.",
	chat.NoticeHere:        "That does not work in this place.\nWrite to me in a direct message, or mention me in a channel that I am in.",
	chat.NoticeBot:         "There are no words of a person in that message.\nChoose a message with a question, or ask me in your own words.",
	chat.NoticeNotAdmin:    "Only admins of this workspace change what I do in a channel.\nAsk one of them.",
	chat.NoticeGuest:       "In a channel shared with others, and for guests, I search public documents only.",
	chat.NoticeUnsent:      "An answer to you may have been lost on its way.\nIf you do not see one, ask again.",
}

// Notice is a message that says n. ref is as in chat.Shape, for the buttons that a
// notice can have: "Try Again", "Open the Form".
func (v View) Notice(n chat.Notice, ref string) Message {
	text, ok := notices[n]
	if !ok {
		n, text = chat.NoticeFailed, notices[chat.NoticeFailed]
	}
	s := &sheet{ref: ref}
	s.put(say(text))
	switch n {
	case chat.NoticeFailed, chat.NoticeLate:
		s.buttons("again", button(ActionAgain, -1, "Try Again", ""))
	case chat.NoticeFacts, chat.NoticeDay, chat.NoticeEmpty:
		s.buttons("open", button(ActionOpen, 0, "Open the Question Form", ModalAsk))
	case chat.NoticeNoNotes:
		if page := v.page("rewrite"); page != "" {
			s.put(para{}.say("Where this program's own page takes them, ").linked("the form is there", page).say("."))
		}
		s.put(say("On your own machine, 'advocate rewrite', 'advocate rebut' and 'advocate serve' do it, and nothing leaves that machine."))
	case chat.NoticeNoteSlash:
		if v.Notes {
			s.buttons("open", button(ActionOpen, 0, "Open the Note Form", ModalRewrite))
		}
	case chat.NoticeLost, chat.NoticeFile:
		s.buttons("open", v.openers(false)...)
	case chat.NoticeBusy, chat.NoticeOften, chat.NoticeExpired, chat.NoticeHere:
		if page := v.page(""); page != "" {
			s.put(para{}.say("Or ask ").linked("on the page", page).say("."))
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
	s.small(say(Status(stage)))
	s.buttons("stop", heard(button(ActionStop, -1, "Stop", ""), "Stop working on this answer"))
	return s.one()
}

// Status is a stage as a status line says it: "Finding the law …". It holds no
// comma, at which slack-go would cut it.
func Status(stage bot.Stage) string {
	text := upperFirst(strings.ReplaceAll(Plain(string(stage)), ",", ""))
	if text == "" {
		text = "Working"
	}
	return text + " …"
}

// HandOff is what the committee's channel is told: the question as it was
// redacted, who asks for people by their Slack id, what was answered, and the
// way to the thread. thread is Slack's own link to it, or "".
func (v View) HandOff(asked string, ans *bot.Answer, by, thread, ref string) Message {
	s := &sheet{ref: ref}
	s.head("A question for people")
	who := labelled("Asked:", say(clip(clean(asked), MaxSection/2)))
	if userID(by) {
		who = append(who.say(" · by "), span{kind: mark, text: "<@" + by + ">"})
	}
	s.put(who)
	switch {
	case ans == nil:
	case ans.Abstained:
		s.put(labelled("Answered:", say("nothing. "+clip(strings.Join(ans.Warnings, " "), MaxSection/2))))
	default:
		for _, g := range groups(ans)[:min(1, len(ans.Claims))] {
			var cites para
			for i, c := range used(ans.Citations, leading(ans)) {
				if i > 0 {
					cites = cites.say("; ")
				}
				cites = cites.marks([]int{c.N}).say(string(nbsp)).linked(c.Cite.String(), v.address(c))
			}
			s.put(labelled("Answered:", g.text))
			if len(cites) > 0 {
				s.put(labelled("Cited:", cites))
			}
		}
		s.small(closing("Information, not legal advice", ans.ID, ans.Model))
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
	s.put(labelled("Asked:", say(clip(clean(asked), MaxSection/2))))
	p := say("A person answers this: advocate is quiet in that thread.")
	if userID(person) {
		p = append(p.say(" "), span{kind: mark, text: fmt.Sprintf("<@%s>", person)})
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
