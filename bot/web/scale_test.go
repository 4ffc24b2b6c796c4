//go:build !trust

package web_test

// loadScale multiplies the counts of the load tests.
const loadScale = 1
