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

// A disposition says what became of a section of a Washington code.
type disposition struct {
	status    string // corpus.Repealed or corpus.Superseded
	now       citation.Citation
	effective corpus.Date
	words     string // the publisher's
}

var (
	recodified = regexp.MustCompile(`(?i)\b(?:recodified|renumbered) as (?:(RCW|WAC) |§ )?([0-9A-Za-z]+[.-][0-9A-Za-z]+[.-][0-9A-Za-z]+)`)
	repealedBy = regexp.MustCompile(`(?i)\b(?:repealed|decodified)\b(?: by )?(.*)$`)
)

// parseDispositions reads the page of a chapter that lists what became of
// its former sections, and returns that of cite. A page that does not name
// it is ErrNotFound.
func parseDispositions(body []byte, cite citation.Citation) (disposition, error) {
	doc, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		return disposition{}, layout("unreadable HTML: %v", err)
	}
	wrapper := find(doc, func(n *html.Node) bool { return n.Data == "div" && attr(n, "id") == "contentWrapper" })
	if wrapper == nil {
		return disposition{}, layout("no element with the id contentWrapper")
	}
	own := regexp.MustCompile(`^(?:PDF ?|(?:RCW|WAC) )*` + regexp.QuoteMeta(cite.Number) + `(?:\s|$)`)
	paras := paragraphs(wrapper)
	for i, p := range paras {
		if !own.MatchString(p) {
			continue
		}
		entry := p
		for _, more := range paras[i+1:] { // an entry may go on in the next lines, until the next section
			if sectionStart.MatchString(more) {
				break
			}
			entry += " " + more
		}
		return disposed(cite, entry)
	}
	return disposition{}, fmt.Errorf("%w: it is not among its chapter's dispositions", ErrNotFound)
}

var sectionStart = regexp.MustCompile(`^(?:PDF ?|(?:RCW|WAC) )*[0-9]+[A-Z]?[.-][0-9]+[A-Z]?[.-][0-9]+`)

// disposed reads one entry. What became of the section is said last: an
// entry may name earlier changes before.
func disposed(cite citation.Citation, entry string) (disposition, error) {
	d := disposition{words: squeeze(entry)}
	if m := recodified.FindAllStringSubmatch(entry, -1); m != nil {
		last := m[len(m)-1]
		system := strings.ToUpper(last[1])
		if system == "" {
			system = string(cite.System)
		}
		now, err := citation.Parse(system + " " + strings.TrimRight(last[2], "."))
		if err == nil && now.Base() != cite.Base() {
			d.status, d.now = corpus.Superseded, now.Base()
		}
	}
	at := repealedBy.FindStringSubmatch(entry)
	if d.status == "" && at != nil {
		d.status = corpus.Repealed
	}
	if d.status == "" {
		return d, layout("the disposition %q says neither that it was repealed nor where it went", clip(entry))
	}
	switch {
	case ruleDate.MatchString(entry):
		dates := ruleDate.FindAllStringSubmatch(entry, -1)
		d.effective = parseDay(dates[len(dates)-1][1])
	case at != nil:
		d.effective = lastEffect(newestActs(at[1]), nil, nil)
	}
	return d, nil
}

// ended is the text of a provision that is no law any more: none, with the
// reason.
func (d disposition) ended(p Page, cite citation.Citation, title string) Parsed {
	s := text(p, cite, title, nil)
	s.Status, s.SupersededBy, s.Capture.Effective, s.Capture.History = d.status, d.now, d.effective, d.words
	return Parsed{Source: s}
}
