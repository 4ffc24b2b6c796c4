package discord

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
	"github.com/everycategory/advocate/bot/phi"
)

// withMarks is a claim as it is shown.
func withMarks(text string, numbers []int) string {
	body, stop := text, ""
	if len(numbers) > 0 && strings.HasSuffix(body, ".") {
		body, stop = body[:len(body)-1], "."
	}
	for _, n := range numbers {
		body += fmt.Sprintf("[%d]", n)
	}
	return body + stop
}

// denials are those of bot's own tests.
func denials(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../testdata/rebut/*.txtar")
	if err != nil || len(files) < 20 {
		t.Fatal(files, err)
	}
	out := map[string]string{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range txtar.Parse(data).Files {
			if f.Name == "denial" {
				out[file] = string(f.Data)
			}
		}
	}
	return out
}

// TestRebuttals: a denial that identifies somebody is not shown; laid out
// without that, each has its kind, the claims of the letter in its order,
// clocks, steps, blanks and sources; what is weak is for the person who asked
// alone.
func TestRebuttals(t *testing.T) {
	t.Parallel()
	a, v := assistant(t), view(t)
	v.Desk = true
	refused := 0
	for file, denial := range denials(t) {
		out, err := a.Rebut(t.Context(), bot.RebutRequest{Request: bot.Request{Text: denial}})
		if err != nil {
			t.Fatal(file, err)
		}
		if Refused(out.PHI) {
			refused++
			told := v.Rebuttal(out, chat.Shape{Ref: "e1", Private: true})
			if len(told) != 1 || told[0].Content != v.Notice(chat.NoticeNoNotes, "e1").Content {
				t.Errorf("%s: it is shown", file)
			}
			out.PHI = slices.DeleteFunc(out.PHI, func(f phi.Finding) bool { return f.Sure })
		}
		private, shared := v.Rebuttal(out, chat.Shape{Ref: "e1", Private: true}), v.Rebuttal(out, chat.Shape{Ref: "e1"})
		within(t, private)
		within(t, shared)
		inOrder(t, shared, rebuttalTexts(out))
		for _, c := range out.Weaknesses {
			inOrder(t, private, []string{withMarks(c.Text, c.Citations)})
			if strings.Contains(fold(shown(shared)), fold("where it is weak")) {
				t.Errorf("%s: the weaknesses are shared", file)
			}
		}
		sameNumbers(t, private)
		sameNumbers(t, shared)
		if n := len(documents(private)); (n == 1) != (out.Document() != nil) {
			t.Errorf("%s: %d buttons for the letter", file, n)
		}
		if out.Letter != "" {
			letter := v.Letter(out, chat.Shape{})
			within(t, letter)
			inOrder(t, letter, strings.Split(out.Letter, "\n"))
		}
		if t.Failed() {
			t.Fatal(file)
		}
	}
	if refused < 5 {
		t.Errorf("%d denials with identifiers", refused)
	}
}

func rebuttalTexts(out *bot.Rebuttal) []string {
	texts := append([]string{layout.LetterName(out.LetterKind)}, out.Why...)
	for _, c := range out.Claims {
		texts = append(texts, withMarks(c.Text, c.Citations))
	}
	for _, d := range out.Deadlines {
		texts = append(texts, bot.ClockLine(d))
	}
	for _, m := range out.Missing {
		texts = append(texts, m.Text)
	}
	for _, c := range out.Ladder {
		texts = append(texts, withMarks(c.Text, c.Citations))
	}
	return texts
}

// documents are the files that messages offer.
func documents(out []Message) []string {
	var all []string
	for _, m := range out {
		for _, b := range buttonsIn(m) {
			if Action(b.CustomID) == ActionDocument {
				all = append(all, b.CustomID[strings.LastIndexByte(b.CustomID, '/')+1:])
			}
		}
	}
	return all
}

// sameNumbers: each citation mark has its source, and each source is cited.
func sameNumbers(t *testing.T, out []Message) {
	t.Helper()
	text, list, _ := strings.Cut(shown(out), "Sources\n")
	inText, inList := map[string]bool{}, map[string]bool{}
	for _, m := range anyMark.FindAllString(text, -1) {
		inText[m] = true
	}
	for _, line := range strings.Split(list, "\n") {
		if m := anyMark.FindString(line); m != "" && strings.HasPrefix(line, m) {
			inList[m] = true
		}
	}
	for m := range inText {
		if !inList[m] {
			t.Errorf("%s has no source", m)
		}
	}
	for m := range inList {
		if !inText[m] {
			t.Errorf("source %s is not cited", m)
		}
	}
}

func TestTestimony(t *testing.T) {
	t.Parallel()
	v := view(t)
	out, err := assistant(t).Testify(t.Context(), bot.TestifyRequest{State: "WA", Bill: "SB 5", Position: "oppose", Minutes: 3, About: "It caps visits at four a year.", Story: "I saw ||one|| *limp* in, and walk out."})
	if err != nil {
		t.Fatal(err)
	}
	messages := v.Testimony(out, chat.Shape{Ref: "e1", Private: true, Kept: true})
	within(t, messages)
	var texts []string
	for _, st := range out.Statements {
		if st.In == "script" {
			texts = append(texts, withMarks(st.Text, st.Citations)+strings.TrimSuffix(" ("+layout.MarkName(st.Mark), " ("))
		}
	}
	for _, m := range out.Missing {
		texts = append(texts, m.Element+": "+m.Ask)
	}
	for _, q := range out.Questions {
		texts = append(texts, q.Q)
		for _, c := range q.Claims {
			texts = append(texts, withMarks(c.Text, c.Citations))
		}
	}
	inOrder(t, messages, texts)
	sameNumbers(t, messages)
	if got := documents(messages); !slices.Equal(got, []string{chat.DocumentScript, chat.DocumentWritten, chat.DocumentHandout}) {
		t.Errorf("files %q", got)
	}
	for _, text := range []string{out.Written, out.Handout} {
		inOrder(t, Copy("Text", text, chat.Shape{}), strings.Fields(text))
	}
}

// TestStories: one that names somebody is not shown; a day in it is no name.
func TestStories(t *testing.T) {
	t.Parallel()
	for story, refused := range map[string]bool{
		"Patient: Jane Doe, member ID W000000001, could walk again.": true, "On March 3, 2026 a patient of mine could walk again.": false, "A patient of mine could walk again.": false,
	} {
		out, err := assistant(t).Testify(t.Context(), bot.TestifyRequest{State: "WA", Bill: "SB 5", Position: "oppose", Minutes: 2, Story: story})
		if err != nil {
			t.Fatal(err)
		}
		got := view(t).Testimony(out, chat.Shape{Private: true})
		if is := strings.Contains(got[0].Content, "signs no agreement"); is != refused || refused && (len(got) > 1 || strings.Contains(asJSON(t, got), "Doe")) {
			t.Errorf("%q: refused %v", story, is)
		}
	}
}

func TestChecked(t *testing.T) {
	t.Parallel()
	out, err := assistant(t).Check(t.Context(), bot.Request{Text: sampleDraft + " @everyone RCW 48.43.045 *bold*"})
	if err != nil {
		t.Fatal(err)
	}
	messages := view(t).Checked(out, chat.Shape{Ref: "e1", Private: true})
	within(t, messages)
	var texts []string
	for i, f := range out.Citations {
		texts = append(texts, fmt.Sprintf("%d. %s: %s", i+1, strings.Join(strings.Fields(f.Text), " "), layout.Verdict(f.Status)))
		for _, e := range f.Diff {
			texts = append(texts, e.Text)
		}
		if f.Expected != "" {
			texts = append(texts, f.Expected)
		}
		texts = append(texts, f.Note, f.Cite)
	}
	inOrder(t, messages, texts)
	if !strings.Contains(asJSON(t, messages), "~~and~~") || !strings.Contains(asJSON(t, messages), "**or**") {
		t.Error("the difference is not marked")
	}
	empty := view(t).Checked(&bot.Checked{}, chat.Shape{})
	within(t, empty)
	inOrder(t, empty, []string{"No citation was found"})
}

// TestNotesAreNotShown: of a note nothing is shown but what its phrases mean,
// and of one that names somebody nothing at all.
func TestNotesAreNotShown(t *testing.T) {
	t.Parallel()
	v := view(t)
	v.Page, v.Notes = "https://advocate.example.org", true
	for note, want := range map[string]string{
		"S: Pt Jane Doe c/o LBP x 3 wks, 7/10 at worst. MRN: 0000001.": "signs no agreement",
		"LBP": "“LBP” → “low back pain”", "massage": "no other words for that phrase", "||limps|| *LBP*": "low back pain",
	} {
		out, err := assistant(t).Rewrite(t.Context(), bot.RewriteRequest{Text: note})
		if err != nil {
			t.Fatal(err)
		}
		got := v.Rewritten(out)
		within(t, got)
		all := shown(got)
		if !strings.Contains(all, want) || strings.Contains(all, "Doe") || strings.Contains(all, "not documented") || len(got) != 1 {
			t.Errorf("%q: %s", note, all)
		}
		if len(links(got)) != 2 {
			t.Errorf("%q does not lead to our page: %q", note, links(got))
		}
	}
}

// TestCopyIsWhole: a text of any length and characters is shown whole, in
// blocks that nothing in it ends.
func TestCopyIsWhole(t *testing.T) {
	t.Parallel()
	for _, text := range append(slices.Clone(hostile), strings.Repeat("& <", 9000), strings.Repeat("word\n\n", 4000), strings.Repeat("`", 6001), "a\n\n  indented `code`\n", "") {
		out := Copy("Text", text, chat.Shape{Ref: "e1"})
		within(t, out)
		var all strings.Builder
		for _, m := range out {
			for _, p := range parse(m.Content) {
				switch p.kind {
				case "code":
					all.WriteString(p.text)
				case "text", "heading":
				default:
					t.Errorf("%.60q has %s %q", text, p.kind, p.text)
				}
			}
		}
		if got := fold(all.String()); got != fold(text) {
			t.Errorf("%.60q is not whole: %.200q", text, got)
		}
	}
}
