package bot

import (
	"slices"

	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// check turns a draft into claims. A sentence the checker withholds is
// replaced by the digest's own nearest sentence, and dropped where that
// fails too; only what was checked gets into the answer.
func (a *Assistant) check(ans *Answer, d *draft, l *law) {
	said := map[string]bool{}
	for _, p := range d.points {
		say, res := l.checked(p)
		if res.Verdict == cite.Withheld || said[say] || said[p.branch+"\x00"+say] {
			continue
		}
		said[p.branch+"\x00"+say] = true
		if p.branch == "" {
			said[say] = true
		}
		c := Claim{Text: say, Verdict: res.Verdict, Part: p.part, Branch: p.branch, from: p.say}
		for _, ref := range res.Refs {
			if n := ans.number(ref, l); !slices.Contains(c.Citations, n) {
				c.Citations = append(c.Citations, n)
			}
		}
		ans.Claims = append(ans.Claims, c)
	}
}

// A verdict is what may be said of a point, and the checker's word on it.
type verdict struct {
	say string
	cite.Result
}

// checked returns what may be said of a point and the checker's word on it.
func (l *law) checked(p point) (string, cite.Result) {
	key := p.say
	for _, c := range p.cites {
		key += "\x00" + c.String()
	}
	if v, ok := l.verdicts.Load(key); ok {
		return v.(verdict).say, v.(verdict).Result
	}
	claim := cite.Claim{Text: p.say, Refs: l.quoteRefs(p.say, p.cites)}
	if p.quote != "" {
		claim.Refs = []cite.Ref{{Cite: p.cites[0], Quote: p.quote}}
	}
	res := l.checker.Claim(claim)
	if res.Verdict == cite.Withheld {
		claim, res = l.instead(res)
	}
	l.verdicts.Store(key, verdict{claim.Text, res})
	return claim.Text, res
}

// instead proposes the digest's own sentence for a withheld claim.
func (l *law) instead(res cite.Result) (cite.Claim, cite.Result) {
	for _, ref := range res.Refs {
		if ref.Digest == "" {
			continue
		}
		c := cite.Claim{Text: ref.Digest, Refs: l.quoteRefs(ref.Digest, []citation.Citation{ref.Cite})}
		if r := l.checker.Claim(c); r.Verdict != cite.Withheld {
			return c, r
		}
	}
	return cite.Claim{}, cite.Result{Verdict: cite.Withheld}
}

// quoteRefs attaches to each place the official words held there that the
// sentence speaks of.
func (l *law) quoteRefs(say string, cites []citation.Citation) []cite.Ref {
	words := contentWords(say)
	var refs []cite.Ref
	for _, c := range cites {
		ref := cite.Ref{Cite: c}
		if s, p := l.catalog.Resolve(c); p != nil && s.Form == corpus.Digest {
			best := 1 // a quotation must share at least two words with the sentence
			for _, q := range p.Official(s.Form) {
				if n := shared(words, contentWords(q)); n > best {
					ref.Quote, best = q, n
				}
			}
		}
		refs = append(refs, ref)
	}
	return refs
}

func contentWords(text string) map[string]bool {
	words := map[string]bool{}
	for _, t := range retrieval.Analyze(text) {
		if !t.Stop {
			words[t.Stem] = true
		}
	}
	return words
}

func shared(a, b map[string]bool) int {
	n := 0
	for w := range a {
		if b[w] {
			n++
		}
	}
	return n
}

// number returns the citation number of a resolved place, giving it the
// next one when it is new.
func (ans *Answer) number(r cite.Resolved, l *law) int {
	for _, c := range ans.Citations {
		if c.Source == r.Source.ID && c.Pinpoint == r.Cite.Pin {
			return c.N
		}
	}
	c := Citation{N: len(ans.Citations) + 1, Source: r.Source.ID, Title: r.Source.Title, Cite: r.Cite,
		Pinpoint: r.Cite.Pin, Quote: r.Quote, URL: r.Source.URL, Kind: r.Source.Kind,
		Jurisdiction: r.Source.Jurisdiction, AsOf: r.Source.AsOf, ReadIn: r.Source.ReadIn, TextStatus: r.Source.Form,
		Partial: r.Source.Status == "partial", Scope: r.Source.Scope}
	if r.Source.Form == corpus.Digest {
		c.Digest = r.Digest
	}
	if t := r.Text; t != nil && t.Capture != nil && (r.InText || t == r.Source) {
		c.TextStatus, c.Text, c.Partial = corpus.Text, t.ID, t.Status == "partial"
		c.URL, c.ReadIn, c.AsOf = t.URL, t.ReadIn, l.asOf(t, l.day)
	} else if t != nil && l.standsIn(r.Source, t) {
		c.Law = l.asOf(t, l.day)
	}
	ans.Citations = append(ans.Citations, c)
	return c.N
}
