package cite

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A Status is what Draft says of a citation.
type Status string

// The statuses. StatusMisquoted and StatusWrongPinpoint are said only where
// the official words are held.
const (
	StatusVerified      Status = "verified"       // the quotation stands in the place cited
	StatusFound         Status = "found"          // the place exists; nothing was quoted
	StatusUnchecked     Status = "unchecked"      // the place exists; its words are not held
	StatusMisquoted     Status = "misquoted"      // the official words are others, or go on
	StatusWrongPinpoint Status = "wrong-pinpoint" // the words stand elsewhere
	StatusSuperseded    Status = "superseded"     // another provision took its place
	StatusOutside       Status = "outside-corpus" // not in the library
	StatusMalformed     Status = "malformed"      // no such citation can exist
)

// A Finding is one citation of a draft. Offsets count code points.
type Finding struct {
	Text       string
	Start, End int
	Status     Status
	Cite       citation.Citation // zero where malformed
	Expected   string            // the right words or the right place
	Note       string            // in plain words
}

// Draft finds every citation of a text, in order, and says what it found. A
// quotation of two words or more belongs to the citation in its own
// sentence, else to one that follows it with nothing but punctuation
// between; a citation's status is that of its worst quotation.
func (k *Checker) Draft(text string) []Finding {
	found := citation.Find(text)
	owned := pair(text, found, quotations(text))
	out := make([]Finding, 0, len(found))
	bytes, runes := 0, 0
	at := func(offset int) int { // code points before a byte; offsets only grow
		runes += utf8.RuneCountInString(text[bytes:offset])
		bytes = offset
		return runes
	}
	for i, f := range found {
		g := k.finding(f, owned[i])
		g.Text, g.Start, g.End = f.Text, at(f.Start), at(f.End)
		out = append(out, g)
	}
	return out
}

// finding judges one citation and its quotations.
func (k *Checker) finding(f citation.Found, quotes []string) Finding {
	if f.Err != nil {
		return Finding{Status: StatusMalformed, Note: reason(f.Err)}
	}
	g := Finding{Status: StatusFound, Cite: f.Citation}
	s, p := k.catalog.Resolve(f.Citation)
	switch {
	case s == nil:
		g.Status, g.Note = StatusOutside, "This library does not hold it, so nothing can be said of it."
		return g
	case s.Status == "superseded":
		g.Status, g.Expected = StatusSuperseded, s.SupersededBy.String()
		if says := s.Passages[0].Sentences(); len(says) > 0 {
			g.Note = says[0]
		}
		return g
	case p == nil && len(quotes) == 0:
		g.Note = "The source is held; this place in it is not."
	}
	for _, q := range quotes {
		if h := k.quoted(s, f.Citation, q); worse[h.Status] > worse[g.Status] {
			h.Cite = f.Citation
			g = h
		}
	}
	return g
}

// worse orders what the quotations of one citation may be.
var worse = map[Status]int{StatusFound: 0, StatusVerified: 1, StatusUnchecked: 2, StatusWrongPinpoint: 3, StatusMisquoted: 4}

// quoted judges one quotation given for a place.
func (k *Checker) quoted(s *corpus.Source, c citation.Citation, quote string) Finding {
	official := officialWithin(s, c.Pin)
	m, err := k.guards.Quote(quote, official)
	switch {
	case err == nil && m.Cut != "":
		return Finding{Status: StatusMisquoted, Expected: official[m.Text],
			Note: fmt.Sprintf("The quotation stops before %q, which limits it.", m.Cut)}
	case err == nil:
		return Finding{Status: StatusVerified}
	}
	if place, ok := k.elsewhere(quote, c); ok {
		return Finding{Status: StatusWrongPinpoint, Expected: place.String(), Note: "These words stand in " + place.String() + "."}
	}
	if words := nearForm(quote, official); words != "" {
		return Finding{Status: StatusMisquoted, Expected: words, Note: "The official words held for this place are others."}
	}
	if s.Form == corpus.Text {
		return Finding{Status: StatusMisquoted, Note: "These words do not stand in the official text of this place."}
	}
	return Finding{Status: StatusUnchecked, Note: "The library holds a digest of this place, not all its words; compare the quotation with the official text at " + s.URL + "."}
}

// heldWords are official words, with the place they stand in.
type heldWords struct {
	cite citation.Citation
	text *Normal
}

func everyOfficial(c *corpus.Catalog) []heldWords {
	var out []heldWords
	for _, s := range c.Sources {
		if s.Cite.IsZero() {
			continue
		}
		for i := range s.Passages {
			for _, o := range s.Passages[i].Official(s.Form) {
				out = append(out, heldWords{s.Cite.At(s.Passages[i].Pin), Normalise(o)})
			}
		}
	}
	return out
}

// elsewhere finds the place where a quotation stands exactly, the same
// source first.
func (k *Checker) elsewhere(quote string, not citation.Citation) (citation.Citation, bool) {
	var other citation.Citation
	for _, h := range k.words() {
		if h.cite.Base() != not.Base() && !other.IsZero() {
			continue
		}
		if _, err := find(quote, []*Normal{h.text}); err != nil {
			continue
		}
		if h.cite.Base() == not.Base() {
			return h.cite, true
		}
		other = h.cite
	}
	return other, !other.IsZero()
}

// nearShare is the part of a quotation's words that must stand in their
// order in official words for these to be what it meant. It serves to say
// what is wrong, never to accept.
const nearShare = 0.6

// nearForm returns the official words that a wrong quotation comes nearest to,
// or "".
func nearForm(quote string, official []string) string {
	q := strings.Fields(strings.ToLower(quote))
	if len(q) < 3 || len(q) > 400 {
		return ""
	}
	best, most := "", nearShare
	for _, o := range official {
		if share := float64(subsequence(q, strings.Fields(strings.ToLower(o)))) / float64(len(q)); share > most {
			best, most = o, share
		}
	}
	return best
}

// subsequence is the length of the longest common subsequence.
func subsequence(a, b []string) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		diagonal := 0
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

// A quoteIn is a quotation in a text: its words and where its marks begin and end.
type quoteIn struct {
	text       string
	start, end int
}

var quoteForm = regexp.MustCompile(`"([^"“”\n]+)"|“([^“”]+)”`)

// quotations lists the quotations of two words or more.
func quotations(text string) []quoteIn {
	var out []quoteIn
	for _, m := range quoteForm.FindAllStringSubmatchIndex(text, -1) {
		from, to := m[2], m[3]
		if from < 0 {
			from, to = m[4], m[5]
		}
		if len(strings.Fields(text[from:to])) >= 2 {
			out = append(out, quoteIn{text[from:to], m[0], m[1]})
		}
	}
	return out
}

var (
	ends      = regexp.MustCompile(`[.!?]["”')\]]*\s|\n\s*\n`)
	onlyMarks = regexp.MustCompile(`^[\s.,;:()\[\]—–-]*(?:[Ss]ee )?$`)
)

// pair gives each quotation to a citation: quotes[i] are those of found[i].
func pair(text string, found []citation.Found, quotes []quoteIn) map[int][]string {
	out := map[int][]string{}
	next := 0
	for _, q := range quotes {
		for next < len(found) && found[next].Start < q.end {
			next++
		}
		before, after := next-1, next
		if before >= 0 && (found[before].End > q.start || ends.MatchString(text[found[before].End:q.start])) {
			before = -1
		}
		if after < len(found) {
			gap := text[q.end:found[after].Start]
			switch {
			case onlyMarks.MatchString(gap) && !strings.Contains(gap, "\n\n"):
				if before < 0 || !ends.MatchString(gap) {
					before = after
				}
			case before < 0 && !ends.MatchString(gap):
				before = after
			}
		}
		if before >= 0 {
			out[before] = append(out[before], q.text)
		}
	}
	return out
}

// reason is an error's sentence without the package's name.
func reason(err error) string {
	return strings.TrimPrefix(err.Error(), "citation: ")
}
