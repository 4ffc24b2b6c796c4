package denial

import (
	"slices"
	"strings"
)

// payer is who wrote the text, as it is written there: what a label names, what
// stands at the head, or the first name of a payer.
func (r *Reader) payer(p *page) string {
	if c, ok := r.labelledPayer(p); ok {
		return p.folded(c.start, c.end)
	}
	for _, kinds := range [][]kind{{payerNames, payerNouns}, {payerCommon}} {
		if c, ok := p.letterhead(kinds); ok {
			return p.folded(c.start, c.end)
		}
	}
	for _, k := range []kind{payerNames, payerCommon} {
		for _, h := range p.hits[k] {
			if k == payerCommon && !p.shouts && !p.words[h.from].capital {
				continue
			}
			return r.named(p, h)
		}
	}
	return ""
}

// labelledPayer is the value behind a label such as "Payer:", in the rest of its
// cell.
func (r *Reader) labelledPayer(p *page) (cell, bool) {
	for _, h := range p.hits[payerLabels] {
		w := p.words[h.from]
		l := p.lines[w.line]
		at := p.words[h.long-1].end
		colon := at
		for colon < l.end && p.runes[colon] == ' ' {
			colon++
		}
		if colon >= l.end || p.runes[colon] != ':' || !slices.ContainsFunc(l.cells, func(c cell) bool { return c.start == w.start }) {
			continue
		}
		value := cell{colon + 1, l.end}
		for _, c := range l.cells {
			if c.start > colon {
				value = c
				break
			}
			if c.start <= colon && colon < c.end {
				value.end = c.end
				if colon+1 < c.end {
					break
				}
			}
		}
		for value.start < value.end && p.runes[value.start] == ' ' {
			value.start++
		}
		if p.payerLike(value, payerNames, payerNouns, payerCommon) {
			return value, true
		}
	}
	return cell{}, false
}

// payerLike reports whether a value has the name of a payer, or what one is
// called, and no more than a few words.
func (p *page) payerLike(c cell, kinds ...kind) bool {
	text := p.folded(c.start, c.end)
	if text == "" || len(strings.Fields(text)) > 9 || strings.HasPrefix(text, "[") {
		return false
	}
	return slices.ContainsFunc(kinds, func(k kind) bool { return p.hasHit(k, c) })
}

func (p *page) hasHit(k kind, c cell) bool {
	return slices.ContainsFunc(p.hits[k], func(h hit) bool { return p.words[h.from].start >= c.start && p.words[h.to-1].end <= c.end })
}

// letterhead is the first short line at the head that names a payer by one of
// the kinds of names.
func (p *page) letterhead(kinds []kind) (cell, bool) {
	if p.form == Bare {
		return cell{}, false
	}
	seen := 0
	for _, l := range p.lines {
		if l.blank {
			continue
		}
		if seen++; seen > headLines {
			break
		}
		for _, c := range l.cells {
			text := p.folded(c.start, c.end)
			low := strings.ToLower(text)
			if strings.HasPrefix(low, "dear") || strings.HasPrefix(low, "to:") || strings.HasPrefix(low, "re:") {
				return cell{}, false
			}
			if strings.ContainsAny(text, ":0123456789") || strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "Inc.") || len(strings.Fields(text)) > 8 {
				continue
			}
			if p.payerLike(c, kinds...) {
				return c, true
			}
		}
	}
	return cell{}, false
}

// named is a name with the words that belong to it: "Regence BlueShield of
// Idaho".
func (r *Reader) named(p *page, h hit) string {
	to := h.long
	for to < len(p.words) && to-h.from < 8 {
		w := p.words[to]
		between := p.runes[p.words[to-1].end:w.start]
		if w.line != p.words[to-1].line || strings.TrimSpace(string(between)) != "" || !r.tails[w.id] {
			break
		}
		if !w.capital && (w.text == "of" || w.text == "and") && (to+1 >= len(p.words) || !p.words[to+1].capital || !r.tails[p.words[to+1].id]) {
			break
		}
		if !w.capital && w.text != "of" && w.text != "and" {
			break
		}
		to++
	}
	return p.folded(p.words[h.from].start, p.words[to-1].end)
}
