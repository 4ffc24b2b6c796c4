package corpus

import (
	"errors"
	"fmt"
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// ErrOrder is matched by the error of CutStrict for labels that are no
// outline.
var ErrOrder = errors.New("a label out of order")

// CutStrict is Cut for a text that is known to be whole: every label must
// begin a sequence or come next in one, so that a page whose middle is
// missing, or a list that is none, is refused and not stored at wrong
// pinpoints. A label of two classes, as (i) after (h), is read the way that
// lets all that follow fit; where both do, it opens a level if the paragraph
// before ends with a colon or a dash. A list inside a paragraph without a
// label ("“Board” means one that determines whether: (1) …") has no pinpoints
// of its own: it belongs to the place that the paragraph is in.
func CutStrict(title string, paragraphs []string) ([]Passage, error) {
	var o outline
	type block struct {
		from, to int // of o.labels
		rest     string
	}
	var blocks []block
	opens, loose := false, false
	for _, para := range paragraphs {
		labels, rest := leadingLabels(strings.TrimSpace(para))
		b := block{from: len(o.labels), rest: rest}
		for _, l := range labels {
			o.labels, o.opens, o.loose = append(o.labels, l), append(o.opens, opens), append(o.loose, loose)
			opens, loose = true, false // a label right after another is inside it
		}
		b.to = len(o.labels)
		blocks = append(blocks, b)
		opens = rest == "" || strings.HasSuffix(rest, ":") || strings.HasSuffix(rest, "—")
		loose = opens && len(labels) == 0 && len(o.labels) > 0
	}
	if !o.fit(0, nil) {
		return nil, fmt.Errorf("%w: (%s) after %s", ErrOrder, o.labels[min(o.far, len(o.labels)-1)], pinOf(first(citable(o.best))))
	}
	passages := []Passage{{Heading: title}}
	at := map[citation.Pinpoint]int{"": 0}
	now := 0
	for _, b := range blocks {
		for i := b.from; i < b.to; i++ {
			path, inside := citable(o.paths[i])
			pin := pinOf(path)
			if inside {
				now = at[pin]
				b.rest = strings.TrimSpace("(" + o.labels[i] + ") " + b.rest)
				continue
			}
			if _, ok := at[pin]; ok {
				return nil, fmt.Errorf("%w: %s twice", ErrOrder, pin)
			}
			now = len(passages)
			at[pin] = now
			passages = append(passages, Passage{Pin: pin, Heading: title})
		}
		p := &passages[now]
		p.Text = strings.TrimPrefix(p.Text+"\n"+b.rest, "\n")
	}
	for i := range passages[1:] {
		p := &passages[i+1]
		lead, _, _ := strings.Cut(passages[at[p.Pin.Parent()]].Text, "\n")
		p.Context = strings.TrimSpace(title + "\n" + lead)
	}
	return passages, nil
}

// An outline is the labels of a text in order, and the place found of each.
type outline struct {
	labels []string
	opens  []bool // what comes before the label leads into a list
	loose  []bool // and is a paragraph without a label
	paths  [][]level
	far    int     // the first label that no reading has placed
	best   []level // where that reading stood
	steps  int
}

// A level is one step of a path: the class of its labels and the place in
// their sequence.
type level struct {
	class, n int
	label    string
	loose    bool // a list without pinpoints of its own begins here
}

// maxSteps bounds the search of a text with many ambiguous labels.
const maxSteps = 100_000

// fit places labels i and after, from path.
func (o *outline) fit(i int, path []level) bool {
	if i == len(o.labels) {
		_, inside := citable(path) // then nothing shows where the inner list belongs
		return !inside
	}
	if o.steps++; o.steps > maxSteps {
		return false
	}
	if i >= o.far {
		o.far, o.best = i, path
	}
	next := o.siblings(i, path)
	if child := o.child(i, path); child != nil && o.opens[i] {
		next = append(child, next...)
	} else {
		next = append(next, child...)
	}
	for _, p := range next {
		o.paths = append(o.paths[:i], p)
		if o.fit(i+1, p) {
			return true
		}
	}
	return false
}

// siblings are the paths on which label i comes next, innermost first.
func (o *outline) siblings(i int, path []level) [][]level {
	var out [][]level
	for d := len(path) - 1; d >= 0; d-- {
		if l := path[d]; classes[l.class](o.labels[i]) == l.n+1 {
			out = append(out, append(path[:d:d], level{l.class, l.n + 1, o.labels[i], l.loose}))
		}
	}
	return out
}

// child is the path one step deeper, if label i begins a sequence of a class
// that path does not have yet.
func (o *outline) child(i int, path []level) [][]level {
	var out [][]level
	for c, class := range classes {
		used := false
		for _, l := range path {
			used = used || l.class == c
		}
		if (!used || o.loose[i]) && class(o.labels[i]) == 1 {
			out = append(out, append(path[:len(path):len(path)], level{c, 1, o.labels[i], used}))
		}
	}
	return out
}

// citable are the labels of path that make a pinpoint, and whether path lies
// inside a list that has none.
func citable(path []level) (labels []string, inside bool) {
	for _, l := range path {
		if l.loose {
			return labels, true
		}
		labels = append(labels, l.label)
	}
	return labels, false
}

func first(labels []string, _ bool) []string { return labels }
