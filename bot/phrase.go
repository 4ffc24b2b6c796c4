package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/prompts"
)

// phrase lets the model put a checked answer into other words. What it
// writes is checked as if an enemy had written it: where a sentence fails, or
// is missing, the composer's stands. Either way the answer is whole.
func (a *Assistant) phrase(ctx context.Context, ans *Answer, r Request, k known) {
	if a.Model == nil || ans.Abstained || len(a.spans(ans)) == 0 {
		return
	}
	r.begin(StagePhrasing)
	p, err := a.askPrompt(ans, r, k)
	var reply []byte
	if err == nil {
		reply, err = a.Model.Complete(ctx, p)
	}
	var said prompts.AskReply
	if err == nil && json.Unmarshal(reply, &said) != nil {
		err = fmt.Errorf("%w: what it wrote was not of the form asked for", ErrModel)
	}
	if err != nil {
		ans.Warnings = append(ans.Warnings, "The built-in composer answered: "+rootless(err)+".")
		return
	}
	if a.rephrase(ans, said, a.law(k.day)) {
		ans.Model, ans.prompt = a.Model.Name(), p.Hash
	} else {
		ans.Warnings = append(ans.Warnings, "The built-in composer answered: nothing the language model wrote passed the check.")
	}
}

// With returns an Assistant like a with m for its model.
func (a *Assistant) With(m Model) *Assistant {
	return &Assistant{Catalog: a.Catalog, Rules: a.Rules, Retriever: a.Retriever, Checker: a.Checker, Safety: a.Safety, Shown: a.Shown,
		Receipts: a.Receipts, Model: m, Prompts: a.Prompts, Clinical: a.Clinical, Gate: a.Gate, Denials: a.Denials, Letters: a.Letters,
		Testimonies: a.Testimonies, PHIAgreements: a.PHIAgreements, Guards: a.Guards, Now: a.Now}
}

// rootless is what a person is told of an error; only a Model's own words
// are known to hold nothing of what it was sent.
func rootless(err error) string {
	if errors.Is(err, ErrModel) {
		return err.Error()
	}
	return ErrModel.Error()
}

// A span is the claims of one part and branch that a model may put into
// words, by their place in Answer.Claims. Models know it by its number.
type span struct {
	part   Part
	branch string
	claims []int
}

// spans are the spans of an answer, in order: of claims whose passages may
// all leave.
func (a *Assistant) spans(ans *Answer) []span {
	var out []span
	for i, c := range ans.Claims {
		if slices.ContainsFunc(c.Citations, func(n int) bool { return !a.public(ans.Citations[n-1]) }) {
			continue
		}
		if n := len(out); n == 0 || out[n-1].part != c.Part || out[n-1].branch != c.Branch {
			out = append(out, span{part: c.Part, branch: c.Branch})
		}
		g := &out[len(out)-1]
		g.claims = append(g.claims, i)
	}
	return out
}

// askPrompt renders the answer and its passages for the model, as they may
// leave.
func (a *Assistant) askPrompt(ans *Answer, r Request, k known) (prompts.Prompt, error) {
	if a.Gate == nil {
		return prompts.Prompt{}, fmt.Errorf("%w: there is no gate for identifiers before it", ErrModel)
	}
	c := a.Gate.NewCase(phi.Question)
	q := prompts.Ask{Question: asOutbound(c, r.Text), Plain: r.Plain}
	for _, name := range slices.Sorted(maps.Keys(k.facts)) {
		q.Facts = append(q.Facts, name+": "+k.facts[name])
	}
	used := map[int]bool{}
	for i, g := range a.spans(ans) {
		group := prompts.Group{N: i + 1, Part: string(g.part), Branch: g.branch}
		for _, at := range g.claims {
			c := ans.Claims[at]
			group.Sentences = append(group.Sentences, prompts.Sentence{Text: c.Text, Passages: c.Citations})
			for _, n := range c.Citations {
				used[n] = true
			}
		}
		q.Groups = append(q.Groups, group)
	}
	for _, n := range slices.Sorted(maps.Keys(used)) {
		_, p := a.Catalog.Resolve(ans.Citations[n-1].Cite)
		q.Passages = append(q.Passages, prompts.Passage{N: n, Cite: ans.Citations[n-1].Cite.String(), Text: p.Text})
	}
	p, err := a.Prompts.Ask(q)
	if err != nil {
		return p, err
	}
	return leaving(c, p)
}

// rephrase puts each sentence of said that passes in the place of the claim
// it says again, and reports whether any did. Claims, their order and their
// citations stay what they are: a model has a say in nothing but words.
func (a *Assistant) rephrase(ans *Answer, said prompts.AskReply, l *law) bool {
	claims := slices.Clone(ans.Claims)
	done := map[int]bool{}
	for i, g := range a.spans(ans) {
		tried := 0
		for _, s := range said.Sentences {
			if s.Group != i+1 {
				continue
			}
			if tried++; tried > len(g.claims) {
				break
			}
			for _, at := range g.claims {
				if done[at] {
					continue
				}
				if text, verdict := l.passes(ans, ans.Claims[at], s); verdict != cite.Withheld {
					claims[at].Text, claims[at].Verdict, done[at] = text, verdict, true
					break
				}
			}
		}
	}
	if len(done) > 0 {
		ans.Claims = claims
	}
	return len(done) > 0
}

// passes checks a model's sentence against the claim it may say again: it
// rests on that claim's passages and no others, says what the claim says, and
// what it quotes stands there.
func (l *law) passes(ans *Answer, c Claim, s prompts.SaidSentence) (string, cite.Verdict) {
	text := tidy(s.Text)
	if l.guards.manner(text) != "" || len(s.Passages) == 0 || !l.restates(text, c.Text) {
		return "", cite.Withheld
	}
	for _, n := range s.Passages {
		if !slices.Contains(c.Citations, n) {
			return "", cite.Withheld
		}
	}
	var cites []citation.Citation
	for _, n := range c.Citations {
		cites = append(cites, ans.Citations[n-1].Cite)
	}
	claim := cite.Claim{Text: text, Refs: l.quoteRefs(text, cites)}
	for _, q := range s.Quotes {
		if !slices.Contains(s.Passages, q.Passage) {
			return "", cite.Withheld
		}
		claim.Refs = append(claim.Refs, cite.Ref{Cite: ans.Citations[q.Passage-1].Cite, Quote: q.Text})
	}
	return text, l.checker.Claim(claim).Verdict
}

// restates reports whether text says what the sentence says, and all of it: in
// its words, and so that the guard of paraphrases passes it against that
// sentence alone. What is put together from several sentences can be false
// though each is true, and so can a sentence whose subjects have changed
// places or whose limit is left out.
func (l *law) restates(text, sentence string) bool {
	return l.guards.words(text, sentence) && l.checker.Restates(text, sentence) == nil
}
