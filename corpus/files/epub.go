package files

import (
	"context"
	"encoding/xml"
	"net/url"
	"os"
	"path"
	"strings"
)

// readEPUB reads the pages of an EPUB in the order of its spine. Places are
// named by the print edition's pages where the book marks them.
func readEPUB(ctx context.Context, f *os.File, size int64) (*content, error) {
	a, err := openZip(ctx, f, size)
	if err != nil {
		return nil, err
	}
	if locked, err := a.read("META-INF/encryption.xml"); err != nil {
		return nil, err
	} else if strings.Contains(string(locked), "EncryptedKey") || a.parts["META-INF/rights.xml"] != nil {
		return nil, refuse("it is locked by its seller (DRM): only a copy without the lock can be read")
	}
	container, err := a.read("META-INF/container.xml")
	if err != nil {
		return nil, err
	}
	root := ""
	err = eachElement(ctx, container, func(e xml.StartElement) {
		if e.Name.Local == "rootfile" && root == "" {
			root = attr(e, "full-path")
		}
	}, func([]byte) {}, func(string) {})
	if err != nil {
		return nil, err
	}
	book, err := readPackage(ctx, a, root)
	if err != nil {
		return nil, err
	}
	c := &content{format: "EPUB"}
	w := htmlReader{c: c}
	for _, name := range book.spine {
		page, err := a.read(name)
		if err != nil {
			return nil, err
		}
		if page == nil {
			c.doubts.add("%s, which its order of reading names, is not in it", path.Base(name))
			continue
		}
		text, _, err := decodeHTML(page)
		if err != nil {
			return nil, err
		}
		if err := w.read(ctx, text); err != nil {
			return nil, err
		}
		w.level, w.cells, w.skip, w.note, w.inTitle = 0, nil, 0, false, false
	}
	w.pages()
	c.title, c.date = book.title, book.date
	return c, nil
}

// A bookPackage is what the package file of an EPUB says.
type bookPackage struct {
	title, date string
	spine       []string
}

func readPackage(ctx context.Context, a *archive, name string) (bookPackage, error) {
	var b bookPackage
	data, err := a.read(name)
	if err != nil {
		return b, err
	}
	if data == nil {
		return b, refuse("it is damaged: it has no package file")
	}
	manifest := map[string]string{}
	in := ""
	err = eachElement(ctx, data, func(e xml.StartElement) {
		in = e.Name.Local
		switch in {
		case "item":
			if strings.Contains(attr(e, "media-type"), "html") && !strings.Contains(attr(e, "properties"), "nav") {
				manifest[attr(e, "id")] = attr(e, "href")
			}
		case "itemref":
			href, err := url.PathUnescape(manifest[attr(e, "idref")])
			if err == nil && href != "" && len(b.spine) < maxEntries {
				b.spine = append(b.spine, path.Join(path.Dir(name), href))
			}
		}
	}, func(t []byte) {
		switch {
		case in == "title" && b.title == "":
			b.title = strings.TrimSpace(string(t))
		case in == "date" && b.date == "" && len(t) >= 10:
			b.date = string(t[:10])
		}
	}, func(string) { in = "" })
	return b, err
}
