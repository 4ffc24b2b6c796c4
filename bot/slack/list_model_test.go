package slack

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/model"
	"github.com/everycategory/advocate/bot/model/modeltest"
	"github.com/everycategory/advocate/bot/slack/slacktest"
	sheets "github.com/everycategory/advocate/prompts"
)

// posting are the methods that show words to people.
var posting = []string{"chat.postMessage", "chat.postEphemeral", "chat.update", "response_url", "assistant.threads.setStatus", "assistant.threads.setTitle",
	"assistant.threads.setSuggestedPrompts", "agents.sessions.setStatus", "agents.sessions.rename", "files.completeUploadExternal", "upload"}

// TestNothingUnchecked stands for lines 14 to 17 of the list in the package's
// documentation, which are of streams: there are none. While a model writes,
// nothing is said but that there is work; what it wrote is said once it was
// checked, in one message, and of its lies no call has a word.
func TestNothingUnchecked(t *testing.T) {
	t.Parallel()
	families := modeltest.Hostile()
	for _, name := range []string{"a citation made up", "legal advice", "a link", "a mention", "HTML", "a tool call", "orders to the reader", "another's duty", "honest"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			half, rest := make(chan struct{}), make(chan struct{})
			var lies []string
			drafts := 0
			server := modeltest.New(t, 11, func(w http.ResponseWriter, req *http.Request, r *rand.Rand, a modeltest.Asked) {
				text := modeltest.Honest(r, a)
				if name != "honest" {
					lie := []string(nil)
					text, lie = families[name](r, a)
					lies = append(lies, lie...)
				}
				if drafts++; drafts > 1 {
					modeltest.Content(w, text)
					return
				}
				n := len(text) / 2
				modeltest.Stream(w, modeltest.Event(text[:n], ""))
				close(half)
				<-rest
				modeltest.Stream(w, modeltest.Event(text[n:], ""), modeltest.Event("", "stop"), modeltest.Done)
			})
			r := newRig(t, setUp{answer: modelled(t, server.URL), chat: func(o *chat.Options) { o.Slow = time.Millisecond }})
			q := r.slack.Type(member, slacktest.DM(member), eligible)
			<-half
			r.slack.Until("a line of progress", func() bool { return len(r.ours(q.Channel)) == 1 })
			time.Sleep(50 * time.Millisecond)
			for _, c := range r.slack.Calls("") {
				said := c.Args["text"] + c.Args["status"] + c.Args["blocks"]
				if slices.Contains(posting, c.Method) && (len(said) > 600 || strings.Contains(said, "RCW") || c.Method == "chat.update") {
					t.Errorf("while the model writes: %s %v", c.Method, c.Args)
				}
			}
			close(rest)
			r.slack.Until("the answer", func() bool { return strings.Contains(r.ours(q.Channel)[0].Text, "RCW 48.43.045") })
			r.idle()
			updates, posts := r.slack.Calls("chat.update"), r.slack.Calls("chat.postMessage")
			if len(updates) != 1 || len(posts) != 1 || len(r.slack.Unknown()) > 0 || len(r.ours(q.Channel)) != 1 {
				t.Errorf("%d updates, %d posts, unknown methods %v", len(updates), len(posts), r.slack.Unknown())
			}
			for _, c := range r.slack.Calls("") {
				for _, lie := range lies {
					for _, v := range c.Args {
						if strings.Contains(v, lie) {
							t.Errorf("%s says %q", c.Method, lie)
						}
					}
				}
			}
			if honest := strings.Contains(updates[0].Args["blocks"], "phrased by scripted"); name == "honest" && !honest || name != "honest" && len(lies) == 0 {
				t.Errorf("the model had no part in it: %d lies; %s", len(lies), updates[0].Args["text"])
			}
		})
	}
}

// modelled is the assistant with a model at an address.
func modelled(t *testing.T, base string) chat.Assistant {
	t.Helper()
	m, err := model.New(model.Config{Base: base, Name: "scripted", Key: "sample-key", Context: 64 << 10, Idle: 20 * time.Second, Total: 40 * time.Second})
	must(t, err)
	a := assistant(t).With(m)
	a.Prompts, err = sheets.Load()
	must(t, err)
	return a
}
