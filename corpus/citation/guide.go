package citation

import "regexp"

// guideForm is how a page of our own is cited ("guide timed-units"). Parse
// reads it, Find never does: in running text those are just words.
var guideForm = regexp.MustCompile(`^guide ([a-z0-9][a-z0-9.-]*)$`)
