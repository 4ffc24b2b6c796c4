package denial

// A kind says what a phrase is for.
type kind int

const (
	says kind = iota
	hints
	told
	cancels
	guards
	lifts
	turns
	affirms
	denying
	final
	urgent
	conditions
	dayCues
	payerLabels
	payerNouns
	payerNames
	payerCommon
	formEOB
	formLetter
	reasonCues
	remarkCues
	groupCues
	procedureCues
	diagnosisCues
	kinds
)

// An entry is one phrase, what it is for, and the number of its objection,
// guard or role.
type entry struct {
	phrase phrase
	kind   kind
	ref    int
}

// A hit is a phrase found in a text: words from up to to, at the longest long.
type hit struct {
	ref            int
	from, to, long int
}

// find looks for all phrases in every sentence of the page. Hits of one kind
// are in the order of the text.
func (r *Reader) find(p *page) {
	for s := range p.sentences {
		at := &p.sentences[s]
		for k := range at.hits {
			at.hits[k] = len(p.hits[k])
		}
		words := p.words[at.from:at.to]
		for i, w := range words {
			if w.id == 0 {
				continue
			}
			for _, e := range r.first[w.id] {
				if to, long := e.phrase.match(words, i); to > 0 {
					p.hits[e.kind] = append(p.hits[e.kind], hit{e.ref, at.from + i, at.from + to, at.from + long})
				}
			}
		}
	}
}

// in returns the hits of a kind in sentence s.
func (p *page) in(s int, k kind) []hit {
	end := len(p.hits[k])
	if s+1 < len(p.sentences) {
		end = p.sentences[s+1].hits[k]
	}
	return p.hits[k][p.sentences[s].hits[k]:end]
}
