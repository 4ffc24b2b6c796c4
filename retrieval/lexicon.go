package retrieval

import (
	"fmt"
	"io/fs"
	"strings"

	edlib "github.com/hbollon/go-edlib"

	"github.com/goccy/go-yaml"
)

// A Lexicon is what the library knows of members' own words. It is data
// (thesaurus.yaml) and not modified after LoadLexicon.
type Lexicon struct {
	spelling []string            // words a slip may be corrected to
	real     map[string]bool     // words that are not slips, however close
	topics   map[string][]phrase // phrases that show this field, by first stem
	ours     []phrase            // massage and who gives it
	others   []phrase            // other professions, by phrase
	foreign  map[string]bool     // function words of other languages
	outside  []phrase            // phrases of this field's words used for something else
	cries    []phrase            // that something was not paid
	filler   map[string]bool     // stems that say no more beside it
	unions   map[string]bool     // words beside which a trade is the patient's
	index    map[string][]phrase // phrases by first stem
}

// A phrase is a sequence of stems and what it means.
type phrase struct {
	stems []string
	means []string // stems
	text  string
}

// LoadLexicon reads thesaurus.yaml from the library.
func LoadLexicon(fsys fs.FS) (*Lexicon, error) {
	const name = "thesaurus.yaml"
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("retrieval: %w", err)
	}
	var file struct {
		Means []struct {
			Say  []string `yaml:"say"`
			Mean string   `yaml:"mean"`
		} `yaml:"means"`
		Spelling    []string            `yaml:"spelling"`
		NotSlips    []string            `yaml:"not_slips"`
		Topic       map[string][]string `yaml:"topic"`
		Ours        []string            `yaml:"ours"`
		Professions []string            `yaml:"other_professions"`
		Foreign     []string            `yaml:"foreign"`
		Outside     []string            `yaml:"outside"`
		Cries       []string            `yaml:"cries"`
		Filler      []string            `yaml:"filler"`
		Unions      []string            `yaml:"unions"`
	}
	if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("retrieval: %s: %s", name, yaml.FormatError(err, false, false))
	}
	l := &Lexicon{spelling: file.Spelling, real: set(file.NotSlips), topics: map[string][]phrase{},
		foreign: set(file.Foreign), index: map[string][]phrase{}}
	for _, m := range file.Means {
		for _, say := range m.Say {
			p := phrase{stems: stems(say, true), means: stems(m.Mean, false), text: say}
			if len(p.stems) == 0 || len(p.means) == 0 {
				return nil, fmt.Errorf("retrieval: %s: %q means nothing", name, say)
			}
			l.index[p.stems[0]] = append(l.index[p.stems[0]], p)
		}
	}
	for group, says := range file.Topic {
		for _, say := range says {
			p := phrase{stems: stems(say, true), means: []string{group}, text: say}
			if len(p.stems) == 0 {
				return nil, fmt.Errorf("retrieval: %s: topic %s: %q holds no word", name, group, say)
			}
			l.topics[p.stems[0]] = append(l.topics[p.stems[0]], p)
		}
	}
	for _, w := range file.Ours {
		l.ours = append(l.ours, phrase{stems: stems(w, true), text: w})
	}
	for _, w := range file.Professions {
		l.others = append(l.others, phrase{stems: stems(w, true), text: w})
	}
	for _, w := range file.Outside {
		l.outside = append(l.outside, phrase{stems: stems(w, true), text: w})
	}
	l.unions = set(file.Unions)
	for _, w := range file.Cries {
		l.cries = append(l.cries, phrase{stems: stems(w, true), text: w})
	}
	l.filler = map[string]bool{}
	for _, w := range file.Filler {
		for _, s := range stems(w, true) {
			l.filler[s] = true
		}
	}
	return l, nil
}

// vague reports whether tokens say that something was not paid, and nothing
// that would tell why.
func (l *Lexicon) vague(tokens []Token) bool {
	said := make([]bool, len(tokens))
	cry := false
	for i := range tokens {
		for _, p := range l.cries {
			if p.at(tokens, i) {
				cry = true
				for j := range p.stems {
					said[i+j] = true
				}
			}
		}
	}
	for i, t := range tokens {
		if !said[i] && !t.Stop && !l.filler[t.Stem] {
			return false
		}
	}
	return cry
}

func set(words []string) map[string]bool {
	m := map[string]bool{}
	for _, w := range words {
		m[w] = true
	}
	return m
}

// stems analyses text; function words are kept only if all is true.
func stems(text string, all bool) []string {
	var out []string
	for _, t := range Analyze(text) {
		if all || !t.Stop {
			out = append(out, t.Stem)
		}
	}
	return out
}

// expand returns what the phrases that occur in tokens mean.
func (l *Lexicon) expand(tokens []Token) []string {
	var out []string
	for i := range tokens {
		for _, p := range l.index[tokens[i].Stem] {
			if p.at(tokens, i) {
				out = append(out, p.means...)
			}
		}
	}
	return out
}

// strong is the topic group whose phrases show the field by themselves.
const strong = "strong"

// topicality is how surely tokens are of this field: two for each phrase
// that can be of no other, and one for each group of words that this field shares
// with others, outside those phrases.
func (l *Lexicon) topicality(tokens []Token) int {
	covered := make([]bool, len(tokens))
	sure := map[string]bool{}
	for i := range tokens {
		for _, p := range l.topics[tokens[i].Stem] {
			if p.means[0] == strong && p.at(tokens, i) {
				sure[p.text] = true
				for j := range p.stems {
					covered[i+j] = true
				}
			}
		}
	}
	groups := map[string]bool{}
	for i := range tokens {
		for _, p := range l.topics[tokens[i].Stem] {
			if p.means[0] != strong && !covered[i] && p.at(tokens, i) {
				groups[p.means[0]] = true
			}
		}
	}
	return 2*len(sure) + len(groups)
}

// at reports whether p begins at tokens[i].
func (p phrase) at(tokens []Token, i int) bool {
	if i+len(p.stems) > len(tokens) {
		return false
	}
	for j, s := range p.stems {
		if tokens[i+j].Stem != s {
			return false
		}
	}
	return true
}

// occurs returns the first of phrases that occurs in tokens.
func occurs(phrases []phrase, tokens []Token) (string, bool) {
	for _, p := range phrases {
		for i := range tokens {
			if p.at(tokens, i) {
				return p.text, true
			}
		}
	}
	return "", false
}

// correct returns the word a slip was meant to be, or "". One edit for every
// four letters (an adjacent swap is one), so none in words of three; the
// first letter must stand, and the slip must not be a real word.
func (l *Lexicon) correct(word string) string {
	if len(word) < 4 || l.real[word] || strings.ContainsAny(word, "0123456789") {
		return ""
	}
	best, bestDist := "", len(word)
	for _, w := range l.spelling {
		limit := len(w) / 4
		if w[0] != word[0] || len(w)-len(word) > limit || len(word)-len(w) > limit {
			continue
		}
		if d := edlib.OSADamerauLevenshteinDistance(word, w); d > 0 && d <= limit && d < bestDist {
			best, bestDist = w, d
		}
	}
	return best
}
