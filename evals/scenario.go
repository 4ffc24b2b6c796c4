package evals

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// A Scenario is one case of evals/cases: what comes in at a door, and what
// must and must not be in what comes out.
type Scenario struct {
	Door  string // "ask", "check", "rewrite", "rebut", "testify"
	Text  string
	State string
	Plan  string
	Facts []string
	Bill  string // of a testimony

	Cite    [][]string // each: one of these must be cited
	Say     [][]string // each: one of these must be said
	Not     []string   // must not be said
	Hide    []string   // must not be shown, in no part of the result
	Status  []string   // of the citations of a draft, in order
	Objects []string   // objections that must be read
	Letter  string     // the kind of letter
	Decline bool       // must be declined

	Why  string // the reason for the label
	File string
	Line int
}

// doors are the keys that open a scenario.
var doors = []string{"ask", "check", "rewrite", "rebut", "testify"}

// ReadScenarios reads a file of scenarios: blocks of "key: value" lines with a
// blank line between, "#" for comments. The first key is the door. A value
// with "|" is a list of alternatives, and "\n" in a text is a line break. An
// unknown key, a missing why, nothing wanted, and a repeated text are errors.
func ReadScenarios(fsys fs.FS, name string) ([]Scenario, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("evals: %w", err)
	}
	var out []Scenario
	var s Scenario
	seen := map[string]bool{}
	end := func() error {
		switch {
		case s.Line == 0:
			return nil
		case s.Door == "" || s.Why == "":
			return fmt.Errorf("evals: %s:%d: a scenario needs a door and why", name, s.Line)
		case !s.wants():
			return fmt.Errorf("evals: %s:%d: nothing is wanted", name, s.Line)
		case seen[s.Key()]:
			return fmt.Errorf("evals: %s:%d: stands there twice: %q", name, s.Line, s.Text)
		}
		seen[s.Key()] = true
		out = append(out, s)
		s = Scenario{}
		return nil
	}
	line := 0
	for text := range strings.Lines(string(data)) {
		line++
		text = strings.TrimRight(text, " \r\n")
		switch {
		case strings.HasPrefix(text, "#"):
			continue
		case text == "":
			if err := end(); err != nil {
				return nil, err
			}
			continue
		case s.Line == 0:
			s.File, s.Line = name, line
		}
		key, value, ok := strings.Cut(text, ":")
		if !ok || !s.set(key, strings.TrimSpace(value)) {
			return nil, fmt.Errorf("evals: %s:%d: unknown key %q", name, line, key)
		}
	}
	return out, end()
}

func (s *Scenario) wants() bool {
	return s.Decline || len(s.Cite)+len(s.Say)+len(s.Not)+len(s.Hide)+len(s.Status)+len(s.Objects) > 0 || s.Letter != ""
}

func (s *Scenario) set(key, value string) bool {
	if slices.Contains(doors, key) && s.Door == "" {
		s.Door, s.Text = key, strings.ReplaceAll(value, `\n`, "\n")
		return true
	}
	switch key {
	case "state":
		s.State = value
	case "plan":
		s.Plan = value
	case "fact":
		s.Facts = append(s.Facts, value)
	case "bill":
		s.Bill = value
	case "cite":
		s.Cite = append(s.Cite, either(value))
	case "say":
		s.Say = append(s.Say, either(value))
	case "not":
		s.Not = append(s.Not, either(value)...)
	case "hide":
		s.Hide = append(s.Hide, either(value)...)
	case "status":
		s.Status = append(s.Status, value)
	case "objection":
		s.Objects = append(s.Objects, value)
	case "letter":
		s.Letter = value
	case "decline":
		s.Decline = true
	case "why":
		s.Why = value
	default:
		return false
	}
	return true
}

func either(value string) []string {
	var out []string
	for part := range strings.SplitSeq(value, "|") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// Key names a scenario by what comes in.
func (s *Scenario) Key() string {
	return strings.Join([]string{s.Door, s.Text, s.State, s.Plan, strings.Join(s.Facts, " "), s.Bill}, "\n")
}

// sealSeed orders the scenarios; changing it would seal others.
const sealSeed = "scenarios-1"

// Hash is what a sealed scenario is known by.
func (s *Scenario) Hash() string {
	sum := sha256.Sum256([]byte(sealSeed + "\n" + s.Key()))
	return hex.EncodeToString(sum[:])
}

// Sealed reports whether a scenario is of the half on which nobody tunes: by
// its hash, so that no author chooses.
func (s *Scenario) Sealed() bool { return s.Hash()[0] >= '8' }
