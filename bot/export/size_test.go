//go:build !trust

package export

// documents is how many random documents the tests write in each format.
const documents = 60
