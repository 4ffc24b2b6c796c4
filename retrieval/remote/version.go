package remote

import (
	"fmt"
	"strings"

	"github.com/everycategory/advocate/retrieval"
)

// protocol names the form of requests and replies: give it a new number with
// every change of wire.go, and of the types of retrieval that travel.
const protocol = "1"

// A Version says what a side was built with. Sides of two versions do not
// work together: a search over one library is no answer from another.
type Version struct {
	Library  string // hash of the library in the binary (corpus.Catalog.Hash)
	Embedder string // Name of the embedder in the binary; "" for none
}

// String is the version as a header has it, with the protocol and the way
// words are analysed.
func (v Version) String() string {
	return strings.Join([]string{protocol, retrieval.Analysis, v.Library, v.Embedder}, ";")
}

// differs says in a sentence why header, which who sent, is not of v; "" if
// it is.
func (v Version) differs(who, header string) string {
	const same = "run the same version of advocate at both"
	parts := strings.Split(header, ";")
	switch {
	case header == v.String():
		return ""
	case header == "":
		return who + " does not say which version it is: it is no retrieval service of advocate"
	case len(parts) != 4 || parts[0] != protocol:
		return fmt.Sprintf("%s speaks another form of the protocol than %s: %s", who, protocol, same)
	case parts[1] != retrieval.Analysis:
		return fmt.Sprintf("%s analyses words in another way (%.20q, here %q): %s", who, parts[1], retrieval.Analysis, same)
	case parts[2] != v.Library:
		return fmt.Sprintf("%s has another library (%.12q, here %.12q): %s", who, parts[2], v.Library, same)
	}
	return fmt.Sprintf("%s has another embedder (%.60q, here %.60q): %s", who, parts[3], v.Embedder, same)
}
