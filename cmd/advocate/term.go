package main

import (
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/term"

	"github.com/everycategory/advocate/bot"
)

// defaultWidth is used where the output is no terminal, and is the most
// that is used on one: longer lines read badly.
const defaultWidth = 80

// width is the number of columns to write.
func (a *app) width() int {
	if f, ok := a.out.(*os.File); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 20 {
			return min(w, defaultWidth)
		}
	}
	return defaultWidth
}

// colored reports whether to colour the output.
func (a *app) colored() bool {
	switch a.settings.color.value {
	case "always":
		return true
	case "never":
		return false
	}
	f, ok := a.out.(*os.File)
	return ok && !a.settings.noColor && term.IsTerminal(int(f.Fd()))
}

// style is how answers are marked up here.
func (a *app) style() bot.Style {
	if !a.colored() {
		return bot.Plain
	}
	sgr := func(code string) func(string) string {
		return func(t string) string { return "\x1b[" + code + "m" + t + "\x1b[0m" }
	}
	return bot.Style{Label: sgr("1"), Mark: sgr("36"), Faint: sgr("2")}
}

// print writes text wrapped to the width, list lines with a hanging indent.
func (a *app) print(text string) error {
	_, err := io.WriteString(a.out, wrap(text, a.width()))
	return failed(err)
}

const hyphen = "\ue000"

// wrap breaks each line of text at width columns. What follows the first
// line of an item ("[1] …", "- …") is indented to its text.
func wrap(text string, width int) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		bare := ansi.Strip(line)
		indent := 0
		if mark, _, ok := strings.Cut(bare, " "); ok && (strings.HasPrefix(mark, "[") || mark == "-") {
			indent = len(mark) + 1
		} else if lead := len(bare) - len(strings.TrimLeft(bare, " ")); lead > 0 {
			indent = lead
		}
		// URLs and citations break only at spaces, never at hyphens; a
		// private character stands in for these meanwhile.
		wrapped := ansi.Wordwrap(strings.ReplaceAll(line, "-", hyphen), width-indent, "")
		wrapped = strings.ReplaceAll(wrapped, hyphen, "-")
		b.WriteString(strings.ReplaceAll(wrapped, "\n", "\n"+strings.Repeat(" ", indent)) + "\n")
	}
	return b.String()
}

// isTerminal reports whether somebody reads w on a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
