package local

import (
	"cmp"
	"slices"
	"strings"
)

// A ranked is a section or passage with its score.
type ranked struct {
	section, passage uint32
	score            float32
}

// top keeps the best of what it is offered: a heap with the worst on top.
type top struct {
	m     *memory
	limit int
	heap  []ranked
}

func newTop(m *memory, limit int) *top {
	return &top{m, limit, make([]ranked, 0, min(limit, 64))}
}

// compare puts the higher score first; equal ones go by source id, scope and
// passage.
func (t *top) compare(a, b ranked) int {
	switch {
	case a.score != b.score:
		return cmp.Compare(b.score, a.score)
	case a.section != b.section:
		x, y := t.m.sections[a.section].key, t.m.sections[b.section].key
		return cmp.Or(strings.Compare(x.id, y.id), strings.Compare(x.scope, y.scope))
	}
	return cmp.Compare(a.passage, b.passage)
}

// offer takes r if it is among the best so far.
func (t *top) offer(r ranked) {
	if len(t.heap) < t.limit {
		t.heap = append(t.heap, r)
		for i := len(t.heap) - 1; i > 0 && t.compare(t.heap[i], t.heap[(i-1)/2]) > 0; i = (i - 1) / 2 {
			t.heap[i], t.heap[(i-1)/2] = t.heap[(i-1)/2], t.heap[i]
		}
		return
	}
	if r.score < t.heap[0].score || t.compare(r, t.heap[0]) > 0 {
		return
	}
	t.heap[0] = r
	for i := 0; ; {
		worst := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(t.heap); child++ {
			if t.compare(t.heap[child], t.heap[worst]) > 0 {
				worst = child
			}
		}
		if worst == i {
			return
		}
		t.heap[i], t.heap[worst] = t.heap[worst], t.heap[i]
		i = worst
	}
}

// best returns what was kept, best first.
func (t *top) best() []ranked {
	slices.SortFunc(t.heap, t.compare)
	return t.heap
}
