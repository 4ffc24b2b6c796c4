package files

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	pdfium "github.com/klippa-app/go-pdfium"
	pdferr "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// Limits of the PDF worker, beside those of every reader.
const (
	workerPages  = 8192      // of 64 KB: what PDFium may have, 512 MB
	workerMemory = 512 << 20 // bytes of Go's own memory that the collector aims at
	pageChars    = 200_000   // characters of one page; more is no page to read
	maxBookmarks = 5_000
)

// PDFWorker reads the PDF in f and writes what stands in it to out, one JSON
// value a line: the document, then each page. It is the whole of a process
// of its own, because PDFium is the one parser here that is not Go: it runs
// as WebAssembly, without a view of any file, and the process can be killed.
// Compiled code is kept in cacheDir; without it every start takes seconds.
// A file that PDFium refuses is no error: the document says why.
func PDFWorker(ctx context.Context, f *os.File, out io.Writer, cacheDir string) error {
	debug.SetMemoryLimit(workerMemory)
	limitAddressSpace()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("files: pdf worker: %w", err)
	}
	w, err := startPDFium(ctx, cacheDir)
	if err != nil {
		return fmt.Errorf("files: pdf worker: %w", err)
	}
	enc := json.NewEncoder(out)
	opened, err := w.OpenDocument(&requests.OpenDocument{FileReader: f, FileReaderSize: info.Size()})
	if err != nil {
		return enc.Encode(document{Refused: refusal(err)})
	}
	d := opened.Document
	count, err := w.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: d})
	if err != nil {
		return enc.Encode(document{Refused: refusal(err)})
	}
	if err := enc.Encode(w.describe(d, count.PageCount)); err != nil {
		return err
	}
	for i := range min(count.PageCount, MaxPages+1) {
		if err := ctx.Err(); err != nil {
			return err
		}
		p, err := w.page(d, i)
		if err != nil {
			return fmt.Errorf("files: pdf worker: page %d: %w", i+1, err)
		}
		if err := enc.Encode(p); err != nil {
			return err
		}
	}
	return nil
}

// refusal is a person's sentence for why PDFium does not open a file.
func refusal(err error) string {
	switch {
	case errors.Is(err, pdferr.ErrPassword), errors.Is(err, pdferr.ErrSecurity):
		return "it is encrypted: save a copy without the password first"
	case errors.Is(err, pdferr.ErrFormat), errors.Is(err, pdferr.ErrFile):
		return "it is damaged or cut short: PDFium cannot open it"
	}
	return "PDFium cannot open it: " + err.Error()
}

// A reader is PDFium, ready for one document.
type reader struct{ pdfium.Pdfium }

func startPDFium(ctx context.Context, cacheDir string) (*reader, error) {
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(workerPages).
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
	if cacheDir != "" {
		cache, err := wazero.NewCompilationCacheWithDir(cacheDir)
		if err != nil {
			return nil, err
		}
		config = config.WithCompilationCache(cache)
	}
	pool, err := webassembly.Init(webassembly.Config{Context: ctx, MinIdle: 1, MaxIdle: 1, MaxTotal: 1,
		RuntimeConfig: config, FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard})
	if err != nil {
		return nil, err
	}
	instance, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, err
	}
	return &reader{instance}, nil
}

// describe reads what the document says of itself.
func (r *reader) describe(d references.FPDF_DOCUMENT, pages int) document {
	doc := document{Pages: pages}
	if meta, err := r.GetMetaData(&requests.GetMetaData{Document: d}); err == nil {
		for _, tag := range meta.Tags {
			switch {
			case tag.Tag == "Title":
				doc.Title = strings.TrimSpace(tag.Value)
			case tag.Tag == "ModDate", tag.Tag == "CreationDate" && doc.Date == "":
				doc.Date = pdfDate(tag.Value)
			}
		}
	}
	doc.Outline = r.outline(nil, d, nil, 1)
	return doc
}

// pdfDate is the day in "D:20250731120000Z", or "".
func pdfDate(s string) string {
	s = strings.TrimPrefix(s, "D:")
	if len(s) < 8 || strings.Trim(s[:8], "0123456789") != "" {
		return ""
	}
	return s[:4] + "-" + s[4:6] + "-" + s[6:8]
}

// outline appends what lies under a bookmark, or nil for the whole. A file
// may send it in circles: it is at most maxBookmarks long and maxLevel deep.
func (r *reader) outline(out []bookmark, d references.FPDF_DOCUMENT, under *references.FPDF_BOOKMARK, level int) []bookmark {
	first, err := r.FPDFBookmark_GetFirstChild(&requests.FPDFBookmark_GetFirstChild{Document: d, Bookmark: under})
	if err != nil || level > maxLevel {
		return out
	}
	for at := first.Bookmark; at != nil && len(out) < maxBookmarks; {
		out = r.appendBookmark(out, d, *at, level)
		out = r.outline(out, d, at, level+1)
		next, err := r.FPDFBookmark_GetNextSibling(&requests.FPDFBookmark_GetNextSibling{Document: d, Bookmark: *at})
		if err != nil {
			break
		}
		at = next.Bookmark
	}
	return out
}

// appendBookmark appends one line of the outline; one that cannot be read,
// or leads to no page, counts with page 0 and is found nowhere.
func (r *reader) appendBookmark(out []bookmark, d references.FPDF_DOCUMENT, at references.FPDF_BOOKMARK, level int) []bookmark {
	b := bookmark{Level: level}
	if title, err := r.FPDFBookmark_GetTitle(&requests.FPDFBookmark_GetTitle{Bookmark: at}); err == nil {
		b.Title = strings.TrimSpace(title.Title)
	}
	dest, err := r.FPDFBookmark_GetDest(&requests.FPDFBookmark_GetDest{Document: d, Bookmark: at})
	if err == nil && dest.Dest != nil {
		if page, err := r.FPDFDest_GetDestPageIndex(&requests.FPDFDest_GetDestPageIndex{Document: d, Dest: *dest.Dest}); err == nil {
			b.Page = page.Index + 1
		}
	}
	return append(out, b)
}
