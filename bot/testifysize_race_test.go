//go:build race

package bot_test

// testimonies is how many requests TestScriptIsWithinItsTime makes; the race
// detector sees in a few what it sees in many.
const testimonies = 40
