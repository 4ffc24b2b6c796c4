package bot

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
)

// Safety holds what comes before any answer: help in a crisis, warning signs
// that need a clinician, questions for a lawyer, requests for a falsehood.
// It is data (safety.yaml) and not modified after LoadSafety; nil holds
// nothing.
type Safety struct{ notes []*safetyNote }

type safetyNote struct {
	ID     string   `yaml:"id"`
	Say    []string `yaml:"say"`    // phrases that call for it
	Unless []string `yaml:"unless"` // phrases that look like it and are not
	Answer string   `yaml:"answer"`
	Alone  bool     `yaml:"alone"`  // it replaces the answer
	Beside []string `yaml:"beside"` // phrases with which an answer follows all the same

	say, unless, beside *regexp.Regexp
}

// LoadSafety reads safety.yaml from the library.
func LoadSafety(fsys fs.FS) (*Safety, error) {
	const name = "safety.yaml"
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("bot: %w", err)
	}
	var file struct {
		Notes []*safetyNote `yaml:"notes"`
	}
	if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("bot: %s: %s", name, yaml.FormatError(err, false, false))
	}
	for _, n := range file.Notes {
		if n.ID == "" || n.Answer == "" || len(n.Say) == 0 {
			return nil, fmt.Errorf("bot: %s: note %q needs id, say and answer", name, n.ID)
		}
		n.say, n.unless, n.beside = anyPhrase(n.Say), anyPhrase(n.Unless), anyPhrase(n.Beside)
	}
	return &Safety{file.Notes}, nil
}

// anyPhrase matches any of the phrases in a text folded by safetyForm: a
// word may be one of several ("a|b"), may be left out ("a?"), and "~" stands
// for up to three words. No phrases match nothing.
func anyPhrase(phrases []string) *regexp.Regexp {
	var all []string
	for _, p := range phrases {
		var b strings.Builder
		for _, w := range strings.Fields(p) {
			word, optional := strings.CutSuffix(w, "?")
			switch {
			case w == "~":
				b.WriteString(`(?:\S+ ){0,3}`)
			case optional:
				b.WriteString(`(?:(?:` + alternatives(word) + `) )?`)
			default:
				b.WriteString(`(?:` + alternatives(word) + `) `)
			}
		}
		all = append(all, b.String())
	}
	if len(all) == 0 {
		return nil
	}
	return regexp.MustCompile(` (?:` + strings.Join(all, "|") + `)`)
}

func alternatives(word string) string {
	var out []string
	for _, a := range strings.Split(word, "|") {
		out = append(out, regexp.QuoteMeta(termForm(a)))
	}
	return strings.Join(out, "|")
}

// first returns the note that a text calls for, in the file's order.
func (s *Safety) first(text string) (note string, alone bool) {
	n := s.note(text)
	if n == nil {
		return "", false
	}
	return n.Answer, n.Alone && (n.beside == nil || !n.beside.MatchString(safetyForm(text)))
}

func (s *Safety) note(text string) *safetyNote {
	if s == nil {
		return nil
	}
	folded := safetyForm(text)
	for _, n := range s.notes {
		rest := folded
		if n.unless != nil {
			rest = n.unless.ReplaceAllString(folded, " ") // what is left may call for it still
		}
		if n.say.MatchString(" " + strings.TrimSpace(rest) + " ") {
			return n
		}
	}
	return nil
}

// safetyForm folds text for phrases, with a space at either end.
func safetyForm(text string) string {
	return " " + termForm(strings.ReplaceAll(text, "’", "'")) + " "
}
