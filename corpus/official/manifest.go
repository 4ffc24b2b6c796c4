package official

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A Target is one provision to fetch.
type Target struct {
	Cite  citation.Citation
	Title string // what the library calls it; "" where it holds no digest
	URL   string // what a person opens; for an opinion, what is fetched
}

// ErrUnknown is matched by the error of a source that cannot be fetched.
var ErrUnknown = errors.New("not something that can be fetched")

// Manifest lists what the library has a digest of and a publisher that this
// program reads, in the order of the citations.
func Manifest(c *corpus.Catalog) []Target {
	var out []Target
	for _, s := range c.Sources {
		t, ok := target(s.Cite.Base(), s.URL)
		if !ok || s.Form != corpus.Digest || slices.ContainsFunc(out, func(x Target) bool { return x.Cite == t.Cite }) {
			continue
		}
		t.Title = s.Title
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b Target) int { return strings.Compare(a.Cite.String(), b.Cite.String()) })
	return out
}

// Choose returns the targets that names name, by id or by citation; all of
// the manifest for none. A citation of a section that can be fetched need not
// be in the library. The error names everything that cannot.
func Choose(c *corpus.Catalog, names []string) ([]Target, error) {
	all := Manifest(c)
	if len(names) == 0 {
		return all, nil
	}
	var out []Target
	var errs []error
	for _, name := range names {
		t, err := choose(c, all, name)
		if err != nil {
			errs = append(errs, err)
		} else if !slices.ContainsFunc(out, func(x Target) bool { return x.Cite == t.Cite }) {
			out = append(out, t)
		}
	}
	return out, errors.Join(errs...)
}

func choose(c *corpus.Catalog, all []Target, name string) (Target, error) {
	cite, err := citation.Parse(name)
	if s := c.Source(strings.ToLower(name)); s != nil {
		cite, err = s.Cite, nil
	}
	if err != nil {
		return Target{}, fmt.Errorf("official: %q: %w: give an id or a citation, such as %s", name, ErrUnknown, examples(all))
	}
	for _, t := range all {
		if t.Cite == cite.Base() {
			return t, nil
		}
	}
	if t, ok := target(cite.Base(), ""); ok {
		return t, nil
	}
	return Target{}, fmt.Errorf("official: %s: %w: it reads sections of the RCW, WAC, U.S.C. and C.F.R., and opinions at law.cornell.edu; the library has, for example, %s", cite, ErrUnknown, examples(all))
}

func examples(all []Target) string {
	var out []string
	for i := 0; i < len(all) && len(out) < 3; i += 1 + len(all)/3 {
		out = append(out, all[i].Cite.String())
	}
	return strings.Join(out, ", ")
}

// target is how cite is fetched; address is what its digest names.
func target(cite citation.Citation, address string) (Target, bool) {
	title, section, _ := strings.Cut(cite.Number, " ")
	t := Target{Cite: cite}
	switch cite.System {
	case citation.RCW, citation.WAC:
		if strings.Count(cite.Number, ".")+strings.Count(cite.Number, "-") < 2 {
			return t, false // a chapter
		}
		t.URL = washingtonURL(cite, "")
	case citation.USC:
		t.URL = fmt.Sprintf("https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title%s-section%s&num=0&edition=prelim", title, section)
	case citation.CFR:
		if !strings.Contains(section, ".") {
			return t, false // a part
		}
		t.URL = fmt.Sprintf("https://www.ecfr.gov/current/title-%s/section-%s", title, section)
	default:
		u, err := url.Parse(address)
		if err != nil || publisherOf(u) != cornell || !docket.MatchString(u.Path) {
			return t, false
		}
		t.URL = docket.ReplaceAllString(address, "/supct/html/$1-$2.ZO") // the syllabus is not the opinion
	}
	return t, true
}

func washingtonURL(cite citation.Citation, more string) string {
	return fmt.Sprintf("https://app.leg.wa.gov/%s/default.aspx?cite=%s%s", cite.System, cite.Number, more)
}
