package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// MaxQuote is the most words of official text one quotation may hold.
const MaxQuote = 40

// frontMatter is the head of a digest and of a card. All fields are
// required but covers, names, asks and, unless the status is superseded, superseded_by; cite and url are "none" for our own kinds.
type frontMatter struct {
	ID           string    `yaml:"id"`
	Title        string    `yaml:"title"`
	Kind         Kind      `yaml:"kind"`
	Authority    Authority `yaml:"authority"`
	Jurisdiction string    `yaml:"jurisdiction"`
	Cite         string    `yaml:"cite"`
	Covers       []string  `yaml:"covers"`
	URL          string    `yaml:"url"`
	AsOf         Date      `yaml:"as_of"`
	ReadIn       string    `yaml:"read_in"`
	Binds        []Plan    `yaml:"binds"`
	Licence      string    `yaml:"licence"`
	Status       string    `yaml:"status"`
	Names        []string  `yaml:"names"`
	Asks         []string  `yaml:"asks"`
	SupersededBy string    `yaml:"superseded_by"`
}

// ParseDigest reads a Markdown document with front matter: one sentence a
// line, a heading for each pinpoint ("## (1)(a) The core duty") or named
// part ("## What it does not say"), deeper headings inside shallower ones.
// The error lists everything that is wrong.
func ParseDigest(name string, data []byte) (*Source, error) {
	head, body, ok := bytes.Cut(bytes.TrimPrefix(data, []byte("---\n")), []byte("\n---\n"))
	if !ok || !bytes.HasPrefix(data, []byte("---\n")) {
		return nil, fmt.Errorf("corpus: %s: no front matter between two lines of ---", name)
	}
	var fm frontMatter
	if err := unmarshal(head, &fm); err != nil {
		return nil, fmt.Errorf("corpus: %s: front matter: %w", name, err)
	}
	s, err := fm.source()
	if err == nil {
		s.Passages, err = cutDigest(s.Title, string(body))
	}
	if err != nil {
		return nil, fmt.Errorf("corpus: %s: %w", name, err)
	}
	return s, nil
}

var (
	idForm    = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*$`)
	jurisForm = regexp.MustCompile(`^([A-Z]{2}|any)$`)
	licForm   = regexp.MustCompile(`^(public|private|quote:[1-9]\d*)$`)
)

// source checks the front matter; the error joins all complaints.
func (fm frontMatter) source() (*Source, error) {
	var errs []error
	check := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	s := &Source{ID: fm.ID, Title: fm.Title, Kind: fm.Kind, Authority: fm.Authority, Jurisdiction: fm.Jurisdiction,
		URL: fm.URL, AsOf: fm.AsOf, ReadIn: fm.ReadIn, Binds: fm.Binds, Licence: fm.Licence, Status: fm.Status,
		Names: fm.Names, Asks: fm.Asks, Scope: PublicScope, Form: Digest}
	check(idForm.MatchString(s.ID), "id %q: want lower-case letters, digits, dots and hyphens", s.ID)
	check(s.Title != "", "title is missing")
	check(slices.Contains(Kinds(), s.Kind), "kind %q is none of ours", s.Kind)
	check(slices.Contains([]Authority{PrimaryLaw, OfficialGuidance, Evidence, Practice, Advocacy}, s.Authority), "authority %q is none of ours", s.Authority)
	check(jurisForm.MatchString(s.Jurisdiction), "jurisdiction %q: want two capitals, or any", s.Jurisdiction)
	check(s.AsOf.Valid(), "as_of %q: want YYYY, YYYY-MM or YYYY-MM-DD", s.AsOf)
	check(s.ReadIn != "", "read_in is missing: name the copy that was read")
	check(fm.Binds != nil, "binds is missing: list plan types, or [] for none")
	for _, p := range s.Binds {
		check(slices.Contains(Plans(), p), "binds: %q is no plan type", p)
	}
	check(licForm.MatchString(s.Licence), "licence %q: want public, private or quote:N", s.Licence)
	check(slices.Contains([]string{"in-force", "superseded", "partial", NotHeld}, s.Status), "status %q: want in-force, superseded, partial or not-held", s.Status)
	if fm.SupersededBy != "" || s.Status == "superseded" {
		c, err := citation.Parse(fm.SupersededBy)
		check(err == nil && s.Status == "superseded", "superseded_by %q goes with status superseded: %v", fm.SupersededBy, err)
		s.SupersededBy = c
	}
	switch {
	case s.Kind.Own():
		check(fm.Cite == "none" && fm.URL == "none", "a %s has cite: none and url: none", s.Kind)
		s.URL = ""
		if s.Kind == Guide {
			s.Cite = citation.Citation{System: citation.Guide, Number: s.ID}
		}
	default:
		check(strings.HasPrefix(s.URL, "https://"), "url %q: want https://…", s.URL)
		c, err := citation.Parse(fm.Cite)
		check(err == nil, "cite %q: %v", fm.Cite, err)
		s.Cite = c
	}
	for _, text := range fm.Covers {
		c, err := citation.Parse(text)
		check(err == nil && c.Pin == "" && c != s.Cite && !slices.Contains(s.Covers, c), "covers %q: want another citation without a pinpoint, once: %v", text, err)
		s.Covers = append(s.Covers, c)
	}
	return s, errors.Join(errs...)
}

var headingForm = regexp.MustCompile(`^(#{2,5}) +((?:\([0-9A-Za-z]+\))+|p\. \d+)? *(.*)$`)

// cutDigest cuts a body at its headings. What stands before the first one
// is the passage of the whole source.
func cutDigest(title, body string) ([]Passage, error) {
	type open struct {
		level int
		index int
	}
	passages := []Passage{{Heading: title}}
	stack := []open{{1, 0}}
	text := make([][]string, 1)
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(line)
		m := headingForm.FindStringSubmatch(line)
		if m == nil {
			if line != "" {
				i := len(text) - 1
				text[i] = append(text[i], strings.TrimPrefix(line, "- "))
			}
			continue
		}
		level := len(m[1])
		for stack[len(stack)-1].level >= level {
			stack = stack[:len(stack)-1]
		}
		p := Passage{Pin: citation.Pinpoint(m[2]), Heading: m[3]}
		if p.Pin == "" {
			p.Pin = citation.Pinpoint(strings.ToLower(m[3]))
		}
		passages = append(passages, p)
		text = append(text, nil)
		stack = append(stack, open{level, len(passages) - 1})
		var context []string
		for _, o := range stack[:len(stack)-1] {
			context = append(context, passages[o.index].Heading)
		}
		if lead := text[stack[len(stack)-2].index]; len(lead) > 0 {
			context = append(context, lead[0])
		}
		passages[len(passages)-1].Context = strings.Join(context, "\n")
	}
	var errs []error
	seen := map[citation.Pinpoint]bool{}
	for i := range passages {
		p := &passages[i]
		p.Text = strings.Join(text[i], "\n")
		if p.Text == "" {
			errs = append(errs, fmt.Errorf("%q says nothing", p.Heading))
		}
		if seen[p.Pin] {
			errs = append(errs, fmt.Errorf("two passages at %q", p.Pin))
		}
		seen[p.Pin] = true
		if strings.Count(p.Text, `"`)%2 != 0 {
			errs = append(errs, fmt.Errorf("%q: a quotation mark without its partner", p.Heading))
		}
		for _, q := range p.Official(Digest) {
			if n := len(strings.Fields(q)); n > MaxQuote {
				errs = append(errs, fmt.Errorf("%q: a quotation of %d words; at most %d", p.Heading, n, MaxQuote))
			}
		}
	}
	return passages, errors.Join(errs...)
}
