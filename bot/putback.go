package bot

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/everycategory/advocate/bot/clinical"
	"github.com/everycategory/advocate/bot/phi"
)

// restore puts the identifiers of the case back into everything that came
// from the note. The words of the library hold none.
func (out *Rewritten) restore(c *phi.Case) {
	back := func(text string) string { text, _ = c.Restore(text); return text }
	out.Text, out.Facts = putBack(out.Text, out.Facts, back)
	for _, s := range []*string{&out.SOAP.Subjective, &out.SOAP.Objective, &out.SOAP.Assessment, &out.SOAP.Plan} {
		*s = back(*s)
	}
	changes := func(list []clinical.Change) []clinical.Change {
		list = slices.Clone(list)
		for i := range list {
			list[i].From, list[i].To = back(list[i].From), back(list[i].To)
		}
		return list
	}
	out.Changes = changes(out.Changes)
	out.Sentences = slices.Clone(out.Sentences)
	for i := range out.Sentences {
		s := &out.Sentences[i]
		s.From.Text, s.To, s.Why = back(s.From.Text), back(s.To), changes(s.Why)
	}
	out.Checks, out.Warnings = slices.Clone(out.Checks), slices.Clone(out.Warnings)
	for i := range out.Checks {
		out.Checks[i].Finding = back(out.Checks[i].Finding)
	}
	for i := range out.Warnings {
		out.Warnings[i] = back(out.Warnings[i])
	}
}

// putBack restores a text, and moves the facts to where they stand in it. The
// text is restored between the ends of facts; an end within a placeholder
// moves behind it.
func putBack(text string, facts []clinical.Span, back func(string) string) (string, []clinical.Span) {
	runes := []rune(text)
	ends := make([]int, 0, 2*len(facts)+2)
	for _, f := range facts {
		ends = append(ends, f.Start, f.End)
	}
	ends = append(ends, 0, len(runes))
	slices.Sort(ends)
	ends = slices.Compact(ends)
	inside := within(text)
	moved := map[int]int{}
	var b strings.Builder
	at, point := 0, 0
	for _, end := range ends {
		if end < 0 || end > len(runes) || inside(end) {
			continue
		}
		piece := back(string(runes[at:end]))
		b.WriteString(piece)
		point += utf8.RuneCountInString(piece)
		at = end
		moved[end] = point
	}
	whole := b.String()
	restored := []rune(whole)
	out := []clinical.Span{}
	for _, f := range facts {
		start, ok := moved[f.Start]
		end, ok2 := moved[f.End]
		if ok && ok2 {
			out = append(out, clinical.Span{Text: string(restored[start:end]), Start: start, End: end})
		}
	}
	slices.SortStableFunc(out, func(a, b clinical.Span) int { return cmp.Compare(a.Start, b.Start) })
	return whole, out
}

// within reports whether a place of a text, in code points, lies inside a
// placeholder.
func within(text string) func(int) bool {
	var ranges [][2]int
	for _, p := range phi.Placeholders(text) {
		ranges = append(ranges, [2]int{p.Start, p.End})
	}
	return func(at int) bool {
		i, found := slices.BinarySearchFunc(ranges, at, func(r [2]int, at int) int { return cmp.Compare(r[0], at) })
		return !found && i > 0 && at < ranges[i-1][1]
	}
}

// fromNote moves the places of the sentences to where they stand in the note
// as it was given. Each placeholder of the redacted note stands for one sure
// finding, in their order.
func (out *Rewritten) fromNote(note, redacted string) {
	var sure []phi.Finding
	for _, f := range out.PHI {
		if f.Sure {
			sure = append(sure, f)
		}
	}
	places := phi.Placeholders(redacted)
	if len(places) != len(sure) { // cannot be: what looks like a placeholder is a finding too
		return
	}
	moved := func(at int) int {
		i, _ := slices.BinarySearchFunc(places, at, func(p phi.Range, at int) int { return cmp.Compare(p.Start, at) })
		if i == 0 {
			return at
		}
		if at < places[i-1].End {
			return sure[i-1].End
		}
		return at - places[i-1].End + sure[i-1].End
	}
	runes := utf8.RuneCountInString(note)
	for i := range out.Sentences {
		from := &out.Sentences[i].From
		from.Start, from.End = min(moved(from.Start), runes), min(moved(from.End), runes)
	}
}
