//go:build !trust

package corpus_test

// histories is how many made-up worlds are simulated.
const histories = 100
