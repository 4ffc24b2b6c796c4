package discordtest_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/discord/discordtest"
)

func buttons(all ...discordgo.MessageComponent) []discordgo.MessageComponent {
	return []discordgo.MessageComponent{discordgo.ActionsRow{Components: all}}
}

// offered posts a message with two buttons and a select.
func offered(t *testing.T, s *discordtest.Server, c *discordgo.Session) discordtest.Message {
	t.Helper()
	m, err := c.ChannelMessageSendComplex(discordtest.Public, &discordgo.MessageSend{Content: "Which?", Components: append(
		buttons(discordgo.Button{Label: "Share", CustomID: "share"}, discordgo.Button{Label: "Old", CustomID: "old", Disabled: true}),
		buttons(discordgo.SelectMenu{CustomID: "plan", Options: []discordgo.SelectMenuOption{{Label: "A", Value: "a"}, {Label: "B", Value: "b"}}})...)})
	must(t, err)
	return s.Message(discordtest.Public, m.ID)
}

func TestAButtonUpdatesItsMessage(t *testing.T) {
	t.Parallel()
	s, c, a := serving(t, discordtest.Options{})
	m := offered(t, s, c)
	a.does(func(i *discordgo.Interaction) *discordgo.InteractionResponse {
		return reply(discordgo.InteractionResponseUpdateMessage, &discordgo.InteractionResponseData{Content: "Shared by " + i.Member.User.ID})
	})
	d := s.Press(discordtest.Member, m, "share")
	i := a.last(t)
	if i.MessageComponentData().CustomID != "share" || i.Message.ID != m.ID || d.Type != discordtest.ComponentType {
		t.Errorf("the interaction is %+v", i)
	}
	now := s.Message(discordtest.Public, m.ID)
	if now.Content != "Shared by "+discordtest.Member || len(now.Buttons()) != 0 || now.Edited.IsZero() {
		t.Errorf("the message is %+v", now)
	}
	_, err := c.InteractionResponseEdit(i, edit("later"))
	must(t, err)
	if s.Message(discordtest.Public, m.ID).Content != "later" {
		t.Error("@original is not the message of the button")
	}
}

func TestAButtonThatIsDeferred(t *testing.T) {
	t.Parallel()
	s, c, a := serving(t, discordtest.Options{})
	m := offered(t, s, c)
	a.does(says(discordgo.InteractionResponseDeferredMessageUpdate, nil))
	d := s.PressLabel(discordtest.Member, m, "Share")
	if n := len(s.Messages(discordtest.Public)); n != 1 || d.Deferred() || d.Trouble() != "" {
		t.Errorf("%d messages, trouble %q", n, d.Trouble())
	}
	_, err := c.FollowupMessageCreate(a.last(t), true, &discordgo.WebhookParams{Content: "only you", Flags: discordgo.MessageFlagsEphemeral})
	must(t, err)
	if n := len(s.Transcript(discordtest.Colleague, discordtest.Public).Entries); n != 1 {
		t.Errorf("somebody else sees %d", n)
	}
	a.does(func(*discordgo.Interaction) *discordgo.InteractionResponse { panic("no") })
	if d = s.Press(discordtest.Member, m, "share"); d.Trouble() != discordtest.InteractionFailed {
		t.Errorf("trouble %q", d.Trouble())
	}
}

func TestASelect(t *testing.T) {
	t.Parallel()
	s, c, a := serving(t, discordtest.Options{})
	m := offered(t, s, c)
	s.Select(discordtest.Member, m, "plan", "b")
	if data := a.last(t).MessageComponentData(); data.Values[0] != "b" || data.ComponentType != discordgo.SelectMenuComponent {
		t.Errorf("the data are %+v", data)
	}
}

func form(rows ...discordgo.MessageComponent) *discordgo.InteractionResponse {
	return reply(discordgo.InteractionResponseModal, &discordgo.InteractionResponseData{Title: "A letter", CustomID: "letter", Components: rows})
}

func TestAModalOfRows(t *testing.T) {
	t.Parallel()
	s, _, a := serving(t, discordtest.Options{})
	a.does(func(i *discordgo.Interaction) *discordgo.InteractionResponse {
		if i.Type == discordgo.InteractionModalSubmit {
			return said("Done.")
		}
		return form(buttons(discordgo.TextInput{CustomID: "why", Label: "Why?", Style: discordgo.TextInputParagraph, Required: true, MaxLength: 10})[0],
			buttons(discordgo.TextInput{CustomID: "more", Label: "More?", Style: discordgo.TextInputShort})[0])
	})
	s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	m := s.Modal(discordtest.Member)
	if m == nil || m.Title != "A letter" || m.Inputs()[0].Label != "Why?" || m.Inputs()[0].MaxLength != 10 {
		t.Fatalf("the modal is %+v", m)
	}
	if got := m.Shown().String(); got != "== modal letter\nA letter (app)\n  _ Why? * (why)\n\n  _ More? (more)\n\n  [Cancel] [Submit]\n" {
		t.Errorf("it shows %q", got)
	}
	d := s.Submit(discordtest.Member, discordtest.Values{"why": "so\r\n🙂"})
	in := a.last(t).ModalSubmitData().Components[0].(*discordgo.ActionsRow).Components[0].(*discordgo.TextInput)
	if in.CustomID != "why" || in.Value != "so\r\n🙂" || s.Modal(discordtest.Member) != nil || s.AwaitOriginal(d).Content != "Done." {
		t.Errorf("sent %+v", in)
	}
}

func TestAModalIsNoAnswerToAModalAndNotAfterADeferral(t *testing.T) {
	t.Parallel()
	s, c, a := serving(t, discordtest.Options{})
	open := form(buttons(discordgo.TextInput{CustomID: "why", Label: "Why?", Style: discordgo.TextInputShort})[0])
	s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	wants(t, c.InteractionRespond(a.last(t), open), 400, 40060)
	a.does(func(*discordgo.Interaction) *discordgo.InteractionResponse { return open })
	s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	d := s.Submit(discordtest.Member, nil)
	if d.Trouble() != discordtest.ModalFailed || s.Modal(discordtest.Member) == nil || d.Type != discordtest.ModalType {
		t.Errorf("trouble %q", d.Trouble())
	}
	s.Close(discordtest.Member)
	if s.Modal(discordtest.Member) != nil {
		t.Error("the modal is open")
	}
}

func TestModalsThatAreRefused(t *testing.T) {
	t.Parallel()
	text := func(o obj) obj {
		base := obj{"type": 4, "custom_id": "a", "style": 1}
		for k, v := range o {
			base[k] = v
		}
		return base
	}
	labelled := func(e obj) obj { return obj{"type": 18, "label": "x", "component": e} }
	for name, c := range map[string]struct {
		data obj
		want string
	}{
		"46 in the title":  {obj{"title": long(46), "custom_id": "a", "components": []any{labelled(text(nil))}}, "data.title: Must be 45"},
		"no title":         {obj{"custom_id": "a", "components": []any{labelled(text(nil))}}, "data.title: This field"},
		"id":               {obj{"title": "x", "custom_id": long(101), "components": []any{labelled(text(nil))}}, "data.custom_id: Must be 100"},
		"nothing in it":    {obj{"title": "x", "custom_id": "a"}, "data.components:"},
		"six":              {obj{"title": "x", "custom_id": "a", "components": many(6, func(int) any { return obj{"type": 10, "content": "x"} })}, "data.components:"},
		"a button":         {obj{"title": "x", "custom_id": "a", "components": []any{row(pressable("a"))}}, "data.components.0.components.0.type"},
		"input's label":    {obj{"title": "x", "custom_id": "a", "components": []any{row(text(obj{"label": long(46)}))}}, "label: Must be 45"},
		"input's value":    {obj{"title": "x", "custom_id": "a", "components": []any{labelled(text(obj{"value": long(4001)}))}}, "value: Must be 4000"},
		"input's most":     {obj{"title": "x", "custom_id": "a", "components": []any{labelled(text(obj{"max_length": 4001}))}}, "max_length:"},
		"placeholder":      {obj{"title": "x", "custom_id": "a", "components": []any{labelled(text(obj{"placeholder": long(101)}))}}, "placeholder: Must be 100"},
		"label of a label": {obj{"title": "x", "custom_id": "a", "components": []any{labelled(text(obj{"label": "y"}))}}, "label: The label stands"},
		"eleven files":     {obj{"title": "x", "custom_id": "a", "components": []any{labelled(obj{"type": 19, "custom_id": "f", "max_values": 11})}}, "max_values:"},
	} {
		s, c2 := start(t, discordtest.Options{Handler: later})
		register(t, c2)
		d := s.Slash(discordtest.Member, discordtest.Public, "ask", question)
		status, out := do(t, s, "POST", "/interactions/"+d.ID+"/"+d.Token+"/callback", obj{"type": 9, "data": c.data})
		if status != 400 || out["code"] != 50035.0 {
			t.Errorf("%s: %d %v", name, status, out)
		}
		detail(t, s, c.want)
	}
}

// everyInput is a modal with one input of each kind.
func everyInput() obj {
	in := func(label string, e obj) obj { return obj{"type": 18, "label": label, "component": e} }
	two := []any{obj{"label": "A", "value": "a"}, obj{"label": "B", "value": "b"}}
	return obj{"title": "All", "custom_id": "all", "components": []any{
		in("Text", obj{"type": 4, "custom_id": "text", "style": 2, "required": false}),
		in("Pick", obj{"type": 3, "custom_id": "pick", "options": two}),
		in("File", obj{"type": 19, "custom_id": "file"}),
		in("Radio", obj{"type": 21, "custom_id": "radio", "options": two}),
		in("Boxes", obj{"type": 22, "custom_id": "boxes", "options": two})}}
}

func TestAModalOfLabels(t *testing.T) {
	t.Parallel()
	var raw []byte
	h := &answering{say: func(body []byte) any {
		if raw = body; strings.Contains(string(body), `"type":5`) {
			return obj{"type": 4, "data": obj{"content": "Done."}}
		}
		return obj{"type": 9, "data": everyInput()}
	}}
	s, c := start(t, discordtest.Options{Handler: h})
	register(t, c)
	s.Slash(discordtest.Member, discordtest.Public, "ask", question)
	d := s.Submit(discordtest.Member, discordtest.Values{"text": "t", "pick": []string{"b"}, "radio": "a", "boxes": []string{"a", "b"},
		"file": []discordtest.File{{Name: "a.pdf", Bytes: []byte("%PDF-1.4")}}})
	if s.AwaitOriginal(d).Content != "Done." {
		t.Error("no answer")
	}
	var in struct {
		Data struct {
			Components []struct {
				Type      int
				Component struct {
					CustomID string `json:"custom_id"`
					Value    any
					Values   []string
				}
			}
			Resolved struct{ Attachments map[string]obj }
		}
	}
	must(t, json.Unmarshal(raw, &in))
	all := in.Data.Components
	if len(all) != 5 || all[0].Component.Value != "t" || all[1].Component.Values[0] != "b" || all[3].Component.Value != "a" || len(all[4].Component.Values) != 2 ||
		in.Data.Resolved.Attachments[all[2].Component.Values[0]]["filename"] != "a.pdf" {
		t.Errorf("sent %s", raw)
	}
}
