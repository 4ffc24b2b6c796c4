package slacktest_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

func text(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

// modal is one with an input "note" that is required.
func modal(title string, more ...slack.Block) slack.ModalViewRequest {
	in := slack.NewInputBlock("note", text("Your note"), nil, slack.NewPlainTextInputBlockElement(nil, "note_text"))
	return slack.ModalViewRequest{Type: slack.VTModal, Title: text(title), Submit: text("Send"), CallbackID: "rewrite",
		Blocks: slack.Blocks{BlockSet: append([]slack.Block{in}, more...)}}
}

// trigger is that of the last interaction or command of a delivery.
func trigger(t *testing.T, a *app) string {
	t.Helper()
	all := a.all()
	r, err := http.NewRequest(http.MethodPost, "/", nil)
	must(t, err)
	r.PostForm, err = url.ParseQuery(all[len(all)-1].body)
	must(t, err)
	if id := r.PostForm.Get("trigger_id"); id != "" {
		return id
	}
	cb := slack.InteractionCallback{}
	must(t, json.Unmarshal([]byte(r.PostForm.Get("payload")), &cb))
	return cb.TriggerID
}

func TestATriggerOpensOneViewWithinThreeSeconds(t *testing.T) {
	t.Parallel()
	a := &app{}
	s, c := start(t, slacktest.Options{Handler: a})
	s.Run(slacktest.Member, slacktest.Public, "/rewrite", "")
	id := trigger(t, a)
	s.Clock.Advance(3 * time.Second)
	_, err := c.OpenView(id, modal("Rewrite"))
	must(t, err)
	_, err = c.OpenView(id, modal("Rewrite"))
	wants(t, err, "exchanged_trigger_id", "")
	s.Shortcut(slacktest.Member, "rewrite")
	id = trigger(t, a)
	s.Clock.Advance(3*time.Second + time.Millisecond)
	_, err = c.OpenView(id, modal("Rewrite"))
	wants(t, err, "expired_trigger_id", "")
	_, err = c.OpenView("1.2.x", modal("Rewrite"))
	wants(t, err, "invalid_trigger_id", "")
	if v := s.Top(slacktest.Member); v.Title != "Rewrite" || v.CallbackID != "rewrite" || v.User != slacktest.Member {
		t.Errorf("the modal is %+v", v)
	}
}

func TestTheLimitsOfViews(t *testing.T) {
	t.Parallel()
	a := &app{}
	s, c := start(t, slacktest.Options{Handler: a})
	_, err := s.Run(slacktest.Member, slacktest.Public, "/rewrite", ""), error(nil)
	id := trigger(t, a)
	good := func() slack.ModalViewRequest { return modal("Rewrite") }
	for _, l := range []struct {
		name, pointer string
		change        func(v *slack.ModalViewRequest)
	}{
		{"title", "/view/title/text]", func(v *slack.ModalViewRequest) { v.Title = text(x(25)) }},
		{"no title", "/view/title", func(v *slack.ModalViewRequest) { v.Title = nil }},
		{"submit", "/view/submit/text]", func(v *slack.ModalViewRequest) { v.Submit = text(x(25)) }},
		{"no submit", "/view]", func(v *slack.ModalViewRequest) { v.Submit = nil }},
		{"close", "/view/close/text]", func(v *slack.ModalViewRequest) { v.Close = text(x(25)) }},
		{"private_metadata", "/view/private_metadata]", func(v *slack.ModalViewRequest) { v.PrivateMetadata = x(3001) }},
		{"callback_id", "/view/callback_id]", func(v *slack.ModalViewRequest) { v.CallbackID = x(256) }},
		{"external_id", "/view/external_id]", func(v *slack.ModalViewRequest) { v.ExternalID = x(256) }},
		{"type", "/view/type]", func(v *slack.ModalViewRequest) { v.Type = slack.VTHomeTab }},
		{"markdown", "/view/blocks/0/type]", func(v *slack.ModalViewRequest) {
			v.Blocks.BlockSet = []slack.Block{slack.NewMarkdownBlock("", "x")}
		}},
		{"input text", "/view/blocks/0/element/initial_value]", func(v *slack.ModalViewRequest) {
			v.Blocks.BlockSet[0].(*slack.InputBlock).Element.(*slack.PlainTextInputBlockElement).InitialValue = x(3001)
		}},
		{"input length", "/view/blocks/0/element]", func(v *slack.ModalViewRequest) {
			v.Blocks.BlockSet[0].(*slack.InputBlock).Element.(*slack.PlainTextInputBlockElement).MaxLength = 3001
		}},
		{"blocks", "/view/blocks]", func(v *slack.ModalViewRequest) {
			for range 100 {
				v.Blocks.BlockSet = append(v.Blocks.BlockSet, slack.NewDividerBlock())
			}
		}},
	} {
		v := good()
		l.change(&v)
		_, err = c.OpenView(id, v)
		t.Run(l.name, func(t *testing.T) { wants(t, err, "invalid_arguments", l.pointer) })
	}
	v := good()
	v.Title, v.Submit, v.Close, v.PrivateMetadata = text(x(24)), text(x(24)), text(x(24)), x(3000)
	_, err = c.OpenView(id, v)
	must(t, err)
}

func TestViewsAreUpdatedByHash(t *testing.T) {
	t.Parallel()
	a := &app{}
	s, c := start(t, slacktest.Options{Handler: a})
	s.Run(slacktest.Member, slacktest.Public, "/rewrite", "")
	v, err := c.OpenView(trigger(t, a), modal("Loading"))
	must(t, err)
	_, err = c.UpdateView(modal("Ready"), "", "1.other", v.View.ID)
	wants(t, err, "hash_conflict", "")
	next, err := c.UpdateView(modal("Ready"), "", v.View.Hash, v.View.ID)
	must(t, err)
	if next.View.Hash == v.View.Hash || s.Top(slacktest.Member).Title != "Ready" {
		t.Error("the view is not another one")
	}
	_, err = c.UpdateView(modal("Ready"), "", "", "V0")
	wants(t, err, "not_found", "")
	s.Dismiss(s.Top(slacktest.Member))
	_, err = c.UpdateView(modal("Ready"), "", "", v.View.ID)
	wants(t, err, "not_found", "")
}

func TestTheStackHoldsThreeViews(t *testing.T) {
	t.Parallel()
	a := &app{}
	s, c := start(t, slacktest.Options{Handler: a})
	s.Run(slacktest.Member, slacktest.Public, "/rewrite", "")
	go1 := slack.NewActionBlock("more", slack.NewButtonBlockElement("deeper", "", text("Deeper")))
	_, err := c.PushView(trigger(t, a), modal("Lost"))
	wants(t, err, "invalid_trigger_id", "")
	_, err = c.OpenView(trigger(t, a), modal("One", go1))
	must(t, err)
	for _, title := range []string{"Two", "Three"} {
		s.PressIn(s.Top(slacktest.Member), "deeper")
		_, err = c.PushView(trigger(t, a), modal(title, go1))
		must(t, err)
	}
	s.PressIn(s.Top(slacktest.Member), "deeper")
	_, err = c.PushView(trigger(t, a), modal("Four"))
	wants(t, err, "push_limit_reached", "")
	all := s.Views(slacktest.Member)
	if len(all) != 3 || all[2].Root != all[0].ID || all[2].Previous != all[1].ID {
		t.Errorf("the stack is %+v", all)
	}
	s.Dismiss(all[2])
	if s.Top(slacktest.Member).Title != "Two" {
		t.Error("the view below does not show")
	}
}

func TestHomeIsOfOnePerson(t *testing.T) {
	t.Parallel()
	s, c := start(t, slacktest.Options{})
	home := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewHeaderBlock(text("Hello"))}}}
	v, err := c.PublishView(slacktest.Member, home, "")
	must(t, err)
	_, err = c.PublishView(slacktest.Member, home, "1.old")
	wants(t, err, "hash_conflict", "")
	_, err = c.PublishView(slacktest.Member, home, v.View.Hash)
	must(t, err)
	if _, ok := s.Home(slacktest.Admin); ok {
		t.Error("another person has the Home tab")
	}
	if h, ok := s.Home(slacktest.Member); !ok || h.ID != v.View.ID {
		t.Error("the Home tab is not there")
	}
	_, err = c.PublishView(slacktest.Neighbor, home, "")
	wants(t, err, "invalid_arguments", "/user_id")
	home.Blocks.BlockSet = []slack.Block{slack.NewContextActionsBlock("x")}
	_, err = c.PublishView(slacktest.Member, home, "")
	wants(t, err, "invalid_arguments", "/view/blocks/0/type")
}
