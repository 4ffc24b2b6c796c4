package export

import (
	"bytes"
	"fmt"

	"github.com/carlos7ags/folio/document"
	"github.com/carlos7ags/folio/layout"
)

// US Letter with margins of one inch, in points.
const (
	pageWidth, pageHeight = 612, 792
	margin                = 72
	textWidth             = pageWidth - 2*margin
	textHeight            = pageHeight - 2*margin
)

// pdf writes o as a tagged PDF, its notes at the foot of their pages.
func pdf(o *outline) ([]byte, error) {
	fonts, err := newFonts()
	if err != nil {
		return nil, fmt.Errorf("font: %w", err)
	}
	s := newSetter(fonts, o)
	pages := s.paginate(o)
	doc := document.NewDocument(document.PageSize{Width: pageWidth, Height: pageHeight})
	doc.Info = document.Info{Title: o.title, Language: "en-US", Creator: "advocate"}
	doc.SetTagged(true)
	doc.SetAutoBookmarks(true)
	doc.SetViewerPreferences(document.ViewerPreferences{DisplayDocTitle: true, OpenPage: -1})
	doc.SetMargins(layout.Margins{Top: margin, Right: margin, Bottom: margin, Left: margin})
	for i, p := range pages {
		if i > 0 {
			doc.Add(layout.NewAreaBreak())
		}
		doc.Add(&sheet{blocks: append(p.blocks(), footer(fonts))})
	}
	var b bytes.Buffer
	if _, err := doc.WriteToWithOptions(&b, document.WriteOptions{Deterministic: true}); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// A sheet is a page that is laid out.
type sheet struct{ blocks []layout.PlacedBlock }

// PlanLayout is the page as it is.
func (s *sheet) PlanLayout(area layout.LayoutArea) layout.LayoutPlan {
	return layout.LayoutPlan{Status: layout.LayoutFull, Consumed: area.Height, Blocks: s.blocks}
}
