package export

// A page is what stands on one page.
type page struct {
	body, notes []placed
	used        float64 // points of the body
	noted       float64 // points of the notes, with what separates them
}

// A placed line has its place on a page: the points above its top, from the
// top of the body or of the notes.
type placed struct {
	of *block
	n  int // of its lines
	y  float64
}

func (p placed) line() *line { return &p.of.lines[p.n] }

// left is how much of the page is free.
func (p *page) left() float64 { return textHeight - p.used - p.noted }

// A paginator fills pages.
type paginator struct {
	pages   []*page
	at      *page
	above   *block   // what the last line of the body is of; nil at the top of a page
	waiting []placed // lines of notes whose marks are set, without a place yet
	notes   []*block // by number, from 0
	set     []bool   // notes whose mark is set
}

// A unit is lines that stay on one page, if they fit on one.
type unit struct {
	lines  []placed
	breaks bool // begins a page
}

// paginate sets o on pages, at least one.
func (s *setter) paginate(o *outline) []*page {
	p := &paginator{at: &page{}, set: make([]bool, len(o.notes))}
	p.pages = []*page{p.at}
	for _, n := range o.notes {
		p.notes = append(p.notes, s.note(n))
	}
	for _, u := range s.units(o) {
		if u.breaks && p.above != nil {
			p.next()
		}
		p.place(u)
	}
	for len(p.waiting) > 0 {
		p.next()
	}
	return p.pages
}

// units cuts the parts where a page may end: not behind a heading, and not
// so that one line of a paragraph stands alone.
func (s *setter) units(o *outline) []unit {
	var out []unit
	join := false
	for i := range o.parts {
		b := s.part(&o.parts[i])
		keep := b.keep || o.signedNext(i)
		for start := 0; start < len(b.lines); {
			end := start + 1
			switch n := len(b.lines); {
			case n <= 3:
				end = n
			case start == 0:
				end = 2
			case start == n-2:
				end = n
			}
			var u unit
			for ; start < end; start++ {
				u.lines = append(u.lines, placed{of: b, n: start})
			}
			switch {
			case join && b.role != exhibit:
				last := &out[len(out)-1]
				last.lines = append(last.lines, u.lines...)
			default:
				u.breaks = b.role == exhibit
				out = append(out, u)
			}
			join = false
		}
		join = keep
	}
	return out
}

// place sets u on this page or the next, or line by line if it is higher than
// a page.
func (p *paginator) place(u unit) {
	if !p.fit(u.lines) && p.above != nil {
		p.next()
	}
	// The notes that waited may have left too little of the new page.
	for !p.fit(u.lines) && len(p.waiting) > 0 {
		p.next()
	}
	whole := p.fit(u.lines)
	for _, l := range u.lines {
		if !whole && p.above != nil && !p.fit([]placed{l}) {
			p.next()
		}
		p.line(l)
		if !whole {
			p.fill(p.at.left())
		}
	}
	p.fill(p.at.left())
}

// height is how much lines take of this page.
func (p *paginator) height(lines []placed) float64 {
	sum, above := 0.0, p.above
	for _, l := range lines {
		sum += l.of.leading
		if l.n == 0 {
			sum += l.of.space(above)
		}
		above = l.of
	}
	return sum
}

// A note that does not fit as a whole is divided where moving its mark to the
// next page would leave more of the page empty than the first, in points, and
// as many of its lines fit as the second says.
const (
	emptyAtMost = textHeight / 5.0
	noteAtLeast = 3
)

// fit reports whether lines may stand on this page, with the notes whose
// marks they are the first to hold.
func (p *paginator) fit(lines []placed) bool {
	left := p.at.left() - p.height(lines)
	if left < 0 {
		return false
	}
	if len(p.waiting) > 0 {
		return true // their notes have to wait as well
	}
	need, leading := 0.0, 0.0
	for i, n := range p.fresh(lines) {
		if i == 0 && len(p.at.notes) == 0 {
			need += noteGap
		}
		leading = p.notes[n-1].leading
		need += float64(len(p.notes[n-1].lines))*leading + noteBetween
	}
	return need <= left || p.at.left() > emptyAtMost && left >= noteGap+noteAtLeast*leading
}

// fresh are the notes whose first mark stands in lines.
func (p *paginator) fresh(lines []placed) []int {
	var out []int
	seen := map[int]bool{}
	for _, l := range lines {
		for _, n := range l.line().notes {
			if !p.set[n-1] && !seen[n] {
				seen[n] = true
				out = append(out, n)
			}
		}
	}
	return out
}

// line sets l here. Its notes wait to be filled in.
func (p *paginator) line(l placed) {
	if l.n == 0 {
		p.at.used += l.of.space(p.above)
	}
	l.y = p.at.used
	p.at.used += l.of.leading
	p.at.body = append(p.at.body, l)
	p.above = l.of
	for _, n := range p.fresh([]placed{l}) {
		p.set[n-1] = true
		for i := range p.notes[n-1].lines {
			p.waiting = append(p.waiting, placed{of: p.notes[n-1], n: i})
		}
	}
}

// fill moves lines of notes that wait to the foot of this page, into at most
// so many points.
func (p *paginator) fill(room float64) {
	for len(p.waiting) > 0 {
		l := p.waiting[0]
		gap := 0.0
		switch {
		case len(p.at.notes) == 0:
			gap = noteGap
		case l.n == 0:
			gap = noteBetween
		}
		if gap += l.of.leading; gap > room {
			return
		}
		l.y = p.at.noted + gap - l.of.leading
		p.at.noted += gap
		room -= gap
		p.at.notes = append(p.at.notes, l)
		p.waiting = p.waiting[1:]
	}
}

// next begins a page. Notes that wait get no more than three quarters of it,
// so that the text goes on.
func (p *paginator) next() {
	p.at = &page{}
	p.pages = append(p.pages, p.at)
	p.above = nil
	p.fill(textHeight * 3 / 4)
}
