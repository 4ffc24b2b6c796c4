package official

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// The House publishes the Code a title at a time, as XML in a zip archive,
// at release points. One archive serves every section of its title.
const (
	releasePage = "https://uscode.house.gov/download/download.shtml"
	maxZip      = 128 << 20 // of an archive; the largest title's has about a fifth of it
	maxTitle    = 1 << 30   // of XML read from one
	maxToken    = 64 << 20  // of XML kept at a time
)

// A titleXML is the sections of a title that were asked for, as XML.
type titleXML struct {
	release  string // "119-100"
	sections map[citation.Citation][]byte
	same     bool // the release held already
	err      error
}

var releaseLink = regexp.MustCompile(`href="([^"]*releasepoints/us/pl/(\d+)/([0-9a-z]+)/xml_usc(\d+[a-zA-Z]?)@[^"]+\.zip)"`)

// uscode stores a section from its title's newest release point.
func (y *Sync) uscode(ctx context.Context, t Target, all []Target) ([]Outcome, error) {
	title, _, _ := strings.Cut(t.Cite.Number, " ")
	x := y.titles[title]
	if x == nil {
		x = y.title(ctx, title, all)
		y.titles[title] = x
	}
	if x.err != nil {
		return nil, x.err
	}
	body := x.sections[t.Cite]
	switch {
	case x.same && y.Writing.holds(t.URL):
		return y.again(t)
	case body == nil:
		return nil, fmt.Errorf("%w: title %s at release point %s has no section %s", ErrNotFound, title, x.release, t.Cite)
	}
	p := Page{URL: t.URL, Body: body, Captured: y.today, Copy: "release point " + x.release}
	return y.store(t, p, &fetched{})
}

func (y *Sync) dropTitles() { y.titles = nil }

// title fetches the sections of a title that are wanted. Where the newest
// release point is the one fetched last, and holds nothing new to fetch, its
// archive is not fetched again.
func (y *Sync) title(ctx context.Context, title string, all []Target) *titleXML {
	x := &titleXML{sections: map[citation.Citation][]byte{}}
	page, err := y.Fetch.get(ctx, releasePage, seenEntry{}, MaxPage)
	if err != nil {
		x.err = err
		return x
	}
	address, release, err := releaseOf(page.body, title)
	if err != nil {
		x.err = err
		return x
	}
	x.release = release
	wanted, missing := map[string]citation.Citation{}, false
	for _, t := range all {
		if n, section, _ := strings.Cut(t.Cite.Number, " "); t.Cite.System == citation.USC && n == title {
			wanted["/us/usc/t"+strings.ToLower(title)+"/s"+section] = t.Cite
			missing = missing || !y.Writing.holds(t.URL)
		}
	}
	if x.same = y.Writing.seen[address].Checked != "" && !missing; x.same {
		return x
	}
	x.same = false
	got, err := y.Fetch.get(ctx, address, seenEntry{}, maxZip)
	if err == nil {
		err = readTitle(got.body, wanted, x.sections)
	}
	if err == nil {
		err = y.Writing.remember(address, y.today, "", "")
	}
	x.err = err
	return x
}

// releaseOf finds a title's archive on the download page.
func releaseOf(body []byte, title string) (address, release string, err error) {
	base, err := url.Parse(releasePage)
	if err != nil {
		return "", "", err
	}
	for _, m := range releaseLink.FindAllSubmatch(body, -1) {
		if strings.TrimLeft(strings.ToLower(string(m[4])), "0") != strings.ToLower(title) {
			continue
		}
		u, err := base.Parse(string(m[1]))
		if err != nil {
			return "", "", layout("the link to title %s cannot be read", title)
		}
		return u.String(), string(m[2]) + "-" + string(m[3]), nil
	}
	return "", "", layout("%s has no link to the XML of title %s", releasePage, title)
}

// readTitle takes the wanted sections out of an archive, as standalone XML.
func readTitle(archive []byte, wanted map[string]citation.Citation, into map[citation.Citation][]byte) error {
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return layout("the archive of a title cannot be opened: %v", err)
	}
	for _, f := range z.File {
		if path.Ext(f.Name) != ".xml" {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return layout("the archive of a title cannot be read: %v", err)
		}
		err = cutSections(io.LimitReader(r, maxTitle), wanted, into)
		if err = errors.Join(err, r.Close()); err != nil {
			return err
		}
	}
	return nil
}

// cutSections copies each wanted section element out of a title's XML.
func cutSections(r io.Reader, wanted map[string]citation.Citation, into map[citation.Citation][]byte) error {
	raw := &recorder{r: r}
	d := xml.NewDecoder(raw)
	for {
		from := d.InputOffset()
		raw.drop(from)
		tok, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return layout("the XML of a title cannot be read: %v", err)
		}
		start, ok := tok.(xml.StartElement)
		if !ok || start.Name.Local != "section" {
			continue
		}
		cite, ok := wanted[strings.ReplaceAll(attrOf(start, "identifier"), "–", "-")]
		if !ok {
			continue
		}
		if err := d.Skip(); err != nil {
			return layout("a section of a title's XML is not closed: %v", err)
		}
		into[cite] = raw.between(from, d.InputOffset())
	}
}

// A recorder keeps what was read since the offset dropped last, so that a
// section's own bytes can be kept.
type recorder struct {
	r    io.Reader
	buf  []byte
	from int64 // offset of buf's first byte
}

func (c *recorder) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if c.buf = append(c.buf, p[:n]...); len(c.buf) > maxToken {
		return 0, fmt.Errorf("a section of more than %d MB", maxToken>>20)
	}
	return n, err
}

func (c *recorder) drop(to int64) {
	if n := to - c.from; n > 1<<20 {
		c.buf = append([]byte(nil), c.buf[n:]...)
		c.from = to
	}
}

func (c *recorder) between(from, to int64) []byte {
	return append([]byte(nil), c.buf[from-c.from:to-c.from]...)
}
