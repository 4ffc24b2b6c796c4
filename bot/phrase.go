package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/prompts"
)

// phrase lets the model put a checked answer into other words. What it
// writes is checked as if an enemy had written it: a sentence that fails is
// dropped, what the model left out is put back, and where the model fails
// the answer stays as the composer made it. Either way the answer is whole.
func (a *Assistant) phrase(ctx context.Context, ans *Answer, r Request, k known) {
	if a.Model == nil || ans.Abstained || len(ans.Claims) == 0 {
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
	return &Assistant{Catalog: a.Catalog, Rules: a.Rules, Retriever: a.Retriever, Checker: a.Checker, Safety: a.Safety,
		Receipts: a.Receipts, Model: m, Prompts: a.Prompts, Clinical: a.Clinical, Gate: a.Gate, PHIAgreements: a.PHIAgreements, Now: a.Now}
}

// rootless is what a person is told of an error; only a Model's own words
// are known to hold nothing of what it was sent.
func rootless(err error) string {
	if errors.Is(err, ErrModel) {
		return err.Error()
	}
	return ErrModel.Error()
}

// span is the claims of one part and branch, which are numbered for a model.
type span struct {
	group
	part Part
}

func (ans *Answer) spans() []span {
	var out []span
	for _, part := range []Part{Lead, Limits, Next, Terms} {
		for _, g := range ans.groups(part) {
			out = append(out, span{g, part})
		}
	}
	return out
}

// askPrompt renders the answer and its passages for the model. Documents
// that are not public go to no model elsewhere.
func (a *Assistant) askPrompt(ans *Answer, r Request, k known) (prompts.Prompt, error) {
	question, err := a.outbound(r.Text)
	if err != nil {
		return prompts.Prompt{}, err
	}
	q := prompts.Ask{Question: question, Plain: r.Plain}
	for _, name := range slices.Sorted(maps.Keys(k.facts)) {
		q.Facts = append(q.Facts, name+": "+k.facts[name])
	}
	for _, c := range ans.Citations {
		s, p := a.Catalog.Resolve(c.Cite)
		if p == nil {
			return prompts.Prompt{}, fmt.Errorf("bot: %s is no longer held", c.Cite)
		}
		if (s.Scope != corpus.PublicScope || s.Licence != "public") && !a.Model.Home() {
			return prompts.Prompt{}, fmt.Errorf("%w: the answer rests on a document that does not leave this machine", ErrModel)
		}
		q.Passages = append(q.Passages, prompts.Passage{N: c.N, Cite: c.Cite.String(), Text: p.Text})
	}
	for i, g := range ans.spans() {
		group := prompts.Group{N: i + 1, Part: string(g.part), Branch: g.branch}
		for _, c := range g.claims {
			group.Sentences = append(group.Sentences, prompts.Sentence{Text: c.Text, Passages: c.Citations})
		}
		q.Groups = append(q.Groups, group)
	}
	return a.Prompts.Ask(q)
}

// rephrase puts the sentences of said that pass into ans, and reports
// whether any did.
func (a *Assistant) rephrase(ans *Answer, said prompts.AskReply, l *law) bool {
	next := *ans
	next.Claims, next.Citations = nil, nil
	used := false
	for i, g := range ans.spans() {
		fresh := l.passing(ans, g, i+1, said)
		used = used || len(fresh) > 0
		covered := map[int]bool{}
		for _, s := range fresh {
			for _, n := range s.from {
				covered[n] = true
			}
			next.put(Claim{Text: s.text, Verdict: s.Verdict, Part: g.part, Branch: g.branch}, s.Refs, l)
		}
		for _, c := range g.claims { // what the model left out
			if !slices.ContainsFunc(c.Citations, func(n int) bool { return !covered[n] }) {
				continue
			}
			p := point{say: c.Text, part: g.part, branch: g.branch}
			for _, n := range c.Citations {
				p.cites = append(p.cites, ans.Citations[n-1].Cite)
			}
			if say, res := l.checked(p); res.Verdict != cite.Withheld {
				next.put(Claim{Text: say, Verdict: res.Verdict, Part: g.part, Branch: g.branch}, res.Refs, l)
			}
		}
	}
	if used {
		*ans = next
	}
	return used
}

// put appends a claim with its refs, numbered.
func (ans *Answer) put(c Claim, refs []cite.Resolved, l *law) {
	for _, ref := range refs {
		if n := ans.number(ref, l); !slices.Contains(c.Citations, n) {
			c.Citations = append(c.Citations, n)
		}
	}
	ans.Claims = append(ans.Claims, c)
}

// A passed sentence of a model, and the passages it named.
type passed struct {
	text string
	from []int
	cite.Result
}

// passing are the model's sentences for group number n that pass. Of the
// first group none does unless its first one does, for that is the answer to
// the question.
func (l *law) passing(ans *Answer, g span, n int, said prompts.AskReply) []passed {
	offered := map[int]bool{}
	var standing []string
	for _, c := range g.claims {
		standing = append(standing, c.Text)
		for _, at := range c.Citations {
			offered[at] = true
		}
	}
	var out []passed
	seen := map[string]bool{}
	tried := 0
	for _, s := range said.Sentences {
		if s.Group != n {
			continue
		}
		if tried++; tried > len(g.claims) {
			break
		}
		p, ok := l.passes(ans, offered, standing, s.Text, s.Passages, func(yield func(int, string) bool) {
			for _, q := range s.Quotes {
				if !yield(q.Passage, q.Text) {
					return
				}
			}
		})
		if ok && !seen[p.text] {
			seen[p.text] = true
			out = append(out, p)
		}
		if !ok && n == 1 && tried == 1 {
			return nil
		}
	}
	return out
}

// passes checks one sentence of a model. It may rest only on passages that
// its group was offered: what binds in one branch does not in another.
func (l *law) passes(ans *Answer, offered map[int]bool, standing []string, text string, from []int, quotes func(func(int, string) bool)) (passed, bool) {
	text = tidy(text)
	if improper(text) != "" || len(from) == 0 {
		return passed{}, false
	}
	claim := cite.Claim{Text: text}
	material := standing
	for _, n := range from {
		if !offered[n] {
			return passed{}, false
		}
		claim.Refs = append(claim.Refs, cite.Ref{Cite: ans.Citations[n-1].Cite})
		if s, p := l.catalog.Resolve(ans.Citations[n-1].Cite); p != nil && s.Form == corpus.Digest {
			material = append(material, p.Sentences()...)
		}
	}
	if !slices.ContainsFunc(material, func(s string) bool { return l.restates(text, s) }) {
		return passed{}, false
	}
	for n, q := range quotes {
		at := slices.Index(from, n)
		if at < 0 {
			return passed{}, false
		}
		if claim.Refs[at].Quote != "" && claim.Refs[at].Quote != q {
			claim.Refs = append(claim.Refs, cite.Ref{Cite: claim.Refs[at].Cite, Quote: q})
			continue
		}
		claim.Refs[at].Quote = q
	}
	shown := cite.Claim{Text: text} // with words beside it, as for the composer's own
	for _, ref := range claim.Refs {
		if ref.Quote == "" {
			ref = l.quoteRefs(text, []citation.Citation{ref.Cite})[0]
		}
		shown.Refs = append(shown.Refs, ref)
	}
	res := l.checker.Claim(shown)
	if res.Verdict == cite.Withheld {
		res = l.checker.Claim(claim)
	}
	return passed{text, from, res}, res.Verdict != cite.Withheld
}

// outbound is text as it may leave for the model.
func (a *Assistant) outbound(text string) (string, error) { return text, nil }

// restates reports whether text says what one sentence of the library says,
// and all of it: the same words of content, clause by clause in their order,
// though the clauses may change places, and the guard of paraphrases passes
// it against that sentence alone. What is put together from several sentences
// can be false though each is true, and so can a sentence whose subjects have
// changed places or whose limit is left out; no guard of single words sees
// that.
func (l *law) restates(text, sentence string) bool {
	return reordered(content(text), clauses(sentence)) && l.checker.Restates(text, sentence) == nil
}
