package clinical

import (
	"slices"
	"strings"
)

// anchors are the groups that words of time are of.
var anchors = []string{"finding", "condition", "activity", "technique", "measure", "medication"}

// Words of time are of what stands behind them, of what stands right behind
// them, or of what stands before them; the others of what is nearest.
var (
	forward = map[string]bool{"before": true, "after": true, "during": true, "since": true, "until": true}
	beside  = map[string]bool{"acute": true, "subacute": true, "chronic": true}
	behind  = map[string]bool{"daily": true, "weekly": true, "monthly": true}
)

// timed is what the word of time at i is of: "acute neck pain", "before
// work".
func (r *reading) timed(i int) string {
	name := r.tokens[i].concept.name
	switch {
	case forward[name]:
		return r.anchor(i, 1, len(r.tokens))
	case behind[name]:
		if a := r.anchor(i, -1, len(r.tokens)); a != "" {
			return a
		}
	case beside[name]:
		if a := r.anchor(i, 1, 2); a != "" {
			return a
		}
	}
	name = r.nearest(i, anchors...)
	if site := r.place(i); site != "" {
		name += ", " + site
	}
	return name
}

// anchor is the first anchor from token i in the direction of step, in its
// clause and no further than far.
func (r *reading) anchor(i, step, far int) string {
	for k := i + step; k >= 0 && k < len(r.tokens) && distance(i, k) <= far && r.tokens[k].clause == r.tokens[i].clause; k += step {
		if slices.Contains(anchors, r.tokens[k].concept.group) {
			return r.tokens[k].concept.name
		}
	}
	return ""
}

// part is what the person at i does: the one who says it, or the one it is
// said or sent to.
func (r *reading) part(i int) string {
	if i > 0 {
		switch r.tokens[i-1].fold {
		case "to", "with":
			return "to"
		}
	}
	for k := i + 1; k < len(r.tokens) && k <= i+3 && r.tokens[k].clause == r.tokens[i].clause; k++ {
		if r.tokens[k].concept.group == "speaker" {
			return "says"
		}
	}
	return ""
}

// An item is a fact or a word of content, and the clause it stands in.
type item struct {
	key     any
	clause  int
	kind    FactType
	counted bool
	fixed   bool // its place among the fixed ones of its clause may not change
}

// items are the facts and the words of content in their order. Where a clause
// has two quantities of one kind, their order and that of two sites or two
// findings beside them is fixed, for which is whose is told by nothing else:
// "neck 3/10 shoulder 6/10".
func (r *reading) items() []item {
	var out []item
	count, several := map[int]map[FactType]int{}, map[int]bool{}
	for i, t := range r.tokens {
		key := r.key(i)
		if key == nil {
			continue
		}
		it := item{key: key, clause: t.clause}
		if f, ok := key.(Fact); ok {
			it.kind = f.Type
			it.counted = t.kind == number || t.kind == score
			if count[t.clause] == nil {
				count[t.clause] = map[FactType]int{}
			}
			count[t.clause][f.Type]++
			several[t.clause] = several[t.clause] || it.counted && count[t.clause][f.Type] > 1
		}
		out = append(out, it)
	}
	for i, it := range out {
		out[i].fixed = several[it.clause] && count[it.clause][it.kind] > 1
	}
	return out
}

// split begins a clause at an "and" that joins two statements. A negation or
// a doubt goes on behind it.
func (r *reading) split() {
	var at []int
	for i, t := range r.tokens {
		if joins[t.fold] && r.joined(i) {
			at = append(at, i)
		}
	}
	n := 0
	for i := range r.tokens {
		if n < len(at) && i == at[n] {
			n++
		}
		r.tokens[i].clause += n
	}
}

var joins = map[string]bool{"and": true, "&": true, "+": true}

// key is what the token at i says as a value to compare; nil if nothing. That
// the patient is named says nothing here.
func (r *reading) key(i int) any {
	if f, ok := r.fact(i); ok {
		if f.Type == Person && f.Value == "patient" {
			return nil
		}
		return f.bare()
	}
	if w := r.content(i); w != "" {
		return w
	}
	return nil
}

// joined reports whether the word at i joins two statements: on each side, in
// its clause, something with more to it than a name.
func (r *reading) joined(i int) bool {
	side := func(step int) bool {
		n, head := 0, false
		for k := i + step; k >= 0 && k < len(r.tokens) && r.tokens[k].clause == r.tokens[i].clause && !joins[r.tokens[k].fold]; k += step {
			t := r.tokens[k]
			switch {
			case t.kind == code:
				head = true
			case t.kind == word && t.concept.group == "", t.kind == mark, t.concept.group == "side", t.spent:
				continue
			case t.concept.group != "site":
				head = head || strings.Contains("finding condition technique measure activity medication change", t.concept.group)
			}
			n++
		}
		return head && n > 1
	}
	return side(-1) && side(1)
}

// together reports whether what stood together in before stands together in
// after: the clauses may change their order, be joined or be cut, but none
// gives a part of itself to another.
func together(before, after []item) bool {
	of := make([]int, len(after)) // the clause of before, from 1
	size := map[int]int{}
	for from := 0; from < len(before); {
		to := from
		want, order := map[any]int{}, []any{}
		for to < len(before) && before[to].clause == before[from].clause {
			want[before[to].key]++
			if before[to].fixed {
				order = append(order, before[to].key)
			}
			to++
		}
		id := len(size) + 1
		size[id] = to - from
		at := placed(want, to-from, after, of, id)
		if at < 0 || !ordered(after[at:at+to-from], order) {
			return false
		}
		from = to
	}
	for from := 0; from < len(after); {
		to := from
		within := map[int]int{}
		for to < len(after) && after[to].clause == after[from].clause {
			within[of[to]]++
			to++
		}
		for id, n := range within {
			if len(within) > 1 && n != size[id] {
				return false
			}
		}
		from = to
	}
	return true
}

// ordered reports whether the items of order stand in a row in their order.
func ordered(row []item, order []any) bool {
	is := map[any]bool{}
	for _, key := range order {
		is[key] = true
	}
	n := 0
	for _, it := range row {
		if is[it.key] && n < len(order) {
			if it.key != order[n] {
				return false
			}
			n++
		}
	}
	return n == len(order)
}

// placed is where a free row of n items of after is those of want, and marks
// it; -1 if none is.
func placed(want map[any]int, n int, after []item, of []int, id int) int {
	for at := 0; at+n <= len(after); at++ {
		have := map[any]int{}
		k := at
		for ; k < at+n && of[k] == 0; k++ {
			key := after[k].key
			if have[key]++; have[key] > want[key] {
				break
			}
		}
		if k == at+n {
			for k = at; k < at+n; k++ {
				of[k] = id
			}
			return at
		}
	}
	return -1
}
