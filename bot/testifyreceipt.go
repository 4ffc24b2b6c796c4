package bot

import (
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/corpus"
)

// keep saves the receipt of a testimony: the sentences of law and evidence in
// it with the passages they rest on. Of what the speaker gave, it keeps no
// word.
func (s *speaker) keep() {
	if s.Receipts == nil {
		return
	}
	ans := Answer{ID: NewReceiptID(), Task: s.out.Task, Claims: s.out.claims(), Citations: s.out.Citations, Nearest: []Nearest{},
		Followups: []string{}, Warnings: []string{}, Applicability: coverage.Applicability{}, Model: s.out.Model, Corpus: s.out.Corpus}
	ans.Text = ans.Render(Plain)
	var passages []Held
	for _, c := range ans.Citations {
		passages = append(passages, s.law.held(c)...)
		passages = append(passages, s.heldInside(c)...)
	}
	if why := s.saveReceipt(&ans, "", passages); why != "" {
		s.out.Warnings = append(s.out.Warnings, why)
		return
	}
	s.out.ID = ans.ID
}

// heldInside are the passages inside a cited one, on which a sentence may rest
// too.
func (s *speaker) heldInside(c Citation) []Held {
	src, at := s.law.catalog.Resolve(c.Cite)
	if at == nil || c.Pinpoint == "" || src.Scope != corpus.PublicScope {
		return nil
	}
	var out []Held
	for _, p := range src.Within(c.Pinpoint) {
		if p.Pin != c.Pinpoint {
			out = append(out, Held{c.Cite.At(p.Pin), src.ID, src.Title, src.Form, src.AsOf, p.Hash(), p.Text})
		}
	}
	return out
}

// claims are the checked sentences of a testimony, each once.
func (out *Testimony) claims() []Claim {
	claims := []Claim{}
	seen := map[string]bool{}
	add := func(list []Statement) {
		for _, st := range list {
			if st.Verdict == "" || seen[st.Text] {
				continue
			}
			seen[st.Text] = true
			claims = append(claims, Claim{Text: st.Text, Citations: st.Citations, Verdict: st.Verdict, Part: Lead})
		}
	}
	add(out.Statements)
	for _, q := range out.Questions {
		add(q.Claims)
	}
	return claims
}
