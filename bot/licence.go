package bot

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// license enforces the licences of what an answer shows, whatever made it:
// a claim on a document that is not of the asker's scopes is dropped, and one
// that would show more words of a limited document than its licence allows,
// in this answer or today. What is dropped for its licence is named in a
// warning with its place. It reports whether that happened.
func (a *Assistant) license(ans *Answer, r Request) bool {
	inAnswer := map[*corpus.Source][]wordRange{}
	var kept []Claim
	refused := false
	for _, c := range ans.Claims {
		var over *Citation
		add := map[*corpus.Source][]wordRange{}
		foreign := false
		for _, n := range c.Citations {
			cited := &ans.Citations[n-1]
			s := a.held(*cited)
			if s == nil || s.Scope != corpus.PublicScope && !slices.Contains(r.Scopes, s.Scope) {
				foreign = true
				break
			}
			if quoteLimit(s.Licence) == 0 {
				continue
			}
			add[s] = union(append(add[s], shownWords(s, cited.Pinpoint, c.Text, cited.Quote, cited.Digest)...))
			if size(union(append(slices.Clone(inAnswer[s]), add[s]...))) > quoteLimit(s.Licence) {
				over = cited
			}
		}
		if foreign {
			continue
		}
		why := error(nil)
		if over == nil {
			for s, ranges := range add {
				if why = a.Shown.take(r.Person, a.Now(), s, ranges); why != nil {
					over = &ans.Citations[slices.IndexFunc(ans.Citations, func(x Citation) bool { return x.Source == s.ID && slices.Contains(c.Citations, x.N) })]
					break
				}
			}
		}
		if over != nil {
			refused = true
			ans.Warnings = append(ans.Warnings, noMore(over.Title, over.Cite, why))
			continue
		}
		for s, ranges := range add {
			inAnswer[s] = union(append(inAnswer[s], ranges...))
		}
		kept = append(kept, c)
	}
	ans.Claims = kept
	if ans.Claims == nil {
		ans.Claims = []Claim{}
	}
	ans.renumber()
	return refused
}

// noMore points to the place of words that may not be shown.
func noMore(title string, at citation.Citation, why error) string {
	if why != nil && !errors.Is(why, errNoMore) {
		return fmt.Sprintf("%s speaks of this (%s), and its words are not shown: %v.", title, at, why)
	}
	if why != nil {
		return fmt.Sprintf("%s speaks of this (%s): %v. Read on in your copy.", title, at, errNoMore)
	}
	return fmt.Sprintf("%s says more on this (%s) than its licence allows one answer to show. Read on in your copy.", title, at)
}

// held is the source that a citation was made from.
func (a *Assistant) held(c Citation) *corpus.Source {
	for _, of := range [][]*corpus.Source{a.Catalog.Find(c.Cite), a.Catalog.Versions(c.Cite)} {
		for _, s := range of {
			if s.ID == c.Source {
				return s
			}
		}
	}
	return a.Catalog.Source(c.Source)
}

// renumber drops citations that no claim has, and counts the others anew.
func (ans *Answer) renumber() {
	number := map[int]int{}
	citations := []Citation{}
	for _, c := range ans.Claims {
		for _, n := range c.Citations {
			if number[n] == 0 {
				x := ans.Citations[n-1]
				x.N = len(citations) + 1
				number[n] = x.N
				citations = append(citations, x)
			}
		}
	}
	for i, c := range ans.Claims {
		fresh := make([]int, len(c.Citations))
		for k, n := range c.Citations {
			fresh[k] = number[n]
		}
		ans.Claims[i].Citations = fresh
	}
	ans.Citations = citations
}

// minRun is the fewest words in a row that count as a document's own.
const minRun = 3

// shownWords finds which words of s, at and inside pin, stand in what is
// shown: every run of minRun words, quoted or not.
func shownWords(s *corpus.Source, pin citation.Pinpoint, shown ...string) []wordRange {
	var out []wordRange
	from := 0
	for i := range s.Passages {
		words := strings.Fields(s.Passages[i].Text)
		if pin.Contains(s.Passages[i].Pin) {
			for _, text := range shown {
				out = append(out, runs(folded(words), folded(strings.Fields(text)), from)...)
			}
		}
		from += len(words)
	}
	return union(out)
}

// runs are the longest runs of words that stand in text too.
func runs(words, text []string, from int) []wordRange {
	at := map[string][]int{}
	for i, w := range words {
		at[w] = append(at[w], i)
	}
	var out []wordRange
	for i := 0; i < len(text); {
		best, where := 0, 0
		for _, j := range at[text[i]] {
			n := 0
			for i+n < len(text) && j+n < len(words) && text[i+n] == words[j+n] {
				n++
			}
			if n > best {
				best, where = n, j
			}
		}
		if best >= minRun {
			out = append(out, wordRange{from + where, from + where + best})
			i += best
		} else {
			i++
		}
	}
	return out
}

// folded are words in small letters without the marks around them.
func folded(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.ToLower(strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
	}
	return out
}

// Excerpt is what may be shown of s, at and inside pin, to person: s itself
// where its licence sets no limit, else a copy with the first words of the
// first passage there, as many as one answer may show, and note, a sentence
// for the person. It is how every door that shows a document's own passages
// (search, a page of sources) gets them; the words count for the day. A
// private document is nobody's but its scope's, which the caller's filter
// sees to.
func (sh *Shown) Excerpt(person string, now time.Time, s *corpus.Source, pin citation.Pinpoint) (out *corpus.Source, note string) {
	n := quoteLimit(s.Licence)
	if n == 0 {
		return s, ""
	}
	few := *s
	few.Passages = nil
	from := 0
	for i := range s.Passages {
		p := s.Passages[i]
		words := strings.Fields(p.Text)
		if !pin.Contains(p.Pin) || len(words) == 0 {
			from += len(words)
			continue
		}
		show := min(n, len(words))
		if err := sh.take(person, now, s, []wordRange{{from, from + show}}); err != nil {
			return &few, noMore(s.Title, s.Cite.At(p.Pin), err)
		}
		if show < len(words) {
			p.Text = strings.Join(words[:show], " ") + " …"
		}
		few.Passages = []corpus.Passage{p}
		return &few, fmt.Sprintf("The licence of %s allows %d words at a time.", s.Title, n)
	}
	return &few, ""
}
