package cite

import (
	"sync"
	"sync/atomic"
)

// readings keeps what was read of the catalog's texts, each once. The zero
// value is ready for use, by many at a time.
type readings struct {
	normals  sync.Map // string to *Normal
	passages sync.Map // string to []*sentence
	claim    atomic.Pointer[claimed]
}

// claimed is the claim read last: it is read for several checks in a row.
type claimed struct {
	text     string
	sentence *sentence
}

func (r *readings) sentence(text string) *sentence {
	if c := r.claim.Load(); c != nil && c.text == text {
		return c.sentence
	}
	c := &claimed{text, readSentence(text)}
	r.claim.Store(c)
	return c.sentence
}

func (r *readings) normal(text string) *Normal {
	if n, ok := r.normals.Load(text); ok {
		return n.(*Normal)
	}
	n, _ := r.normals.LoadOrStore(text, Normalise(text))
	return n.(*Normal)
}

func (r *readings) passage(text string) []*sentence {
	if p, ok := r.passages.Load(text); ok {
		return p.([]*sentence)
	}
	p, _ := r.passages.LoadOrStore(text, readPassage(text))
	return p.([]*sentence)
}

// find is Find.
func (r *readings) find(quote string, official []string) (Match, error) {
	texts := make([]*Normal, len(official))
	for i, o := range official {
		texts[i] = r.normal(o)
	}
	return find(quote, texts)
}

// paraphrase is Paraphrase.
func (r *readings) paraphrase(claim string, passages []string) error {
	var source []*sentence
	for _, p := range passages {
		source = append(source, r.passage(p)...)
	}
	return guard(r.sentence(claim), source)
}
