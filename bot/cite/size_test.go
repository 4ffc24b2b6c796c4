//go:build !trust

package cite

// mutants is how many mutants of each kind the trust tests try.
const mutants = 100
