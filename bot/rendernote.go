package bot

import (
	"fmt"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/clinical"
	"github.com/everycategory/advocate/bot/phi"
)

// Render writes a rewrite as a terminal shows it: the chart note, what to
// know of it, what is missing, the checks, what was changed, the identifiers.
// Wrapping to a width is the caller's.
func (out *Rewritten) Render(s Style) string {
	var b strings.Builder
	for line := range strings.Lines(out.Text) {
		b.WriteString(s.headed(line))
	}
	if !strings.HasSuffix(out.Text, "\n") {
		b.WriteString("\n")
	}
	for _, w := range out.Warnings {
		b.WriteString("\n" + s.label("Note:") + " " + w + "\n")
	}
	list := func(title string, lines []string) {
		if len(lines) > 0 {
			b.WriteString("\n" + s.label(title) + "\n- " + strings.Join(lines, "\n- ") + "\n")
		}
	}
	var missing, checks []string
	for _, m := range out.Missing {
		missing = append(missing, s.label(strings.ReplaceAll(m.Element, "_", " "))+": "+m.Ask)
	}
	for _, k := range out.Checks {
		line := k.Finding
		if k.Cite != "" {
			line += " " + s.mark("["+k.Cite+"]")
		}
		checks = append(checks, line)
	}
	list("Missing: only you know these", missing)
	list("Checks, beside the note and not in it", checks)
	list("What was changed", changeLines(out.Changes))
	list("What identifies somebody", identifierLines(out.PHI))
	b.WriteString("\n" + s.faint(out.closing()) + "\n")
	return b.String()
}

// headed marks the name of a section at the start of a line.
func (s Style) headed(line string) string {
	for _, name := range []string{"Subjective", "Objective", "Assessment", "Plan"} {
		if rest, ok := strings.CutPrefix(line, name); ok && (rest == "" || strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "\n")) {
			colon := rest[:len(rest)-len(strings.TrimPrefix(rest, ":"))]
			return s.label(name+colon) + rest[len(colon):]
		}
	}
	return line
}

// changeLines tells each change once.
func changeLines(changes []clinical.Change) []string {
	var lines []string
	count := map[string]int{}
	for _, c := range changes {
		line := "“" + c.From + "” → “" + c.To + "”: " + c.Why
		if count[line]++; count[line] == 1 {
			lines = append(lines, line)
		}
	}
	for i, line := range lines {
		if n := count[line]; n > 1 {
			lines[i] = fmt.Sprintf("%s (%d times)", line, n)
		}
	}
	return lines
}

// identifierLines count what was replaced, by type, and name what was not.
func identifierLines(found []phi.Finding) []string {
	var lines, types, unsure []string
	count := map[string]int{}
	for _, f := range found {
		name := strings.ReplaceAll(string(f.Type), "_", " ")
		switch {
		case !f.Sure:
			if word := "“" + f.Text + "”"; !slices.Contains(unsure, word) {
				unsure = append(unsure, word)
			}
		case count[name] == 0:
			types = append(types, name)
			fallthrough
		default:
			count[name]++
		}
	}
	for i, name := range types {
		types[i] = fmt.Sprintf("%s %d", name, count[name])
	}
	if len(types) > 0 {
		lines = append(lines, "found: "+strings.Join(types, ", "))
	}
	if len(unsure) > 0 {
		lines = append(lines, "perhaps, and left as you wrote it: "+strings.Join(unsure, ", "))
	}
	return lines
}

func (out *Rewritten) closing() string {
	text := "A draft: read it against your note before you sign it. The note was not kept"
	if out.Model != composer {
		text += " · put in words by " + out.Model + ", checked here"
	}
	if out.ID != "" {
		text += " · receipt " + out.ID
	}
	return text
}
