package retrieval

import (
	"strings"
	"unicode"

	"github.com/clipperhouse/uax29/v2/words"
	"github.com/kljensen/snowball/english"
	"golang.org/x/text/unicode/norm"

	"github.com/everycategory/advocate/corpus"
)

// Analysis names this way of analysing. An index that keeps analysed words
// analyses them anew where it was written under another name: give it a new
// one with every change of what Analyze or IndexTokens return.
const Analysis = "3"

// A Token is one word of a text as the index sees it.
type Token struct {
	Stem string // folded and stemmed; what is indexed
	Word string // folded, not stemmed
	Stop bool   // a function word, of no use in ranking
}

// Analyze splits text at Unicode word boundaries (UAX 29), folds case and
// accents, and stems with the Snowball English stemmer. Words that hold a
// digit ("48.43.045", "m54.5", "97124") are kept whole and unstemmed.
// The same analysis serves documents and questions.
func Analyze(text string) []Token {
	var out []Token
	it := words.FromString(fold(text))
	for it.Next() {
		w := strings.Trim(it.Value(), "'._’")
		if !strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			continue
		}
		w = strings.TrimSuffix(strings.ReplaceAll(w, "’", "'"), "'s")
		t := Token{Word: w, Stem: w, Stop: english.IsStopWord(w)}
		if !strings.ContainsFunc(w, unicode.IsDigit) {
			t.Stem = english.Stem(w, false)
		}
		out = append(out, t)
	}
	return out
}

// fold lower-cases text and drops combining marks ("résumé" → "resume").
func fold(text string) string {
	text = norm.NFKD.String(text)
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// Pieces is how many texts of s an index reads: its passages and, behind
// them, the questions it answers. A source without passages has none.
func Pieces(s *corpus.Source) int {
	if len(s.Passages) == 0 {
		return 0
	}
	return len(s.Passages) + len(s.Asks)
}

// IndexTokens returns the stems of what an index reads of piece i of s: of a
// passage its context, heading and text and, for the first one, the source's
// title, names and citation; of a question its words. Function words are
// left out.
func IndexTokens(s *corpus.Source, i int) []string {
	var parts []string
	if ask := i - len(s.Passages); ask >= 0 {
		parts = []string{s.Asks[ask]}
	} else {
		p := &s.Passages[i]
		parts = []string{p.Context, p.Heading, p.Text}
	}
	if i == 0 {
		parts = append(parts, s.Title, s.Cite.String())
		parts = append(parts, s.Names...)
	}
	var stems []string
	for _, t := range Analyze(strings.Join(parts, "\n")) {
		if !t.Stop {
			stems = append(stems, t.Stem)
		}
	}
	return stems
}
