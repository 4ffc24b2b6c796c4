package export

import (
	"strconv"
	"strings"
)

// A setting is how a part is set. Lengths are points.
type setting struct {
	look          look
	leading       float64 // from base line to base line
	left, right   float64 // indents
	before, after float64 // of the first and the last of neighbours
	between       float64 // of neighbours
	tag           string  // of the structure tree
	keep          bool    // on the page of what follows
}

// settings are those of each role: as styles.xml has them.
var settings = map[role]setting{
	sender:        {look: look{size: 12}, leading: 14.4, after: 18, keep: true},
	dateline:      {look: look{size: 12}, leading: 14.4, after: 14, between: 14},
	address:       {look: look{size: 12}, leading: 14.4, after: 14},
	reference:     {look: look{cut: bold700, size: 12}, leading: 14.4, after: 14},
	heading:       {look: look{cut: bold700, size: 13}, leading: 15.6, before: 12, after: 4, between: 4, tag: "H1", keep: true},
	paragraph:     {look: look{size: 12}, leading: 14.4, after: 8, between: 8},
	quotation:     {look: look{size: 12}, leading: 14.4, left: 36, right: 36, after: 8, between: 8, tag: "BlockQuote"},
	item:          {look: look{size: 12}, leading: 14.4, left: 36, after: 8, between: 3},
	numbered:      {look: look{size: 12}, leading: 14.4, left: 36, after: 8, between: 3},
	signature:     {look: look{size: 12}, leading: 14.4, before: 12, keep: true},
	enclosed:      {look: look{cut: bold700, size: 13}, leading: 15.6, before: 12, after: 4, tag: "H1", keep: true},
	enclosure:     {look: look{size: 12}, leading: 14.4, left: 36, after: 8, between: 3},
	closing:       {look: look{size: 9}, leading: 10.8, before: 18},
	exhibit:       {look: look{cut: bold700, size: 13}, leading: 15.6, after: 4, between: 4, tag: "H1", keep: true},
	exhibitTitle:  {look: look{cut: bold700, size: 12}, leading: 14.4, after: 4, keep: true},
	exhibitStatus: {look: look{cut: italic, size: 11}, leading: 13.2, after: 0, keep: true},
	exhibitLink:   {look: look{cut: italic, size: 11}, leading: 13.2, after: 8, keep: true},
	exhibitLine:   {look: look{size: 12}, leading: 14.4, before: 8, after: 8, between: 8},
}

// Of notes.
const (
	noteSize    = 10.0
	noteLeading = 11.8
	noteBetween = 2.0
	noteGap     = 16.0 // between text and notes, with the rule
	markerLeft  = 18.0 // of a list, from the margin
	signSpace   = 36.0 // for the hand
)

// A setter sets the parts of one document.
type setter struct {
	fonts fontset
	scale float64 // of the type
}

func newSetter(fonts fontset, o *outline) *setter {
	if o.large {
		return &setter{fonts, larger}
	}
	return &setter{fonts, 1}
}

// A block is a part, or a note, in lines.
type block struct {
	setting
	fonts  fontset
	role   role
	tag    string
	marker *line // of a list, or nil
	lines  []line
	title  string // of a heading, for the outline
	anchor string // that marks lead to
}

// part sets p.
func (s *setter) part(p *part) *block {
	set := settings[p.role]
	if p.role == sender && p.first {
		set.look, set.leading = look{cut: bold700, size: 14}, 16.8
	}
	if p.role == signature && p.last {
		set.keep = false
	}
	set.look.size *= s.scale
	set.leading *= s.scale
	b := &block{setting: set, fonts: s.fonts, role: p.role, tag: set.tag}
	if b.tag == "" {
		b.tag = "P"
	}
	b.lines = breakLines(s.spell(p.marked(), set.look), textWidth-set.left-set.right)
	if set.tag == "H1" {
		b.title = oneLine(textOf(p.runs))
	}
	switch p.role {
	case item:
		b.marker = s.marker("•", set.look)
	case numbered, enclosure:
		b.marker = s.marker(strconv.Itoa(p.place)+".", set.look)
	}
	return b
}

func (s *setter) marker(text string, l look) *line {
	m := newLine(s.glyphs(nil, text, &l))
	return &m
}

func textOf(runs []run) string {
	text := ""
	for _, r := range runs {
		text += r.text
	}
	return text
}

// note sets n as it stands at the foot of a page.
func (s *setter) note(n note) *block {
	l := look{size: noteSize * s.scale}
	up := l
	up.size, up.rise = l.size*0.65, l.size*0.34
	glyphs := s.glyphs(nil, strconv.Itoa(n.n), &up)
	text := " " + n.text
	if n.text != "" && n.url != "" {
		text += " "
	}
	glyphs = s.glyphs(glyphs, text, &l)
	to := l
	to.url = link(n.url)
	glyphs = s.glyphs(glyphs, n.url, &to)
	return &block{
		setting: setting{look: l, leading: noteLeading * s.scale}, fonts: s.fonts, tag: "Note",
		lines: breakLines(glyphs, textWidth), anchor: noteName(n.n),
	}
}

// space is what is left above b when above stands there.
func (b *block) space(above *block) float64 {
	switch {
	case above == nil:
		return 0
	case above.role == b.role && b.role == signature && above.signs():
		return signSpace
	case above.role == b.role:
		return b.between
	}
	return max(above.after, b.before)
}

// signs reports whether a hand signs under b.
func (b *block) signs() bool {
	if b.role != signature || len(b.lines) == 0 {
		return false
	}
	last := b.lines[len(b.lines)-1].pieces
	return len(last) > 0 && strings.HasSuffix(last[len(last)-1].text, ",")
}
