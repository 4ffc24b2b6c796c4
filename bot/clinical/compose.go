package clinical

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A composer puts sentences of a note into clinical language by a list of
// spellings. It adds no word that means something else, for what it writes is
// held against the fact ledger. It is not modified after loadComposer, and
// safe for concurrent use.
type composer struct {
	lexicon  *Lexicon
	phrases  map[string][]*phrase // by the first word, the longest first
	capitals map[string]string
}

// A phrase is a spelling, what is written for it, and where.
type phrase struct {
	words  []string
	one    string // behind the number one and behind none
	many   string
	why    string
	before string
	after  string
	at     string
	in     []Section
}

// loadComposer reads clinical/phrases.yaml from the library.
func loadComposer(fsys fs.FS, x *Lexicon) (*composer, error) {
	var file struct {
		Phrases []struct {
			Why    string            `yaml:"why"`
			Before string            `yaml:"before"`
			After  string            `yaml:"after"`
			At     string            `yaml:"at"`
			In     []Section         `yaml:"in"`
			Write  map[string]string `yaml:"write"`
		} `yaml:"phrases"`
		Capitals []string `yaml:"capitals"`
	}
	if err := load(fsys, "clinical/phrases.yaml", &file); err != nil {
		return nil, err
	}
	c := &composer{lexicon: x, phrases: map[string][]*phrase{}, capitals: map[string]string{}}
	for _, w := range file.Capitals {
		c.capitals[strings.ToLower(w)] = w
	}
	for _, e := range file.Phrases {
		for from, to := range e.Write {
			p := &phrase{why: e.Why, before: e.Before, after: e.After, at: e.At, in: e.In}
			one, many, two := strings.Cut(to, "|")
			p.one, p.many = one, many
			if !two {
				p.many = one
			}
			for _, t := range scan(from) {
				p.words = append(p.words, t.fold)
			}
			if len(p.words) == 0 || one == "" || e.Why == "" {
				return nil, fmt.Errorf("clinical: phrases.yaml: %q is written %q for %q", from, to, e.Why)
			}
			c.phrases[p.words[0]] = append(c.phrases[p.words[0]], p)
		}
	}
	for _, list := range c.phrases {
		slices.SortFunc(list, func(a, b *phrase) int {
			return cmp.Or(len(b.words)-len(a.words), b.limits()-a.limits(), cmp.Compare(strings.Join(a.words, " ")+a.one, strings.Join(b.words, " ")+b.one))
		})
	}
	return c, nil
}

// limits counts what limits a phrase; of several the most limited is taken.
func (p *phrase) limits() int {
	n := len(p.before) + len(p.after) + len(p.at)
	if len(p.in) > 0 {
		n++
	}
	return n
}

// compose is the sentence in clinical language, and what was changed in it. A
// change with which the facts would not be the same is left out; where nothing
// can be changed the sentence stands as the therapist wrote it.
func (c *composer) compose(s Sentence, loud bool) Put {
	text := s.Text
	if loud && !strings.ContainsFunc(s.Text, unicode.IsLower) {
		text = c.lowered(s.Text)
	}
	put := Put{From: s, To: text}
	edits := c.edits(text, s.Section)
	if !c.keeps(s, apply(text, edits)) {
		var kept []edit
		for _, e := range edits {
			if c.keeps(s, apply(text, append(slices.Clone(kept), e))) {
				kept = append(kept, e)
			}
		}
		edits = kept
	}
	put.To = apply(text, edits)
	for _, e := range edits {
		put.Why = append(put.Why, Change{From: s.Text[e.start:e.end], To: strings.TrimSpace(e.write), Why: e.why})
	}
	if done := finished(put.To); c.keeps(s, done) {
		put.To = done
	} else if !c.keeps(s, put.To) {
		put.To, put.Why = s.Text, nil
	}
	return put
}

// keeps reports whether text says what the sentence says.
func (c *composer) keeps(s Sentence, text string) bool {
	return text == s.Text || c.lexicon.Same(s, Sentence{Text: text}) == nil
}

// An edit puts write in the place of the bytes from start to end.
type edit struct {
	start, end int
	write, why string
}

// edits are the phrases that a text has, in its order.
func (c *composer) edits(text string, in Section) []edit {
	tokens := scan(text)
	var out []edit
	for i := 0; i < len(tokens); i++ {
		for _, p := range c.phrases[tokens[i].fold] {
			last := i + len(p.words) - 1
			if last >= len(tokens) || !matches(tokens[i:], p.words) || !c.fits(p, tokens, i, last, in) {
				continue
			}
			write := p.many
			if i == 0 || tokens[i-1].kind != number || tokens[i-1].fold == "1" {
				write = p.one
			}
			if text[tokens[i].start:tokens[last].end] != write {
				out = append(out, edit{tokens[i].start, tokens[last].end, write, p.why})
			}
			i = last
			break
		}
	}
	return out
}

// fits reports whether a phrase may be used for the tokens from i to last.
func (c *composer) fits(p *phrase, tokens []token, i, last int, in Section) bool {
	if p.at == "start" && i > 0 || len(p.in) > 0 && !slices.Contains(p.in, in) {
		return false
	}
	if p.after == "number" && (i == 0 || tokens[i-1].kind != number) {
		return false
	}
	next := tokens[last+1:]
	switch p.before {
	case "number":
		return len(next) > 0 && next[0].kind == number
	case "time":
		if len(next) < 2 || next[0].kind != number || i > 0 && tokens[i-1].kind == number {
			return false
		}
		con, n := c.lexicon.at(next, 1)
		return n > 0 && spans[con.name] || next[1].fold == "-" && len(next) > 2 && spans[next[2].fold]
	case "technique":
		return len(next) > 0 && next[0].fold != "of" && c.bears(next, 3, "technique")
	case "site":
		return c.bears(next, 2, "site", "side")
	case "bearer":
		return len(next) == 0 || breaks[next[0].fold] || next[0].fold == "side" || next[0].kind == number || strings.Contains("<>=/&:)", next[0].fold) || c.bears(next, 3, "site", "finding", "side", "technique")
	}
	return true
}

var spans = setOf("minutes hours days weeks months years")

// bears reports whether one of the first n tokens spells a concept of one of
// the groups, or names a level of the spine.
func (c *composer) bears(tokens []token, n int, groups ...string) bool {
	for k := 0; k < len(tokens) && k < n; k++ {
		if breaks[tokens[k].fold] {
			return false
		}
		if con, found := c.lexicon.at(tokens, k); found > 0 && slices.Contains(groups, con.group) || tokens[k].kind == level {
			return true
		}
		if k == 0 && (tokens[k].fold == "l" || tokens[k].fold == "r") {
			return true
		}
	}
	return false
}

// apply makes the edits, which are in order, in a text.
func apply(text string, edits []edit) string {
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.start])
		if !strings.HasPrefix(e.write, " ") && e.start > 0 && (joined(text[e.start-1]) || at == e.start && at > 0) {
			b.WriteByte(' ') // "3wks"
		}
		b.WriteString(e.write)
		if e.end < len(text) && joined(text[e.end]) {
			b.WriteByte(' ') // "x3"
		}
		at = e.end
	}
	b.WriteString(text[at:])
	return b.String()
}

func joined(b byte) bool { return isDigit(b) || b >= utf8.RuneSelf || unicode.IsLetter(rune(b)) }

// finished begins a sentence with a capital and ends it with a mark.
func finished(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r, n := utf8.DecodeRuneInString(text); unicode.IsLower(r) {
		text = string(unicode.ToUpper(r)) + text[n:]
	}
	text = strings.TrimRight(text, " ,;")
	if text != "" && !strings.ContainsAny(text[len(text)-1:], ".!?:\"") {
		text += "."
	}
	return text
}
