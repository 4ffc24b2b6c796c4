//go:build trust

package discordtest_test

// stormy is how many interactions the storm has.
const stormy = 10000
