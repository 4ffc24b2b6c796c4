//go:build !race

package bot_test

// testimonies is how many requests TestScriptIsWithinItsTime makes.
const testimonies = 1000
