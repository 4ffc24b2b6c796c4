//go:build trust

package ledger_test

// scale multiplies the counts of tests that gain from large ones.
const scale = 100
