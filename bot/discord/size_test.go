//go:build !trust

package discord

// randomAnswers is how many random answers are laid out.
const randomAnswers = 40

// stormCommands is how many commands come in a storm.
const stormCommands = 500
