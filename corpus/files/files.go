// Package files reads a document that somebody owns (PDF, DOCX, EPUB, HTML,
// Markdown, text, CSV) into a corpus.Source: its own words, cut at its
// headings and pages, each passage with a pinpoint that can be cited. What it
// is not sure of it says. Bad files are refused with a reason, in bounded
// time and memory.
package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/everycategory/advocate/corpus"
)

// Limits of what is read. A file beyond one of them is refused, never cut.
const (
	MaxFile  = 200 << 20       // bytes of a file
	MaxText  = 20 << 20        // bytes of the words in it
	MaxPages = 5000            // of a PDF
	MaxTime  = 5 * time.Minute // for one file
)

// Options say how a document is taken in. The zero value reads it for its
// owner alone, without PDF.
type Options struct {
	Licence      string // "public", "private" or "quote:N"; "" is private
	Scope        string // whose it is; required
	Jurisdiction string // two capitals, or "any", which "" is
	Title        string // "": the document's own, else its first heading, else the file's name
	ID           string // "": made of the file's name
	// PDFWorker is the command whose process is PDFWorker with standard
	// input and output: PDF files are refused without one.
	PDFWorker []string
	// Progress is told how many pages of how many a PDF is read to.
	Progress func(done, of int)
	Now      time.Time     // dates a document that has no date and no file time
	Timeout  time.Duration // for the file; 0 is MaxTime
}

// A Refused is the error of a file that is not read: the reason, for its
// owner.
type Refused struct{ Reason string }

func (r *Refused) Error() string { return r.Reason }

func refuse(format string, args ...any) error { return &Refused{fmt.Sprintf(format, args...)} }

// Read reads the file called name. The error is a *Refused where the file is
// at fault. The report comes with a nil error only.
func Read(ctx context.Context, name string, opts Options) (*corpus.Source, *Report, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, fmt.Errorf("files: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, nil, fmt.Errorf("files: %w", err)
	case !info.Mode().IsRegular():
		return nil, nil, refuse("it is no file")
	case info.Size() > MaxFile:
		return nil, nil, refuse("it has %d MB; at most %d MB are read", info.Size()>>20, MaxFile>>20)
	case info.Size() == 0:
		return nil, nil, refuse("it is empty")
	}
	limit := MaxTime
	if opts.Timeout > 0 {
		limit = opts.Timeout
	}
	timed, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	c, err := read(timed, f, info.Size(), opts)
	if err != nil {
		if timed.Err() != nil && ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
			err = refuse("reading it takes longer than %s", limit)
		}
		return nil, nil, err
	}
	sum, err := Hash(ctx, f)
	if err != nil {
		return nil, nil, err
	}
	return build(c, origin{name: filepath.Base(name), size: info.Size(), modified: info.ModTime(), hash: sum}, opts)
}

// Hash is the SHA-256 of a file, in hex, from its beginning.
func Hash(ctx context.Context, f io.ReadSeeker) (string, error) {
	h := sha256.New()
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", fmt.Errorf("files: %w", err)
	}
	if _, err := io.Copy(h, &stoppable{ctx, f}); err != nil {
		return "", fmt.Errorf("files: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// stoppable is a reader that ends with its context.
type stoppable struct {
	ctx context.Context
	r   io.Reader
}

func (s *stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}

// read sniffs what f is and has it read.
func read(ctx context.Context, f *os.File, size int64, opts Options) (*content, error) {
	kind, err := sniff(f, size)
	if err != nil {
		return nil, err
	}
	var c *content
	switch kind {
	case isPDF:
		c, err = readPDF(ctx, f, opts)
	case isDOCX:
		c, err = readDOCX(ctx, f, size)
	case isEPUB:
		c, err = readEPUB(ctx, f, size)
	default:
		c, err = readTextual(ctx, f, size, kind)
	}
	if err != nil {
		return nil, err
	}
	total := 0
	for _, b := range c.blocks {
		if total += len(b.text); total > MaxText {
			return nil, refuse("it holds more than %d MB of text", MaxText>>20)
		}
	}
	return c, nil
}
