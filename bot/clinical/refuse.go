package clinical

import (
	"fmt"
	"regexp"
	"strings"
)

// An aside is a kind of text that is addressed to the program.
type aside struct {
	ID     string   `yaml:"id"`
	Say    []string `yaml:"say"`
	Within bool     `yaml:"within"` // taken also behind a comma without "please"
	Tell   string   `yaml:"tell"`
	says   *regexp.Regexp
}

// told is a text set aside, and what its writer is told.
type told struct {
	ID, Text, Tell string
}

func (a *aside) compile() error {
	re, err := regexp.Compile(`(?is)^(?:` + strings.Join(a.Say, "|") + `)$`)
	if err != nil {
		return fmt.Errorf("clinical: note.yaml: aside %s: %w", a.ID, err)
	}
	a.says = re
	return nil
}

// apart parts what a sentence says of the session from what it asks of the
// program. Either may be empty; together they are the sentence.
func (r *reader) apart(s string) (said string, aside told) {
	if a := r.asideOf(s); a != nil {
		return "", told{a.ID, s, r.tells(a, s)}
	}
	for _, at := range turn.FindAllStringIndex(s, 20) {
		tail := strings.TrimLeft(s[at[0]:], " ,;:(-–—\t\n")
		if a := r.asideOf(tail); a != nil && (a.Within || polite.MatchString(tail)) && at[0] > 0 {
			from := len(s) - len(tail)
			return strings.TrimRight(s[:from], " ,;:(-–—\t\n"), told{a.ID, tail, r.tells(a, tail)}
		}
	}
	return s, told{}
}

// tells is what the writer of an aside is told: of the whole, and of each
// thing more that it asks for.
func (r *reader) tells(whole *aside, text string) string {
	tell, said := whole.Tell, map[string]bool{whole.ID: true}
	for _, part := range clauses.Split(text, 20) {
		if a := r.asideOf("please " + strings.TrimSpace(part)); a != nil && a.ID != "instruction" && !said[a.ID] {
			said[a.ID] = true
			tell += " " + a.Tell
		}
	}
	return tell
}

var clauses = regexp.MustCompile(`(?i)[,;]\s*(?:and |then |also )*|\s(?:and|then)\s+`)

// turn is where a sentence may turn to the program; polite is how it does.
var (
	turn   = regexp.MustCompile(`(?i)[,;:(]\s*|\s[-–—]\s|\s(?:and |but |also )?(?:please|pls|can you|could you|so that|so (?:the|my) (?:insurance|insurer|carrier))\b`)
	polite = regexp.MustCompile(`(?i)^(?:and |but |also )?(?:please|pls|can you|could you|make (?:it|this) (?:sound|look|read)|so that|so (?:the|my)|ignore|disregard)\b`)
)

// asideOf is the kind of aside that text is, or nil.
func (r *reader) asideOf(text string) *aside {
	text = strings.Trim(text, " \t\r\n.!?\"'()[]*_")
	if len(text) > 400 {
		return nil
	}
	for i := range r.asides {
		if r.asides[i].says.MatchString(text) {
			return &r.asides[i]
		}
	}
	return nil
}

// warning names a text that was set aside, and says what was done.
func (t told) warning() string {
	const most = 120
	words := []rune(strings.Join(strings.Fields(t.Text), " "))
	if len(words) > most {
		words = append(words[:most], '…')
	}
	return fmt.Sprintf("Set aside, for it is addressed to the program and is no part of the chart: “%s” %s", string(words), t.Tell)
}
