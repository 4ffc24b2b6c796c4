//go:build !trust

package slacktest_test

// stormy is how many messages the storm has.
const stormy = 1000
