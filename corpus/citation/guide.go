package citation

import "regexp"

// guideForm is how a page of our own is cited ("guide timed-units"). Parse
// reads it, Find never does: in running text those are just words.
var guideForm = regexp.MustCompile(`^guide ([a-z0-9][a-z0-9.-]*)$`)

// manualForm is how a document that somebody added is cited: "manual
// billing-guide, p. 47 ¶2". A page goes by the label the document gives it.
// Parse reads it, Find never does.
var manualForm = regexp.MustCompile(`^manual ([a-z0-9][a-z0-9.-]*?)(?:,? (p\. [0-9A-Za-z][0-9A-Za-z.-]{0,11}(?: ¶[1-9]\d{0,3})?))?$`)
