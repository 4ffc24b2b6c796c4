package local

import (
	"iter"
	"slices"

	"github.com/bits-and-blooms/bitset"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

// filters has, for each value of a filtered field, the sections that have
// it. A removed section is in none. As every filter names a scope, no search
// ever reaches one.
type filters struct {
	scopes, jurisdictions map[string]*bitset.BitSet
	kinds                 map[corpus.Kind]*bitset.BitSet
}

func newFilters() filters {
	return filters{map[string]*bitset.BitSet{}, map[string]*bitset.BitSet{}, map[corpus.Kind]*bitset.BitSet{}}
}

func (f *filters) add(n uint32, h *head) {
	set(f.scopes, h.scope, n)
	set(f.jurisdictions, h.jurisdiction, n)
	set(f.kinds, h.kind, n)
}

func (f *filters) remove(n uint32, h *head) {
	f.scopes[h.scope].Clear(uint(n))
	f.jurisdictions[h.jurisdiction].Clear(uint(n))
	f.kinds[h.kind].Clear(uint(n))
}

func set[K comparable](field map[K]*bitset.BitSet, value K, n uint32) {
	if field[value] == nil {
		field[value] = new(bitset.BitSet)
	}
	field[value].Set(uint(n))
}

// allowed sets in out, which it clears first, the sections that f lets
// through.
func (m *memory) allowed(f retrieval.Filter, out *bitset.BitSet) error {
	if len(f.Scopes) == 0 || slices.Contains(f.Scopes, "") {
		return retrieval.ErrNoScope
	}
	out.ClearAll()
	for _, v := range f.Scopes {
		if b := m.filters.scopes[v]; b != nil {
			out.InPlaceUnion(b)
		}
	}
	restrict(out, m.filters.jurisdictions, f.Jurisdictions)
	restrict(out, m.filters.kinds, f.Kinds)
	if len(f.Sources) > 0 {
		named := new(bitset.BitSet)
		for _, scope := range f.Scopes {
			for _, id := range f.Sources {
				if n, ok := m.numbers[key{scope, id}]; ok {
					named.Set(uint(n))
				}
			}
		}
		out.InPlaceIntersection(named)
	}
	return nil
}

// restrict keeps in out the sections that have any of values; all of them
// where values is empty.
func restrict[K comparable](out *bitset.BitSet, field map[K]*bitset.BitSet, values []K) {
	if len(values) == 0 {
		return
	}
	if len(values) == 1 && field[values[0]] != nil {
		out.InPlaceIntersection(field[values[0]])
		return
	}
	any := new(bitset.BitSet)
	for _, v := range values {
		if b := field[v]; b != nil {
			any.InPlaceUnion(b)
		}
	}
	out.InPlaceIntersection(any)
}

// members are the numbers of the sections in s, ascending.
func members(s *bitset.BitSet) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for n, ok := s.NextSet(0); ok && yield(uint32(n)); n, ok = s.NextSet(n + 1) {
		}
	}
}
