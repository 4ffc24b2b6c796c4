//go:build trust

package discord

// randomAnswers is how many random answers are laid out.
const randomAnswers = 4000
