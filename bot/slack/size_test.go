//go:build !trust

package slack

// randomAnswers is how many random answers are laid out.
const randomAnswers = 40

// killedEvents is how many events there are while the app is killed so many
// times; stormMessages how many messages come in a storm.
const (
	killedEvents, killedTimes = 100, 4
	stormMessages             = 1000
)
