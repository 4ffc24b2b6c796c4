package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// When a document that somebody added is quoted. Its shares are of one
// passage; those of the law are of its three nearest sections together.
const (
	manualShare = 0.55 // of the question, for a passage to be quoted at all
	manualWords = 2    // different words of the question that stand in it
	manualLead  = 0.25 // by how much more than the law's the share is of one that leads
)

// fits reports whether a passage bears on the question closely enough.
func fits(m retrieval.ManualHit) bool { return m.Share >= manualShare && m.Words >= manualWords }

// leads reports whether an added document, and not the law, is what answers:
// the law has no answer, or explains clearly less of the question. What is
// of another subject or profession is declined whatever was added.
func leads(m retrieval.ManualHit, found retrieval.Found) bool {
	switch found.Declined {
	case retrieval.NothingNear:
		return true
	case retrieval.OffTopic:
		return found.Reading.Outside == ""
	case "":
		return !slices.ContainsFunc(found.Hits, func(h retrieval.Hit) bool { return h.Cited }) && m.Share >= found.Share+manualLead
	}
	return false
}

// ownWords are what the added documents say on a question.
type ownWords struct {
	points []point
	lead   bool   // they are the answer, not the law
	note   string // where to read, if nothing there can be quoted
}

// ownWords quotes the added document that bears most on the question.
func (a *Assistant) ownWords(ctx context.Context, l *law, q retrieval.Question, found retrieval.Found) (ownWords, error) {
	var own ownWords
	manuals, err := a.Retriever.Manuals(ctx, q, found.Reading)
	if err != nil {
		return own, err
	}
	for _, m := range manuals {
		if !fits(m) {
			break
		}
		lead := leads(m, found)
		part := Documents
		if lead {
			part = Lead
		}
		if points := l.fromManual(m, found.Reading, part); len(points) > 0 {
			own.points, own.lead = points, lead
			return own, nil
		}
		if own.note == "" {
			own.note = fmt.Sprintf("%s may speak of this (%s), in words that cannot be quoted alone.", m.Source.Title, cited(m.Source, m.Pin))
		}
	}
	return own, nil
}

// addOwn puts the words of an added document first where they lead, else
// after the law and its limits.
func (d *draft) addOwn(own ownWords) {
	for _, p := range own.points {
		d.spoke = append(d.spoke, p.cites...)
	}
	at := slices.IndexFunc(d.points, func(p point) bool { return p.part == Next })
	switch {
	case own.lead:
		at = 0
	case at < 0:
		at = len(d.points)
	}
	d.points = slices.Insert(d.points, at, own.points...)
}

// withManuals puts the documents that were added among the hits: first where
// one would answer, else after the best three.
func withManuals(found retrieval.Found, manuals []retrieval.ManualHit, k int) []retrieval.Hit {
	out := found.Hits
	at := min(3, len(out))
	for _, m := range manuals {
		if fits(m) && leads(m, found) {
			out = slices.Insert(out, 0, m.Hit)
			at++
			continue
		}
		out = slices.Insert(out, at, m.Hit)
		at++
	}
	return out[:min(k, len(out))]
}

// fromManual quotes the sentence of the passage that shares most words with
// the question, or the next best where the first cannot be quoted.
func (l *law) fromManual(m retrieval.ManualHit, r retrieval.Reading, part Part) []point {
	p := m.Source.Passage(m.Pin)
	if p == nil {
		return nil
	}
	asked, says := askedWords(r), p.Sentences()
	if len(says) == 0 {
		return nil
	}
	best := make([]int, len(says))
	for i := range best {
		best[i] = i
	}
	slices.SortStableFunc(best, func(x, y int) int {
		return shared(asked, contentWords(says[y])) - shared(asked, contentWords(says[x]))
	})
	const tries = 5
	most := shared(asked, contentWords(says[best[0]]))
	for _, i := range best[:min(tries, len(best))] {
		if 2*shared(asked, contentWords(says[i])) < most {
			break // it is about something else
		}
		quote := says[i]
		if n := quoteLimit(m.Source.Licence); n > 0 {
			quote = cutWords(quote, n)
		}
		for _, say := range introduced(m, quote) {
			pt := point{say: say, quote: quote, cites: []citation.Citation{cited(m.Source, m.Pin)}, part: part}
			if _, res := l.checked(pt); res.Verdict == cite.Verified {
				return []point{pt}
			}
		}
	}
	return nil
}

// introduced are the ways to say who says it, and where, best first. The last
// leaves the place to the citation: beside some figures a page's number would
// be one too many.
func introduced(m retrieval.ManualHit, quote string) []string {
	p, where := m.Source.Passage(m.Pin), ""
	switch {
	case m.Pin.Page():
		page, _, _ := strings.Cut(string(m.Pin), " ¶")
		where = " says at " + page
	case p != nil && p.Heading != m.Source.Title:
		where = " says in the part called " + p.Heading
	default:
		where = " says"
	}
	return []string{fmt.Sprintf("%s%s: \"%s\"", m.Source.Title, where, quote), fmt.Sprintf("%s: \"%s\"", m.Source.Title, quote)}
}

// cutWords is the beginning of a quotation, of at most n words and ending
// where a clause does if it can, with an ellipsis where it was cut.
func cutWords(quote string, n int) string {
	words := strings.Fields(quote)
	if len(words) <= n {
		return quote
	}
	words = words[:n]
	for i := len(words) - 1; i >= n/2 && i > 3; i-- {
		if strings.ContainsAny(words[i][len(words[i])-1:], ",;:") {
			words = words[:i+1]
			break
		}
	}
	return strings.TrimRight(strings.Join(words, " "), ",;:") + " …"
}

// quoteLimit is the most words of a document that one answer may show, by a
// licence of quote:N; 0 is no limit.
func quoteLimit(licence string) int {
	n, ok := strings.CutPrefix(licence, "quote:")
	if !ok {
		return 0
	}
	limit, err := strconv.Atoi(n)
	if err != nil || limit < 1 {
		return 1 // a licence that cannot be read allows next to nothing
	}
	return limit
}

// isManual reports whether a citation's words are an added document's, which
// its claim quotes already.
func isManual(c Citation) bool { return c.Kind == corpus.Manual }
