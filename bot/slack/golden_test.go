package slack

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
)

var update = flag.Bool("update", false, "write the golden blocks anew, to be reviewed in testdata")

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

const sampleDenial = "Sample Health Plan of Washington, an insured plan\nNovember 3, 2025\nPatient: Jane Doe  Member ID: W000000001  Claim no: 26-0000001\nDate of service: 10/12/2025  CPT 97124\nWe have denied this claim because massage therapy was not medically necessary for low back pain (CO-50)."

const sampleDraft = `My plan is fully insured in Washington. RCW 48.43.045(1)(a) makes a carrier "Permit every category of health care provider to provide health services or care". You may not "Deny or limit coverage on the basis of medical necessity and appropriateness", RCW 48.43.016(2)(b)(i). WAC 284-43-205 and RCW 48.43.999 say the same, and so does the workers' compensation rule, WAC 296-23-250.`

const sampleNote = "S: Pt Jane Doe c/o LBP x 3 wks, 7/10 at worst. Denies numbness.\nO: TTP b/l QL. MFR to QL 20 min, swedish to low back 25 min.\nA: pn 7/10 -> 4/10 after tx.\nP: 1x/wk x 6 wks."

// samples are one of each kind of message, with the library's own words.
func samples(t *testing.T) map[string][]Message {
	t.Helper()
	a, v := assistant(t), view(t)
	v.Link, v.Committee, v.Notes, v.Page = ownPage, true, true, "https://advocate.example.org"
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
	ask("declined", bot.Request{Text: "can a plan refuse to pay for my dentist?"}, chat.Shape{By: "U0123"})
	rebuttal, err := a.Rebut(t.Context(), bot.RebutRequest{Request: bot.Request{Text: sampleDenial}})
	if err != nil {
		t.Fatal(err)
	}
	out["rebuttal"] = v.Rebuttal(rebuttal, chat.Shape{Ref: "rebuttal", Private: true})
	testimony, err := a.Testify(t.Context(), bot.TestifyRequest{State: "OR", Bill: "HB 2", Position: "support", Minutes: 2, Story: "A patient of mine walked again."})
	if err != nil {
		t.Fatal(err)
	}
	out["testimony"] = v.Testimony(testimony, chat.Shape{Ref: "testimony", Private: true})
	checked, err := a.Check(t.Context(), bot.Request{Text: sampleDraft})
	if err != nil {
		t.Fatal(err)
	}
	out["checked"] = v.Checked(checked, chat.Shape{Ref: "checked", Private: true})
	note, err := a.Rewrite(t.Context(), bot.RewriteRequest{Text: sampleNote})
	if err != nil {
		t.Fatal(err)
	}
	out["rewritten"] = v.Rewritten(note)
	return out
}

// TestGolden: what each kind of message is, as JSON; and Slack's own types
// read it back as it was.
func TestGolden(t *testing.T) {
	t.Parallel()
	for name, messages := range samples(t) {
		within(t, messages)
		got := asJSON(t, messages)
		file := filepath.Join("testdata", name+".json")
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
			t.Errorf("%s is not as it was; see with -update what changed", file)
		}
		for _, m := range messages {
			var back slack.Blocks
			if err := json.Unmarshal([]byte(asJSON(t, m.Blocks)), &back); err != nil {
				t.Fatal(err)
			}
			if asJSON(t, back) != asJSON(t, slack.Blocks{BlockSet: m.Blocks}) {
				t.Errorf("%s: the blocks do not come back", name)
			}
		}
	}
}
