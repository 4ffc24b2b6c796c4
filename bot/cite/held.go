package cite

import (
	"strings"
	"unicode"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// held indexes all official words of a catalog by word, to say where a
// quotation stands that does not stand where it is cited.
type held struct {
	texts []heldText
	at    map[string][]int32 // lower-case word to texts, ascending
}

// A heldText is one official text of a passage that can be cited.
type heldText struct {
	source *corpus.Source
	cite   citation.Citation
	normal *Normal
}

func index(c *corpus.Catalog, read *readings) *held {
	h := &held{at: map[string][]int32{}}
	for _, s := range append(c.Texts(), c.Sources...) {
		if s.Cite.IsZero() || s.Form == corpus.Digest && complete(c.Standing(s.Cite).Text) {
			continue
		}
		for i := range s.Passages {
			p := &s.Passages[i]
			for _, o := range p.Official(s.Form) {
				n := int32(len(h.texts))
				h.texts = append(h.texts, heldText{s, s.Cite.At(p.Pin), read.normal(o)})
				for _, w := range bareWords(h.texts[n].normal.Text) {
					if at := h.at[w]; len(at) == 0 || at[len(at)-1] != n {
						h.at[w] = append(at, n)
					}
				}
			}
		}
	}
	return h
}

// bareWords are the words of text in small letters, without marks.
func bareWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '-'
	})
}

// with returns the texts that hold the rarest word of words, at most most.
// It is nil if a word is held nowhere.
func (h *held) with(words []string, most int) []int32 {
	var rarest []int32
	for i, w := range words {
		at := h.at[w]
		if len(at) == 0 {
			return nil
		}
		if i == 0 || len(at) < len(rarest) {
			rarest = at
		}
	}
	return rarest[:min(len(rarest), most)]
}

// Limits of looking for a quotation elsewhere. Fewer words than minElsewhere
// stand by chance in many sources.
const (
	minElsewhere  = 4
	mostElsewhere = 64
)

// elsewhere is the other place where a quotation stands, in the cited source
// or, if it is long enough to be telling, in another; exact as Find is.
func (k *Checker) elsewhere(cite citation.Citation, quote string) (citation.Citation, bool) {
	var words []string
	q := readQuotation(quote)
	for _, p := range q.parts {
		words = append(words, bareWords(bracketed.ReplaceAllString(p, "$1$2"))...)
	}
	if len(words) < 2 {
		return citation.Citation{}, false
	}
	h := k.held()
	var other citation.Citation
	for _, n := range h.with(words, mostElsewhere) {
		t := h.texts[n]
		if t.cite == cite || !other.IsZero() && t.cite.Base() != cite.Base() {
			continue
		}
		if _, err := find(quote, []*Normal{t.normal}); err != nil {
			continue
		}
		if t.cite.Base() == cite.Base() {
			return t.cite, true
		}
		if len(words) >= minElsewhere {
			other = t.cite
		}
	}
	return other, !other.IsZero()
}
