//go:build !trust

package slack

// randomAnswers is how many random answers are laid out.
const randomAnswers = 40
