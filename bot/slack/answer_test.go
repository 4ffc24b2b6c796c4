package slack

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
)

// golden reads questions of evals/golden: their words and state.
func golden(t *testing.T, name string, most int) []bot.Request {
	t.Helper()
	f, err := os.Open("../../evals/golden/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []bot.Request
	for sc := bufio.NewScanner(f); sc.Scan(); {
		key, value, _ := strings.Cut(sc.Text(), ": ")
		switch key {
		case "q":
			out = append(out, bot.Request{Text: value})
		case "state":
			out[len(out)-1].State = value
		}
	}
	if len(out) < most {
		t.Fatalf("%s has %d questions, want %d", name, len(out), most)
	}
	return out[:most]
}

// TestGoldenQuestions: the blocks read back have the claims, the numbers of
// their citations and the sources of the answer, in its order.
func TestGoldenQuestions(t *testing.T) {
	t.Parallel()
	a, v := assistant(t), view(t)
	v.Link, v.Agent, v.Committee = ownPage, true, true
	answered, split := 0, 0
	for _, r := range append(golden(t, "questions.txt", 40), golden(t, "decline.txt", 12)...) {
		ans, err := a.Ask(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		out := v.Answer(ans, chat.Shape{Ref: "e1", Private: true, Asked: r.Text})
		within(t, out)
		shown := seen(out)
		keptWhole(t, ans, fold(strings.Join(shown, "\n")))
		if len(out) > 1 {
			split++
		}
		if ans.Abstained {
			continue
		}
		answered++
		sameLine(t, ans, shown)
		sameLinks(t, ans, out)
		for _, b := range buttonsOf(out[0].Blocks) {
			if q := ans.Question; q != nil && Action(b.ActionID) == ActionFact {
				if fact, option, ok := Said(b.Value); !ok || fact != q.Fact || !slices.Contains(q.Options, option) {
					t.Errorf("a button says %q, the question has %v", b.Value, q.Options)
				}
				if strings.HasSuffix(b.Text.Text, "…") {
					t.Errorf("the label of %q is cut: %q", b.Value, b.Text.Text)
				}
			}
		}
		if t.Failed() {
			t.Fatalf("question %q", r.Text)
		}
	}
	if answered < 35 {
		t.Errorf("%d questions were answered", answered)
	}
	if split > answered/2 {
		t.Errorf("%d of %d answers need more than one message", split, answered)
	}
}

// sameLine: whom the law binds is said as the terminal says it.
func sameLine(t *testing.T, ans *bot.Answer, shown []string) {
	t.Helper()
	line := bot.Applies(ans.Applicability, ans.Question)
	if line != "" && (!strings.Contains(ans.Render(bot.Plain), "\n"+line+"\n") || !slices.Contains(shown, line)) {
		t.Errorf("%q is not what the terminal says", line)
	}
}

// sameLinks: each source leads to its place on our page, and nothing else
// leads anywhere.
func sameLinks(t *testing.T, ans *bot.Answer, out []Message) {
	t.Helper()
	var want []string
	for _, c := range ans.Citations {
		want = append(want, ownPage(c.Source, c.Pinpoint))
	}
	if got := links(out); !slices.Equal(got, want) {
		t.Errorf("links %q, want %q", got, want)
	}
}

// TestOfficialAddresses: without a page of our own, sources lead to the
// publisher.
func TestOfficialAddresses(t *testing.T) {
	t.Parallel()
	ans, err := assistant(t).Ask(t.Context(), bot.Request{Text: "can they refuse me because I'm an LMT?", State: "WA"})
	if err != nil {
		t.Fatal(err)
	}
	got := links(view(t).Answer(ans, chat.Shape{}))
	if len(got) == 0 {
		t.Error("no source leads anywhere")
	}
	for _, to := range got {
		if !slices.ContainsFunc(ans.Citations, func(c bot.Citation) bool { return address(c.URL) == to }) {
			t.Errorf("%q is of no source", to)
		}
	}
}

// TestSafetyComesFirst: what comes before any answer is the first block.
func TestSafetyComesFirst(t *testing.T) {
	t.Parallel()
	ans := &bot.Answer{First: "Call 911 now.", Unanswered: "No fee is named here.", Claims: []bot.Claim{{Text: "It may not.", Part: bot.Lead}}}
	out := view(t).Answer(ans, chat.Shape{})
	if got := seen(out)[:3]; !slices.Equal(got, []string{"Call 911 now.", "No fee is named here.", "It may not."}) {
		t.Errorf("%q", got)
	}
	if !strings.HasPrefix(out[0].Text, "Call 911 now.") {
		t.Errorf("the notification says %q", out[0].Text)
	}
}

// TestButtons: who may share sees the button, and each block says whose
// answer it is of.
func TestButtons(t *testing.T) {
	t.Parallel()
	ans := &bot.Answer{Claims: []bot.Claim{{Text: "It may not.", Part: bot.Lead}}, Followups: []string{"And self-funded?", strings.Repeat("long ", 30)}}
	for _, tt := range []struct {
		shape     chat.Shape
		committee bool
		want      []string
	}{
		{chat.Shape{Ref: "e7"}, false, []string{"follow:0", "feedback:0", "feedback:1"}},
		{chat.Shape{Ref: "e7", Private: true}, true, []string{"follow:0", "feedback:0", "feedback:1", "share", "committee"}},
		{chat.Shape{Ref: "e7", Private: true, Kept: true}, false, []string{"follow:0", "feedback:0", "feedback:1"}},
		{chat.Shape{Ref: "e7"}, true, []string{"follow:0", "feedback:0", "feedback:1", "committee"}},
	} {
		v := view(t)
		v.Committee = tt.committee
		out := v.Answer(ans, tt.shape)
		var got []string
		for _, b := range buttonsOf(out[0].Blocks) {
			got = append(got, b.ActionID)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%+v: %q, want %q", tt.shape, got, tt.want)
		}
		for _, b := range out[0].Blocks {
			if b.ID() != "" && Ref(b.ID()) != "e7" {
				t.Errorf("block %q", b.ID())
			}
		}
	}
}

// TestPlainActions: where Slack has no agent features, buttons take the place
// of its thumbs, with the same block and values.
func TestPlainActions(t *testing.T) {
	t.Parallel()
	ans := &bot.Answer{Claims: []bot.Claim{{Text: "It may not.", Part: bot.Lead}}}
	v := view(t)
	plain := v.Answer(ans, chat.Shape{Ref: "e7"})[0]
	v.Agent = true
	agent := v.Answer(ans, chat.Shape{Ref: "e7"})[0]
	if got, want := fmt.Sprint(asJSON(t, agent.PlainActions())), fmt.Sprint(asJSON(t, plain)); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if asJSON(t, agent) == asJSON(t, plain) {
		t.Error("the agent features make no difference")
	}
}
