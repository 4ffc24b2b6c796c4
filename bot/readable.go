package bot

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// ErrDay is matched by the error of a day that cannot be read.
var ErrDay = errors.New("unreadable day")

// maxQuestion is the most bytes of a question; more is no question.
const maxQuestion = 16 << 10

// unreadable says why a question cannot be read at all, or "".
func unreadable(text string) string {
	if len(text) > maxQuestion {
		return fmt.Sprintf("That is too long for a question (%d kB; at most %d). Ask in a few sentences; a draft or letter goes to 'advocate check FILE'.", len(text)>>10, maxQuestion>>10)
	}
	return notText(text)
}

// notText says that a text is none, or "".
func notText(text string) string {
	if !utf8.ValidString(text) || hasControl(text) {
		return "That is not text I can read. Give it as plain text, in words."
	}
	return ""
}

func hasControl(text string) bool {
	for _, r := range text {
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' {
			return true
		}
	}
	return false
}
