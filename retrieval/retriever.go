package retrieval

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A Retriever finds what bears on a question. It is safe for concurrent use.
type Retriever struct {
	Index    Index
	Lexicon  *Lexicon
	Embedder Embedder // nil: no passage is found by its vector
	Asks     *Asks    // nil: no source is found by what a question means

	sources sync.Map // sourceKey to the stemmed source
	manuals sync.Map // sourceKey to the *pages of an added document
}

// A Question is what the Retriever is asked.
type Question struct {
	Text string
	// States are those whose law may be shown beside federal law: the
	// plan's, and any that the text names. Empty means the home state.
	States []string
	Scopes []string // whose documents may be searched
	Limit  int      // sections; 10 if zero
}

// A Hit is a section that bears on the question, with its best place.
type Hit struct {
	Source *corpus.Source
	Pin    citation.Pinpoint // the best passage's
	Score  float32           // of its words and of what its questions mean; 0 for a citation that neither found
	Cited  bool              // the question cites this source
	// Ask is the place in Source.Asks of the question that is nearest of all
	// the source's pieces; -1 where that is a passage.
	Ask int
	// Cosine is how near the nearest question that the source answers is in
	// meaning, and NearAsk its place in Source.Asks; -1 for the title.
	Cosine  float32
	NearAsk int
}

// Found is the Retriever's answer, best first.
type Found struct {
	Reading Reading
	Hits    []Hit
	// Share is how much of the question's weight in rare words the library
	// knows and the best hit explains, 0 to 1.
	Share float32
	// Declined says why the question is not answered; "" if it is.
	Declined Reason
}

// A Reason is why a question is declined.
type Reason string

// The reasons.
const (
	Empty           Reason = "empty"
	OtherLanguage   Reason = "other-language"
	OtherProfession Reason = "other-profession"
	OffTopic        Reason = "off-topic"
	NothingNear     Reason = "nothing-near"
)

// leastShare is the cut-off of Found.Share below which a question is
// declined, by its topicality: the less surely it is of our field, the more
// of its words have to stand in one of our sources. Set on the open
// questions of evals/golden; evals/README.md has the figures.
var leastShare = [...]float32{0.60, 0.45, 0.29, 0.12}

// sure is the topicality of a question that another profession or subject,
// mentioned beside ours, does not turn into something else.
const sure = 3

// passageShare is how much the best passage adds to its section's score.
const passageShare = 1

// rrfK damps reciprocal ranks when words and vectors are fused; 60 is the
// customary value, and the choice hardly matters.
const rrfK = 60

// Find answers q from all but added documents. The reading is returned even where it declines, and so
// are the nearest hits.
func (r *Retriever) Find(ctx context.Context, q Question) (Found, error) {
	limit := cmp.Or(q.Limit, 10)
	reading, err := r.Lexicon.Read(ctx, r.Index, q.Text)
	if err != nil {
		return Found{}, err
	}
	f := Found{Reading: reading}
	if len(reading.Terms) == 0 {
		f.Declined = Empty
		return f, nil
	}
	query := Query{Terms: reading.Terms, Limit: 4 * limit,
		Filter: Filter{Scopes: q.Scopes, Jurisdictions: jurisdictions(q.States, reading.Citations), Kinds: shortKinds()}}
	if r.Embedder != nil {
		v, err := r.Embedder.Embed(ctx, []string{q.Text})
		if err != nil {
			return f, err
		}
		query.Vector, query.Embedder = v[0], r.Embedder.Name()
	}
	res, err := r.Index.Search(ctx, query)
	if err != nil {
		return f, err
	}
	more, err := r.feedback(ctx, reading, fuse(res))
	if err != nil {
		return f, err
	}
	if len(more) > 0 {
		query.Terms = slices.Concat(query.Terms, more)
		if res, err = r.Index.Search(ctx, query); err != nil {
			return f, err
		}
	}
	if f.Hits, err = r.cited(ctx, q, append(reading.Citations, bare(q.Text)...)); err != nil {
		return f, err
	}
	f.Hits = merge(f.Hits, fuse(res))
	if f.Share, err = r.share(ctx, reading, f.Hits); err != nil {
		return f, err
	}
	if r.Asks != nil && len(f.Hits) > 0 { // of words that nobody has a vector means nothing
		near, err := r.Asks.Nearest(ctx, q.Text, leastCosine)
		if err != nil {
			return f, err
		}
		f.Hits = closer(f.Hits, slices.DeleteFunc(near, func(n Near) bool { return !query.Filter.keeps(n.Source) }))
	}
	f.Hits = f.Hits[:min(limit, len(f.Hits))]
	f.Declined = decline(reading, f)
	return f, nil
}

// shortKinds are those whose sources are sections, not whole documents:
// Manuals finds these.
func shortKinds() []corpus.Kind {
	return slices.DeleteFunc(corpus.Kinds(), func(k corpus.Kind) bool { return k == corpus.Manual })
}

// homeState is the state whose law the library holds in depth.
const homeState = "WA"

// jurisdictions are those whose law may be shown: the given states', the
// federal, what is bound to no place, and what the question itself cites.
func jurisdictions(states []string, cites []citation.Citation) []string {
	out := append([]string{"US", "any"}, states...)
	if len(states) == 0 {
		out = append(out, homeState)
	}
	for _, c := range cites {
		if c.System == citation.RCW || c.System == citation.WAC {
			out = append(out, "WA")
		}
	}
	return out
}

// bareNumber is the number of a section of Washington's code or rules without
// its system: "284-43-3110", "48.43.016". What no source carries is none.
var bareNumber = regexp.MustCompile(`\b\d{1,3}[A-Za-z]?(?:-\d{2,3}[A-Za-z]?-\d{2,5}|\.\d{2,3}[A-Za-z]?\.\d{3,4})\b`)

// bare are the citations that bare numbers may be.
func bare(text string) []citation.Citation {
	var out []citation.Citation
	for _, n := range bareNumber.FindAllString(text, -1) {
		system := citation.WAC
		if strings.Contains(n, ".") {
			system = citation.RCW
		}
		out = append(out, citation.Citation{System: system, Number: strings.ToUpper(n)})
	}
	return out
}

// cited looks up what the question cites, each source once; a pinpoint that is not held falls
// back to the nearest larger one.
func (r *Retriever) cited(ctx context.Context, q Question, cites []citation.Citation) ([]Hit, error) {
	var out []Hit
	for _, c := range cites {
		sources, err := r.Index.Lookup(ctx, c, Filter{Scopes: q.Scopes})
		if err != nil {
			return nil, err
		}
		for _, s := range sources {
			pin := c.Pin
			for pin != "" && s.Passage(pin) == nil {
				pin = pin.Parent()
			}
			if !slices.ContainsFunc(out, func(h Hit) bool { return keyOf(h.Source) == keyOf(s) }) {
				out = append(out, Hit{Source: s, Pin: pin, Cited: true, Ask: -1})
			}
		}
	}
	return out, nil
}

// A sourceKey names a source; an index may hand out one source as several
// values.
type sourceKey struct{ scope, id string }

func keyOf(s *corpus.Source) sourceKey { return sourceKey{s.Scope, s.ID} }

// fuse joins the two rankings. With words alone their scores stand; with
// vectors too, reciprocal ranks are added, for they differ in kind.
func fuse(res Results) []Hit {
	var hits []Hit
	at := map[sourceKey]int{}
	for rank, w := range res.Words {
		h := Hit{Source: w.Source, Score: w.Score, Ask: -1}
		if len(w.Passages) > 0 {
			h.Pin = bestPin(w)
			h.Ask = max(-1, w.Passages[0].Passage-len(w.Source.Passages))
			h.Score += passageShare * w.Passages[0].Score
		}
		if len(res.Vectors) > 0 {
			h.Score = 1 / float32(rrfK+rank+1)
		}
		at[keyOf(w.Source)] = len(hits)
		hits = append(hits, h)
	}
	seen := map[sourceKey]bool{}
	rank := 0
	for _, v := range res.Vectors {
		if seen[keyOf(v.Source)] {
			continue // a section counts once, by its best passage
		}
		seen[keyOf(v.Source)] = true
		rank++
		i, ok := at[keyOf(v.Source)]
		if !ok {
			i = len(hits)
			hits = append(hits, Hit{Source: v.Source, Pin: v.Source.Passages[v.Passage].Pin, Ask: -1})
		}
		hits[i].Score += 1 / float32(rrfK+rank)
	}
	slices.SortStableFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.Source.ID, b.Source.ID))
	})
	return hits
}

// bestPin is the place of the best passage; a question that the source
// answers has none.
func bestPin(w SectionHit) citation.Pinpoint {
	for _, p := range w.Passages {
		if p.Passage < len(w.Source.Passages) {
			return w.Source.Passages[p.Passage].Pin
		}
	}
	return ""
}

// merge puts cited before ranked, each source once. What is cited keeps the
// score its words earned; its place is the one cited, or where the source
// is cited whole, the one its words found.
func merge(cited, ranked []Hit) []Hit {
	out := slices.Clone(cited)
	at := map[sourceKey]int{}
	for i, h := range cited {
		at[keyOf(h.Source)] = i
	}
	for _, h := range ranked {
		if i, ok := at[keyOf(h.Source)]; ok {
			out[i].Score, out[i].Ask, out[i].Cosine, out[i].NearAsk = h.Score, h.Ask, h.Cosine, h.NearAsk
			if out[i].Pin == "" {
				out[i].Pin = h.Pin
			}
			continue
		}
		out = append(out, h)
	}
	return out
}

// share is the part of the question's own weight (idf times weight) that
// stands in the best hits' words, meanings counting for the words they
// explain.
func (r *Retriever) share(ctx context.Context, reading Reading, hits []Hit) (float32, error) {
	var held []map[string]bool
	for _, h := range hits[:min(3, len(hits))] {
		held = append(held, r.words(h.Source))
	}
	tokens := make([]string, len(reading.Terms))
	for i, t := range reading.Terms {
		tokens[i] = t.Token
	}
	idf, _, err := r.Index.Idf(ctx, tokens)
	if err != nil {
		return 0, err
	}
	var all, got float32
	for i, t := range reading.Terms {
		w := t.Weight * idf[i]
		if i < len(reading.own) {
			all += w
		}
		if slices.ContainsFunc(held, func(words map[string]bool) bool { return words[t.Token] }) {
			got += w
		}
	}
	if all == 0 {
		return 1, nil // only citations
	}
	return min(1, got/all), nil
}

// words is the set of a source's stems, made once for each source.
func (r *Retriever) words(s *corpus.Source) map[string]bool {
	type stemmed struct {
		source *corpus.Source
		words  map[string]bool
	}
	if w, ok := r.sources.Load(keyOf(s)); ok && w.(stemmed).source == s {
		return w.(stemmed).words
	}
	words := map[string]bool{}
	for i := range Pieces(s) {
		for _, stem := range IndexTokens(s, i) {
			words[stem] = true
		}
	}
	r.sources.Store(keyOf(s), stemmed{s, words})
	return words
}

// numbered reports whether a token can be the number of a section.
func numbered(token string) bool { return len(token) >= 4 && strings.ContainsAny(token, "0123456789") }

// decline decides whether the question is answered.
func decline(r Reading, f Found) Reason {
	known := min(r.Topicality, len(leastShare)-1)
	enough := len(f.Hits) > 0 && f.Share >= leastShare[known]
	switch {
	case r.onlyCode():
		return ""
	case r.wholly && len(r.own) < 2 && len(r.Citations) == 0:
		return OtherLanguage
	case r.Profession != "" && !r.ours:
		return OtherProfession
	case r.Outside != "" && r.Topicality < sure, r.Outside != "" && !r.ours && r.Topicality < sure+1:
		return OffTopic
	case len(r.own) == 1 && r.Topicality < 2 && len(r.Citations) == 0 && !(enough && (r.Topicality > 0 || numbered(r.own[0].Token))):
		return Empty
	case r.Foreign && r.Topicality < 2:
		return OtherLanguage
	case len(f.Hits) > 0 && f.Hits[0].Cited && r.Topicality >= 2, enough:
		return ""
	case r.Topicality < 2:
		return OffTopic
	}
	return NothingNear
}
