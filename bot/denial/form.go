package denial

// maxBare is the most words of an objection as somebody tells it.
const maxBare = 80

// headLines is how many of its first lines say what a text is.
const headLines = 12

// readForm tells a letter, a table with its codes, and an objection alone.
func (p *page) readForm() Form {
	rows := p.amountRows()
	title := false
	for _, h := range p.hits[formEOB] {
		l := p.words[h.from].line
		first := p.lines[l].words
		title = title || l < headLines && h.from-first <= 6 && p.lines[l].width() <= 80
	}
	letter := p.letter()
	switch {
	case letter >= 2 && rows < 3, letter >= 1 && !title && rows == 0:
		return Letter
	case title || rows > 0:
		return EOB
	case len(p.words) > maxBare:
		return Letter
	}
	return Bare
}

// letter counts the marks of a letter: its salutation, its close, its subject.
func (p *page) letter() int {
	n, seen := 0, map[int32]bool{}
	for _, h := range p.hits[formLetter] {
		w := p.words[h.from]
		if h.from == p.lines[w.line].words && !seen[w.id] {
			seen[w.id] = true
			n++
		}
	}
	return n
}

// amountRows counts the lines of a table that hold money: two amounts, or one
// and a code.
func (p *page) amountRows() int {
	n := 0
	for _, l := range p.lines {
		amounts := 0
		for i := l.start; i+2 < l.end && l.width() < 400; i++ {
			if p.runes[i] == '.' && i > l.start && digit(p.runes[i-1]) && digit(p.runes[i+1]) && digit(p.runes[i+2]) && (i+3 >= l.end || !inWord(p.runes[i+3])) {
				amounts++
			}
		}
		if amounts >= 2 {
			n++
		}
	}
	return n
}

func digit(r rune) bool { return r >= '0' && r <= '9' }
