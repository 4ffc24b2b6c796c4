package discord

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
	"github.com/everycategory/advocate/bot/discord/discordtest"
	"github.com/everycategory/advocate/bot/ledger"
)

// fixed answers everything alike.
type fixed struct {
	chat.Assistant
	ans *bot.Answer
}

func (f fixed) Ask(context.Context, bot.Request) (*bot.Answer, error) { return f.ans, nil }

// short is an answer of one message.
var short = &bot.Answer{Claims: []bot.Claim{{Text: "An answer.", Part: bot.Lead}}, Model: "composer"}

// press presses the button of a message that does an action with a value.
func (r *rig) press(user string, m discordtest.Seen, action, value string) *discordtest.Delivery {
	r.Helper()
	for _, b := range m.Actions {
		if Action(b.CustomID) == action && (value == "" || strings.HasSuffix(b.CustomID, "/"+value)) {
			return r.discord.Press(user, m.Message, b.CustomID)
		}
	}
	r.Fatalf("there is no button for %s %s among %d", action, value, len(m.Actions))
	return nil
}

// TestWhatAsks: a mention, an answer to the program, a direct message; nothing
// else is heard, or answered.
func TestWhatAsks(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{answer: fixed{ans: short}})
	for _, text := range []string{"What is it?", "@advocate what is it?", "Is a bot here?"} {
		r.discord.Type(member, questions, text)
	}
	r.discord.Write(discordtest.Message{Channel: questions, User: discordtest.OtherBot, Content: mention + " What is it?"})
	r.discord.Write(discordtest.Message{Channel: questions, User: member, Content: mention + " What is it?", Webhook: true})
	q := r.discord.Type(member, questions, mention+" What is it?")
	a := r.discord.AwaitReply(member, q.Message)
	r.discord.Edit(q.Message, mention+" What is it now?")
	r.discord.Reply(member, a, "And then?")
	r.discord.Until("an answer to the answer", func() bool { return r.asks.Load() == 2 })
	r.discord.Type(member, discordtest.DM(member), "What is it?")
	r.sees(member, discordtest.DM(member), "An answer")
	r.idle()
	if n := r.asks.Load(); n != 3 {
		t.Errorf("asked %d times", n)
	}
}

// TestThreads: a thread begins below a question, goes on in one that is there,
// and where none may begin the answer is a reply.
func TestThreads(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{answer: fixed{ans: short}})
	q := r.discord.Type(member, questions, mention+" What is it?")
	a := r.discord.AwaitReply(member, q.Message)
	if len(r.discord.Threads(questions)) != 1 || a.Channel == questions {
		t.Errorf("it stands in %s", a.Channel)
	}
	again := r.discord.Type(member, a.Channel, mention+" And then?")
	if b := r.discord.AwaitReply(member, again.Message); b.Channel != a.Channel || len(r.discord.Threads(questions)) != 1 {
		t.Errorf("the next stands in %s", b.Channel)
	}
	there := r.discord.Type(member, questions, mention+" Is there a thread?")
	r.discord.AwaitReply(member, there.Message)
	plain := r.discord.Type(member, public, mention+" What is it?")
	if b := r.discord.AwaitReply(member, plain.Message); b.Channel != public || b.Reply != plain.ID {
		t.Errorf("without a thread it stands in %s, answering %q", b.Channel, b.Reply)
	}
	r.discord.Archive(a.Channel, false)
	woken := r.discord.Type(member, a.Channel, mention+" Still there?")
	r.discord.AwaitReply(member, woken.Message)
}

// TestMenus: the menu of a message asks what it asks, and says so where it
// asks nothing that can be read.
func TestMenus(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	q := r.discord.Type(colleague, public, eligible)
	d := r.discord.MessageCommand(member, q.Message, "Ask about this")
	if m := r.discord.AwaitOriginal(d); m.To != member || !strings.Contains(m.Content, "RCW 48.43.045") {
		t.Errorf("it says %q to %s", m.Content, m.To)
	}
	for _, tt := range []struct {
		message discordtest.Message
		want    chat.Notice
	}{
		{discordtest.Message{Channel: public, User: colleague, Content: " "}, chat.NoticeBot},
		{discordtest.Message{Channel: public, User: colleague, Files: []discordtest.File{{Name: "a.pdf", Bytes: []byte("%PDF")}}}, chat.NoticeFile},
		{discordtest.Message{Channel: public, User: discordtest.OtherBot, Content: eligible}, chat.NoticeBot},
	} {
		m := r.discord.Write(tt.message)
		d := r.discord.MessageCommand(member, m.Message, "Ask about this")
		if got := r.discord.AwaitOriginal(d); !strings.Contains(got.Content, first(tt.want)) {
			t.Errorf("%q: it says %q", tt.message.Content, got.Content)
		}
	}
	long := r.discord.Write(discordtest.Message{Channel: public, User: colleague, Content: strings.Repeat("word ", 790) + "is that legal?"})
	if m := r.discord.AwaitOriginal(r.discord.MessageCommand(member, long.Message, "Ask about this")); m.Content == "" {
		t.Error("nothing of 4,000 characters")
	}
	r.discord.MessageCommand(member, q.Message, "Draft a reply")
	if f := r.discord.AwaitModal(member); !strings.Contains(f.Title, "denial") || !strings.Contains(f.Inputs()[0].Value, "massage therapists are not eligible") {
		t.Errorf("the form %q", f.Title)
	}
}

// first is what a notice says first, as Discord shows it.
func first(n chat.Notice) string {
	_, text := layout.Notice(n, notices)
	text, _, _ = strings.Cut(text, "\n")
	return text
}

// TestBoundButtons: what is one person's is nobody else's, what was pressed
// twice is done once, and what is forged or old is neither.
func TestBoundButtons(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	d := r.discord.Slash(member, public, "ask", question)
	r.discord.AwaitOriginal(d)
	r.idle()
	a := r.sees(member, public, "Information, not legal advice")
	for range 2 {
		sure := r.discord.AwaitOriginal(r.press(member, a, ActionSharing, ""))
		r.discord.Press(member, sure, sure.Buttons()[0].CustomID)
		r.idle()
	}
	r.says(member, public, chat.NoticeDone)
	shared := 0
	for _, m := range r.discord.Messages(public) {
		if m.To == "" && strings.Contains(m.Content, "shared by") {
			shared++
		}
	}
	if shared != 1 {
		t.Errorf("shared %d times", shared)
	}
	for _, k := range []chat.Kind{chat.Share, chat.Committee, chat.Document, chat.Ask} {
		o := chat.Order{Keys: []ledger.Key{ledger.Key("theirs:" + string(k))}, Kind: k, Ref: "e1", From: r.app.from("", colleague),
			At: ledger.Place{Platform: Platform, Workspace: discordtest.Guild, Channel: public}}
		_, err := r.chat.Accept(t.Context(), o)
		must(t, err)
	}
	r.idle()
	refused := 0
	for _, m := range r.discord.Messages(discordtest.DM(colleague)) {
		if strings.Contains(m.Content, first(chat.NoticeNotYours)) {
			refused++
		}
	}
	if refused != 4 {
		t.Errorf("%d of 4 were refused", refused)
	}
	forged := r.discord.Write(discordtest.Message{Channel: discordtest.DM(member), User: member, Content: "x"})
	_ = forged
	for _, id := range []string{"share/e999", "fact/e1", "unknown/e1/x", "document/zz/letter", "", "fact/e999/plan=medicare"} {
		c := r.app.interaction(t.Context(), interaction{ID: "1" + id, Type: kindComponent, Token: "t", Guild: discordtest.Guild, At: public, Member: &memberObject{User: &user{ID: member}}, Data: interactionData{CustomID: id}})
		if c == nil {
			t.Errorf("%q: nothing is said", id)
		}
	}
}

// TestForms: a form is the first answer, its fields are read, and what is
// wrong with it is said.
func TestFormsOfPeople(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	r.discord.Slash(member, public, "testify", discordtest.Values{"state": "OR", "minutes": "2", "bill": "HB 2"})
	f := r.discord.AwaitModal(member)
	if f.Title != "Write testimony" {
		t.Errorf("the form %q", f.Title)
	}
	d := r.discord.Submit(member, discordtest.Values{FieldPosition: []string{"support"}, FieldAbout: "It lets every licensed category give covered services."})
	if m := r.discord.AwaitOriginal(d); m.To != member || !strings.Contains(m.Content, "Your testimony") {
		t.Errorf("it says %q", m.Content)
	}
	r.idle()
	r.discord.Slash(member, public, "testify", discordtest.Values{"state": "OR", "minutes": "40"})
	r.discord.AwaitModal(member)
	if m := r.discord.AwaitOriginal(r.discord.Submit(member, discordtest.Values{FieldPosition: []string{"support"}})); !strings.Contains(m.Content, "Between 1 and 15 minutes") {
		t.Errorf("it says %q", m.Content)
	}
	r.discord.Slash(member, public, "check", nil)
	r.discord.AwaitModal(member)
	r.discord.Close(member)
	r.idle()
}

// TestFiles: a letter and the three files of a testimony come as documents, to
// the person alone, with words for who does not see them.
func TestFiles(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	r.discord.Slash(member, public, "rebut", nil)
	r.discord.AwaitModal(member)
	r.discord.Submit(member, discordtest.Values{FieldText: "The plan says massage therapy was not medically necessary for low back pain."})
	letter := r.sees(member, public, "The letter is ready as a file")
	d := r.press(member, letter, ActionDocument, chat.DocumentLetter)
	m := r.discord.AwaitOriginal(d)
	if len(m.Files) != 1 || m.Files[0].Name != "letter.docx" || m.Files[0].Description == "" || m.To != member || !strings.HasPrefix(string(m.Files[0].Bytes), "PK") {
		t.Errorf("it sends %d files to %s", len(m.Files), m.To)
	}
	r.idle()
	fails := newRig(t, setUp{})
	fails.discord.Slash(member, public, "rebut", nil)
	fails.discord.AwaitModal(member)
	fails.discord.Submit(member, discordtest.Values{FieldText: "The plan says massage therapy was not medically necessary for low back pain."})
	letter = fails.sees(member, public, "The letter is ready as a file")
	fails.idle()
	fails.discord.Script(discordtest.Fault{Route: discordtest.EditOriginal, Code: 40005, Status: 413})
	fails.press(member, letter, ActionDocument, chat.DocumentLetter)
	fails.says(member, public, chat.NoticeNoFile)
	fails.sees(member, public, "Sincerely")
}

// TestGivenFiles: a text file is read, from where Discord keeps files; what
// is none is not.
func TestGivenFiles(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		file discordtest.File
		read bool
	}{
		{"text", discordtest.File{Name: "draft.txt", MIME: "text/plain", Bytes: []byte("RCW 48.43.999 says so.")}, true},
		{"docx", discordtest.File{Name: "draft.txt", MIME: "text/plain", Bytes: []byte("PK\x03\x04\x00\x00")}, false},
		{"too long", discordtest.File{Name: "draft.txt", MIME: "text/plain", Bytes: []byte(strings.Repeat("a ", 40<<10))}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, setUp{})
			r.discord.Slash(member, public, "check", nil)
			r.discord.AwaitModal(member)
			r.discord.Submit(member, discordtest.Values{FieldFile: []discordtest.File{tt.file}})
			if tt.read {
				r.sees(member, public, "RCW 48.43.999")
				return
			}
			r.says(member, public, chat.NoticeFile)
		})
	}
}

// TestNoNotes: a note, and whatever names somebody, is refused and nowhere
// kept; one phrase is looked up.
func TestNoNotes(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ledger.db")
	r := newRig(t, setUp{file: file})
	r.discord.Slash(member, public, "rewrite", nil)
	r.discord.AwaitModal(member)
	if m := r.discord.AwaitOriginal(r.discord.Submit(member, discordtest.Values{FieldText: "Pt Jane Doe DOB 04/05/1980 c/o LBP"})); !strings.Contains(m.Content, first(chat.NoticeNoNotes)) || m.To != member {
		t.Errorf("it says %q", m.Content)
	}
	r.discord.Slash(member, public, "rewrite", nil)
	r.discord.AwaitModal(member)
	d := r.discord.Submit(member, discordtest.Values{FieldText: "LBP x 3 wks"})
	if m := r.discord.AwaitOriginal(d); !strings.Contains(strings.ToLower(m.Content), "low back pain") {
		t.Errorf("it says %q", m.Content)
	}
	none := newRig(t, setUp{view: func(v *View) { v.Desk = false }})
	if m := none.discord.AwaitOriginal(none.discord.Slash(member, public, "rebut", nil)); !strings.Contains(m.Content, first(chat.NoticeNoNotes)) {
		t.Errorf("without agreements it says %q", m.Content)
	}
	r.discord.Type(member, questions, mention+" My patient, SSN 123-45-6789, was denied. What now?")
	r.says(member, discordtest.DM(member), chat.NoticeIdentifiers)
	r.idle()
	for _, m := range r.discord.Messages(questions) {
		if m.User == discordtest.Bot {
			t.Errorf("in public stands %q", m.Content)
		}
	}
	if strings.Contains(r.log.String(), "123-45") || strings.Contains(r.log.String(), "Jane") {
		t.Error("the log names somebody")
	}
}

// scoped notes whose documents were searched.
type scoped struct {
	fixed
	asked chan []string
}

func (s scoped) Ask(_ context.Context, r bot.Request) (*bot.Answer, error) {
	s.asked <- r.Scopes
	return s.ans, nil
}

// TestServersApart: settings are of one server, and documents of members of
// the servers at home, there and directly.
func TestServersApart(t *testing.T) {
	t.Parallel()
	mind := scoped{fixed{ans: short}, make(chan []string, 100)}
	r := newRig(t, setUp{answer: mind, home: []string{discordtest.Guild}, chat: func(o *chat.Options) { o.Scopes = func(string) []string { return []string{"members"} } }})
	for _, tt := range []struct {
		name string
		do   func()
		want []string
	}{
		{"a member", func() { r.discord.Type(member, questions, mention+" What is it?") }, []string{"public", "members"}},
		{"a member's command", func() { r.discord.Slash(member, public, "ask", question) }, []string{"public", "members"}},
		{"a member directly", func() { r.discord.Type(member, discordtest.DM(member), "What is it?") }, []string{"public", "members"}},
		{"a stranger", func() { r.discord.Type(stranger, discordtest.Lobby, mention+" What is it?") }, nil},
		{"a stranger's command", func() { r.discord.Slash(stranger, discordtest.Lobby, "ask", question) }, nil},
		{"a stranger directly", func() { r.discord.Type(stranger, discordtest.DM(stranger), "What is it?") }, nil},
	} {
		tt.do()
		if got := <-mind.asked; !slices.Equal(got, tt.want) {
			t.Errorf("%s searches %q, want %q", tt.name, got, tt.want)
		}
		r.idle()
	}
	d := r.discord.Slash(admin, questions, "settings", discordtest.Values{"setting": "answers", "value": "off"})
	r.discord.AwaitOriginal(d)
	r.discord.Type(member, questions, mention+" What is it?")
	r.says(member, discordtest.DM(member), chat.NoticeOff)
	r.discord.Type(stranger, discordtest.Lobby, mention+" What is it?")
	<-mind.asked
	r.idle()
}

// TestHandedOver: the committee is asked with who asks and the way there; once
// a person takes it, or writes in the thread, the program is quiet there.
func TestHandedOver(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{answer: fixed{ans: short}})
	r.discord.AwaitOriginal(r.discord.Slash(admin, questions, "settings", discordtest.Values{"setting": "committee", "value": "<#" + committee + ">"}))
	for _, how := range []string{"taken", "written"} {
		q := r.discord.Type(member, questions, mention+" What is it, "+how+"?")
		reply := r.discord.AwaitReply(member, q.Message)
		r.idle()
		a := r.sees(member, reply.Channel, "An answer")
		r.press(member, a, ActionCommittee, "")
		told := r.sees(colleague, committee, how)
		r.idle()
		if how == "taken" {
			r.press(colleague, told, ActionTaken, "")
			r.sees(colleague, committee, "A person answers this")
		} else {
			r.discord.Type(colleague, reply.Channel, "I know the answer to this.")
			r.discord.Until("it was heard", func() bool {
				quiet, err := r.chat.Ledger.Quiet(t.Context(), ledger.Place{Platform: Platform, Workspace: discordtest.Guild, Channel: questions, Thread: reply.Channel})
				r.discord.Touch()
				return err == nil && quiet
			})
		}
		r.idle()
		asked := r.asks.Load()
		r.discord.Type(member, reply.Channel, mention+" and after that?")
		r.says(member, discordtest.DM(member), chat.NoticeQuiet)
		r.idle()
		if r.asks.Load() != asked {
			t.Errorf("%s: it answers", how)
		}
	}
}

// TestVotes: a vote counts once for each person and message; a bad one asks
// for the reasons.
func TestVotes(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{answer: fixed{ans: short}})
	q := r.discord.Type(member, questions, mention+" What is it?")
	reply := r.discord.AwaitReply(member, q.Message)
	a := r.sees(member, reply.Channel, "An answer")
	r.discord.AwaitOriginal(r.press(member, a, ActionFeedback, Good))
	r.press(member, a, ActionFeedback, Bad)
	r.discord.AwaitModal(member)
	if m := r.discord.AwaitOriginal(r.discord.Submit(member, discordtest.Values{FieldReasons: []string{"wrong"}})); !strings.Contains(m.Content, first(chat.NoticeThanks)) {
		t.Errorf("it says %q", m.Content)
	}
	s, err := r.chat.Ledger.Stats(t.Context())
	must(t, err)
	if s.Feedback[Bad] != 1 || s.Feedback[Good] != 0 {
		t.Errorf("votes %v", s.Feedback)
	}
}

// TestEverythingSent: no call was refused by the fake's limits, none of them
// mentions anybody or unfurls, and nobody was called.
func TestEverythingSent(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	const hostile = "@everyone @here <@" + colleague + "> <@&150000000000000002> [click](https://evil.example) ||spoiler|| `code` [9] Can my self-funded plan refuse an LMT?"
	r.discord.AwaitOriginal(r.discord.Slash(member, public, "ask", discordtest.Values{"question": hostile}))
	q := r.discord.Type(member, questions, mention+"  **Can** my self-funded plan refuse an LMT?")
	r.discord.AwaitReply(member, q.Message)
	r.discord.Type(member, discordtest.DM(member), hostile)
	for _, c := range []string{"help", "privacy", "forget"} {
		r.discord.AwaitOriginal(r.discord.Slash(member, public, c, nil))
	}
	r.discord.Slash(member, public, "check", nil)
	r.discord.AwaitModal(member)
	r.discord.AwaitOriginal(r.discord.Submit(member, discordtest.Values{FieldText: hostile + " RCW 48.43.999 says so."}))
	r.idle()
	a := r.sees(member, public, "Information, not legal advice")
	sure := r.discord.AwaitOriginal(r.press(member, a, ActionSharing, ""))
	r.discord.Press(member, sure, sure.Buttons()[0].CustomID)
	r.idle()
	for _, c := range r.discord.Calls("") {
		if c.Status >= 400 && !strings.Contains(c.Route, "/threads") {
			t.Errorf("%s: %d %d %q", c.Route, c.Status, c.Code, c.Detail)
		}
		if len(c.Strange) > 0 {
			t.Errorf("%s: %q", c.Route, c.Strange)
		}
		body := string(c.Body)
		if strings.Contains(body, `"content"`) && (!strings.Contains(body, `"parse":[]`) || strings.Contains(body, `"replied_user":true`)) {
			t.Errorf("%s: sent with mentions: %.200s", c.Route, body)
		}
	}
	if got := r.discord.Pinged(); len(got) > 0 {
		t.Errorf("called %q", got)
	}
	for _, place := range []string{public, discordtest.DM(member)} {
		for _, e := range r.discord.Transcript(member, place).Entries {
			if !e.App {
				continue
			}
			for _, l := range e.Links {
				if !strings.HasPrefix(l.URL, "https://advocate.example.org/") {
					t.Errorf("a link to %s", l.URL)
				}
			}
			if len(e.Previews) > 0 {
				t.Errorf("previews of %q", e.Previews)
			}
		}
	}
	if len(r.discord.Unknown()) > 0 {
		t.Errorf("unknown paths %q", r.discord.Unknown())
	}
}

// TestOutdated: what an older client sends is told, and completions never fail.
func TestOutdated(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{answer: fixed{ans: short}})
	d := r.discord.Command(member, public, map[string]any{"id": "1", "name": "draft", "type": 1, "options": []any{map[string]any{"name": "gone", "type": 3, "value": "x"}}})
	if m := r.discord.AwaitOriginal(d); !strings.Contains(m.Content, first(chat.NoticeHere)) {
		t.Errorf("it says %q", m.Content)
	}
	choices, _ := r.discord.Autocomplete(member, public, "ask", "state", "wash", nil)
	if len(choices) == 0 || choices[0].Value != "WA" {
		t.Errorf("offered %v", choices)
	}
	if choices, d := r.discord.Autocomplete(member, public, "ask", "source", "e", nil); len(choices) == 0 || len(choices) > 25 || d.Trouble() != "" {
		t.Errorf("offered %d sources; %s", len(choices), d.Trouble())
	}
}

// TestRegister: commands are written when they changed, and only then.
func TestRegister(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{})
	if wrote, err := r.app.Register(t.Context()); wrote || err != nil {
		t.Errorf("written again: %t, %v", wrote, err)
	}
	if got := r.discord.Commands(member, public); !slices.Contains(got, "/ask") || !slices.Contains(got, "Ask about this") {
		t.Errorf("commands %q", got)
	}
	st, err := r.door.Stand(t.Context())
	must(t, err)
	if !st.Commands || len(st.Servers) == 0 || len(st.Servers[0].Missing) > 0 || !strings.Contains(r.door.Invite(), r.door.Self.App) {
		t.Errorf("it stands %+v", st)
	}
}
