package phi

import (
	"bufio"
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed data
var data embed.FS

// A Gate knows the lists. It is made once and is safe for concurrent use.
type Gate struct {
	given    map[string]bool
	surnames map[string]bool
	words    map[string]bool // every word that stays outside
	clinical map[string]bool // those of them that are terms of the trade
	eponyms  map[string]bool // true: a term standing alone too
	cities   phrases
	kept     phrases // payers, agencies, states
	lands    phrases // those of them that are states and countries
	cues     cueTable
	roles    map[string]Role
	stands   func(Finding) bool // nil: each finding does
}

// With returns a Gate like g that takes for a finding only what stands
// reports true of: a measurement sees by it what g was good for. Offsets of
// what stands is given are not set.
func (g *Gate) With(stands func(Finding) bool) *Gate {
	other := *g
	other.stands = stands
	return &other
}

// standing are the spans that are taken for findings.
func (g *Gate) standing(text string, spans []span) []span {
	if g.stands == nil {
		return spans
	}
	var out []span
	for _, s := range spans {
		if g.stands(Finding{Type: s.typ, Sure: s.sure, Text: text[s.start:s.end]}) {
			out = append(out, s)
		}
	}
	return out
}

// New makes a gate of the lists in the package. The words of keep, such as the
// titles of a library, stay as well.
func New(keep ...string) (*Gate, error) {
	g := &Gate{
		given: map[string]bool{}, surnames: map[string]bool{}, words: map[string]bool{},
		clinical: map[string]bool{}, eponyms: map[string]bool{}, cities: phrases{}, kept: phrases{}, lands: phrases{}, cues: readCues(), roles: roleTable(),
	}
	lists := []struct {
		name string
		add  func(line string)
	}{
		{"given.txt", func(l string) { addWords(l, g.given) }},
		{"surnames.txt", func(l string) { addWords(l, g.surnames) }},
		{"names.txt", func(l string) { addWords(l, g.given, g.surnames) }},
		{"words.txt", func(l string) { addWords(l, g.words) }},
		{"clinical.txt", func(l string) { addWords(l, g.words, g.clinical) }},
		{"eponyms.txt", g.addEponyms},
		{"cities.txt", func(l string) { g.cities.add(l, nil) }},
		{"places.txt", func(l string) { g.kept.add(l, g.words); g.lands.add(l, nil) }},
		{"lands.txt", func(l string) { g.kept.add(l, nil); g.lands.add(l, nil) }},
		{"keep.txt", func(l string) { g.kept.add(l, g.words) }},
	}
	for _, list := range lists {
		if err := eachLine(data, "data/"+list.name, list.add); err != nil {
			return nil, fmt.Errorf("phi: read %s: %w", list.name, err)
		}
	}
	for _, c := range idCues {
		addWords(strings.ReplaceAll(c.words, "/", " "), g.words)
	}
	for _, k := range keep {
		for _, w := range split(k) {
			if w.letters() {
				g.words[w.fold] = true
			}
		}
	}
	return g, nil
}

// eachLine gives the lines of a list that are no comments.
func eachLine(fsys fs.FS, name string, do func(line string)) error {
	f, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if l := lines.Text(); !strings.HasPrefix(l, "#") {
			do(l)
		}
	}
	return lines.Err()
}

func addWords(line string, to ...map[string]bool) {
	for _, w := range strings.Fields(line) {
		for _, m := range to {
			m[fold(w)] = true
		}
	}
}

func (g *Gate) addEponyms(line string) {
	for _, w := range strings.Fields(line) {
		alone := strings.TrimPrefix(w, "+")
		g.eponyms[alone] = alone != w
	}
}

// phrases are the phrases of a list by their first word, each as the words
// that follow it.
type phrases map[string][][]string

// add adds the phrases of a line, parted by semicolons, and the single words
// of them to the set words, if there is one.
func (p phrases) add(line string, words map[string]bool) {
	for phrase := range strings.SplitSeq(line, ";") {
		var folds []string
		for _, w := range split(phrase) {
			if w.shape != mark {
				folds = append(folds, w.fold)
			}
		}
		if len(folds) == 0 {
			continue
		}
		p[folds[0]] = append(p[folds[0]], folds[1:])
		for _, f := range folds {
			if words != nil {
				words[f] = true
			}
		}
	}
}

// at is the number of words, marks between them included, of the longest
// phrase at the start of words; 0 if there is none.
func (p phrases) at(words []word) int {
	best := 0
	for _, rest := range p[words[0].fold] {
		if n := follows(words[1:], rest); n >= 0 && n+1 > best {
			best = n + 1
		}
	}
	return best
}

// follows is the number of words that rest covers at the start of words, where
// a dot or hyphen may stand between them, or -1.
func follows(words []word, rest []string) int {
	i := 0
	for _, f := range rest {
		if i < len(words) && (words[i].fold == "." || words[i].fold == "-") {
			i++
		}
		if i >= len(words) || words[i].fold != f {
			return -1
		}
		i++
	}
	return i
}

// known reports whether a folded word is an ordinary or a technical word: on
// the lists, or one of them with a regular ending.
func (g *Gate) known(f string) bool {
	if g.words[f] {
		return true
	}
	if len(f) > 2 {
		if base, ok := strings.CutSuffix(f, "n't"); ok {
			return g.words[base] || f == "can't" || f == "won't"
		}
		for _, e := range []string{"'ll", "'re", "'ve", "'d", "'m"} {
			if base, ok := strings.CutSuffix(f, e); ok {
				return g.words[base] || base == "i"
			}
		}
	}
	for _, e := range endings {
		base, ok := strings.CutSuffix(f, e.end)
		if ok && len(base) >= e.least && (g.words[base+e.with] || e.double && doubled(base) && g.words[base[:len(base)-1]]) {
			return true
		}
	}
	return false
}

type ending struct {
	end, with string
	least     int // letters of the stem
	double    bool
}

var endings = []ending{
	{"s", "", 4, false}, {"es", "", 4, false}, {"ies", "y", 3, false},
	{"ed", "", 3, true}, {"ed", "e", 3, false}, {"ied", "y", 3, false},
	{"ing", "", 3, true}, {"ing", "e", 3, false},
	{"ly", "", 4, false}, {"ally", "", 4, false}, {"ness", "", 4, false},
}

func doubled(s string) bool {
	return len(s) > 3 && s[len(s)-1] == s[len(s)-2]
}

// prefixed reports whether a word is a known one behind a prefix of the trade,
// or a compound of two: "periscapular", "reinjury", "lumbosacral".
func (g *Gate) prefixed(f string) bool {
	for _, p := range prefixes {
		if base, ok := strings.CutPrefix(f, p); ok && len(base) > 4 && g.known(base) {
			return true
		}
	}
	return false
}

var prefixes = []string{
	"anti", "arthro", "bi", "cervico", "chondro", "costo", "counter", "cranio", "dys", "extra", "fibro", "hyper", "hypo", "infra", "inter",
	"intra", "lumbo", "micro", "mid", "mis", "multi", "myo", "neuro", "non", "osteo", "over", "para", "peri", "poly", "post", "pre", "pseudo",
	"re", "retro", "sacro", "semi", "sub", "super", "supra", "thoraco", "trans", "tri", "un", "under", "uni",
}
