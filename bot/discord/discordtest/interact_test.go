package discordtest_test

import (
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/discord/discordtest"
)

// over is a fake whose app is connected to the gateway, and gets interactions
// over got.
func over(t *testing.T, opts discordtest.Options) (s *discordtest.Server, c *discordgo.Session, got chan *discordgo.Interaction) {
	t.Helper()
	opts.Patience = 50 * time.Millisecond // the tests answer later
	s, c = start(t, opts)
	register(t, c)
	got = make(chan *discordgo.Interaction, 10)
	c.AddHandler(func(_ *discordgo.Session, i *discordgo.InteractionCreate) { got <- i.Interaction })
	connect(t, s, c)
	return s, c, got
}

func reply(kind discordgo.InteractionResponseType, data *discordgo.InteractionResponseData) *discordgo.InteractionResponse {
	return &discordgo.InteractionResponse{Type: kind, Data: data}
}

func said(text string) *discordgo.InteractionResponse {
	return reply(discordgo.InteractionResponseChannelMessageWithSource, &discordgo.InteractionResponseData{Content: text})
}

func edit(text string) *discordgo.WebhookEdit { return &discordgo.WebhookEdit{Content: &text} }

func TestADeferralIsEditedOverTheGateway(t *testing.T) {
	t.Parallel()
	s, c, got := over(t, discordtest.Options{})
	d := s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	i := <-got
	must(t, c.InteractionRespond(i, reply(discordgo.InteractionResponseDeferredChannelMessageWithSource,
		&discordgo.InteractionResponseData{Flags: discordgo.MessageFlagsEphemeral})))
	if !d.Acknowledged() || !d.Deferred() {
		t.Error("it is not deferred")
	}
	if e := s.Transcript(discordtest.Member, discordtest.Public).Entries; len(e) != 1 || !e[0].Thinking || !e[0].OnlyYou {
		t.Errorf("the person sees %+v", e)
	}
	wants(t, c.InteractionRespond(i, said("again")), 400, 40060)
	s.Clock.Advance(14 * time.Minute)
	m, err := c.InteractionResponseEdit(i, edit("So."))
	must(t, err)
	if now := s.AwaitOriginal(d); now.ID != m.ID || now.To != discordtest.Member || now.Flags != discordtest.Ephemeral || d.Deferred() {
		t.Errorf("the answer is %+v", now)
	}
	if n := len(s.Transcript(discordtest.Colleague, discordtest.Public).Entries); n != 0 {
		t.Errorf("somebody else sees %d messages", n)
	}
	_, err = c.ChannelMessage(discordtest.Public, m.ID)
	wants(t, err, 404, 10008)
	s.Clock.Advance(time.Minute)
	_, err = c.InteractionResponseEdit(i, edit("late"))
	wants(t, err, 401, 50027)
	_, err = c.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Content: "late"})
	wants(t, err, 401, 50027)
}

func TestThreeSeconds(t *testing.T) {
	t.Parallel()
	s, c, got := over(t, discordtest.Options{})
	d := s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	i := <-got
	_, err := c.InteractionResponseEdit(i, edit("early"))
	wants(t, err, 404, 10015)
	s.Clock.Advance(3 * time.Second)
	wants(t, c.InteractionRespond(i, said("late")), 404, 10062)
	if d.Trouble() != discordtest.DidNotRespond {
		t.Errorf("trouble %q", d.Trouble())
	}
	e := s.Transcript(discordtest.Member, discordtest.Public).Entries
	if len(e) != 1 || e[0].Words != discordtest.DidNotRespond || !e[0].OnlyYou {
		t.Errorf("the person sees %+v", e)
	}
	d = s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	i = <-got
	s.Clock.Advance(2999 * time.Millisecond)
	must(t, c.InteractionRespond(i, said("in time")))
	if d.Trouble() != "" {
		t.Errorf("trouble %q", d.Trouble())
	}
	i.Token = "forged"
	wants(t, c.InteractionRespond(i, said("x")), 404, 10062)
}

func TestADeferralThatIsForgottenFailsWithItsToken(t *testing.T) {
	t.Parallel()
	s, _, _ := serving(t, discordtest.Options{})
	s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	s.Clock.Advance(15 * time.Minute)
	if e := s.Transcript(discordtest.Member, discordtest.Public).Entries; e[0].Words != discordtest.DidNotRespond || e[0].Thinking {
		t.Errorf("the person sees %q", e[0].Words)
	}
}

func TestNobodyIsThere(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	register(t, c)
	begin := time.Now()
	d := s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	if d.Trouble() != discordtest.DidNotRespond || time.Since(begin) > time.Second {
		t.Errorf("trouble %q", d.Trouble())
	}
}

func TestFollowups(t *testing.T) {
	t.Parallel()
	s, c, a := serving(t, discordtest.Options{})
	d := s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	i := a.last(t)
	first, err := c.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Content: "one", Flags: discordgo.MessageFlagsEphemeral})
	must(t, err)
	if m, _ := d.Original(); m.ID != first.ID || m.To != "" || d.Deferred() {
		t.Errorf("the first follow-up is no longer the deferred message: %+v", m)
	}
	if got := s.Calls(discordtest.CreateFollowup)[0].Strange; len(got) != 1 {
		t.Errorf("strange: %q", got)
	}
	second, err := c.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Content: "two", Flags: discordgo.MessageFlagsEphemeral})
	must(t, err)
	if m := s.Message(discordtest.Public, second.ID); m.To != discordtest.Member || m.Reply != first.ID {
		t.Errorf("the second is %+v", m)
	}
	_, err = c.FollowupMessageEdit(i, second.ID, edit("2"))
	must(t, err)
	must(t, c.FollowupMessageDelete(i, second.ID))
	_, err = c.FollowupMessageEdit(i, second.ID, edit("3"))
	wants(t, err, 404, 10008)
	_, err = c.InteractionResponse(i)
	must(t, err)
	must(t, c.InteractionResponseDelete(i))
	_, err = c.InteractionResponse(i)
	wants(t, err, 404, 10008)
	i.AppID = discordtest.Bot // which is not the app
	_, err = c.InteractionResponse(i)
	wants(t, err, 404, 10015)
}

func TestFiveFollowupsOfAUsersOwnApp(t *testing.T) {
	t.Parallel()
	s, c, a := serving(t, discordtest.Options{})
	a.does(func(*discordgo.Interaction) *discordgo.InteractionResponse { return said("x") })
	s.Slash(discordtest.Member, discordtest.Elsewhere, "ask", question)
	i := a.last(t)
	if i.GuildID != discordtest.OutsideGuild || i.AuthorizingIntegrationOwners[discordgo.ApplicationIntegrationUserInstall] != discordtest.Member ||
		len(i.AuthorizingIntegrationOwners) != 1 {
		t.Errorf("the interaction is %+v", i)
	}
	for range 5 {
		_, err := c.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Content: "x"})
		must(t, err)
	}
	_, err := c.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Content: "x"})
	wants(t, err, 400, 40094)
}

func TestPayloads(t *testing.T) {
	t.Parallel()
	s, _, a := serving(t, discordtest.Options{})
	s.AddUser(discordtest.User{ID: discordtest.Colleague, Name: "sample.colleague", GlobalName: "Sample Colleague", Locale: "es-ES",
		Roles: []string{discordtest.CommitteeRole}})
	letter := discordtest.File{Name: "letter.pdf", Bytes: []byte("%PDF-1.4")}
	s.Slash(discordtest.Colleague, discordtest.Public, "ask", discordtest.Values{"question": "q", "for": discordtest.Member, "letter": letter})
	i := a.last(t)
	data := i.ApplicationCommandData()
	switch {
	case i.User != nil || i.Member == nil || i.Member.User.ID != discordtest.Colleague || i.Context != discordgo.InteractionContextGuild:
		t.Errorf("from %+v", i.Member)
	case i.Locale != discordgo.SpanishES || *i.GuildLocale != discordgo.EnglishUS || i.AppPermissions&discordgo.PermissionSendMessages == 0:
		t.Errorf("in %s, %s", i.Locale, *i.GuildLocale)
	case i.Member.Permissions&discordgo.PermissionManageGuild != 0 || i.Member.Roles[0] != discordtest.CommitteeRole:
		t.Errorf("may %d", i.Member.Permissions)
	case data.Options[0].StringValue() != "q" || data.Resolved.Users[discordtest.Member].Username != "sample.member" || data.Resolved.Members[discordtest.Member] == nil:
		t.Errorf("the data are %+v", data)
	}
	f := data.Resolved.Attachments[data.Options[2].Value.(string)]
	if f == nil || f.Filename != "letter.pdf" || f.ContentType != "application/pdf" || !f.Ephemeral {
		t.Errorf("the file is %+v", f)
	}
	s.Slash(discordtest.Member, discordtest.DM(discordtest.Member), "ask", question)
	if i = a.last(t); i.Member != nil || i.User.ID != discordtest.Member || i.GuildID != "" || i.Context != discordgo.InteractionContextBotDM {
		t.Errorf("in a direct message: %+v", i)
	}
}

func TestAMessageCommandGetsTheWholeMessage(t *testing.T) {
	t.Parallel()
	s, _, a := serving(t, discordtest.Options{})
	a.does(func(*discordgo.Interaction) *discordgo.InteractionResponse { return said("x") })
	q := s.Type(discordtest.Colleague, discordtest.Public, "The letter says no.")
	s.MessageCommand(discordtest.Member, q.Message, "Ask about this")
	data := a.last(t).ApplicationCommandData()
	if m := data.Resolved.Messages[data.TargetID]; m == nil || m.Content != "The letter says no." || m.Author.ID != discordtest.Colleague {
		t.Errorf("the data are %+v", data)
	}
	s.UserCommand(discordtest.Member, discordtest.Public, discordtest.Admin, "Who is this")
	data = a.last(t).ApplicationCommandData()
	if data.TargetID != discordtest.Admin || data.Resolved.Users[discordtest.Admin] == nil {
		t.Errorf("the data are %+v", data)
	}
}

func TestAutocompletion(t *testing.T) {
	t.Parallel()
	s, _, a := serving(t, discordtest.Options{})
	offer := func(n int) {
		all := []*discordgo.ApplicationCommandOptionChoice{}
		for range n {
			all = append(all, &discordgo.ApplicationCommandOptionChoice{Name: "How many visits?", Value: "visits"})
		}
		a.does(says(discordgo.InteractionApplicationCommandAutocompleteResult, &discordgo.InteractionResponseData{Choices: all}))
	}
	offer(25)
	got, d := s.Autocomplete(discordtest.Member, discordtest.Public, "ask", "question", "How", nil)
	o := a.last(t).ApplicationCommandData().Options[0]
	if len(got) != 25 || got[0].Value != "visits" || !o.Focused || o.StringValue() != "How" || d.Trouble() != "" {
		t.Errorf("offered %v for %+v", got, o)
	}
	offer(26)
	if got, d = s.Autocomplete(discordtest.Member, discordtest.Public, "ask", "question", "How", nil); got != nil || d.Trouble() != discordtest.OptionsFailed {
		t.Errorf("offered %v", got)
	}
	a.does(deferred)
	if _, d = s.Autocomplete(discordtest.Member, discordtest.Public, "ask", "question", "How", nil); d.Attempts()[0].Problem == "" {
		t.Error("an autocompletion can be deferred")
	}
}

func TestOutdatedClients(t *testing.T) {
	t.Parallel()
	s, _, a := serving(t, discordtest.Options{})
	d := s.Command(discordtest.Member, discordtest.Public, obj{"id": "1", "name": "gone", "type": 1, "options": []any{obj{"name": "old", "type": 3, "value": "x"}}})
	if a.last(t).ApplicationCommandData().Name != "gone" || !d.Acknowledged() {
		t.Error("it did not come")
	}
}

func TestAnswersOfTheHandlerThatFail(t *testing.T) {
	t.Parallel()
	s, _, a := serving(t, discordtest.Options{Patience: 100 * time.Millisecond})
	a.does(func(*discordgo.Interaction) *discordgo.InteractionResponse { panic("no") })
	d := s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	if d.Trouble() != discordtest.DidNotRespond || d.Attempts()[0].Panic != "no" {
		t.Errorf("trouble %q", d.Trouble())
	}
	a.does(func(*discordgo.Interaction) *discordgo.InteractionResponse { return said(long(2001)) })
	d = s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	if d.Trouble() != discordtest.DidNotRespond || d.Attempts()[0].Problem != "50035: Invalid Form Body; data.content: Must be 2000 or fewer in length." {
		t.Errorf("problem %q", d.Attempts()[0].Problem)
	}
	a.does(func(*discordgo.Interaction) *discordgo.InteractionResponse {
		_ = s.Clock.Sleep(t.Context(), 4*time.Second)
		return said("late")
	})
	d = s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	s.Clock.Advance(4 * time.Second)
	if d.Trouble() != discordtest.DidNotRespond || !d.Attempts()[0].Late || len(s.Messages(discordtest.Public)) != 3 {
		t.Errorf("late: %+v", d.Attempts())
	}
}
