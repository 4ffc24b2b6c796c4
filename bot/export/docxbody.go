package export

import (
	"strconv"
	"strings"
)

// styles are the names of the paragraphs' styles in styles.xml.
var styles = map[role]string{
	sender: "Sender", dateline: "Date", address: "Address", reference: "Reference",
	heading: "Heading1", paragraph: "BodyText", quotation: "Quote",
	item: "ListBullet", numbered: "ListNumber", signature: "Signature",
	enclosed: "Heading1", enclosure: "ListNumber", closing: "Closing",
	exhibit: "Heading1", exhibitTitle: "Subtitle", exhibitStatus: "Status",
	exhibitLink: "Status", exhibitLine: "BodyText",
}

// spaceAfter is what follows the last of neighbours, in twentieths of a point,
// where it is not what follows each of them.
var spaceAfter = map[role]string{
	sender: "360", address: "280", reference: "280", item: "160", numbered: "160", enclosure: "160",
}

// document is the part with the text: US Letter with margins of one inch.
func (d *packed) document() []byte {
	m := newMarkup()
	m.open("w:document", "xmlns:w", wordNS, "xmlns:r", relationNS)
	m.open("w:body")
	for i := range d.o.parts {
		d.paragraph(m, &d.o.parts[i], d.o.signedNext(i))
	}
	if len(d.o.parts) == 0 {
		m.empty("w:p")
	}
	m.open("w:sectPr")
	m.empty("w:footerReference", "w:type", "default", "r:id", d.body.add(relationNS+"/footer", "footer1.xml", false))
	m.empty("w:pgSz", "w:w", "12240", "w:h", "15840")
	m.empty("w:pgMar", "w:top", "1440", "w:right", "1440", "w:bottom", "1440", "w:left", "1440",
		"w:header", "720", "w:footer", "720", "w:gutter", "0")
	m.close("w:sectPr")
	m.close("w:body")
	m.close("w:document")
	return m.Bytes()
}

// paragraph writes p, on the page of what comes next if keep says so. The
// order of its properties is the schema's.
func (d *packed) paragraph(m *markup, p *part, keep bool) {
	style := styles[p.role]
	if p.role == sender && p.first {
		style = "SenderName"
	}
	m.open("w:p")
	m.open("w:pPr")
	m.empty("w:pStyle", "w:val", style)
	switch {
	case keep:
		m.empty("w:keepNext")
	case p.role == signature && p.last:
		m.empty("w:keepNext", "w:val", "0")
	}
	if p.role == exhibit {
		m.empty("w:pageBreakBefore")
	}
	if p.listed() {
		m.open("w:numPr")
		m.empty("w:ilvl", "w:val", "0")
		m.empty("w:numId", "w:val", strconv.Itoa(d.list(p)))
		m.close("w:numPr")
	}
	switch after := spaceAfter[p.role]; {
	case p.last && after != "":
		m.empty("w:spacing", "w:after", after)
	case p.signed():
		m.empty("w:spacing", "w:after", "720")
		m.empty("w:contextualSpacing", "w:val", "0")
	}
	m.close("w:pPr")
	for _, r := range p.marked() {
		d.run(m, r)
	}
	m.close("w:p")
}

// signed reports whether a hand signs under p: it is the "Sincerely," of more
// than one line.
func (p *part) signed() bool {
	return p.role == signature && p.first && !p.last && len(p.runs) > 0 &&
		strings.HasSuffix(p.runs[len(p.runs)-1].text, ",")
}

// list is the number of the list that p belongs to.
func (d *packed) list(p *part) int {
	if p.role == item {
		return bullets
	}
	if p.first {
		d.lists++
	}
	return bullets + d.lists
}

// run writes r and the marks behind it.
func (d *packed) run(m *markup, r run) {
	switch {
	case r.text == "":
	case r.url != "":
		hyperlink(m, &d.body, r.text, r.url)
	default:
		m.open("w:r")
		if r.blank {
			m.open("w:rPr")
			m.empty("w:highlight", "w:val", "yellow")
			m.close("w:rPr")
		}
		lines(m, r.text)
		m.close("w:r")
	}
	for i, n := range r.notes {
		if i > 0 {
			superscript(m, func() { m.element("w:t", ",") })
		}
		d.mark(m, n)
	}
}

// lines writes text, whose line feeds are breaks.
func lines(m *markup, text string) {
	for i, s := range strings.Split(text, "\n") {
		if i > 0 {
			m.empty("w:br")
		}
		if s != "" {
			m.element("w:t", s, "xml:space", "preserve")
		}
	}
}

// superscript writes a run in the style of the marks of notes.
func superscript(m *markup, content func()) {
	m.open("w:r")
	m.open("w:rPr")
	m.empty("w:rStyle", "w:val", "FootnoteReference")
	m.close("w:rPr")
	content()
	m.close("w:r")
}

// mark writes the mark of note n. Word numbers footnotes itself, and counts
// each of their marks: a further mark of the same note is a cross-reference
// to the first.
func (d *packed) mark(m *markup, n int) {
	name := "Note" + strconv.Itoa(n)
	if !d.set[n] {
		d.set[n] = true
		id := strconv.Itoa(d.marked)
		d.marked++
		m.empty("w:bookmarkStart", "w:id", id, "w:name", name)
		superscript(m, func() { m.empty("w:footnoteReference", "w:id", strconv.Itoa(n)) })
		m.empty("w:bookmarkEnd", "w:id", id)
		return
	}
	superscript(m, func() { m.empty("w:fldChar", "w:fldCharType", "begin") })
	superscript(m, func() { m.element("w:instrText", " NOTEREF "+name+` \f \h `, "xml:space", "preserve") })
	superscript(m, func() { m.empty("w:fldChar", "w:fldCharType", "separate") })
	superscript(m, func() { m.element("w:t", strconv.Itoa(n)) })
	superscript(m, func() { m.empty("w:fldChar", "w:fldCharType", "end") })
}

// hyperlink writes text that leads to an address outside.
func hyperlink(m *markup, in *relations, text, url string) {
	m.open("w:hyperlink", "r:id", in.add(relationNS+"/hyperlink", url, true), "w:history", "1")
	m.open("w:r")
	m.open("w:rPr")
	m.empty("w:rStyle", "w:val", "Hyperlink")
	m.close("w:rPr")
	m.element("w:t", text, "xml:space", "preserve")
	m.close("w:r")
	m.close("w:hyperlink")
}

// footnotes is the part with the notes, after the two lines that separate
// notes from text.
func (d *packed) footnotes() []byte {
	m := newMarkup()
	m.open("w:footnotes", "xmlns:w", wordNS, "xmlns:r", relationNS)
	for i, kind := range []string{"separator", "continuationSeparator"} {
		m.open("w:footnote", "w:type", kind, "w:id", strconv.Itoa(i-1))
		m.open("w:p")
		m.open("w:pPr")
		m.empty("w:spacing", "w:after", "0", "w:line", "240", "w:lineRule", "auto")
		m.close("w:pPr")
		m.open("w:r")
		m.empty("w:" + kind)
		m.close("w:r")
		m.close("w:p")
		m.close("w:footnote")
	}
	for _, n := range d.o.notes {
		d.footnote(m, n)
	}
	m.close("w:footnotes")
	return m.Bytes()
}

func (d *packed) footnote(m *markup, n note) {
	m.open("w:footnote", "w:id", strconv.Itoa(n.n))
	m.open("w:p")
	m.open("w:pPr")
	m.empty("w:pStyle", "w:val", "FootnoteText")
	m.close("w:pPr")
	superscript(m, func() { m.empty("w:footnoteRef") })
	plain := " " + n.text
	to := link(n.url)
	if n.url != "" && n.text != "" {
		plain += " "
	}
	if to == "" {
		plain += n.url
	}
	m.open("w:r")
	m.element("w:t", plain, "xml:space", "preserve")
	m.close("w:r")
	if to != "" {
		hyperlink(m, &d.notes, n.url, to)
	}
	m.close("w:p")
	m.close("w:footnote")
}
