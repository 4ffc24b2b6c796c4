package bot

import (
	"strings"

	"github.com/everycategory/advocate/bot/clinical"
	"github.com/everycategory/advocate/corpus"
)

// keepRewrite saves the receipt of a rewrite: which rules were applied beside
// the note, and the passages they rest on. Of the note and of the result it
// keeps no word, no fact and no hash, for a hash of a short text tells it.
func (a *Assistant) keepRewrite(out *Rewritten) {
	if a.Receipts == nil {
		return
	}
	kept := Answer{ID: NewReceiptID(), Task: out.Task, Text: keptRules(out.Checks), Claims: []Claim{}, Citations: []Citation{}, Nearest: []Nearest{},
		Followups: []string{}, Warnings: []string{}, Model: out.Model, Corpus: out.Corpus}
	if why := a.saveReceipt(&kept, out.prompt, a.heldOf(out.Checks)); why != "" {
		out.warn(why)
		return
	}
	out.ID = kept.ID
}

// keptRules says which rules spoke, in their names alone.
func keptRules(checks []clinical.Check) string {
	text := "A note was put in clinical language. Neither the note nor the result was kept."
	var rules []string
	seen := map[string]bool{}
	for _, k := range checks {
		rule := k.Rule
		if k.Cite != "" {
			rule += " (" + k.Cite + ")"
		}
		if !seen[rule] {
			seen[rule] = true
			rules = append(rules, rule)
		}
	}
	if len(rules) > 0 {
		text += " Checks beside it: " + strings.Join(rules, ", ") + "."
	}
	return text
}

// heldOf are the cited passages as they stand.
func (a *Assistant) heldOf(checks []clinical.Check) []Held {
	out := []Held{}
	seen := map[string]bool{}
	for _, k := range checks {
		s, p := a.Cited(k.Cite)
		if p == nil || seen[k.Cite] || s.Scope != corpus.PublicScope {
			continue
		}
		seen[k.Cite] = true
		out = append(out, Held{s.Cite.At(p.Pin), s.ID, s.Title, s.Form, s.AsOf, p.Hash(), p.Text})
	}
	return out
}
