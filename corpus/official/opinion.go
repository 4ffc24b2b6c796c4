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

var (
	docket    = regexp.MustCompile(`/supct/html/(\d{2,4})-(\d+)\.Z([SOCDX])`)
	delivered = regexp.MustCompile(`(?i)\bdelivered the opinion (?:of|for) (?:the|a unanimous) court\b`)
)

// parseOpinion reads an opinion of the United States Supreme Court as the
// Legal Information Institute shows it (an unofficial copy). The opinion is
// the element with the words that say who delivered it; it has no marks of
// the pages of the reports, so that the text is held as partial: where on a
// page a sentence stands cannot be checked.
func parseOpinion(p Page) ([]Parsed, error) {
	m := docket.FindStringSubmatch(p.URL)
	if m == nil {
		return nil, fmt.Errorf("%w: %s is no opinion's address", ErrPublisher, p.URL)
	}
	doc, err := html.Parse(bytes.NewReader(p.Body))
	if err != nil {
		return nil, layout("unreadable HTML: %v", err)
	}
	title := squeeze(words(find(doc, named("title"))))
	if title == "" {
		return nil, layout("the page has no title")
	}
	body := find(doc, named("body"))
	if body == nil || !strings.Contains(strings.NewReplacer("—", "-", "–", "-").Replace(words(body)), m[1]+"-"+m[2]) {
		return nil, layout("the page does not name the docket %s-%s", m[1], m[2])
	}
	opens := find(body, func(n *html.Node) bool {
		return (n.Data == "p" || n.Data == "div") && find(n.FirstChild, named("p")) == nil && delivered.MatchString(squeeze(words(n)))
	})
	if opens == nil {
		return nil, layout("no paragraph says who delivered the opinion of the Court")
	}
	var paras []string
	for n := opens; n != nil; n = n.NextSibling {
		if n.Type == html.ElementNode && (n.Data == "p" || n.Data == "blockquote" || n.Data == "div") {
			paras = append(paras, paragraphs(n)...)
		}
	}
	if len(paras) < 2 {
		return nil, layout("the opinion has no paragraphs beside the one that says who delivered it")
	}
	cite := p.Cite.Base()
	if cite.IsZero() {
		for _, f := range citation.Find(words(body)) {
			if f.Err == nil && f.Citation.System == citation.US {
				cite = f.Citation.Base()
				break
			}
		}
	}
	if cite.IsZero() {
		return nil, layout("the page names no volume and page of the United States Reports")
	}
	s := text(p, cite, title, []corpus.Passage{{Heading: title, Text: strings.Join(paras, "\n")}})
	s.Kind, s.Jurisdiction, s.Status = corpus.Case, "US", "partial"
	return []Parsed{{Source: s}}, nil
}
