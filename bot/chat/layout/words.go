package layout

import (
	"maps"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/cite"
)

// partNames are the labels of parts, as the page has them.
var partNames = map[bot.Part]string{bot.Limits: "Limits", bot.Next: "What to do next", bot.Terms: "In plain words", bot.Documents: "In your documents"}

// statusWords are the verdicts of a check as the page says them.
var statusWords = map[cite.Status]string{
	cite.StatusVerified:      "verified",
	cite.StatusFound:         "found",
	cite.StatusUnchecked:     "not checked",
	cite.StatusMisquoted:     "misquoted",
	cite.StatusWrongPinpoint: "wrong place",
	bot.DoesNotApply:         "does not apply",
	cite.StatusSuperseded:    "superseded",
	cite.StatusOutside:       "not in the library",
	cite.StatusMalformed:     "no such citation",
}

// SayVerdicts says what the verdicts of a check mean.
const SayVerdicts = "verified: the words quoted stand in the place cited. found: the place is held and can apply; nothing was quoted. " +
	"not checked: held as a digest, without these words or that place. not in the library: nothing is known of it here, and it may be invented."

// kindLines say what a letter is.
var kindLines = map[bot.LetterKind]string{
	bot.Appeal:        "Appeal",
	bot.RequestLetter: "Request, not an appeal",
	bot.Explanation:   "Explanation, not an appeal",
	"":                "No letter",
}

// speechNames are the parts of a testimony as a reader knows them.
var speechNames = map[bot.SpeechPart]string{
	bot.PartOpening: "Opening", bot.PartBill: "The bill", bot.PartProblem: "The problem", bot.PartLaw: "The law",
	bot.PartEvidence: "The evidence", bot.PartLimit: "What is not said", bot.PartStory: "Your story", bot.PartAsk: "What you ask",
}

// markNames are the marks of sentences that are not the speaker's own.
var markNames = map[bot.Mark]string{bot.MarkLaw: "law", bot.MarkEvidence: "evidence", bot.MarkOpinion: "opinion"}

// Examples are questions that people ask, for help and the Home tab.
func Examples() []string {
	return []string{
		"My plan pays physical therapists but says massage therapists are not eligible. Is that legal in Washington?",
		"They say it was not medically necessary. What do I answer?",
		"Do I need prior authorization for the first massage visits in Washington?",
		"The insurer wants money back for visits it already paid. Must I pay?",
		"How do I find out whether the plan is self-funded?",
	}
}

// Status is a stage as a status line says it: "Finding the law …".
func Status(stage bot.Stage) string {
	text := UpperFirst(strings.ReplaceAll(string(stage), ",", ""))
	if text == "" {
		text = "Working"
	}
	return text + " …"
}

// LowerFirst is s with its first letter small.
func LowerFirst(s string) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	return strings.ToLower(string(r[:1])) + string(r[1:])
}

// UpperFirst is s with its first letter large.
func UpperFirst(s string) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// spokenNotices are what the notices say that are said alike everywhere; "\n"
// is between what happened and what to do.
var spokenNotices = map[chat.Notice]string{
	chat.NoticeBusy:        "I am answering as many questions as I can at once.\nAsk again in a minute: yours was not kept.",
	chat.NoticeOften:       "That is more questions than I take here in so short a time.\nWait a minute, and ask again.",
	chat.NoticeFailed:      "That did not work, though I tried more than once.\nTry again. If it happens again, tell whoever runs this.",
	chat.NoticeStopped:     "Stopped. Nothing more is done on that question.\nAsk again whenever you like.",
	chat.NoticeLate:        "That took too long and was given up.\nTry again; a shorter question is quicker.",
	chat.NoticeNoDesk:      "That is not done here.\nAsk whoever runs this, or use the program on your own machine.",
	chat.NoticePrivate:     "I answered you alone, because of what the question holds.",
	chat.NoticeNotYours:    "That button belongs to whoever asked.\nAsk the question yourself, and you get your own.",
	chat.NoticeExpired:     "That answer is no longer known here: too much time went by, or it was deleted.\nAsk again, and use the new buttons.",
	chat.NoticeDone:        "That button was pressed before, and works once.\nIf nothing came of it, ask again, and use the new buttons.",
	chat.NoticeThanks:      "Thank you. What people say of answers is read, and the library is mended by it.",
	chat.NoticeShared:      "Shared: everybody in the channel sees it now.",
	chat.NoticeQuiet:       "A person answers in this thread, so I say nothing more here.\nTo ask me something else, write to me directly or mention me outside this thread.",
	chat.NoticeOff:         "I do not answer questions in this channel: an admin has set it so.\nAsk with /ask, which answers you alone, or write to me directly.",
	chat.NoticeHanded:      "The committee was asked, with your question as it stands here and without what identifies somebody. People answer; until one does, you can go on asking me.",
	chat.NoticeNoCommittee: "There is no committee to ask here.\nAsk whoever runs this to choose a channel for it.",
	chat.NoticeBot:         "There are no words of a person in that message.\nChoose a message with a question, or ask me in your own words.",
	chat.NoticeUnsent:      "An answer to you may have been lost on its way.\nIf you do not see one, ask again.",
}

// LetterName says what a letter is.
func LetterName(kind bot.LetterKind) string { return kindLines[kind] }

// Verdict is what a check found of a citation, as the page says it.
func Verdict(s cite.Status) string { return statusWords[s] }

// Notice is what n says: as the platform's own words have it, or else as every
// platform says it. Of a notice that neither knows it is chat.NoticeFailed.
func Notice(n chat.Notice, own map[chat.Notice]string) (chat.Notice, string) {
	for _, said := range []map[chat.Notice]string{own, spokenNotices} {
		if text, ok := said[n]; ok {
			return n, text
		}
	}
	return chat.NoticeFailed, spokenNotices[chat.NoticeFailed]
}

// Alike are the notices that every platform says alike, sorted.
func Alike() []chat.Notice { return slices.Sorted(maps.Keys(spokenNotices)) }

// MarkName is what a sentence of testimony is, or "" where it is the speaker's
// own.
func MarkName(m bot.Mark) string { return markNames[m] }
