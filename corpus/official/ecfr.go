package official

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

var (
	cfrHead  = regexp.MustCompile(`^§ (\S+?)\s+(.+)$`)
	cfrTitle = regexp.MustCompile(`(?:/title-|title=)(\d+)\b`)
	cfrDay   = regexp.MustCompile(`/full/(\d{4}-\d{2}-\d{2})/`)
)

// parseECFR reads a section of the Code of Federal Regulations from the
// eCFR's XML: one DIV8 of type SECTION with its HEAD, paragraphs, and CITA.
// The history gives dates of publication and not of effect, so that a text
// is known to be the law from the day the address names.
func parseECFR(p Page) ([]Parsed, error) {
	title := cfrTitle.FindStringSubmatch(p.URL)
	if title == nil {
		return nil, layout("the address does not name the title")
	}
	div, err := readDiv(p.Body)
	if err != nil {
		return nil, err
	}
	head := div.child("HEAD")
	if head == nil {
		return nil, layout("the section has no HEAD")
	}
	m := cfrHead.FindStringSubmatch(head.words())
	if m == nil || m[1] != div.attrs["N"] {
		return nil, layout("the heading %q is not that of section %q", clip(head.words()), div.attrs["N"])
	}
	cite, err := citation.Parse(title[1] + " C.F.R. " + m[1])
	if err != nil || cite.Pin != "" {
		return nil, layout("%q is no section number", m[1])
	}
	var paras []string
	history := ""
	for _, k := range div.kids {
		c, ok := k.(*element)
		switch {
		case !ok:
			if t := squeeze(k.(string)); t != "" {
				return nil, layout("words outside any paragraph: %q", clip(t))
			}
		case c.name == "CITA":
			history = strings.Trim(c.words(), "[ ]")
		case c.name == "HEAD" || c.name == "EDNOTE" || c.name == "EFFDNOT" || c.name == "SECAUTH":
		default:
			if t := c.words(); t != "" {
				paras = append(paras, splitLabels(t)...)
			}
		}
	}
	if strings.Contains(m[2], "[Reserved]") || len(paras) == 0 {
		return nil, fmt.Errorf("%w: %s is reserved", ErrNotFound, cite)
	}
	passages, err := corpus.CutStrict(m[2], paras)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrLayout, cite, err)
	}
	s := text(p, cite, m[2], passages)
	s.Capture.History = history
	if day := cfrDay.FindStringSubmatch(p.URL); day != nil && corpus.Date(day[1]) <= p.Captured {
		s.Capture.Effective = corpus.Date(day[1])
	}
	return []Parsed{{Source: s}}, nil
}

// readDiv finds the one section of a document.
func readDiv(body []byte) (*element, error) {
	if i := bytes.Index(body, []byte("<?xml")); i > 0 {
		body = body[i:]
	}
	d := xml.NewDecoder(bytes.NewReader(body))
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("not UTF-8") }
	for {
		tok, err := d.Token()
		if err != nil {
			return nil, layout("no DIV8 of the type SECTION: %v", err)
		}
		if start, ok := tok.(xml.StartElement); ok {
			switch {
			case start.Name.Local == "DIV8" && attrOf(start, "TYPE") == "SECTION":
				return readElement(d, start, 0)
			case strings.EqualFold(start.Name.Local, "html"):
				return nil, fmt.Errorf("%w: a web page where XML was expected", ErrNotFound)
			}
		}
	}
}

var headedLabel = regexp.MustCompile(`^((?:\([0-9A-Za-z]{1,5}\)\s*)+)([A-Z][^.]{0,80}\.) (\([0-9a-z]{1,3}\) .+)$`)

// splitLabels cuts a paragraph that opens two levels with a heading between
// them, "(a) Scope. (1) This section …", in two.
func splitLabels(para string) []string {
	if m := headedLabel.FindStringSubmatch(para); m != nil {
		return []string{strings.TrimSpace(m[1]) + " " + m[2], m[3]}
	}
	return []string{para}
}
