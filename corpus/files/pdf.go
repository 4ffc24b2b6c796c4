package files

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

// Limits of what the PDF worker may say.
const (
	workerLine   = 64 << 20  // bytes of one page
	workerOutput = 512 << 20 // bytes in all
)

// readPDF runs the PDF worker on f and lays out what it says.
func readPDF(ctx context.Context, f *os.File, opts Options) (*content, error) {
	if len(opts.PDFWorker) == 0 {
		return nil, refuse("no program to read PDF files was given")
	}
	doc, pages, err := runWorker(ctx, f, opts)
	if err != nil {
		return nil, err
	}
	return layOut(doc, pages), nil
}

// runWorker returns the pages that the worker reads. It is killed when ctx
// ends.
func runWorker(ctx context.Context, f *os.File, opts Options) (document, []page, error) {
	var doc document
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	cmd := exec.CommandContext(ctx, opts.PDFWorker[0], opts.PDFWorker[1:]...)
	cmd.Env = append(os.Environ(), "GOMEMLIMIT=512MiB")
	cmd.Stdin = f
	cmd.WaitDelay = time.Second
	var said bytes.Buffer
	cmd.Stderr = &capped{w: &said, left: 4096}
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return doc, nil, fmt.Errorf("files: pdf worker: %w", err)
	}
	doc, pages, readErr := hear(out, opts.Progress)
	if readErr != nil {
		cancel()
	}
	waitErr := cmd.Wait()
	var refused *Refused
	switch {
	case ctx.Err() != nil && readErr == nil:
		return doc, nil, ctx.Err()
	case errors.As(readErr, &refused):
		return doc, nil, readErr
	case errors.Is(context.Cause(ctx), context.DeadlineExceeded):
		return doc, nil, ctx.Err()
	case waitErr != nil || readErr != nil:
		return doc, nil, refuse("PDFium gave up on it, as on a damaged file (%s)", lastLine(said.String(), readErr, waitErr))
	case len(pages) != doc.Pages:
		return doc, nil, refuse("PDFium read %d of its %d pages", len(pages), doc.Pages)
	}
	return doc, pages, nil
}

// hear reads what the worker writes.
func hear(r io.Reader, progress func(done, of int)) (document, []page, error) {
	var doc document
	s := bufio.NewScanner(io.LimitReader(r, workerOutput))
	s.Buffer(make([]byte, 0, 1<<20), workerLine)
	if !s.Scan() {
		return doc, nil, cmpErr(s.Err(), io.ErrUnexpectedEOF)
	}
	if err := json.Unmarshal(s.Bytes(), &doc); err != nil {
		return doc, nil, err
	}
	switch {
	case doc.Refused != "":
		return doc, nil, refuse("%s", doc.Refused)
	case doc.Pages > MaxPages:
		return doc, nil, refuse("it has %d pages; at most %d are read", doc.Pages, MaxPages)
	}
	var pages []page
	text := 0
	for s.Scan() {
		var p page
		if err := json.Unmarshal(s.Bytes(), &p); err != nil {
			return doc, nil, err
		}
		for _, w := range p.Words {
			text += len(w.Text) + 1
		}
		if text > MaxText {
			return doc, nil, refuse("it holds more than %d MB of text", MaxText>>20)
		}
		pages = append(pages, p)
		if progress != nil {
			progress(len(pages), doc.Pages)
		}
	}
	return doc, pages, s.Err()
}

func cmpErr(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// lastLine is the first of what a failed worker left to say.
func lastLine(said string, errs ...error) string {
	if i := bytes.IndexByte([]byte(said), '\n'); i > 0 {
		said = said[:i]
	}
	if said != "" {
		return said
	}
	return errors.Join(errs...).Error()
}

// capped drops what is written beyond a number of bytes.
type capped struct {
	w    io.Writer
	left int
}

func (c *capped) Write(p []byte) (int, error) {
	n := min(c.left, len(p))
	c.left -= n
	if _, err := c.w.Write(p[:n]); err != nil {
		return 0, err
	}
	return len(p), nil
}

// layOut makes a document's content of its pages of words.
func layOut(doc document, pages []page) *content {
	c := &content{format: "PDF", title: doc.Title, date: doc.Date, pages: len(pages)}
	lines := make([][]line, len(pages))
	heights := make([]float32, len(pages))
	var pictures, unreadable, twoColumns, slant []string
	c.labels = labels(pages)
	for i, p := range pages {
		heights[i] = p.Height
		name := pageName(c.labels, i+1)
		zs, columns := zones(bands(p.Words), p.Width)
		for n, z := range zs {
			ls, tables := z.lines(n)
			lines[i] = append(lines[i], ls...)
			c.tables += tables
		}
		if p.Unreadable > 0 {
			unreadable = append(unreadable, name)
		}
		if columns {
			twoColumns = append(twoColumns, name)
		}
		if p.Slanted > 0 {
			slant = append(slant, name)
		}
	}
	c.drops = dropRunning(lines, heights)
	m := measureOf(lines)
	h := newHeadings(lines, m, doc.Outline)
	for i := range lines {
		if len(lines[i]) == 0 && pages[i].Pictures > 0 {
			pictures = append(pictures, pageName(c.labels, i+1))
		}
		c.blocks = append(c.blocks, m.blocks(lines[i], h, i+1)...)
	}
	c.doubts.pages("%s is only a picture: its words cannot be searched or cited until it goes through text recognition (OCR)", "%s are only pictures: their words cannot be searched or cited until they go through text recognition (OCR)", pictures)
	c.doubts.pages("%s holds glyphs that name no letter, shown as \ufffd: compare it with the paper before quoting", "%s hold glyphs that name no letter, shown as \ufffd: compare them with the paper before quoting", unreadable)
	c.doubts.pages("%s was read as two columns", "%s were read as two columns", twoColumns)
	c.doubts.pages("%s has words at an angle (a watermark, a margin), left out", "%s have words at an angle (a watermark, a margin), left out", slant)
	return c
}

// labels are the names that a PDF gives its pages, or nil where it gives
// none that tell them apart.
func labels(pages []page) []string {
	var out []string
	seen := map[string]bool{}
	plain := true
	for _, p := range pages {
		if !pageLabel.MatchString(p.Label) || seen[p.Label] {
			return nil
		}
		seen[p.Label] = true
		plain = plain && p.Label == fmt.Sprint(p.Number)
		out = append(out, p.Label)
	}
	if plain {
		return nil
	}
	return out
}
