package discord

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/chat/layout"
)

// The commands, as an interaction names them.
const (
	CommandAsk      = "ask"
	CommandRebut    = "rebut"
	CommandTestify  = "testify"
	CommandCheck    = "check"
	CommandRewrite  = "rewrite"
	CommandHelp     = "help"
	CommandPrivacy  = "privacy"
	CommandForget   = "forget"
	CommandSettings = "settings"
)

// The commands of a message's menu, as an interaction names them.
const (
	ShortcutAskAbout = "Ask about this" // asks what the message asks, and answers whoever chose it alone
	ShortcutReply    = "Draft a reply"  // opens ModalRebut with the message in it, where View.Desk
)

// optionQuestion is the option of /ask, read as FieldText.
const (
	optionQuestion = "question"
	optionName     = "setting"
	optionValue    = "value"
)

// Commands are all of them. In each place its answer is whoever typed it
// alone; none is for the private conversations of others, or installed for a
// person alone. Their options are those of the forms that are no words of
// anybody: a draft, a reason or a phrase is given in a form, which Discord
// does not show to others.
func Commands() []*discordgo.ApplicationCommand {
	settings := typed(CommandSettings, "For admins: what advocate does in this channel", settingOptions()...)
	admin := int64(discordgo.PermissionManageGuild)
	settings.DefaultMemberPermissions = &admin
	settings.Contexts = &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild}
	return []*discordgo.ApplicationCommand{
		typed(CommandAsk, "Ask about insurance law, billing and evidence for massage; the answer is yours alone", askOptions()...),
		typed(CommandRebut, "Answer an insurer's reason with a letter, without names, numbers or days", factOptions(ModalRebut, FieldText)...),
		typed(CommandTestify, "Write testimony for a hearing, privately", factOptions(ModalTestify, FieldAbout, FieldStory, FieldSpeaker, FieldCommittee, FieldTopic)...),
		typed(CommandCheck, "Check every citation and quotation of a draft, privately", factOptions(ModalCheck, FieldText, FieldMore, FieldFile)...),
		typed(CommandRewrite, "Look up a phrase in clinical language; notes are not taken in Discord"),
		typed(CommandHelp, "What advocate does, with examples"),
		typed(CommandPrivacy, "What is kept of what you write, and for how long"),
		typed(CommandForget, "Delete what is kept of you"),
		settings,
		placed(&discordgo.ApplicationCommand{Type: discordgo.MessageApplicationCommand, Name: ShortcutAskAbout}),
		placed(&discordgo.ApplicationCommand{Type: discordgo.MessageApplicationCommand, Name: ShortcutReply}),
	}
}

// CommandsHash tells whether commands are as they were: they are written to
// Discord, all at once, only where it changed.
func CommandsHash(commands []*discordgo.ApplicationCommand) string {
	data, err := json.Marshal(commands)
	if err != nil {
		return "" // a value that JSON has no word for; there is none here
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

func typed(name, says string, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommand {
	return placed(&discordgo.ApplicationCommand{Type: discordgo.ChatApplicationCommand, Name: name, Description: says, Options: options})
}

// placed is a command with where it is: in servers, and in direct messages
// with the program.
func placed(c *discordgo.ApplicationCommand) *discordgo.ApplicationCommand {
	c.Contexts = &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM}
	c.IntegrationTypes = &[]discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall}
	return c
}

func text(name, says string, most int) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionString, Name: name, Description: says, MaxLength: most}
}

func completed(name, says string) *discordgo.ApplicationCommandOption {
	o := text(name, says, MaxChoice)
	o.Autocomplete = true
	return o
}

func chosen(name, says string, choices []layout.Choice) *discordgo.ApplicationCommandOption {
	o := text(name, says, 0)
	for _, c := range choices {
		o.Choices = append(o.Choices, &discordgo.ApplicationCommandOptionChoice{Name: layout.Clip(c.Text, MaxChoice), Value: c.Value})
	}
	return o
}

func askOptions() []*discordgo.ApplicationCommandOption {
	question := text(optionQuestion, "In a sentence, without names and numbers", maxQuestion)
	question.Required = true
	plain := &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionBoolean, Name: FieldPlain, Description: "Explain the terms in plain words"}
	return []*discordgo.ApplicationCommandOption{question, completed(FieldState, "State of the plan"), chosen(FieldPlan, "Kind of plan", layout.Plans()),
		plain, completed(FieldSource, "A law or document of the library that it is about")}
}

// factOptions are the fields of a form that a command takes, but for those
// that are left to the form. None is required: the form asks.
func factOptions(form string, left ...string) []*discordgo.ApplicationCommandOption {
	var out []*discordgo.ApplicationCommandOption
	skip := map[string]bool{}
	for _, name := range left {
		skip[name] = true
	}
	for _, f := range (View{}).fields(form) {
		says := f.label
		if f.hint != "" {
			says += ". " + f.hint
		}
		says = layout.Clip(says, MaxCommandSays)
		switch {
		case skip[f.name]:
		case f.name == FieldState:
			out = append(out, completed(f.name, f.label))
		case f.kind == oneOf:
			out = append(out, chosen(f.name, says, f.choices))
		default:
			out = append(out, text(f.name, says, f.most))
		}
	}
	return out
}

func settingOptions() []*discordgo.ApplicationCommandOption {
	names := []layout.Choice{{Value: "answers", Text: "answers: whether questions are answered in this channel"}, {Value: "mentions", Text: "mentions: whether a mention is answered in its thread"},
		{Value: "state", Text: "state: whose state a question is about that names none"}, {Value: "committee", Text: "committee: the channel whose people answer"}}
	return []*discordgo.ApplicationCommandOption{chosen(optionName, "Which; left out, all are shown", names), completed(optionValue, "Its value, or “none”; left out, all are shown")}
}
