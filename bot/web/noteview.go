package web

import (
	"html/template"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/corpus/citation"
)

// A noteForm is what a note was given with, and what may be chosen.
type noteForm struct {
	Rewrite
	States  []coverage.State
	Abroad  string // the model that is not on this machine and takes part; ""
	Away    bool   // whoever reads the page may sit at another machine
	Example string
	Result  *noteView
}

func (s *Server) noteForm(in Rewrite) noteForm {
	f := noteForm{Rewrite: in, States: s.Assistant.Rules.States(), Example: sampleNote, Away: s.Assistant.PHIAgreements}
	if m := s.Assistant.Model; m != nil && !m.Home() && s.Assistant.PHIAgreements {
		f.Abroad = m.Name()
	}
	return f
}

// sampleNote is nobody's.
const sampleNote = "S: Pt Jane Doe c/o LBP x 3 wks, 7/10 at worst. Denies numbness or tingling. Can't sit > 20 min at work.\nO: TTP b/l QL and lt piriformis. MFR to QL 20 min, swedish to low back 25 min.\nA: pn 7/10 -> 4/10 after tx. Tolerated well.\nP: 1x/wk x 6 wks."

// A noteView is a rewrite laid out for the page.
type noteView struct {
	Out      *bot.Rewritten
	Intro    []marked      // what stands before the first section: an addendum's heading
	Sections []noteSection // of the chart note
	Original []marked      // the note as it was given
	Missing  []kv
	Checks   []checkRow
	Changes  []changeRow
	Sure     int      // identifiers that were replaced, or put back
	Unsure   []string // words that may identify, once each
	Gap      bool     // something is said to be not documented
	Aside    bool     // a part of the note is not in the chart note
	Restored bool
}

type noteSection struct {
	Name string
	Text []marked
}

// A checkRow is a check with the place it rests on.
type checkRow struct {
	Finding, Cite, Title string
	Link                 template.URL
}

// A changeRow is one change, and how often it was made.
type changeRow struct {
	From, To, Why string
	Times         int
}

// A marked is a run of words of one kind.
type marked struct {
	Text string
	Kind kind
}

// A kind says what a run of words is. Of two the greater one counts.
type kind string

// The kinds.
const (
	plain  kind = ""
	aside  kind = "aside"  // in the note, and in no sentence of the chart note
	differ kind = "differ" // reads otherwise on the other side
	sure   kind = "sure"   // identifies, or stands for what does
	unsure kind = "unsure" // may identify
	gap    kind = "gap"    // "[not documented: …]"
)

var (
	gaps     = regexp.MustCompile(`\[not documented:[^\]\n]*\]`)
	sections = regexp.MustCompile(`(?m)^(Subjective|Objective|Assessment|Plan)\b(?:[ \t]*:|[ \t]*$)\s*`)
)

func (s *Server) noteView(out *bot.Rewritten, in Rewrite) *noteView {
	v := &noteView{Out: out, Restored: in.Restore}
	seen := map[string]bool{}
	for _, f := range out.PHI {
		switch {
		case f.Sure:
			v.Sure++
		case !seen[f.Text]:
			seen[f.Text] = true
			v.Unsure = append(v.Unsure, f.Text)
		}
	}
	left, right := differences(out, in.Text)
	v.original(in.Text, left)
	v.chart(right)
	for _, m := range out.Missing {
		v.Missing = append(v.Missing, kv{words(m.Element), m.Ask})
	}
	for _, k := range out.Checks {
		row := checkRow{Finding: k.Finding, Cite: k.Cite}
		if src, p := s.Assistant.Cited(k.Cite); p != nil {
			row.Link, row.Title = sourceLink(src.ID, p.Pin), src.Title
			if c, err := citation.Parse(k.Cite); err == nil && c.System == citation.Guide {
				row.Cite = src.Title
			}
		}
		v.Checks = append(v.Checks, row)
	}
	for _, c := range out.Changes {
		same := func(r changeRow) bool { return r.From == c.From && r.To == c.To && r.Why == c.Why }
		if i := slices.IndexFunc(v.Changes, same); i >= 0 {
			v.Changes[i].Times++
		} else {
			v.Changes = append(v.Changes, changeRow{c.From, c.To, c.Why, 1})
		}
	}
	return v
}

// original marks the note as it was given.
func (v *noteView) original(text string, differs []span) {
	k := newKinds(text)
	for _, d := range setAside(v.Out, k.text) {
		k.put(d.start, d.end, aside)
		v.Aside = true
	}
	for _, d := range differs {
		k.put(d.start, d.end, differ)
	}
	for _, f := range v.Out.PHI {
		if f.Sure {
			k.put(f.Start, f.End, sure)
		} else {
			k.put(f.Start, f.End, unsure)
		}
	}
	v.Original = k.runs(0, len(k.text))
}

// chart marks the chart note and cuts it at its headings.
func (v *noteView) chart(differs []span) {
	text := v.Out.Text
	k := newKinds(text)
	for _, d := range differs {
		k.put(d.start, d.end, differ)
	}
	for _, word := range v.Unsure {
		k.find(word, unsure)
	}
	for _, f := range v.Out.PHI {
		if f.Sure && v.Restored {
			k.find(f.Text, sure)
		}
	}
	for _, p := range phi.Placeholders(text) {
		k.put(p.Start, p.End, sure)
	}
	for _, m := range gaps.FindAllStringIndex(text, -1) {
		k.put(points(text, m[0]), points(text, m[1]), gap)
		v.Gap = true
	}
	heads := sections.FindAllStringSubmatchIndex(text, -1)
	first := len(k.text)
	for i, m := range heads {
		start, end := points(text, m[1]), len(k.text)
		if i == 0 {
			first = points(text, m[0])
		}
		if i+1 < len(heads) {
			end = points(text, heads[i+1][0])
		}
		v.Sections = append(v.Sections, noteSection{text[m[2]:m[3]], k.runs(start, end)})
	}
	v.Intro = k.runs(0, first)
}

func points(text string, at int) int { return len([]rune(text[:at])) }

// kinds are those of each code point of a text.
type kinds struct {
	text []rune
	of   []kind
	at   map[string][]int // of starts
}

func newKinds(text string) *kinds {
	k := &kinds{text: []rune(text)}
	k.of = make([]kind, len(k.text))
	return k
}

func (k *kinds) put(start, end int, of kind) {
	for i := max(start, 0); i < end && i < len(k.of); i++ {
		k.of[i] = of
	}
}

// find marks a word wherever it stands by itself.
func (k *kinds) find(word string, of kind) {
	w := []rune(word)
	for _, i := range k.starts()[firstWord(w)] {
		if i+len(w) <= len(k.text) && slices.Equal(k.text[i:i+len(w)], w) && !k.inWord(i+len(w)) {
			k.put(i, i+len(w), of)
		}
	}
}

// starts are the places where each word of the text begins.
func (k *kinds) starts() map[string][]int {
	if k.at == nil {
		k.at = map[string][]int{}
		for i := range k.text {
			if k.inWord(i) && !k.inWord(i-1) {
				word := firstWord(k.text[i:])
				k.at[word] = append(k.at[word], i)
			}
		}
	}
	return k.at
}

// firstWord is the letters and digits that a text begins with.
func firstWord(text []rune) string {
	n := slices.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if n < 0 {
		n = len(text)
	}
	return string(text[:n])
}

func (k *kinds) inWord(i int) bool {
	return i >= 0 && i < len(k.text) && (unicode.IsLetter(k.text[i]) || unicode.IsDigit(k.text[i]))
}

// runs are the stretches of one kind between two places, without space at
// the ends.
func (k *kinds) runs(start, end int) []marked {
	for start < end && unicode.IsSpace(k.text[start]) {
		start++
	}
	for end > start && unicode.IsSpace(k.text[end-1]) {
		end--
	}
	var out []marked
	for i := start; i < end; {
		j := i
		for j < end && k.of[j] == k.of[i] {
			j++
		}
		if k.of[i] == differ && k.bare(i, j) {
			continue
		}
		out = append(out, marked{string(k.text[i:j]), k.of[i]})
		i = j
	}
	return out
}

// bare takes the mark from the punctuation at the ends of a stretch, and
// reports whether there was any.
func (k *kinds) bare(start, end int) bool {
	i, j := start, end
	for i < j && !k.inWord(i) {
		i++
	}
	for j > i && !k.inWord(j-1) {
		j--
	}
	k.put(start, i, plain)
	k.put(j, end, plain)
	return i > start || j < end
}

// Title is what a mark means, in words.
func (m marked) Title() string {
	switch {
	case m.Kind == sure && strings.HasPrefix(m.Text, "["):
		return "a placeholder for what identifies somebody"
	case m.Kind == sure:
		return "identifies somebody"
	case m.Kind == unsure:
		return "may identify somebody: look whether it should stand"
	case m.Kind == gap:
		return "the note does not say this"
	case m.Kind == aside:
		return "not in the chart note"
	}
	return ""
}
