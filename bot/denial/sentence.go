package denial

import (
	"strings"
	"unicode"
)

// A sentence is what is read as one: a sentence, a heading, an entry of a list,
// a row of a table with the lines that go on with it.
type sentence struct {
	from, to   int // words
	start, end int // runes
	heading    bool
	bullet     bool
	colon      bool // it ends in one
	row        bool
	hits       [kinds]int // where its hits begin
	section    bool       // a section guard holds
}

// maxSentence is the most words of a sentence; a longer one is cut, so that what
// is compared within sentences stays bounded.
const maxSentence = 120

// sentence cuts the words into sentences.
func (p *page) sentence() {
	for i := 0; i < len(p.words); {
		j := i + 1
		for j < len(p.words) && j-i < maxSentence && !p.breaks(j) {
			j++
		}
		p.sentences = append(p.sentences, p.newSentence(i, j))
		i = j
	}
}

func (p *page) newSentence(from, to int) sentence {
	s := sentence{from: from, to: to, start: p.words[from].start, end: p.words[to-1].end}
	first, last := p.lines[p.words[from].line], p.lines[p.words[to-1].line]
	limit := last.end
	if to < len(p.words) && p.words[to].start < limit {
		limit = p.words[to].start
	}
	for s.end < limit && strings.ContainsRune(`.?!)”"’'%`, p.runes[s.end]) {
		s.end++
	}
	rest := strings.TrimSpace(string(p.runes[s.end:min(limit, s.end+8)]))
	s.colon = strings.HasPrefix(rest, ":") && to-from > 1
	s.row = first.row
	head := first.start
	s.bullet = s.start-head <= 5 && s.start >= head && marksItem(strings.TrimSpace(string(p.runes[head:min(s.start+3, len(p.runes))])))
	n := p.words[from].line
	alone := from == first.words && (to == len(p.words) || p.words[to].line > n) && p.words[to-1].line == n
	above := n == 0 || p.lines[n-1].blank || p.lines[n-1].running
	stop := p.runes[s.end-1]
	s.heading = alone && !s.row && !s.bullet && to-from <= 10 && (p.words[from].capital || p.shouts) && !strings.HasPrefix(rest, ",") && !strings.HasPrefix(rest, ";") &&
		stop != '.' && stop != '!' && (above || allCapitals(p.runes[first.start:first.end]) && !p.shouts)
	return s
}

// breaks reports whether a new sentence begins at word k.
func (p *page) breaks(k int) bool {
	a, b := p.words[k-1], p.words[k]
	if a.line == b.line {
		return p.stops(k, p.runes[a.end:b.start], b)
	}
	la, lb := p.lines[a.line], p.lines[b.line]
	for n := a.line + 1; n < b.line; n++ {
		if p.lines[n].blank && !p.beside(n) || !p.lines[n].blank && !p.lines[n].running {
			return true
		}
	}
	tail, head := p.runes[a.end:max(a.end, la.end)], p.runes[lb.start:max(lb.start, b.start)]
	switch {
	case p.stops(k, append(append([]rune{}, tail...), ' '), b):
		return true
	case marksItem(string(head) + string(p.runes[b.start:min(b.end+2, len(p.runes))])):
		return true
	case strings.HasSuffix(strings.TrimSpace(string(tail)), ":"):
		return true
	case la.row || lb.row:
		return lb.row || lb.indent < la.indent+4
	case p.labelled(k):
		return true
	case !p.shouts && allCapitals(p.runes[la.start:la.end]) != allCapitals(p.runes[lb.start:lb.end]) && (len(la.cells) > 0 && la.width() > 8):
		return b.capital
	case p.shouts:
		return 2*la.width() < la.block
	}
	return b.capital && 10*la.width() < 7*la.block
}

// beside reports whether the blank line n stands at the end or the beginning of
// a page.
func (p *page) beside(n int) bool {
	return n > 0 && p.lines[n-1].running || n+1 < len(p.lines) && p.lines[n+1].running
}

// labelled reports whether the line of word k begins with up to four words and
// a colon.
func (p *page) labelled(k int) bool {
	for j := k; j < k+4 && j < len(p.words) && p.words[j].line == p.words[k].line; j++ {
		if end := p.words[j].end; end < len(p.runes) && p.runes[end] == ':' {
			return true
		}
	}
	return false
}

// stops reports whether what stands between two words ends a sentence.
func (p *page) stops(k int, between []rune, next word) bool {
	for i, r := range between {
		switch r {
		case '?', '!', ';':
			return true
		case '.':
			after := i+1 == len(between) || !unicode.IsSpace(between[i+1]) && !strings.ContainsRune(`)”"’'`, between[i+1])
			if after && !(i+1 == len(between) && next.capital && len(p.words[k-1].text) > 3) {
				continue
			}
			if abbreviations[p.words[k-1].text] && i == 0 || len(p.words[k-1].text) == 1 && i == 0 && p.words[k-1].capital && !p.words[k-1].digits {
				continue
			}
			return true
		}
	}
	return false
}

var abbreviations = map[string]bool{"dr": true, "mr": true, "mrs": true, "ms": true, "st": true, "vs": true, "dept": true, "ste": true, "ave": true,
	"eg": true, "ie": true, "approx": true, "jan": true, "feb": true, "mar": true, "apr": true, "jun": true, "jul": true, "aug": true, "sep": true, "sept": true, "oct": true, "nov": true, "dec": true}

// marksItem reports whether s begins with the mark of an entry of a list.
func marksItem(s string) bool {
	s = strings.TrimSpace(s)
	for _, m := range []string{"•", "·", "▪", "◦", "●", "○", "*", "- ", "– ", "— ", "☐", "☑", "☒", "■", "□", "[ ]", "[x]", "[X]"} {
		if strings.HasPrefix(s, m) {
			return true
		}
	}
	t := strings.TrimPrefix(s, "(")
	i := 0
	for i < len(t) && i < 2 && (t[i] >= '0' && t[i] <= '9' || i == 0 && t[i] >= 'a' && t[i] <= 'h') {
		i++
	}
	return i > 0 && i < len(t) && (t[i] == ')' || t[i] == '.' && t[0] <= '9')
}

func allCapitals(runes []rune) bool {
	letters := 0
	for _, r := range runes {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters > 3
}
