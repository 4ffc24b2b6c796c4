package chat

import (
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/corpus/library"
)

// TestSettingWords: of what stands behind the command, a setting and its value
// are kept, and nothing else that a person may have typed.
func TestSettingWords(t *testing.T) {
	t.Parallel()
	rules, err := coverage.Load(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{
		"": "", "show": "", "help me": "", "set": "",
		"set answers off": "answers off", "ANSWERS Off": "answers off", "set answers none": "answers none", "set state wa": "state WA",
		"set committee <#C012AB3CD|committee>": "committee C012AB3CD", "set committee C012AB3CD": "committee C012AB3CD",
		"set answers maybe": "?", "set answers": "?", "set state Narnia": "?", "set committee my friends": "?", "the patient's name is Sample": "?",
	} {
		got := settingWords(rules, typed)
		if got != want {
			t.Errorf("%q is kept as %q, want %q", typed, got, want)
		}
		if words := strings.Fields(got); len(words) == 2 {
			if _, _, ok := readSetting(rules, words); !ok {
				t.Errorf("%q cannot be read again", got)
			}
		}
	}
}
