// Package evals measures what the assistant promises on questions in
// members' own words, offline and with no model.
package evals

import (
	"bufio"
	"fmt"
	"io/fs"
	"strings"
)

// A Case is one golden question.
type Case struct {
	Text  string   // q:
	State string   // state:, as a flag would give it
	Want  []string // want: ids of the sources that answer it, any of them
	Kind  string   // kind: of a question that must be declined
	Why   string   // why: the reason for the label
	Line  int      // where it begins in its file
}

// ReadCases reads a file of golden questions: blocks of "key: value" lines
// with a blank line between, "#" for comments. An unknown key, a missing q
// or why, and a repeated question are errors.
func ReadCases(fsys fs.FS, name string) ([]Case, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("evals: %w", err)
	}
	defer f.Close()
	var cases []Case
	var c Case
	seen := map[string]bool{}
	end := func() error {
		switch {
		case c.Line == 0:
			return nil
		case c.Why == "":
			return fmt.Errorf("evals: %s:%d: a case needs why", name, c.Line)
		case seen[c.Text]:
			return fmt.Errorf("evals: %s:%d: asked twice: %q", name, c.Line, c.Text)
		}
		seen[c.Text] = true
		cases = append(cases, c)
		c = Case{}
		return nil
	}
	sc := bufio.NewScanner(f)
	for line := 1; sc.Scan(); line++ {
		text := strings.TrimRight(sc.Text(), " ")
		if strings.HasPrefix(text, "#") {
			continue
		}
		if text == "" {
			if err := end(); err != nil {
				return nil, err
			}
			continue
		}
		if c.Line == 0 {
			c.Line = line
		}
		key, value, _ := strings.Cut(text, ":")
		if err := c.set(key, strings.TrimSpace(value)); err != nil {
			return nil, fmt.Errorf("evals: %s:%d: %w", name, line, err)
		}
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("evals: %s: %w", name, err)
	}
	err = end()
	return cases, err
}

func (c *Case) set(key, value string) error {
	switch key {
	case "q":
		c.Text = value
	case "state":
		c.State = value
	case "want":
		for _, id := range strings.Fields(value) {
			if kind, rest, ok := strings.Cut(id, ":"); ok {
				id = rest
				if kind == "correction" {
					id = "correction-" + rest
				}
			}
			c.Want = append(c.Want, id)
		}
	case "kind":
		c.Kind = value
	case "why":
		c.Why = value
	default:
		return fmt.Errorf("unknown key %q", key)
	}
	return nil
}

// ReadWordings reads blocks of one question in several wordings: a line
// "want: ids", then one wording a line. Comments and blank lines are as in
// ReadCases. Each block's cases have the same Want; a block without want, or
// with fewer than two wordings, is an error.
func ReadWordings(fsys fs.FS, name string) ([][]Case, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("evals: %w", err)
	}
	var blocks [][]Case
	var want Case
	var block []Case
	end := func(line int) error {
		if want.Line == 0 && len(block) == 0 {
			return nil
		}
		if len(want.Want) == 0 || len(block) < 2 {
			return fmt.Errorf("evals: %s:%d: a block needs want and two wordings", name, line)
		}
		blocks, block, want = append(blocks, block), nil, Case{}
		return nil
	}
	line := 0
	for text := range strings.Lines(string(data)) {
		line++
		text = strings.TrimSpace(text)
		ids, isWant := strings.CutPrefix(text, "want:")
		switch {
		case strings.HasPrefix(text, "#"):
		case text == "":
			if err := end(line); err != nil {
				return nil, err
			}
		case isWant:
			want.Line = line
			if err := want.set("want", ids); err != nil {
				return nil, err
			}
		default:
			block = append(block, Case{Text: text, Want: want.Want, Line: line})
		}
	}
	return blocks, end(line)
}
