//go:build trust

package discord

// randomAnswers is how many random answers are laid out.
const randomAnswers = 4000

// stormCommands is how many commands come in a storm.
const stormCommands = 100_000
