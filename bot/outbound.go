package bot

import (
	"fmt"
	"strings"

	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/prompts"
)

// What leaves for a model comes from three places, and passes in three ways.
// The words of whoever asks go through the gate: what identifies, or may
// identify, somebody is a placeholder. Passages and sentences of the library
// are public and ours, and go as they are: a placeholder in a citation would
// make it another one. What somebody added does not go at all. Then all of it
// is looked at once more, as the bytes that are about to be sent.

// asOutbound is a question as it may leave. Citations are spelled as the
// library spells them first, so that no loose spelling of one looks like a
// telephone number.
func asOutbound(c *phi.Case, question string) string {
	var b strings.Builder
	at := 0
	for _, f := range citation.Find(question) {
		if f.Err == nil && f.Start >= at {
			b.WriteString(question[at:f.Start] + f.Citation.String())
			at = f.End
		}
	}
	text, _ := c.Redact(b.String()+question[at:], phi.Outside)
	return text
}

// leaving makes p ready to leave: its words are looked at now, and the exact
// bytes of each request before they are sent.
func leaving(c *phi.Case, p prompts.Prompt) (prompts.Prompt, error) {
	p.Fit = func(body []byte) error {
		if len(c.Scan(body)) > 0 {
			return fmt.Errorf("%w: something that may identify a person was left in the words to be sent, so they were not", ErrModel)
		}
		return nil
	}
	return p, p.Fit([]byte(p.System + "\n" + p.User))
}

// public reports whether the words of a cited place may go to a model: those
// of the library, and of official texts. Documents that were added stay here,
// wherever the model is: they are quoted as they stand, and no model puts a
// quotation into better words.
func (a *Assistant) public(c Citation) bool {
	s, p := a.Catalog.Resolve(c.Cite)
	return p != nil && s.Kind != corpus.Manual && s.Scope == corpus.PublicScope && s.Licence == "public"
}
