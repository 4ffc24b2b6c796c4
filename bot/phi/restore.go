package phi

import (
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Range is a stretch of a text in code points.
type Range struct{ Start, End int }

// A RestoreReport says what a restoring did. Its names are those of
// placeholders, never of persons.
type RestoreReport struct {
	Restored int      // placeholders put back, each time they stood
	Quoted   []string // left, because they stand in an official quotation
	Foreign  []string // left, because this case did not issue them
	Missing  []string // issued, and not in the text
}

// Restore puts the words back for the placeholders this case issued, also
// where a model changed their case or spacing or lost the brackets. It leaves
// all others, and those within the official ranges, which hold quotations of
// law: no person's words go there.
func (c *Case) Restore(text string, official ...Range) (string, RestoreReport) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var b strings.Builder
	var report RestoreReport
	seen := map[string]bool{}
	at, point := 0, 0
	for _, m := range mentions(text, 0) {
		b.WriteString(text[at:m.start])
		point += utf8.RuneCountInString(text[at:m.start])
		end := point + utf8.RuneCountInString(text[m.start:m.end])
		word, ok := c.issued(m)
		switch {
		case !ok:
			report.Foreign = append(report.Foreign, m.name)
		case touches(official, point, end):
			report.Quoted = append(report.Quoted, m.name)
			ok = false
		default:
			report.Restored++
		}
		seen[m.name] = true
		if !ok {
			word = text[m.start:m.end]
		}
		b.WriteString(word)
		at, point = m.end, end
	}
	b.WriteString(text[at:])
	for name, e := range c.entries {
		if e.used && !seen[name] {
			report.Missing = append(report.Missing, name)
		}
	}
	slices.Sort(report.Missing)
	return b.String(), report
}

// RestoreUnsure puts the words back for those placeholders that stand only for
// words of which the gate is not sure: what comes from outside then reads as
// what its owner is shown.
func (c *Case) RestoreUnsure(text string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var b strings.Builder
	at := 0
	for _, m := range mentions(text, 0) {
		if word, ok := c.issued(m); ok && !c.entries[m.name].sure {
			b.WriteString(text[at:m.start] + word)
			at = m.end
		}
	}
	return b.String() + text[at:]
}

// Placeholders are where the placeholders of a text stand, whoever issued
// them, in order.
func Placeholders(text string) []Range {
	var out []Range
	at, point := 0, 0
	for _, m := range mentions(text, 0) {
		point += utf8.RuneCountInString(text[at:m.start])
		n := utf8.RuneCountInString(text[m.start:m.end])
		out = append(out, Range{point, point + n})
		at, point = m.end, point+n
	}
	return out
}

// issuedWhole reports whether word is one placeholder that this case issued.
func (c *Case) issuedWhole(word string) bool {
	m := mentions(word, 0)
	if len(m) != 1 || m[0].start != 0 || m[0].end != len(word) {
		return false
	}
	_, ok := c.issued(m[0])
	return ok
}

// issued is the spelling a mention stands for, if this case issued it.
func (c *Case) issued(m mention) (string, bool) {
	e := c.entries[m.name]
	if e == nil || !e.used || m.spelling < 0 || m.spelling >= len(e.spelling) {
		return "", false
	}
	return e.spelling[m.spelling], true
}

func touches(ranges []Range, start, end int) bool {
	for _, r := range ranges {
		if start < r.End && end > r.Start {
			return true
		}
	}
	return false
}

// Restorer restores what is written to it and writes it on to w, also where a
// placeholder is split between two writes. It holds back at most a few hundred
// bytes; Close writes the rest and does not close w. It is for one goroutine.
func (c *Case) Restorer(w io.Writer) io.WriteCloser {
	return &restorer{c: c, w: w}
}

type restorer struct {
	c      *Case
	w      io.Writer
	held   []byte
	before byte // the last byte that was written on
	err    error
}

func (r *restorer) Write(p []byte) (int, error) {
	if r.err != nil {
		return 0, r.err
	}
	r.held = append(r.held, p...)
	if len(r.held) > 2*longest {
		r.pass(len(r.held) - longest)
	}
	if r.err != nil {
		return 0, r.err
	}
	return len(p), nil
}

// Close writes what was held back.
func (r *restorer) Close() error {
	if r.err == nil {
		r.pass(len(r.held))
	}
	return r.err
}

// pass writes on the bytes before cut, and the whole of a placeholder that
// begins there. Behind cut there are enough bytes to see it to its end.
func (r *restorer) pass(cut int) {
	text := string(r.held)
	var b strings.Builder
	at := 0
	r.c.mu.Lock()
	for _, m := range mentions(text, r.before) {
		if m.start >= cut {
			break
		}
		if word, ok := r.c.issued(m); ok {
			b.WriteString(text[at:m.start])
			b.WriteString(word)
			at = m.end
		}
		cut = max(cut, m.end)
	}
	r.c.mu.Unlock()
	b.WriteString(text[at:cut])
	if cut > 0 {
		r.before = text[cut-1]
	}
	r.held = append(r.held[:0], text[cut:]...)
	_, r.err = io.WriteString(r.w, b.String())
}
