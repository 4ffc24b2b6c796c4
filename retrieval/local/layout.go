package local

import (
	"cmp"
	"slices"
)

// A layout is where the file has what: its segments, and which of their
// documents still count.
type layout struct {
	parts  map[int64]*part // by the segment's number in the file
	places map[key]place
}

// A part is a segment in the file.
type part struct {
	hash    digest
	entries []entry
	left    int  // entries that count
	size    int  // their passages
	old     bool // another retrieval.Analysis made its words
}

// An entry is a document of a segment.
type entry struct {
	key
	hash digest
	size int // passages
}

// A place is a document's segment and its place in it.
type place struct {
	segment int64
	at      int
}

func newLayout() layout { return layout{map[int64]*part{}, map[key]place{}} }

// add notes a segment with what counts of it. It reports whether no document
// of it counts in another segment too.
func (l *layout) add(n int64, hash digest, entries []entry, gone map[int]bool) bool {
	p := &part{hash: hash, entries: entries}
	l.parts[n] = p
	for i, e := range entries {
		if gone[i] {
			continue
		}
		if _, twice := l.places[e.key]; twice {
			return false
		}
		l.places[e.key] = place{n, i}
		p.left++
		p.size += e.size
	}
	return true
}

// live are the places of a segment that count, in order.
func (l *layout) live(n int64) (out []entry) {
	for i, e := range l.parts[n].entries {
		if l.places[e.key] == (place{n, i}) {
			out = append(out, e)
		}
	}
	return out
}

// An edit is what one change does to the file.
type edit struct {
	segments []segment // to be added
	dropped  []int64   // segments whose documents that count are among those
	gone     []place   // that no longer count, of other segments
	sum      total     // of all documents afterwards
}

// apply notes what r did to the file; numbers are its segments' there.
func (l *layout) apply(r *edit, numbers []int64) {
	for _, p := range r.gone {
		old := l.parts[p.segment]
		delete(l.places, old.entries[p.at].key)
		old.left--
		old.size -= old.entries[p.at].size
	}
	for _, n := range r.dropped {
		for _, e := range l.live(n) {
			delete(l.places, e.key)
		}
		delete(l.parts, n)
	}
	for i, g := range r.segments {
		l.add(numbers[i], g.hash(), g.entries, nil)
	}
}

// growth is how much larger than what is joined already a segment may be to
// be joined too: few segments, and each document is rewritten a number of
// times that grows with the logarithm of how many there are.
const growth = 4

// revise plans to write puts and to take deletes out. Small segments are
// joined with what is put, and so are those of which more is gone than
// counts and those of an old analysis; document returns what the file has of a key.
func (l *layout) revise(puts []document, deletes []key, document func(key) document) edit {
	var r edit
	lost := map[int64]int{} // what this change takes from a segment
	take := func(k key) {
		if p, ok := l.places[k]; ok {
			r.gone = append(r.gone, p)
			lost[p.segment]++
		}
	}
	size := 0
	taken := map[key]bool{}
	for _, d := range puts {
		take(d.key)
		size += d.size
		taken[d.key] = true
	}
	for _, k := range deletes {
		take(k)
		taken[k] = true
	}
	order := make([]int64, 0, len(l.parts))
	for n := range l.parts {
		order = append(order, n)
	}
	slices.SortFunc(order, func(a, b int64) int { return cmp.Or(cmp.Compare(l.parts[a].size, l.parts[b].size), cmp.Compare(a, b)) })
	docs := slices.Clone(puts)
	for _, n := range order {
		p := l.parts[n]
		hollow := 2*(p.left-lost[n]) < len(p.entries)
		small := len(puts) > 0 && p.size <= growth*size && p.size+size <= maxSegment
		if !hollow && !small && !p.old {
			continue
		}
		r.dropped = append(r.dropped, n)
		size += p.size
		for _, e := range l.live(n) {
			if !taken[e.key] {
				docs = append(docs, document(e.key))
			}
		}
	}
	r.gone = slices.DeleteFunc(r.gone, func(p place) bool { return slices.Contains(r.dropped, p.segment) })
	r.segments = segments(docs)
	return r
}

// segments encodes docs in as few segments as maxSegment allows.
func segments(docs []document) (out []segment) {
	slices.SortFunc(docs, func(a, b document) int { return compareHeads(a.head, b.head) })
	for from := 0; from < len(docs); {
		to, size := from, 0
		for to < len(docs) && (to == from || size+docs[to].size <= maxSegment) {
			size += docs[to].size
			to++
		}
		out = append(out, newSegment(docs[from:to]))
		from = to
	}
	return out
}

// entriesOf are what a layout keeps of docs.
func entriesOf(docs []document) []entry {
	out := make([]entry, len(docs))
	for i := range docs {
		out[i] = entry{docs[i].key, docs[i].hash, docs[i].size}
	}
	return out
}
