package cite

import (
	"errors"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A Stand says whether one quotation of a digest stands in the official text
// that is the law.
type Stand struct {
	Cite   citation.Citation `json:"cite"` // the digest's passage
	Quote  string            `json:"quote"`
	Status Status            `json:"status"`   // verified, misquoted, wrong-pinpoint or superseded
	Now    string            `json:"expected"` // the words or the place that is right, if near; else ""
	Note   string            `json:"note"`
}

// Stands reports whether s does.
func (s Stand) Stands() bool { return s.Status == StatusVerified }

// Verify holds every quotation of every digest against the official text
// that is the law of it, and leaves out digests whose text is not held
// complete. What does not stand any more must not be shown as the law's
// words; Claim withholds it.
func (k *Checker) Verify() []Stand {
	d := &draft{Checker: k, budget: diagnosis}
	var out []Stand
	for _, s := range k.catalog.Sources {
		text := k.law(s.Cite)
		if s.Form != corpus.Digest || s.Cite.IsZero() || text == nil || text.Status == "partial" || s.KnowsMore(text) {
			continue
		}
		for i := range s.Passages {
			p := &s.Passages[i]
			for _, q := range p.Official(s.Form) {
				out = append(out, d.stand(s.Cite.At(p.Pin), q, text))
			}
		}
	}
	return out
}

func (d *draft) stand(cite citation.Citation, quote string, text *corpus.Source) Stand {
	st := Stand{Cite: cite, Quote: quote, Status: StatusVerified}
	if text.Status == corpus.Repealed {
		st.Status, st.Note = StatusSuperseded, "It was repealed"+since(text.Capture)+"."
		return st
	}
	if text.Cite != cite.Base() {
		st.Note = text.Cite.String() + " has taken its place."
	}
	_, _, err := d.quoteOrDigest(cite, quote)
	switch {
	case err == nil:
	case errors.Is(err, ErrPinpoint):
		at, _ := d.elsewhere(cite, quote)
		st.Status, st.Now = StatusWrongPinpoint, at.String()
	default:
		st.Status, st.Now = StatusMisquoted, d.meant(cite, quote)
		st.Note = strings.TrimSpace(st.Note + " " + err.Error())
	}
	return st
}

// Changed reports whether a digest of cite has a quotation that does not
// stand in the official text that is the law, so that what it says may tell
// of earlier words.
func (k *Checker) Changed(cite citation.Citation) bool {
	text := k.law(cite)
	if text == nil || text.Status == "partial" {
		return false
	}
	d := &draft{Checker: k, budget: diagnosis}
	for _, s := range k.catalog.Find(cite) {
		for i := range s.Passages {
			if s.Form != corpus.Digest || s.KnowsMore(text) {
				break
			}
			for _, q := range s.Passages[i].Official(s.Form) {
				if !d.stand(s.Cite.At(s.Passages[i].Pin), q, text).Stands() {
					return true
				}
			}
		}
	}
	return false
}
