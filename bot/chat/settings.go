package chat

import (
	"context"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/ledger"
)

// The settings of a place.
const (
	settingAnswers   = "answers"
	settingMentions  = "mentions"
	settingState     = "state"
	settingCommittee = "committee"
)

// settingsOf are those that there are, in the order they are shown.
var settingsOf = []struct {
	name, says string
	values     []string // nil: by rule
}{
	{settingAnswers, "whether questions are answered in this channel: on, as usual, or off", []string{"on", "off"}},
	{settingMentions, "where a mention is answered: thread, as usual, or private, to the person alone", []string{"thread", "private"}},
	{settingState, "whose state a question is about that names none: two letters, such as WA", nil},
	{settingCommittee, "the channel whose people answer what is handed to them", nil},
}

// settings shows the settings of a place, or sets one, for admins.
func (w *work) settings(ctx context.Context) (string, error) {
	words := strings.Fields(string(w.job.Text))
	if len(words) == 0 {
		return "shown", w.showSettings(ctx)
	}
	who, err := w.Door.Who(ctx, w.job.From, w.to)
	switch {
	case err != nil:
		return "", err
	case !who.Admin:
		return string(NoticeNotAdmin), w.tell(ctx, NoticeNotAdmin)
	}
	name, value, ok := readSetting(w.Rules, words)
	if !ok {
		if err := w.say(ctx, "not-known", w.to, Saying{Notice: NoticeSetting}, Shape{Private: true}); err != nil {
			return "", err
		}
		return string(NoticeSetting), w.showSettings(ctx)
	}
	at := w.job.At
	at.Thread = ""
	if err := w.Ledger.Set(ctx, ledger.Setting{At: at, Key: name, Value: ledger.Text(value), By: w.job.From}); err != nil {
		return "", err
	}
	return "set", w.showSettings(ctx)
}

// settingWords are the words behind the command as they are stored: a setting
// and its value, nothing where they are to be shown, or "?". What else a
// person may have typed is not kept.
func settingWords(rules *coverage.Rules, typed string) string {
	words := strings.Fields(typed)
	if len(words) > 0 && words[0] == "set" {
		words = words[1:]
	}
	if len(words) == 0 || words[0] == "show" || words[0] == "help" {
		return ""
	}
	name, value, ok := readSetting(rules, words)
	switch {
	case !ok:
		return "?"
	case value == "":
		value = "none"
	}
	return name + " " + value
}

// readSetting reads "name value"; the value "none" takes it away.
func readSetting(rules *coverage.Rules, words []string) (name, value string, ok bool) {
	if len(words) != 2 {
		return "", "", false
	}
	name, value = strings.ToLower(words[0]), words[1]
	i := slices.IndexFunc(settingsOf, func(s struct {
		name, says string
		values     []string
	}) bool {
		return s.name == name
	})
	switch {
	case i < 0:
		return "", "", false
	case strings.EqualFold(value, "none"):
		return name, "", true
	case settingsOf[i].values != nil:
		value = strings.ToLower(value)
		return name, value, slices.Contains(settingsOf[i].values, value)
	case name == settingState:
		value = strings.ToUpper(value)
		return name, value, slices.ContainsFunc(rules.States(), func(s coverage.State) bool { return s.Code == value })
	}
	return name, channelOf(value), channelOf(value) != ""
}

// channelOf is the id of a channel as platforms write a link to one, "<#C1|name>"
// or "<#1>", or of its own; "" where it is neither.
func channelOf(s string) string {
	s, _, _ = strings.Cut(strings.TrimSuffix(strings.TrimPrefix(s, "<#"), ">"), "|")
	if s == "" || len(s) > 32 || strings.ContainsFunc(s, func(r rune) bool { return (r < '0' || r > '9') && (r < 'A' || r > 'Z') }) {
		return ""
	}
	return s
}

func (w *work) showSettings(ctx context.Context) error {
	var out []Setting
	for _, x := range settingsOf {
		s, ok, err := w.Ledger.Setting(ctx, w.job.At, x.name)
		if err != nil {
			return err
		}
		show := Setting{Name: x.name, Says: x.says}
		if ok {
			show.Value, show.By, show.Set, show.Wide = string(s.Value), s.By, s.Set, s.At.Channel == ""
		}
		out = append(out, show)
	}
	return w.say(ctx, "reply", w.to, Saying{Settings: out}, Shape{Private: true})
}
