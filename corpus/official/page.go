// Package official turns what publishers of law show into dated sources:
// the pages of the Washington legislature, the XML of the United States Code
// and of the Code of Federal Regulations, opinions, and plain text with its
// address. It fetches them politely, refuses a page that is not built as
// expected rather than store its chrome as law, and keeps every version.
package official

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A Page is one document as a publisher shows it.
type Page struct {
	URL      string
	Body     []byte
	Captured corpus.Date // the day it was shown
	Copy     string      // what copy it is, in words; "" for the publisher's own page
	// Cite is what was asked for, where the address does not say it.
	Cite citation.Citation
}

// A Parsed is an official text and what is needed to date it.
type Parsed struct {
	Source *corpus.Source
	Newest []Enactment // the newest in its history, of one year; none where it names none
	// DatedElsewhere are the acts of Newest whose effective date stands, as
	// the page says, on another page.
	DatedElsewhere []string
	Stated         []Effect // effective dates that the page's notes state
}

// Errors of a page that holds no law.
var (
	// ErrLayout: the page is not built as its publisher's pages are.
	ErrLayout = errors.New("not built as expected")
	// ErrNotFound: the publisher says, with whatever status, that there is
	// no such page, or shows one without a text.
	ErrNotFound = errors.New("the publisher shows no text for it")
	// ErrList: the page lists sections and holds the text of none.
	ErrList = errors.New("a list of sections, and no section")
	// ErrPublisher: no parser knows the page's address.
	ErrPublisher = errors.New("no publisher this program reads")
)

func layout(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrLayout, fmt.Sprintf(format, args...))
}

// MaxPage is the most bytes of one page that is read.
const MaxPage = 8 << 20

// Parse reads a page by its address. A page may show more than one version
// of a section (one in force, one to come), each with its dates. The errors
// are ErrLayout, ErrNotFound, ErrList and ErrPublisher, and say what was expected.
func Parse(p Page) ([]Parsed, error) {
	u, err := url.Parse(p.URL)
	if err != nil {
		return nil, fmt.Errorf("%w: %q", ErrPublisher, p.URL)
	}
	if !p.Captured.Valid() || len(p.Captured) != len("2006-01-02") {
		return nil, fmt.Errorf("official: captured %q: want YYYY-MM-DD", p.Captured)
	}
	if len(p.Body) > MaxPage {
		return nil, layout("%d MB; a page of law has at most %d", len(p.Body)>>20, MaxPage>>20)
	}
	body := bytes.TrimSpace(p.Body)
	switch {
	case len(body) == 0:
		return nil, fmt.Errorf("%w: the page is empty", ErrNotFound)
	case !bytes.HasPrefix(body, []byte("<")):
		return parseText(p)
	}
	var out []Parsed
	switch pub := publisherOf(u); pub {
	case washington:
		out, err = parseWashington(p)
	case uscode:
		out, err = parseUSLM(p)
	case ecfr:
		out, err = parseECFR(p)
	case cornell:
		out, err = parseOpinion(p)
	default:
		return nil, fmt.Errorf("%w: %s", ErrPublisher, u.Host)
	}
	if err != nil {
		return nil, err
	}
	for i := range out {
		if err := sound(out[i].Source); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// chrome are words of a page's frame or of an error page that no provision
// has; what a law may well say ("request access", "privacy notice") is not
// among them.
var chrome = regexp.MustCompile(`(?i)\b(page not found|404 not found|enable javascript|are you a robot|captcha|cloudflare|skip to (?:main )?content|mobile menu|toggle navigation|getElementById|cookie policy|printer-friendly)`)

// markup is what is left of a page's code in a text that was not read well.
var markup = regexp.MustCompile(`</?[A-Za-z!]|[{}\x00\x{fffd}]`)

// sound is the last look at a parsed text, whoever published it.
func sound(s *corpus.Source) error {
	if s.Cite.IsZero() || s.Title == "" {
		return layout("a section has a number and a title; %q, %q", s.Cite, s.Title)
	}
	if s.Status == corpus.Repealed || s.Status == corpus.Superseded {
		return nil
	}
	words := 0
	for _, p := range s.Passages {
		if m := chrome.FindString(p.Heading + "\n" + p.Text); m != "" {
			return layout("the text of %s has %q in it, which is no law", s.Cite.At(p.Pin), m)
		}
		if markup.MatchString(p.Text) {
			return layout("the text of %s has mark-up or unreadable letters in it", s.Cite.At(p.Pin))
		}
		words += len(strings.Fields(p.Text))
	}
	if words < minWords {
		return fmt.Errorf("%w: %s has %d words", ErrNotFound, s.Cite, words)
	}
	return nil
}

// minWords is the fewest words of a provision; the shortest read in the
// Washington and United States codes has eleven.
const minWords = 5

// text makes the source of a provision's text.
func text(p Page, cite citation.Citation, title string, passages []corpus.Passage) *corpus.Source {
	s := &corpus.Source{Title: title, Cite: cite.Base(), URL: p.URL, AsOf: p.Captured, ReadIn: p.Copy,
		Kind: corpus.Statute, Authority: corpus.PrimaryLaw, Jurisdiction: "WA", Binds: []corpus.Plan{}, Licence: "public",
		Status: "in-force", Scope: corpus.PublicScope, Form: corpus.Text, Passages: passages,
		Capture: &corpus.Capture{Captured: p.Captured, Seen: p.Captured, Notes: []string{}}}
	switch cite.System {
	case citation.WAC, citation.CFR:
		s.Kind = corpus.Rule
	case citation.US, citation.F3d, citation.F4th:
		s.Kind = corpus.Case
	}
	switch cite.System {
	case citation.RCW, citation.WAC:
	default:
		s.Jurisdiction = "US"
	}
	if s.ReadIn == "" {
		s.ReadIn = "the publisher's own page"
	}
	return s
}

// squeeze makes every run of white space one space.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
