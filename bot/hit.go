package bot

import (
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

// A SearchHit is a source found by words, as every door shows it.
type SearchHit struct {
	Source   string  `json:"source"`
	Cite     string  `json:"cite"` // "" for a card, which is never cited
	Pinpoint string  `json:"pinpoint"`
	Title    string  `json:"title"`
	Text     string  `json:"text"`
	Score    float32 `json:"score"` // BM25; 0 for an exact citation that no word found
}

// Hits are what a search found, best first; never nil.
func Hits(found retrieval.Found) []SearchHit {
	hits := []SearchHit{}
	for _, h := range found.Hits {
		pin := h.Pin
		if h.Source.Cite.IsZero() {
			pin = corpus.PinPoints // what a card says, not how it is asked for
		}
		s := SearchHit{Source: h.Source.ID, Title: h.Source.Title, Pinpoint: string(pin), Score: h.Score}
		if !h.Source.Cite.IsZero() {
			s.Cite = h.Source.Cite.At(pin).String()
		}
		if p := h.Source.Passage(pin); p != nil {
			s.Text = p.Text
		}
		hits = append(hits, s)
	}
	return hits
}
