package bot

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/goccy/go-yaml"
)

// Safety holds what comes before any answer: help in a crisis, warning signs
// that need a clinician, questions for a lawyer, requests for a falsehood.
// It is data (safety.yaml) and not modified after LoadSafety; nil holds
// nothing.
type Safety struct{ notes []safetyNote }

type safetyNote struct {
	ID     string   `yaml:"id"`
	Say    []string `yaml:"say"`
	Answer string   `yaml:"answer"`
	Alone  bool     `yaml:"alone"` // it replaces the answer
}

// LoadSafety reads safety.yaml from the library.
func LoadSafety(fsys fs.FS) (*Safety, error) {
	const name = "safety.yaml"
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("bot: %w", err)
	}
	var file struct {
		Notes []safetyNote `yaml:"notes"`
	}
	if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("bot: %s: %s", name, yaml.FormatError(err, false, false))
	}
	for _, n := range file.Notes {
		if n.ID == "" || n.Answer == "" || len(n.Say) == 0 {
			return nil, fmt.Errorf("bot: %s: note %q needs id, say and answer", name, n.ID)
		}
	}
	return &Safety{file.Notes}, nil
}

// first returns the note that a text calls for, in the file's order.
func (s *Safety) first(text string) (note string, alone bool) {
	if s == nil {
		return "", false
	}
	folded := " " + termForm(strings.ReplaceAll(text, "’", "'")) + " "
	for _, n := range s.notes {
		for _, say := range n.Say {
			if strings.Contains(folded, " "+termForm(say)+" ") {
				return n.Answer, n.Alone
			}
		}
	}
	return "", false
}
