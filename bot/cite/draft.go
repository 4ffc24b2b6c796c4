package cite

import (
	"fmt"
	"slices"
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
	Quoted     string            // the draft's words that Status is about; "" where nothing was quoted
	Expected   string            // our official words, or the citation that is right; else ""
	Note       string            // what there is to know, in plain words; else ""
}

// Draft finds every citation of a text, those too that follow on another
// ("id. at (2)", "subsection (3)"), and says what is held of it, and whether
// the quotations that belong to it (see pair) stand there. A citation inside
// the words quoted from a law is part of them and no finding. Findings come in
// the order of the text. The time is linear in the text but for the diagnosis
// of misquotations, which has a budget. It never fails: what it cannot check
// it calls unchecked.
func (k *Checker) Draft(text string) []Finding {
	written := text
	text = strings.ReplaceAll(text, "\r\n", " \n") // as long as it was
	d := &draft{Checker: k, text: text, budget: diagnosis, laws: map[int]bool{}}
	d.list = withFollowing(text, citation.Find(text))
	quotes := pair(text, d.list, func(i int, q quoted) bool { return d.standsAt(d.list[i].Citation, q.words(text)) })
	var out []Finding
	at, points := 0, 0
	for i, f := range d.list {
		points += utf8.RuneCountInString(text[at:f.Start])
		g := Finding{Text: written[f.Start:f.End], Start: points, Cite: f.Citation}
		at, points = f.End, points+utf8.RuneCountInString(text[f.Start:f.End])
		g.End = points
		d.check(&g, f.Err, quotes[i])
		out = append(out, g)
	}
	return d.own(out, quotes)
}

// own are the findings that are the draft's own: those inside words that were
// recognized as a law's are left out.
func (d *draft) own(all []Finding, quotes [][]paired) []Finding {
	var spans []quoted
	for _, list := range quotes {
		for _, q := range list {
			if d.laws[q.start] {
				spans = append(spans, q.quoted)
			}
		}
	}
	slices.SortFunc(spans, func(a, b quoted) int { return a.start - b.start })
	var out []Finding
	n := 0
	for i, g := range all {
		for n < len(spans) && spans[n].end <= d.list[i].Start {
			n++
		}
		if n == len(spans) || d.list[i].Start < spans[n].start {
			out = append(out, g)
		}
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
	list   []citation.Found
	budget int
	laws   map[int]bool // the quotations, by their start, that are a law's words or near them
}

// check fills in what is found of g, to which quotes belong.
func (d *draft) check(g *Finding, malformed error, quotes []paired) {
	sources := d.sources(g.Cite)
	switch {
	case malformed != nil:
		g.Status, g.Note = StatusMalformed, plainCause(malformed)
		return
	case len(sources) == 0:
		d.notHeld(g)
		return
	}
	d.quotations(g, sources, quotes)
	switch s := sources[0]; s.Status {
	case corpus.Superseded:
		g.Status, g.Expected = StatusSuperseded, s.SupersededBy.String()
		g.Note = strings.TrimSpace(fmt.Sprintf("%s has taken its place. %s", s.SupersededBy, g.Note))
	case corpus.Repealed:
		g.Status, g.Expected = StatusSuperseded, ""
		g.Note = strings.TrimSpace(fmt.Sprintf("It was repealed%s.", since(s.Capture)))
	}
}

// quotations makes g the worst of what is found of its quotations, or of the
// place alone where it has none.
func (d *draft) quotations(g *Finding, sources []*corpus.Source, quotes []paired) {
	var all []Finding
	for _, q := range quotes {
		one := *g
		if d.quoted(&one, q) {
			all = append(all, one)
		}
	}
	if len(all) == 0 {
		d.found(g, sources)
		return
	}
	worst := 0
	for i, one := range all {
		if w := &all[worst]; worse[one.Status] > worse[w.Status] || worse[one.Status] == worse[w.Status] && w.Expected == "" && one.Expected != "" {
			worst = i
		}
	}
	*g = all[worst]
	for i, one := range all {
		if i != worst && worse[one.Status] > worse[StatusUnchecked] {
			g.Note += " " + one.Note
		}
	}
}

// notHeld says of a citation that nothing is held of what there is to say.
func (d *draft) notHeld(g *Finding) {
	g.Status, g.Note = StatusOutside, "The library does not hold it; nothing is known of it here."
	if n := d.sections(g.Cite); n > 0 {
		g.Status, g.Note = StatusUnchecked, fmt.Sprintf("That is more than a section. The library holds %d sections of it, and not the whole.", n)
	}
}

// sections is how many sections are held of a title or a chapter; 0 for any
// other citation.
func (k *Checker) sections(cite citation.Citation) int {
	mark := map[citation.System]string{citation.RCW: ".", citation.WAC: "-"}[cite.System]
	number := strings.TrimPrefix(cite.Number, "Title ")
	if mark == "" || strings.Count(number, mark) > 1 {
		return 0
	}
	n := 0
	for _, s := range k.catalog.Sources {
		if s.Cite.System == cite.System && strings.HasPrefix(s.Cite.Number, number+mark) {
			n++
		}
	}
	return n
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

// found says whether the pinpoint of a citation is held.
func (d *draft) found(g *Finding, sources []*corpus.Source) {
	g.Status = StatusFound
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
