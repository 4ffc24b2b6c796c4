package local

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
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
	source *corpus.Source // nil once removed
	hash   digest
	base   bool
}

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
// of what was removed. It leaves m as it is. Sections are put in the order
// of what is filtered by, so that what a filter keeps lies together: vectors
// are then read in one go, and most of a posting list is passed over.
func (m *memory) rebuilt(c changes) *memory {
	gone := map[key]bool{}
	for _, k := range c.removed {
		gone[k] = true
	}
	type from struct {
		*corpus.Source
		document func() document
	}
	var all []from
	numbers := 0 // in all vectors
	for n, s := range m.sections {
		if s.source != nil && !gone[key{s.source.Scope, s.source.ID}] {
			all = append(all, from{s.source, func() document { return m.document(uint32(n)) }})
			numbers += len(m.vectors.rows(uint32(n)))
		}
	}
	for _, d := range c.added {
		all = append(all, from{d.source, func() document { return d }})
		numbers += len(d.vectors)
	}
	slices.SortFunc(all, func(a, b from) int {
		return cmp.Or(strings.Compare(a.Scope, b.Scope), strings.Compare(a.Jurisdiction, b.Jurisdiction),
			cmp.Compare(a.Kind, b.Kind), strings.Compare(a.ID, b.ID))
	})
	next := newMemory()
	next.vectors.numbers = make([]float32, 0, numbers)
	for _, f := range all {
		d := f.document()
		next.add(&d)
	}
	return next
}

// crowded reports whether making the changes in place would leave more
// behind, or keep searches waiting longer, than rebuilding is worth: once
// changes and remains exceed an eighth of what is alive, which keeps the
// price of rebuilding within a few times that of adding.
func (m *memory) crowded(c changes) bool {
	remains := len(m.sections) - len(m.numbers)
	return remains+len(c.removed)+len(c.added) > 64+len(m.numbers)/8
}

// fits reports with ErrDimension whether the vectors that would be there
// after the changes are not of one length.
func (m *memory) fits(c changes) error {
	dim, left := m.vectors.dim, m.vectors.held
	for _, k := range c.removed {
		if n, ok := m.numbers[k]; ok && m.vectors.holds(n) {
			left--
		}
	}
	for i := range c.added {
		switch d := &c.added[i]; {
		case d.dim == 0:
		case left == 0:
			dim, left = d.dim, 1
		case d.dim != dim:
			return fmt.Errorf("source %q: %w: its vectors have %d numbers, the index's %d; embed everything with one model",
				d.source.ID, retrieval.ErrDimension, d.dim, dim)
		}
	}
	return nil
}

// storedAfter is what stored would be after the changes.
func (m *memory) storedAfter(c changes) total {
	t := m.stored
	for _, k := range c.removed {
		if n, ok := m.numbers[k]; ok && !m.sections[n].base {
			t.subtract(m.sections[n].hash)
		}
	}
	for i := range c.added {
		if !c.added[i].base {
			t.add(c.added[i].hash)
		}
	}
	return t
}

func (m *memory) add(d *document) {
	n := uint32(len(m.sections))
	m.sections = append(m.sections, section{d.source, d.hash, d.base})
	m.numbers[d.key()] = n
	for _, c := range d.source.Carried() {
		m.cites[c] = append(m.cites[c], n)
	}
	m.words.add(d.passages)
	m.vectors.add(n, d.dim, d.vectors)
	m.filters.add(n, d.source)
	m.passages += len(d.source.Passages)
	m.revision.add(d.hash)
	if !d.base {
		m.stored.add(d.hash)
	}
}

func (m *memory) remove(k key) {
	n, ok := m.numbers[k]
	if !ok {
		return
	}
	s := m.sections[n]
	delete(m.numbers, k)
	for _, c := range s.source.Carried() {
		m.cites[c] = slices.DeleteFunc(m.cites[c], func(o uint32) bool { return o == n })
		if len(m.cites[c]) == 0 {
			delete(m.cites, c)
		}
	}
	m.words.remove(n)
	m.vectors.remove(n)
	m.filters.remove(n, s.source)
	m.passages -= len(s.source.Passages)
	m.revision.subtract(s.hash)
	if !s.base {
		m.stored.subtract(s.hash)
	}
	m.sections[n] = section{}
}

// document is section n as it was added; its source is nil if removed.
func (m *memory) document(n uint32) document {
	s := m.sections[n]
	d := document{source: s.source, hash: s.hash, base: s.base}
	if s.source != nil {
		d.passages = m.words.stems(n)
		d.vectors = m.vectors.rows(n)
		if d.vectors != nil {
			d.dim = m.vectors.dim
		}
	}
	return d
}
