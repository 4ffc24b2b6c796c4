package bot_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/corpus/library"
)

// speaker is an assistant that writes testimony.
func speaker(t testing.TB) *bot.Assistant {
	t.Helper()
	as := assistant(t)
	var err error
	if as.Testimonies, err = bot.LoadTestimonies(library.FS()); err != nil {
		t.Fatal(err)
	}
	return as
}

// TestEveryTestimonySentencePasses holds each sentence that a testimony may
// say, as it is written and as it is spoken, and each of an answer, against
// its cites; the strength of evidence stands in the passages cited.
func TestEveryTestimonySentencePasses(t *testing.T) {
	t.Parallel()
	n := 0
	as := speaker(t)
	for _, s := range as.LooseStrengths() {
		t.Errorf("no passage has the strength of %s", s)
	}
	for _, s := range as.TestimonySentences() {
		n++
		if s.Reason != "" {
			t.Errorf("%s: %q: %s", s.ID, s.Text, s.Reason)
		}
	}
	t.Logf("%d sentences", n)
}

// TestBadTestimonyData names everything that is wrong with the data.
func TestBadTestimonyData(t *testing.T) {
	t.Parallel()
	frames, err := fs.ReadFile(library.FS(), "testimony/frames.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ file, data, want string }{
		"unknown field":      {"points-1.yaml", "- {id: x, colour: red}", "colour"},
		"no sentences":       {"points-1.yaml", "- {id: x, part: law, mark: law, themes: [cost], worth: 1}", "want sentences"},
		"unknown part":       {"points-1.yaml", "- {id: x, part: middle, mark: opinion, themes: [cost], sentences: [{say: A.}]}", "middle"},
		"law without cites":  {"points-1.yaml", "- {id: x, part: law, mark: law, themes: [cost], sentences: [{say: A.}]}", "with cites"},
		"no strength":        {"points-1.yaml", "- {id: x, part: law, mark: evidence, themes: [cost], sentences: [{say: A., cites: [RCW 48.43.045]}]}", "with its strength"},
		"unknown theme":      {"points-1.yaml", "- {id: x, part: law, mark: opinion, themes: [weather], sentences: [{say: A.}]}", "weather"},
		"unknown antecedent": {"points-1.yaml", "- {id: x, part: law, mark: opinion, of: [y], themes: [cost], sentences: [{say: A.}]}", `of "y"`},
		"the same id twice":  {"points-1.yaml", "- &p {id: x, part: law, mark: opinion, themes: [cost], sentences: [{say: A.}]}\n- {id: x, part: law, mark: opinion, themes: [cost], sentences: [{say: A.}]}", "id of its own"},
		"one sentence":       {"questions.yaml", "- {id: x, q: Why?, themes: [cost], worth: 1, answer: [{say: A., cites: [RCW 48.43.045], mark: law}]}", "two to four"},
		"own answer":         {"questions.yaml", "- {id: x, q: Why?, themes: [cost], worth: 1, answer: [{say: A., mark: opinion}, {say: B., mark: opinion}]}", "law or evidence"},
		"no frames":          {"frames.yaml", "pace: 130", "want pace, audiences"},
	} {
		fsys := fstest.MapFS{"testimony/frames.yaml": {Data: frames}}
		fsys["testimony/"+c.file] = &fstest.MapFile{Data: []byte(c.data)}
		if _, err := bot.LoadTestimonies(fsys); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
