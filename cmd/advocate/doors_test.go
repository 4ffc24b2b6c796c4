package main

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/discord/discordtest"
	"github.com/everycategory/advocate/bot/slack/slacktest"
	"github.com/everycategory/advocate/bot/web"
	"github.com/everycategory/advocate/evals"
)

// TestEveryDoorSaysTheSame asks the golden questions in the terminal, over
// HTTP, on the page, in Slack and in Discord: each shows the same claims with the same
// marks, in the same order, and the same sources, and no other marks.
func TestEveryDoorSaysTheSame(t *testing.T) {
	t.Parallel()
	cases, err := evals.ReadCases(os.DirFS(filepath.Join(root, "evals", "golden")), "questions.txt")
	if err != nil {
		t.Fatal(err)
	}
	declined, err := evals.ReadCases(os.DirFS(filepath.Join(root, "evals", "golden")), "decline.txt")
	if err != nil {
		t.Fatal(err)
	}
	s := slacktest.New(t, slacktest.Options{Socket: true, Scopes: slacktest.LeastScopes(), Start: time.Now()})
	d := discordtest.New(t, discordtest.Options{Start: time.Now()})
	out, errs, _ := serves(t, s.URL(), d.Transport(), "ADVOCATE_DISCORD_TOKEN="+discordtest.Token, "ADVOCATE_SLACK_TOKEN="+s.BotToken(), "ADVOCATE_SLACK_APP_TOKEN="+s.AppToken(), "ADVOCATE_CHAT_PER_MINUTE=0")
	s.Until("the program to connect", func() bool { return len(s.Connections()) == 2 })
	d.AwaitReady(1)
	base := regexp.MustCompile(`http://localhost:\d+`).FindString(out.String())
	home := "HOME=" + t.TempDir()
	answered := 0
	asked := 0
	for i, c := range append(cases, declined[:10]...) {
		if i%doorsStep != 0 {
			continue
		}
		asked++
		want, err := (&web.Client{Base: base}).Ask(t.Context(), web.Ask{Question: c.Text})
		if err != nil {
			t.Fatalf("%q over HTTP: %v; %s", c.Text, err, errs)
		}
		if !want.Abstained {
			answered++
		}
		if asked%5 == 1 {
			var printed strings.Builder
			run(t.Context(), []string{"ask", "--json", "--", c.Text}, []string{home}, nil, &printed, io.Discard)
			var got bot.Answer
			if err := json.Unmarshal([]byte(printed.String()), &got); err != nil {
				t.Fatalf("%q: %v", c.Text, err)
			}
			if !reflect.DeepEqual(got.Claims, want.Claims) || !reflect.DeepEqual(got.Citations, want.Citations) || got.Abstained != want.Abstained {
				t.Errorf("%q: in the terminal it is another answer than over HTTP", c.Text)
			}
		}
		var plain strings.Builder
		run(t.Context(), []string{"ask", "--", c.Text}, []string{home}, nil, &plain, io.Discard)
		shows(t, "the terminal", c.Text, want, plain.String())
		shows(t, "the page", c.Text, want, pageOf(t, base, c.Text))
		q := s.Type(member, slacktest.DM(member), c.Text)
		s.AwaitReply(member, q.Message)
		shows(t, "Slack", c.Text, want, slackWords(s, q))
		if c.Text != "" { // Discord itself sends no command whose question is empty
			shows(t, "Discord", c.Text, want, discordWords(d, c.Text))
		}
		if t.Failed() {
			t.FailNow()
		}
	}
	if answered < asked*3/4 {
		t.Errorf("%d of %d questions were answered", answered, asked)
	}
}

// pageOf is the text of the page that answers a question. Marks stand in
// brackets there as everywhere, before the full stop.
func pageOf(t *testing.T, base, question string) string {
	t.Helper()
	resp, err := http.PostForm(base+"/ask", url.Values{"question": {question}})
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	from, to := strings.Index(text, `<article class="result"`), strings.Index(text, "</article>")
	if from < 0 || to < 0 {
		t.Fatalf("%q: no answer on the page", question)
	}
	text = regexp.MustCompile(`(?s)<pre id="as-text".*?</pre>`).ReplaceAllString(text[from:to], "")
	text = regexp.MustCompile(`<a class="mark"[^>]*>(\d+)</a>`).ReplaceAllString(text, "[$1]")
	text = regexp.MustCompile(`<span class="n"[^>]*>(\d+)</span>`).ReplaceAllString(text, "[$1]")
	text = regexp.MustCompile(`(?s)\.<span class="marks">(.*?)</span>`).ReplaceAllString(text, " $1.")
	return html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(text, " "))
}

// slackWords are those of all replies to a message, once no more come.
func slackWords(s *slacktest.Server, q slacktest.Sent) string {
	s.Until("the sign of work to go", func() bool { return s.Status(q.Channel, q.TS) == "" && len(s.Message(q.Channel, q.TS).Reactions) == 0 })
	var out []string
	for _, e := range s.Transcript(member, q.Channel, q.TS).Entries {
		if e.App {
			out = append(out, e.Words)
		}
	}
	return regexp.MustCompile(`⟦[^⟧]*⟧`).ReplaceAllString(strings.Join(out, "\n"), "")
}

// discordWords are those of the whole answer to a command.
func discordWords(d *discordtest.Server, question string) string {
	closings := func() (n int) {
		for _, m := range d.Messages(discordtest.Public) {
			n += strings.Count(m.Content, "Information, not legal advice")
		}
		return n
	}
	before, from := closings(), len(d.Messages(discordtest.Public))
	d.Slash(discordtest.Member, discordtest.Public, "ask", discordtest.Values{"question": question})
	d.Until("the end of the answer", func() bool { return closings() > before })
	var out []string
	for _, e := range d.Transcript(discordtest.Member, discordtest.Public).Entries[from:] {
		if e.App {
			out = append(out, e.Words)
		}
	}
	return regexp.MustCompile(`⟦[^⟧]*⟧`).ReplaceAllString(strings.Join(out, "\n"), "")
}

var markIn = regexp.MustCompile(`\[(\d+)\]`)

// shows fails unless a text has the claims of an answer with their marks, its
// sources with their numbers, and no other marks.
func shows(t *testing.T, door, question string, ans *bot.Answer, text string) {
	t.Helper()
	folded := strings.Join(strings.Fields(strings.ReplaceAll(text, "*", "")), " ")
	folded = regexp.MustCompile(`\] \[`).ReplaceAllString(folded, "][")
	at := 0
	next := func(what, words string) {
		t.Helper()
		words = strings.Join(strings.Fields(words), " ")
		i := strings.Index(folded[at:], words)
		if i < 0 {
			t.Errorf("%s, %q: %s is not shown, or not in its place: %q\n%s", door, question, what, words, folded)
			return
		}
		at += i
	}
	if ans.Abstained {
		for _, n := range ans.Nearest {
			next("a source near it", n.Cite)
		}
		return
	}
	numbers := map[string]bool{}
	for _, c := range ans.Claims {
		body, stop := strings.TrimSuffix(c.Text, "."), ""
		if body != c.Text {
			stop = "."
		}
		marks := ""
		for _, n := range c.Citations {
			marks += fmt.Sprintf("[%d]", n)
			numbers[fmt.Sprint(n)] = true
		}
		if marks != "" {
			body += " " + marks
		}
		next("a claim", body+stop)
	}
	for _, c := range ans.Citations {
		next("a source", fmt.Sprintf("[%d] %s", c.N, c.Cite))
		delete(numbers, fmt.Sprint(c.N))
	}
	if len(numbers) > 0 {
		t.Errorf("%s, %q: marks without a source: %v", door, question, numbers)
	}
	var known []string
	for _, c := range ans.Citations {
		known = append(known, fmt.Sprint(c.N))
	}
	for _, m := range markIn.FindAllStringSubmatch(folded, -1) {
		if !slices.Contains(known, m[1]) {
			t.Errorf("%s, %q: the mark %s is nobody's", door, question, m[0])
		}
	}
}
