package official

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// listHead begins the page of a chapter or title, which lists sections.
var listHead = regexp.MustCompile(`^(?:Chapter|Title)\s+\S+\s+(?:RCW|WAC)\b`)

var sectionHead = regexp.MustCompile(`^(?:PDF)?\s*(RCW|WAC)\s+(\S+)$`)

// parseWashington reads a section page of the Washington legislature: in
// the wrapper a heading with the number, one with the caption, the
// paragraphs, the history in brackets, and notes.
func parseWashington(p Page) ([]Parsed, error) {
	doc, err := html.Parse(bytes.NewReader(p.Body))
	if err != nil {
		return nil, layout("unreadable HTML: %v", err)
	}
	wrapper := find(doc, func(n *html.Node) bool { return n.Data == "div" && attr(n, "id") == "contentWrapper" })
	switch {
	case wrapper == nil:
		return nil, layout("no element with the id contentWrapper")
	case squeeze(words(wrapper)) == "":
		return nil, fmt.Errorf("%w: the page is there, without a section", ErrNotFound)
	}
	sections, err := waSections(wrapper)
	if err != nil {
		return nil, err
	}
	if want := squeeze(words(find(doc, named("title")))); !strings.Contains(want, sections[0].cite.Number) {
		return nil, layout("the page is called %q and shows %s", want, sections[0].cite)
	}
	if asked, ok := washingtonCite(p.URL); ok && asked.Base() != sections[0].cite {
		return nil, layout("%s was asked for, and the page shows %s", asked.Base(), sections[0].cite)
	}
	var out []Parsed
	for _, s := range sections {
		parsed, err := s.parse(p)
		if err != nil {
			return nil, err
		}
		out = append(out, parsed)
	}
	return out, nil
}

// A waSection is the pieces of one section on a page.
type waSection struct {
	cite    citation.Citation
	caption string
	body    []string
	history string
	notes   []string
	inNotes bool
}

// waSections splits the wrapper's children at the headings with a number.
func waSections(wrapper *html.Node) ([]*waSection, error) {
	var out []*waSection
	var s *waSection
	for n := wrapper.FirstChild; n != nil; n = n.NextSibling {
		t := squeeze(words(n))
		if n.Type != html.ElementNode || t == "" {
			if t != "" {
				return nil, layout("words outside any block: %q", clip(t))
			}
			continue
		}
		h3 := find(n, named("h3"))
		switch m := sectionHead.FindStringSubmatch(t); {
		case h3 != nil && m != nil:
			c, err := citation.Parse(m[1] + " " + m[2])
			if err != nil || c.Pin != "" {
				return nil, layout("%q is no section number", t)
			}
			s = &waSection{cite: c}
			out = append(out, s)
		case s == nil && listHead.MatchString(t):
			return nil, fmt.Errorf("%w: %s", ErrList, clip(t))
		case s == nil:
			return nil, layout("before the section's number stands %q", clip(t))
		case h3 != nil && strings.HasPrefix(t, "NOTES:"):
			s.inNotes = true
		case s.inNotes:
			s.notes = append(s.notes, strings.Join(paragraphs(n), "\n"))
		case h3 != nil && s.caption == "":
			s.caption = t
		case s.history == "" && s.caption != "" && strings.HasPrefix(t, "["):
			s.history = t
		case s.history == "" && s.caption != "" && n.Data == "div":
			s.body = append(s.body, paragraphs(n)...)
		default:
			return nil, layout("%q stands where neither text nor notes are", clip(t))
		}
	}
	if len(out) == 0 {
		return nil, layout("no heading with the number of a section")
	}
	return out, nil
}

func (s *waSection) parse(p Page) (Parsed, error) {
	switch {
	case s.caption == "":
		return Parsed{}, layout("%s has no caption", s.cite)
	case len(s.body) == 0:
		return Parsed{}, fmt.Errorf("%w: %s has a heading and no text: repealed, or cited wrongly", ErrNotFound, s.cite)
	case s.history == "":
		return Parsed{}, layout("%s has no history in brackets after its text: the page may be cut off", s.cite)
	case !strings.HasSuffix(s.history, "]"):
		return Parsed{}, layout("the history of %s has no end: the page may be cut off", s.cite)
	}
	title, from, until := captionDates(s.caption)
	passages, err := corpus.CutStrict(title, s.body)
	if err != nil {
		return Parsed{}, fmt.Errorf("%w: %s: %w", ErrLayout, s.cite, err)
	}
	src := text(p, s.cite, title, passages)
	c := src.Capture
	c.History, c.Notes, c.Until = strings.Trim(s.history, "[ ]"), append(c.Notes, s.notes...), until
	out := Parsed{Source: src}
	if s.cite.System == citation.WAC {
		c.Effective = ruleEffective(c.History)
	} else {
		out.Newest = newestActs(c.History)
		out.Stated, out.DatedElsewhere = statedEffects(s.notes, out.Newest)
		c.Effective = lastEffect(out.Newest, out.Stated, out.DatedElsewhere)
	}
	if from != "" {
		c.Effective = from
	}
	return out, nil
}

var waHost = regexp.MustCompile(`(?i)^https?://apps?\.leg\.wa\.gov/(RCW|WAC)/default\.aspx\?(?:.*&)?cite=([0-9A-Za-z.-]+)`)

// washingtonCite is the section or chapter that an address asks for.
func washingtonCite(url string) (citation.Citation, bool) {
	m := waHost.FindStringSubmatch(url)
	if m == nil {
		return citation.Citation{}, false
	}
	c, err := citation.Parse(strings.ToUpper(m[1]) + " " + m[2])
	return c, err == nil
}

// clipTo is how many letters of a page an error shows.
const clipTo = 60

func clip(s string) string {
	if r := []rune(s); len(r) > clipTo {
		return string(r[:clipTo]) + "…"
	}
	return s
}
