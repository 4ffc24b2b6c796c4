package discordtest_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/discord/discordtest"
)

var update = flag.Bool("update", false, "write the golden files")

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		must(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	must(t, err)
	if got != string(want) {
		t.Errorf("%s is now\n%s", file, got)
	}
}

// talk is a channel with one of everything.
func talk(t *testing.T) *discordtest.Server {
	t.Helper()
	s, c, a := serving(t, discordtest.Options{})
	none := &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
	q := s.Type(discordtest.Member, discordtest.Public, discordtest.Mention(discordtest.Bot)+" How many visits?")
	must(t, c.MessageReactionAdd(discordtest.Public, q.ID, "👀"))
	_, err := c.ChannelMessageSendComplex(discordtest.Public, &discordgo.MessageSend{AllowedMentions: none, Reference: &discordgo.MessageReference{MessageID: q.ID},
		Content: "# Visits\n**Twelve**, says [the rule](<https://law.example/1>) to <@" + discordtest.Member + ">.\n- ||hidden||\n1. `code`\n> quoted\n-# small",
		Embeds:  []*discordgo.MessageEmbed{{Title: "Sources", Description: "one", Fields: []*discordgo.MessageEmbedField{{Name: "Rule", Value: "WAC"}}, Footer: &discordgo.MessageEmbedFooter{Text: "checked"}}},
		Components: append(buttons(discordgo.Button{Label: "Share", CustomID: "share"}, discordgo.Button{Label: "Read", Style: discordgo.LinkButton, URL: "https://law.example/1"}),
			buttons(discordgo.SelectMenu{CustomID: "plan", Placeholder: "Plan", Options: []discordgo.SelectMenuOption{{Label: "A", Value: "a"}}})...)})
	must(t, err)
	s.Clock.Advance(time.Minute)
	s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	_, err = c.InteractionResponseEdit(a.last(t), edit("Careless: "+discordtest.Mention(discordtest.Colleague)+" https://law.example/2"))
	must(t, err)
	a.does(says(discordgo.InteractionResponseChannelMessageWithSource, &discordgo.InteractionResponseData{Content: "```\nfor you\n```", Flags: discordgo.MessageFlagsEphemeral}))
	s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	_, err = c.ChannelMessageSendComplex(discordtest.Public, &discordgo.MessageSend{Flags: discordgo.MessageFlagsIsComponentsV2, AllowedMentions: none, Components: []discordgo.MessageComponent{
		discordgo.Container{Components: []discordgo.MessageComponent{discordgo.TextDisplay{Content: "In a box <@" + discordtest.Admin + ">"}, discordgo.Separator{}}}}})
	must(t, err)
	a.does(func(*discordgo.Interaction) *discordgo.InteractionResponse { panic("no") })
	s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	a.does(deferred)
	s.Slash(discordtest.Colleague, discordtest.Public, "ask", question)
	_, err = c.ChannelFileSend(discordtest.Public, "letter.docx", strings.NewReader("x"))
	must(t, err)
	must(t, c.ChannelTyping(discordtest.Public))
	return s
}

func TestWhatAPersonSees(t *testing.T) {
	t.Parallel()
	s := talk(t)
	tr := s.Transcript(discordtest.Member, discordtest.Public)
	golden(t, "transcript.txt", tr.String())
	golden(t, "light.html", tr.HTML(discordtest.Light))
	golden(t, "dark.html", tr.HTML(discordtest.Dark))
	if got := strings.Join(tr.Pings(), " "); got != discordtest.Colleague {
		t.Errorf("pings %q", got)
	}
	if got := strings.Join(tr.Previews(), " "); got != "https://law.example/2" {
		t.Errorf("previews %q", got)
	}
	if got := tr.Links(); len(got) != 3 || got[0] != (discordtest.Link{Text: "the rule", URL: "https://law.example/1"}) || !got[2].Auto {
		t.Errorf("links %v", got)
	}
}

func TestWhatOthersSee(t *testing.T) {
	t.Parallel()
	s := talk(t)
	all := s.Transcript(discordtest.Colleague, discordtest.Public)
	for _, e := range all.Entries {
		if e.OnlyYou {
			t.Errorf("%s sees %q", discordtest.Colleague, e.Words)
		}
	}
	if len(all.Entries) != len(s.Transcript(discordtest.Member, discordtest.Public).Entries)-2 {
		t.Error("there is more or less")
	}
	if got := s.Transcript(discordtest.Stranger, discordtest.Public); len(got.Entries) != 0 {
		t.Error("a stranger sees it")
	}
	if got := s.Transcript(discordtest.Member, discordtest.Committee).Entries; len(got) != 0 {
		t.Error("a member sees the committee")
	}
}

func TestPeopleChangeTheirMessages(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	b, _ := identified(t, s, usual|discordtest.GuildMessageReactions)
	q := s.Type(discordtest.Member, discordtest.Public, "one")
	s.Edit(q.Message, "two "+discordtest.Mention(discordtest.Bot))
	if p := b.until("MESSAGE_UPDATE"); !strings.Contains(string(p.D), "two") {
		t.Errorf("it says %s", p.D)
	}
	s.React(discordtest.Member, q.Message, "👍")
	b.until("MESSAGE_REACTION_ADD")
	s.Unreact(discordtest.Member, q.Message, "👍")
	b.until("MESSAGE_REACTION_REMOVE")
	s.Delete(q.Message)
	if p := b.until("MESSAGE_DELETE"); strings.Contains(string(p.D), "content") {
		t.Errorf("it says %s", p.D)
	}
	m := post(t, c, discordtest.Public, "x")
	s.Remove(discordtest.Admin, s.Message(discordtest.Public, m.ID))
	if n := len(s.Messages(discordtest.Public)); n != 0 {
		t.Errorf("%d messages", n)
	}
}

func TestAnEphemeralMessageIsDismissed(t *testing.T) {
	t.Parallel()
	s, _, a := serving(t, discordtest.Options{})
	a.does(says(discordgo.InteractionResponseChannelMessageWithSource, &discordgo.InteractionResponseData{Content: "x", Flags: discordgo.MessageFlagsEphemeral}))
	m := s.AwaitOriginal(s.Slash(discordtest.Member, discordtest.Public, "ask", question))
	s.Dismiss(m)
	if n := len(s.Transcript(discordtest.Member, discordtest.Public).Entries); n != 0 {
		t.Errorf("%d messages", n)
	}
}
