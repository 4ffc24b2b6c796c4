package chat

import (
	"strings"
	"testing"
)

// TestLeans: which questions stand alone.
func TestLeans(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"and if the employer funds it itself?": true,
		"What about Oregon?":                   true,
		"Is that legal?":                       true,
		"why":                                  true,
		"same for Medicaid?":                   true,
		"ok and how long do they have":         true,
		"Do I need prior authorization for the first massage visits?":                                      false,
		"My plan says massage is not covered. Can they do that to me in Washington, and what do I answer?": false,
		"How do I find out whether the plan is self-funded?":                                               false,
	} {
		if got := leans(text); got != want {
			t.Errorf("%q leans: %t", text, got)
		}
	}
}

// TestFollow: what was said in a thread holds on, until something else is said.
func TestFollow(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	ask := func(text string) {
		t.Helper()
		w.gives(Ask, func(o *Order) { o.Ask.Text = text })
	}
	ask("My self-funded plan in Washington pays physical therapists and not massage therapists. Is it legal?")
	ask("what about Oregon?")
	got := w.mind.last()
	if got.State != "OR" || got.Plan != "self-funded" || !strings.Contains(got.Text, "physical therapists") || !strings.HasSuffix(got.Text, "what about Oregon?") {
		t.Errorf("asked %+v", got)
	}
	ask("and if it is insured?")
	if got = w.mind.last(); got.State != "OR" || got.Plan != "fully-insured" || strings.Contains(got.Text, "Oregon") || !strings.Contains(got.Text, "physical therapists") {
		t.Errorf("asked %+v", got)
	}
	ask("How many days do I have to appeal a denial for lack of medical necessity?")
	if got = w.mind.last(); strings.Contains(got.Text, "physical") || got.State != "OR" {
		t.Errorf("asked %+v", got)
	}
	w.gives(Ask, func(o *Order) { o.At.Thread, o.Ask.Text = "elsewhere", "what about Oregon?" })
	if got = w.mind.last(); strings.Contains(got.Text, "physical") || got.Plan != "" {
		t.Errorf("asked %+v", got)
	}
	direct := func(text string) {
		t.Helper()
		w.gives(Ask, func(o *Order) { o.At.Thread, o.At.Channel, o.Direct, o.Ask.Text = "dm", "dm", true, text })
	}
	direct("My self-funded plan in Washington pays physical therapists and not massage therapists. Is it legal?")
	direct("what about Oregon?")
	if got = w.mind.last(); got.State != "OR" || got.Plan != "self-funded" {
		t.Errorf("directly it asked %+v", got)
	}
	direct("How many days do I have to appeal a denial for lack of medical necessity?")
	if got = w.mind.last(); got.State != "" || got.Plan != "" {
		t.Errorf("a question that stands alone is asked as %+v", got)
	}
}
