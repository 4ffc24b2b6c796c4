package bot

import (
	"slices"
	"strings"
)

// maxWords is how many words an answer has that is read whole, without the
// sources and the frame around it.
const maxWords = 125

// maxDivided is how many one has that is divided, and maxDividedFollowups how
// many questions it offers.
const (
	maxDivided          = 190
	maxDividedFollowups = 2
)

// shorten drops sentences until the draft is short enough, the least wanted
// first: what is said for every branch after them, then the second sentence
// of a branch, of the last one first; in an answer that is not divided, its
// last sentence. The first two sentences, the limits and the step stay.
func (d *draft) shorten(k known, papers []string) {
	most := maxWords
	if slices.ContainsFunc(d.points, func(p point) bool { return p.part == Lead && p.branch != "" }) {
		most = maxDivided
	}
	cut := false
	for d.words()+wordsOf(papers...) > most {
		i := d.leastWanted()
		if i < 0 {
			break
		}
		d.points = slices.Delete(d.points, i, i+1)
		cut = true
	}
	if cut && k.facts["plan"] == "" {
		d.spoke = nil
		for _, p := range d.points {
			d.spoke = append(d.spoke, p.cites...)
		}
	}
}

func (d *draft) words() int {
	n := 0
	for _, p := range d.points {
		n += wordsOf(p.say)
	}
	return n
}

func wordsOf(texts ...string) int {
	n := 0
	for _, t := range texts {
		n += len(strings.Fields(t))
	}
	return n
}

// leastWanted is the place of the sentence that goes first; -1 where all have
// to stay.
func (d *draft) leastWanted() int {
	leads, last, second := 0, -1, -1
	divided := false
	for i, p := range d.points {
		if p.part != Lead {
			continue
		}
		leads++
		switch {
		case p.branch == "" && divided:
			return i
		case p.branch == "":
			last = i
		default:
			divided = true
			if i > 0 && d.points[i-1].part == Lead && d.points[i-1].branch == p.branch {
				second = i
			}
		}
	}
	switch {
	case second >= 0:
		return second
	case !divided && leads > 2 && last > 0:
		return last
	}
	return -1
}
