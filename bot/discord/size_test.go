//go:build !trust

package discord

// randomAnswers is how many random answers are laid out.
const randomAnswers = 40

// stormCommands is how many commands come in a storm.
const stormCommands = 500

// killedEvents is how many events there are while the app is killed so many
// times.
const killedEvents, killedTimes = 100, 4
