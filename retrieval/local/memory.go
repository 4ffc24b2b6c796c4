package local

import (
	"slices"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// memory is all that searches read. Sections are numbered as they come; a
// removed one leaves its number, and traces that no search reaches, until
// the next rebuilding. Not safe for concurrent use.
type memory struct {
	sections []section
	numbers  map[key]uint32
	cites    map[citation.Citation][]uint32 // by base
	words    words
	vectors  matrix
	filters  filters
	passages int
	revision total // of all
	stored   total // of those that are not base documents
}

// A section is a source in memory.
type section struct {
	head
	cites []citation.Citation // that it carries, by base
	text  *text               // nil once removed
	hash  digest
	base  bool
}

func (s *section) source() (*corpus.Source, error) { return s.text.get(s.head) }

// changes are what one step does to memory: first remove, then add.
type changes struct {
	removed []key
	added   []document
}

func newMemory() *memory {
	return &memory{numbers: map[key]uint32{}, cites: map[citation.Citation][]uint32{}, words: newWords(), filters: newFilters()}
}

// apply makes the changes in place.
func (m *memory) apply(c changes) {
	for _, k := range c.removed {
		m.remove(k)
	}
	for i := range c.added {
		m.add(&c.added[i])
	}
}

// rebuilt returns a new memory with the changes made and nothing left over
// of what was removed. It leaves m as it is.
func (m *memory) rebuilt(c changes) *memory {
	gone := map[key]bool{}
	for _, k := range c.removed {
		gone[k] = true
	}
	var all []document
	for n := range m.sections {
		if s := &m.sections[n]; s.text != nil && !gone[s.key] {
			all = append(all, m.document(uint32(n)))
		}
	}
	all = append(all, c.added...)
	layTogether(all)
	next := newMemory()
	for i := range all {
		next.add(&all[i])
	}
	return next
}

// layTogether puts docs in the order of what is filtered by, and their
// vectors one after the other in that order: what a filter keeps is then read
// in one go, and most of a posting list is passed over.
func layTogether(docs []document) {
	slices.SortStableFunc(docs, func(a, b document) int { return compareHeads(a.head, b.head) })
	numbers := 0
	for i := range docs {
		numbers += len(docs[i].vectors)
	}
	vectors := make([]float32, 0, numbers)
	for i := range docs {
		from := len(vectors)
		vectors = append(vectors, docs[i].vectors...)
		docs[i].vectors = vectors[from:len(vectors):len(vectors)]
	}
}

// crowded reports whether making the changes in place would leave more
// behind of what was removed than rebuilding is worth: an eighth of what is
// alive, which keeps the price of rebuilding within a few times that of what
// was put in the place of the removed.
func (m *memory) crowded(c changes) bool {
	remains := len(m.sections) - len(m.numbers)
	for _, k := range c.removed {
		if _, ok := m.numbers[k]; ok {
			remains++
		}
	}
	return remains > 64+len(m.numbers)/8
}

// fits reports with ErrDimension or ErrEmbedder whether the vectors that
// would be there after the changes are not of one length, by one embedder.
func (m *memory) fits(c changes) error {
	v := m.vectors.Vectored
	for _, k := range c.removed {
		if n, ok := m.numbers[k]; ok && m.vectors.holds(n) {
			v = v.Without(v.Dim)
		}
	}
	for i := range c.added {
		var err error
		if v, err = v.With(c.added[i].id, c.added[i].dim, c.added[i].embedder); err != nil {
			return err
		}
	}
	return nil
}

// storedAfter is what stored would be after the changes.
func (m *memory) storedAfter(c changes) total {
	t := m.stored
	for _, k := range c.removed {
		if n, ok := m.numbers[k]; ok && !m.sections[n].base {
			t.Subtract(m.sections[n].hash)
		}
	}
	for i := range c.added {
		if !c.added[i].base {
			t.Add(c.added[i].hash)
		}
	}
	return t
}

func (m *memory) add(d *document) {
	n := uint32(len(m.sections))
	m.sections = append(m.sections, section{d.head, d.cites, d.text, d.hash, d.base})
	m.numbers[d.key] = n
	for _, c := range d.cites {
		m.cites[c] = append(m.cites[c], n)
	}
	m.words.add(d.words, d.passages)
	m.vectors.add(d.dim, d.embedder, d.vectors)
	m.filters.add(n, &d.head)
	m.passages += d.size
	m.revision.Add(d.hash)
	if !d.base {
		m.stored.Add(d.hash)
	}
}

func (m *memory) remove(k key) {
	n, ok := m.numbers[k]
	if !ok {
		return
	}
	s := m.sections[n]
	delete(m.numbers, k)
	for _, c := range s.cites {
		m.cites[c] = slices.DeleteFunc(m.cites[c], func(o uint32) bool { return o == n })
		if len(m.cites[c]) == 0 {
			delete(m.cites, c)
		}
	}
	m.words.remove(n)
	m.vectors.remove(n)
	m.filters.remove(n, &s.head)
	m.passages -= s.size
	m.revision.Subtract(s.hash)
	if !s.base {
		m.stored.Subtract(s.hash)
	}
	m.sections[n] = section{}
}

// document is section n, which must be there, as it was added.
func (m *memory) document(n uint32) document {
	s := m.sections[n]
	d := document{head: s.head, cites: s.cites, text: s.text, hash: s.hash, base: s.base,
		words: m.words.terms, passages: m.words.passageCounts(n), vectors: m.vectors.rows(n)}
	if d.vectors != nil {
		d.dim, d.embedder = m.vectors.Dim, m.vectors.Embedder
	}
	return d
}
