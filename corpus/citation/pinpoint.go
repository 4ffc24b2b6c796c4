package citation

import "strings"

// A Pinpoint is a place within a source, in one of three forms:
//
//	"(1)(a)(iii)"           enumerated: a chain of parenthesised labels
//	"p. 47"                 a page
//	"definition of massage" named: lower-case words, a digest's own heading
//
// A passage of a page or a named place is that with its number: "p. 47 ¶2".
// The empty Pinpoint is the whole source.
type Pinpoint string

// Enumerated reports whether p is a chain of parenthesised labels.
func (p Pinpoint) Enumerated() bool { return strings.HasPrefix(string(p), "(") }

// Page reports whether p is a page.
func (p Pinpoint) Page() bool { return strings.HasPrefix(string(p), "p. ") }

// Named reports whether p is a heading in words.
func (p Pinpoint) Named() bool { return p != "" && !p.Enumerated() && !p.Page() }

// Contains reports whether q is p or lies inside p. The whole source
// contains everything; an enumerated pinpoint contains those it begins, any
// other its numbered passages.
func (p Pinpoint) Contains(q Pinpoint) bool {
	switch {
	case p == "" || p == q:
		return true
	case p.Enumerated():
		return q.Enumerated() && strings.HasPrefix(string(q), string(p))
	}
	return strings.HasPrefix(string(q), string(p)+passageMark)
}

// passageMark stands before the number of a passage of a place.
const passageMark = " ¶"

// Parent is the next larger place: "(1)(a)" for "(1)(a)(iii)", the whole
// source for anything of one step. The parent of the whole source is itself.
func (p Pinpoint) Parent() Pinpoint {
	if !p.Enumerated() {
		place, _, numbered := strings.Cut(string(p), passageMark)
		if !numbered {
			return ""
		}
		return Pinpoint(place)
	}
	return p[:strings.LastIndexByte(string(p), '(')]
}
