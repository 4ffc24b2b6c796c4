package cite

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A Status says what was found of a citation in a draft.
type Status string

// The statuses. "does-not-apply" is added by who knows the plan.
const (
	StatusVerified      Status = "verified"       // its quotation stands there, exactly and uncut
	StatusFound         Status = "found"          // it is held, and nothing was quoted
	StatusUnchecked     Status = "unchecked"      // it is held as a digest, without the words quoted
	StatusMisquoted     Status = "misquoted"      // the words held there are others, or go on with a limit
	StatusWrongPinpoint Status = "wrong-pinpoint" // the words quoted stand at another place
	StatusSuperseded    Status = "superseded"     // another provision has taken its place
	StatusOutside       Status = "outside-corpus" // well formed, and not held
	StatusMalformed     Status = "malformed"      // it cannot be a citation of its system
)

// A Finding is one citation of a draft. Where several quotations belong to
// it, it tells of the worst, and Note of the others that are wrong.
type Finding struct {
	Text       string // as the draft has it
	Start, End int    // of Text in the draft, in Unicode code points
	Status     Status
	Cite       citation.Citation // without a number where the status is malformed
	Expected   string            // our official words, or the citation that is right; else ""
	Note       string            // what there is to know, in plain words; else ""
}

// Draft finds every citation of a text and says what is held of it, and
// whether the quotations that belong to it (see pair) stand there. Findings
// come in the order of the text. The time is linear in the text but for the
// diagnosis of misquotations, which has a budget. It never fails: what it
// cannot check it calls unchecked.
func (k *Checker) Draft(text string) []Finding {
	d := &draft{Checker: k, text: text, budget: diagnosis}
	found := citation.Find(text)
	quotes := pair(text, found)
	var out []Finding
	at, points := 0, 0
	for i, f := range found {
		points += utf8.RuneCountInString(text[at:f.Start])
		g := Finding{Text: f.Text, Start: points, Cite: f.Citation}
		at, points = f.End, points+utf8.RuneCountInString(text[f.Start:f.End])
		g.End = points
		d.check(&g, f.Err, quotes[i])
		out = append(out, g)
	}
	return out
}

// worse orders what the quotations of one citation may be.
var worse = map[Status]int{StatusVerified: 1, StatusUnchecked: 2, StatusWrongPinpoint: 3, StatusMisquoted: 4}

// diagnosis bounds the work of naming the words that were meant, in pairs of
// words compared. It is spent in the order of the draft.
const diagnosis = 20_000_000

// A draft is a text while it is checked.
type draft struct {
	*Checker
	text   string
	budget int
}

// check fills in what is found of g, to which quotes belong.
func (d *draft) check(g *Finding, malformed error, quotes []quoted) {
	sources := d.sources(g.Cite)
	switch {
	case malformed != nil:
		g.Status, g.Note = StatusMalformed, plainCause(malformed)
		return
	case len(sources) == 0:
		g.Status, g.Note = StatusOutside, "The library does not hold it; nothing is known of it here."
		return
	}
	d.found(g, sources, len(quotes) > 0)
	var notes []string
	for i, q := range quotes {
		one := *g
		d.quoted(&one, q)
		if i == 0 {
			*g = one
			continue
		}
		if worse[one.Status] > worse[g.Status] {
			*g, one = one, *g
		}
		if worse[one.Status] > worse[StatusUnchecked] {
			notes = append(notes, one.Note)
		}
	}
	g.Note = strings.Join(append([]string{g.Note}, notes...), " ")
	switch s := sources[0]; s.Status {
	case corpus.Superseded:
		g.Status, g.Expected = StatusSuperseded, s.SupersededBy.String()
		g.Note = strings.TrimSpace(fmt.Sprintf("%s has taken its place. %s", s.SupersededBy, g.Note))
	case corpus.Repealed:
		g.Status, g.Expected = StatusSuperseded, ""
		g.Note = strings.TrimSpace(fmt.Sprintf("It was repealed%s.", since(s.Capture)))
	}
}

// since is " (in effect 2027-07-01)", or "" where the day is not known.
func since(c *corpus.Capture) string {
	if c == nil || c.Effective == "" {
		return ""
	}
	return " (in effect " + string(c.Effective) + ")"
}

func plainCause(err error) string {
	parts := strings.Split(err.Error(), ": ")
	return "It cannot be a citation: " + parts[len(parts)-1] + "."
}

// found says whether the pinpoint of a citation is held, unless its
// quotations will tell.
func (d *draft) found(g *Finding, sources []*corpus.Source, quotes bool) {
	if g.Status = StatusFound; quotes {
		return
	}
	if text := d.law(g.Cite); complete(text) && g.Cite.Pin.Enumerated() {
		d.noPlace(g, text)
		return
	}
	for _, s := range sources {
		if len(s.Within(g.Cite.Pin)) > 0 {
			g.Note = ofCode(s, g.Cite)
			return
		}
	}
	g.Status = StatusUnchecked
	g.Note = fmt.Sprintf("The source is held as a digest, which has no passage at %s: whether there is such a place was not checked.", g.Cite.Pin)
}

// ofCode is what a code's digest says of the code: the first sentence that
// begins with it, else the first that names it. A code that only heads a
// family, or lacks a character, exists and is no use on a claim. It is empty
// for other sources.
func ofCode(s *corpus.Source, code citation.Citation) string {
	named := ""
	if s.Kind != corpus.Code || s.Form != corpus.Digest {
		return named
	}
	for _, p := range s.Passages {
		for _, say := range p.Sentences() {
			for i, f := range citation.Find(say) {
				switch {
				case f.Err != nil || f.Citation.Base() != code.Base():
				case i == 0:
					return say
				case named == "":
					named = say
				}
			}
		}
	}
	return named
}

// noPlace makes g wrong if a complete text has no passage at its pinpoint,
// and reports whether it did.
func (d *draft) noPlace(g *Finding, text *corpus.Source) bool {
	pin := g.Cite.Pin
	if len(text.Within(pin)) > 0 {
		return false
	}
	for pin != "" && len(text.Within(pin)) == 0 {
		pin = pin.Parent()
	}
	g.Status, g.Expected = StatusWrongPinpoint, g.Cite.At(pin).String()
	g.Note = fmt.Sprintf("The official text has no %s.", g.Cite.Pin)
	return true
}

// quoted says whether q stands where g cites it.
func (d *draft) quoted(g *Finding, q quoted) {
	quote := q.text(d.text)
	m, s, err := d.quote(g.Cite, quote)
	switch {
	case err == nil && m.Lead != "" && !negates(d.before(q)):
		g.Status, g.Expected = StatusMisquoted, m.Lead+" "+m.Quote
		g.Note = fmt.Sprintf("Right before %s stands %q, which the draft does not say.", short(quote), m.Lead)
	case err == nil:
		g.Status = StatusVerified
		if s.Form == corpus.Digest {
			g.Note = fmt.Sprintf("Checked against the words held, as of %s.", s.AsOf)
		} else if s.Capture != nil {
			g.Note = fmt.Sprintf("Checked against the official text, as of %s.", s.Capture.Seen)
		}
	case errors.Is(err, ErrCut):
		g.Status, g.Expected = StatusMisquoted, d.uncut(g.Cite, quote)
		g.Note = fmt.Sprintf("%s leaves out %q, which limits it.", short(quote), m.Cut)
	case errors.Is(err, ErrPinpoint):
		at, _ := d.elsewhere(g.Cite, quote)
		g.Status, g.Expected = StatusWrongPinpoint, at.String()
		g.Note = fmt.Sprintf("%s stands there, and not at %s.", short(quote), g.Cite)
	default:
		d.absent(g, quote, err)
	}
}

// absent says of a quotation that is held nowhere what can be said of it.
func (d *draft) absent(g *Finding, quote string, err error) {
	text := d.law(g.Cite)
	all := complete(text)
	if meant := d.meant(g.Cite, quote); meant != "" {
		g.Status, g.Expected = StatusMisquoted, meant
		g.Note = fmt.Sprintf("%s differs from the words held of %s.", short(quote), g.Cite)
		return
	}
	g.Status, g.Note = StatusUnchecked, fmt.Sprintf("The library holds a digest of %s without %s; run 'advocate corpus sync' for the official text.", g.Cite, short(quote))
	switch {
	case errors.Is(err, ErrShortPart):
		g.Note = "An ellipsis leaves a part of fewer than three words, which cannot be checked."
	case all && g.Cite.Pin.Enumerated() && d.noPlace(g, text):
	case all:
		g.Status, g.Note = StatusMisquoted, fmt.Sprintf("%s does not stand in the official text of %s.", short(quote), g.Cite)
	}
}

// short is a quotation as a note names it: in marks, by its first words.
func short(quote string) string {
	words := strings.Fields(quote)
	if len(words) > 6 {
		words = append(words[:6:6], "…")
	}
	return "“" + strings.Join(words, " ") + "”"
}

// before is what a draft says in the sentence before q, as far as it can
// bear on it.
func (d *draft) before(q quoted) string {
	from := max(0, q.start-longestBefore)
	text := strings.ToValidUTF8(d.text[from:q.start], "")
	if at := sentenceEnd.FindAllStringIndex(text, -1); at != nil {
		text = text[at[len(at)-1][0]+1:]
	}
	return text
}

// longestBefore is how many bytes before a quotation may hold its negation.
const longestBefore = 200

// uncut is the quotation at cite with the limiting words it leaves out.
func (d *draft) uncut(cite citation.Citation, quote string) string {
	for _, s := range d.deciding(cite) {
		texts := WordsAt(s, cite.Pin)
		m, err := d.guards.Quote(quote, texts)
		if err != nil || m.Cut == "" {
			continue
		}
		text := texts[m.Text]
		end := len(text)
		if at := sentenceEnd.FindStringIndex(text[m.Spans[len(m.Spans)-1].End:]); at != nil {
			end = m.Spans[len(m.Spans)-1].End + at[0] + 2
		}
		return clip(text[m.Spans[0].Start:end])
	}
	return ""
}

// clip is text, or its first corpus.MaxQuote words.
func clip(text string) string {
	words := strings.Fields(text)
	if len(words) <= corpus.MaxQuote {
		return strings.TrimSpace(text)
	}
	return strings.Join(words[:corpus.MaxQuote], " ") + " …"
}
