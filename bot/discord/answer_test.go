package discord

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
	"github.com/everycategory/advocate/bot/coverage"
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

// TestGoldenQuestions: the messages read back have the claims, the numbers of
// their citations and the sources of the answer, in its order.
func TestGoldenQuestions(t *testing.T) {
	t.Parallel()
	a, v := assistant(t), view(t)
	v.Link, v.Committee = ownPage, true
	answered, messages := 0, 0
	for _, r := range append(golden(t, "questions.txt", 40), golden(t, "decline.txt", 12)...) {
		ans, err := a.Ask(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		out := v.Answer(ans, chat.Shape{Ref: "e1", Private: true, Asked: r.Text})
		within(t, out)
		keptWhole(t, ans, fold(shown(out)))
		if ans.Abstained {
			continue
		}
		answered++
		messages += len(out)
		sameLine(t, ans, out)
		sameLinks(t, ans, out)
		wholeLines(t, ans, out)
		sameOptions(t, ans.Question, out)
		if t.Failed() {
			t.Fatalf("question %q", r.Text)
		}
	}
	if answered < 35 {
		t.Errorf("%d questions were answered", answered)
	}
	if messages > 4*answered {
		t.Errorf("%d answers need %d messages", answered, messages)
	}
	t.Logf("%d answers in %d messages", answered, messages)
}

// sameLine: whom the law binds is said as the terminal says it.
func sameLine(t *testing.T, ans *bot.Answer, out []Message) {
	t.Helper()
	line := bot.Applies(ans.Applicability, ans.Question)
	if line != "" && (!strings.Contains(ans.Render(bot.Plain), "\n"+line+"\n") || !strings.Contains(shown(out), "\n"+line+"\n")) {
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

// wholeLines: each source is a line of one message, and each quotation is
// whole in one.
func wholeLines(t *testing.T, ans *bot.Answer, out []Message) {
	t.Helper()
	var all []string
	for _, m := range out {
		all = append(all, strings.Split(plainOf(parse(m.Content)), "\n")...)
	}
	for _, c := range ans.Citations {
		if !slices.ContainsFunc(all, func(line string) bool {
			return strings.HasPrefix(line, fmt.Sprintf("[%d] ", c.N)) && strings.Contains(fold(line), fold(c.Cite.String())) && strings.Contains(fold(line), fold(c.Quote))
		}) {
			t.Errorf("source %d is not a line of one message", c.N)
		}
	}
}

// sameOptions: the question can be answered with what it offers, and no label
// is cut.
func sameOptions(t *testing.T, q *coverage.Question, out []Message) {
	t.Helper()
	var got []string
	for _, m := range out {
		back := comeBack(t, m)
		for _, b := range buttonsIn(m) {
			if Action(b.CustomID) == ActionFact {
				got = append(got, Value(discordgo.MessageComponentInteractionData{CustomID: b.CustomID}, back))
				if strings.HasSuffix(b.Label, "…") || Ref(b.CustomID) != "e1" {
					t.Errorf("button %+v", b)
				}
			}
		}
		for _, s := range selectsIn(m) {
			for _, o := range s.Options {
				got = append(got, Value(discordgo.MessageComponentInteractionData{CustomID: s.CustomID, Values: []string{o.Value}}, back))
			}
			if Action(s.CustomID) != ActionFact || Ref(s.CustomID) != "e1" {
				t.Errorf("list %+v", s)
			}
		}
	}
	var want []string
	if q != nil {
		for _, o := range q.Options {
			want = append(want, q.Fact+"="+o)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("options %q, want %q", got, want)
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

// TestSafetyComesFirst: what comes before any answer is the first line.
func TestSafetyComesFirst(t *testing.T) {
	t.Parallel()
	ans := &bot.Answer{First: "Call 911 now.", Unanswered: "No fee is named here.", Claims: []bot.Claim{{Text: "It may not.", Part: bot.Lead}}}
	out := view(t).Answer(ans, chat.Shape{})
	if want := "**Call 911 now.**\n\nNo fee is named here.\n\nIt may not.\n\n"; !strings.HasPrefix(out[0].Content, want) {
		t.Errorf("%q", out[0].Content)
	}
}

// TestButtons: who may share sees the button, and each says whose answer it
// is of.
func TestButtons(t *testing.T) {
	t.Parallel()
	ans := &bot.Answer{Claims: []bot.Claim{{Text: "It may not.", Part: bot.Lead}}, Followups: []string{"And self-funded?", strings.Repeat("long ", 30)}}
	for _, tt := range []struct {
		shape     chat.Shape
		committee bool
		want      []string
	}{
		{chat.Shape{Ref: "e7"}, false, []string{"follow:0/e7/", "feedback/e7/good", "feedback/e7/bad"}},
		{chat.Shape{Ref: "e7", Private: true}, true, []string{"follow:0/e7/", "feedback/e7/good", "feedback/e7/bad", "sharing/e7/", "committee/e7/"}},
		{chat.Shape{Ref: "e7", Private: true, Kept: true}, false, []string{"follow:0/e7/", "feedback/e7/good", "feedback/e7/bad"}},
		{chat.Shape{Ref: "a/b"}, true, []string{"follow:0//", "feedback//good", "feedback//bad", "committee//"}},
		{chat.Shape{Ref: strings.Repeat("e", 90)}, false, []string{"follow:0//", "feedback//good", "feedback//bad"}},
	} {
		v := view(t)
		v.Committee = tt.committee
		out := v.Answer(ans, tt.shape)
		var got []string
		for _, b := range buttonsIn(out[0]) {
			got = append(got, b.CustomID)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%+v: %q, want %q", tt.shape, got, tt.want)
		}
	}
	v := view(t)
	first, help := comeBack(t, v.Answer(ans, chat.Shape{Ref: "e7"})[0]), comeBack(t, v.Help())
	for id, want := range map[string]string{"follow:0/e7/": "And self-funded?", "follow:9/e7/": "", "feedback/e7/bad": Bad, "fact:3/e7/plan=medicare": "plan=medicare", "share/e7/": "", "x": ""} {
		if got := Value(discordgo.MessageComponentInteractionData{CustomID: id}, first); got != want {
			t.Errorf("%q has the value %q, want %q", id, got, want)
		}
	}
	tried := 0
	for _, row := range help.Components {
		for _, c := range inRow(row) {
			b := c.(discordgo.Button)
			if got := Value(discordgo.MessageComponentInteractionData{CustomID: b.CustomID}, help); Action(b.CustomID) == ActionTry && slices.Contains(layout.Examples(), got) {
				tried++
			}
		}
	}
	if tried != len(layout.Examples()) {
		t.Errorf("%d examples can be tried", tried)
	}
}

// TestDisabled: what was decided cannot be pressed again, and the rest can.
func TestDisabled(t *testing.T) {
	t.Parallel()
	ans := &bot.Answer{Claims: []bot.Claim{{Text: "It may not.", Part: bot.Lead}}, Question: &coverage.Question{Text: "Is it?", Fact: "in_network", Options: []string{"yes", "no"}}}
	m := view(t).Answer(ans, chat.Shape{Ref: "e7", Private: true})[0]
	rows := Disabled(comeBack(t, m).Components, ActionFeedback, ActionFact)
	if len(rows) != len(m.Components) {
		t.Fatalf("%d rows of %d", len(rows), len(m.Components))
	}
	for _, b := range buttonsIn(Message{Components: rows}) {
		if b.Disabled != (Action(b.CustomID) == ActionFeedback) {
			t.Errorf("%+v", b)
		}
	}
	for _, s := range selectsIn(Message{Components: rows}) {
		if !s.Disabled || len(s.Options) != 2 || s.Placeholder != "Is it?" {
			t.Errorf("%+v", s)
		}
	}
}
