package discord

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
)

var update = flag.Bool("update", false, "write the golden messages anew, to be reviewed in testdata")

func asJSON(t *testing.T, v any) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const sampleReason = "My plan is an insured plan in Washington. They say that massage therapy was not medically necessary for low back pain (CO-50)."

const sampleDraft = `My plan is fully insured in Washington. RCW 48.43.045(1)(a) makes a carrier "Permit every category of health care provider to provide health services or care". You may not "Deny or limit coverage on the basis of medical necessity and appropriateness", RCW 48.43.016(2)(b)(i). WAC 284-43-205 and RCW 48.43.999 say the same, and so does the workers' compensation rule, WAC 296-23-250.`

// person is the id of a sample member.
const person = "100000000000000001"

// samples are one of each kind of message, with the library's own words.
func samples(t *testing.T) map[string][]Message {
	t.Helper()
	a, v := assistant(t), view(t)
	v.Link, v.Committee, v.Notes, v.Desk, v.Page = ownPage, true, true, true, "https://advocate.example.org"
	out := map[string][]Message{}
	ask := func(name string, r bot.Request, sh chat.Shape) {
		ans, err := a.Ask(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		sh.Asked, sh.Ref = r.Text, name
		out[name] = v.Answer(ans, sh)
	}
	ask("branches", bot.Request{Text: "plan pays PT for low back but says LMTs are not eligible providers. legal?", State: "WA"}, chat.Shape{Private: true})
	ask("declined", bot.Request{Text: "can a plan refuse to pay for my dentist?"}, chat.Shape{By: person})
	rebuttal, err := a.Rebut(t.Context(), bot.RebutRequest{Request: bot.Request{Text: sampleReason}})
	if err != nil {
		t.Fatal(err)
	}
	out["rebuttal"] = v.Rebuttal(rebuttal, chat.Shape{Ref: "rebuttal", Private: true, Kept: true})
	out["letter"] = v.Letter(rebuttal, chat.Shape{Ref: "rebuttal"})
	testimony, err := a.Testify(t.Context(), bot.TestifyRequest{State: "OR", Bill: "HB 2", Position: "support", Minutes: 2, Story: "A patient of mine walked again."})
	if err != nil {
		t.Fatal(err)
	}
	out["testimony"] = v.Testimony(testimony, chat.Shape{Ref: "testimony", Private: true, Kept: true})
	checked, err := a.Check(t.Context(), bot.Request{Text: sampleDraft})
	if err != nil {
		t.Fatal(err)
	}
	out["checked"] = v.Checked(checked, chat.Shape{Ref: "checked", Private: true})
	phrase, err := a.Rewrite(t.Context(), bot.RewriteRequest{Text: "TTP b/l QL, MFR to QL"})
	if err != nil {
		t.Fatal(err)
	}
	out["phrase"] = v.Rewritten(phrase)
	out["pages"] = []Message{v.Help(), v.Privacy(Keeping{"30 days", "180 days", "a day"}), v.Forget(), v.Share("e7"), v.Progress(bot.StageFinding, "e7"), v.Notice(chat.NoticeNoNotes, "e7")}
	return out
}

// TestGolden: what each kind of message is, as JSON, as it is sent to whoever
// asked alone; and discordgo's own types read its buttons back.
func TestGolden(t *testing.T) {
	t.Parallel()
	for name, messages := range samples(t) {
		within(t, messages)
		var bodies []Body
		for _, m := range messages {
			bodies = append(bodies, m.Body(true))
		}
		matches(t, name+".json", asJSON(t, bodies))
		for _, m := range messages {
			if back := comeBack(t, m); asJSON(t, Disabled(back.Components)) != asJSON(t, Disabled(m.Components)) {
				t.Errorf("%s: the components do not come back", name)
			}
		}
	}
	matches(t, "commands.json", asJSON(t, Commands()))
}

func matches(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not as it was; see with -update what changed", name)
	}
}

// comeBack is a message as discordgo reads it back in an interaction.
func comeBack(t *testing.T, m Message) *discordgo.Message {
	t.Helper()
	var back discordgo.Message
	if err := json.Unmarshal([]byte(asJSON(t, m.Body(false))), &back); err != nil {
		t.Fatal(err)
	}
	return &back
}
