package export

import (
	"fmt"

	"github.com/carlos7ags/folio/content"
	"github.com/carlos7ags/folio/layout"
)

// blocks are the page as folio draws it.
func (p *page) blocks() []layout.PlacedBlock {
	var out []layout.PlacedBlock
	for start := 0; start < len(p.body); {
		end := start
		of := p.body[start].of
		list := of.marker != nil
		for end < len(p.body) && (p.body[end].of == of || list && p.body[end].of.role == of.role) {
			end++
		}
		if list {
			out = append(out, listBlock(p.body[start:end]))
		} else {
			out = append(out, linesBlock(p.body[start:end], of.tag, 0))
		}
		start = end
	}
	if len(p.notes) == 0 {
		return out
	}
	top := textHeight - p.noted
	out = append(out, layout.PlacedBlock{Y: top + noteGap - 6, Draw: artifact(rule)})
	for start := 0; start < len(p.notes); {
		end := start
		for end < len(p.notes) && p.notes[end].of == p.notes[start].of {
			end++
		}
		out = append(out, linesBlock(p.notes[start:end], "Note", top))
		start = end
	}
	return out
}

// rule is the short line above notes.
func rule(s *content.Stream, x, y float64) {
	s.SetLineWidth(0.5)
	s.SetStrokeColorGray(0.3)
	s.MoveTo(x, y)
	s.LineTo(x+144, y)
	s.Stroke()
}

// artifact draws what is no part of the text.
func artifact(draw func(*content.Stream, float64, float64)) func(layout.DrawContext, float64, float64) {
	return func(ctx layout.DrawContext, x, y float64) {
		beginArtifact(ctx.Stream)
		draw(ctx.Stream, x, y)
		ctx.Stream.EndMarkedContent()
	}
}

// beginArtifact begins what is no part of the text. Folio's own operator lacks
// an operand, and some readers then show nothing that follows.
func beginArtifact(s *content.Stream) { s.BeginMarkedContent("Artifact") }

// footer is the number of the page, in its bottom margin.
func footer(fonts fontset) layout.PlacedBlock {
	return layout.PlacedBlock{Draw: func(ctx layout.DrawContext, left, top float64) {
		l := look{size: 9}
		s := setter{fonts: fonts}
		text := newLine(s.glyphs(nil, fmt.Sprintf("Page %d of %d", ctx.PageIdx+1, ctx.TotalPages), &l))
		x := left + (textWidth-text.width)/2
		beginArtifact(ctx.Stream)
		for _, p := range text.pieces {
			p.draw(ctx, fonts, x+p.x, top-textHeight-margin/2-l.size/2)
		}
		ctx.Stream.EndMarkedContent()
	}}
}

// group is a block of the structure tree that holds others. A marked sequence
// may hold no other, so it ends before they begin, and what folio ends behind
// them is an empty one.
func group(tag string, children []layout.PlacedBlock) layout.PlacedBlock {
	return layout.PlacedBlock{
		Tag: tag, Children: children,
		Draw:     func(ctx layout.DrawContext, _, _ float64) { ctx.Stream.EndMarkedContent() },
		PostDraw: func(ctx layout.DrawContext, _, _ float64) { beginArtifact(ctx.Stream) },
	}
}

// listBlock is a list, or what of it stands on a page.
func listBlock(lines []placed) layout.PlacedBlock {
	var items []layout.PlacedBlock
	for start := 0; start < len(lines); {
		end := start
		of := lines[start].of
		for end < len(lines) && lines[end].of == of {
			end++
		}
		var children []layout.PlacedBlock
		if lines[start].n == 0 {
			label := lineBlock(of.marker, of, lines[start].y)
			label.X, label.Tag = markerLeft, "Lbl"
			children = append(children, label)
		}
		children = append(children, linesBlock(lines[start:end], "LBody", 0))
		items = append(items, group("LI", children))
		start = end
	}
	return group("L", items)
}

// linesBlock is lines of one block, moved down by so many points.
func linesBlock(lines []placed, tag string, down float64) layout.PlacedBlock {
	of := lines[0].of
	b := layout.PlacedBlock{Tag: tag}
	if lines[0].n == 0 {
		b.Y, b.AnchorName, b.HeadingText = down+lines[0].y, of.anchor, of.title
	}
	for _, l := range lines {
		child := lineBlock(l.line(), of, down+l.y-b.Y)
		child.X = of.left
		b.Children = append(b.Children, child)
	}
	if of.role == quotation {
		top, bottom := down+lines[0].y-b.Y, down+lines[len(lines)-1].y-b.Y+of.leading
		b.Draw = func(ctx layout.DrawContext, x, y float64) { bar(ctx.Stream, x+of.left-11, y-top, bottom-top) }
	}
	return b
}

// bar is the line beside a quotation.
func bar(s *content.Stream, x, y, height float64) {
	s.SetFillColorGray(0.5)
	s.Rectangle(x, y-height, 1.5, height)
	s.Fill()
}

// lineBlock is one line, y points below the top of what holds it.
func lineBlock(l *line, of *block, y float64) layout.PlacedBlock {
	b := layout.PlacedBlock{Y: y, Width: l.width, Height: of.leading}
	for _, p := range l.pieces {
		if p.look.url != "" || p.look.dest != "" {
			b.Links = append(b.Links, layout.LinkArea{X: p.x, W: p.width, URI: p.look.url, DestName: p.look.dest})
		}
	}
	b.Draw = func(ctx layout.DrawContext, x, y float64) {
		base := y - of.leading*0.78
		for _, p := range l.pieces {
			p.draw(ctx, of.fonts, x+p.x, base)
		}
	}
	return b
}

// draw draws p with its left end on the base line at x, y.
func (p *piece) draw(ctx layout.DrawContext, fonts fontset, x, y float64) {
	s, f := ctx.Stream, fonts[p.look.cut]
	if p.look.blank {
		s.SetFillColorRGB(1, 1, 0)
		s.Rectangle(x, y-p.look.size*0.22, p.width, p.look.size*1.08)
		s.Fill()
	}
	if p.look.url != "" {
		s.SetFillColorRGB(0.12, 0.25, 0.5)
		s.Rectangle(x, y-1.2, p.width, 0.5)
		s.Fill()
	} else {
		s.SetFillColorGray(0)
	}
	if p.text != p.shown {
		s.BeginMarkedContentActualText(p.text)
	}
	s.BeginText()
	s.SetFont(fontName(ctx.Page, f), p.look.size)
	s.MoveText(x, y+p.look.rise)
	s.ShowTextHex(f.embedded.EncodeString(p.shown))
	s.EndText()
	if p.text != p.shown {
		s.EndMarkedContent()
	}
}

// fontName is what the page calls f.
func fontName(p *layout.PageResult, f *face) string {
	for _, have := range p.Fonts {
		if have.Embedded == f.embedded {
			return have.Name
		}
	}
	name := fmt.Sprintf("F%d", len(p.Fonts)+1)
	p.Fonts = append(p.Fonts, layout.FontEntry{Name: name, Embedded: f.embedded})
	return name
}
