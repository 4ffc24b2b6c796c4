package clinical

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// A Lexicon knows which words of a chart note mean the same. It is not
// modified after LoadLexicon, and safe for concurrent use.
type Lexicon struct {
	spellings map[string][]spelling // by their first word, the longest first
}

// A concept is what several spellings mean, as the lexicon's data names it.
type concept struct {
	group string // "site", "finding", "negation" …
	name  string // its first spelling
}

type spelling struct {
	words []string
	concept
}

// groups are those the data may have, and the type of the facts of each; ""
// for what makes no fact of its own.
var groups = map[string]FactType{
	"site": Site, "side": "", "finding": Symptom, "condition": Diagnosis, "technique": Technique, "measure": Measure,
	"speaker": Said, "negation": "", "certainty": "", "severity": Severity, "change": Course, "time": When,
	"activity": Function, "plan": Planning, "unit": "", "person": Person, "did": "", "purpose": Purpose, "consent": Consent,
	"medication": Medication, "short": "",
}

// LoadLexicon reads clinical/concepts.yaml from the library. A spelling that
// two concepts have is an error.
func LoadLexicon(fsys fs.FS) (*Lexicon, error) {
	const name = "clinical/concepts.yaml"
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("clinical: %w", err)
	}
	var file map[string][][]string
	if err := yaml.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("clinical: %s: %s", name, yaml.FormatError(err, false, false))
	}
	x := &Lexicon{spellings: map[string][]spelling{}}
	seen := map[string]string{}
	for group, concepts := range file {
		if _, ok := groups[group]; !ok {
			return nil, fmt.Errorf("clinical: %s: group %q is none", name, group)
		}
		for _, c := range concepts {
			for n, s := range c {
				if group == "short" && n == 0 {
					continue
				}
				if other, ok := seen[s]; ok {
					return nil, fmt.Errorf("clinical: %s: %q is of %q and of %q", name, s, other, c[0])
				}
				seen[s] = c[0]
				x.add(s, concept{group, c[0]})
			}
		}
	}
	for _, list := range x.spellings {
		slices.SortFunc(list, func(a, b spelling) int {
			return cmp.Or(len(b.words)-len(a.words), cmp.Compare(a.name, b.name))
		})
	}
	return x, nil
}

func (x *Lexicon) add(text string, c concept) {
	var words []string
	for _, t := range scan(text) {
		words = append(words, t.fold)
	}
	if len(words) > 0 {
		x.spellings[words[0]] = append(x.spellings[words[0]], spelling{words, c})
	}
}

// at is the concept that the words at tokens[i] spell, and how many they are;
// 0 where they spell none.
func (x *Lexicon) at(tokens []token, i int) (concept, int) {
	for _, s := range x.spellings[tokens[i].fold] {
		if i+len(s.words) <= len(tokens) && matches(tokens[i:], s.words) {
			return s.concept, len(s.words)
		}
	}
	return concept{}, 0
}

func matches(tokens []token, words []string) bool {
	for k, w := range words {
		if tokens[k].fold != w {
			return false
		}
	}
	return true
}

// canonical is a word without its most regular endings, so that "limits" and
// "limited" are one word.
func canonical(word string) string {
	for _, end := range []string{"'s", "s'", "ing", "ied", "ies", "ed", "es", "s"} {
		if base, ok := strings.CutSuffix(word, end); ok && len(base) > 2 {
			if strings.HasPrefix(end, "ie") {
				return base + "y"
			}
			if n := len(base); n > 3 && base[n-1] == base[n-2] {
				base = base[:n-1]
			}
			return strings.TrimSuffix(base, "e")
		}
	}
	return strings.TrimSuffix(word, "e")
}
