package files

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path"
	"strings"
)

// Limits of an archive, which a DOCX and an EPUB are.
const (
	maxEntries = 5_000
	maxEntry   = 64 << 20  // bytes of one part, unpacked
	maxUnpack  = 128 << 20 // bytes of all parts that are read, unpacked
	maxRatio   = 250       // unpacked to packed, of a part beyond a megabyte
)

// An archive reads parts of a zip file and counts what it unpacks.
type archive struct {
	ctx    context.Context
	parts  map[string]*zip.File
	unpack int64
}

// openZip reads the directory of a zip file.
func openZip(ctx context.Context, r io.ReaderAt, size int64) (*archive, error) {
	if n, err := countEntries(ctx, io.NewSectionReader(r, 0, size)); err != nil {
		return nil, err
	} else if n > maxEntries {
		return nil, refuse("it is an archive of more than %d parts", maxEntries)
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, refuse("it is damaged or cut short: its archive has no directory")
	}
	a := &archive{ctx: ctx, parts: map[string]*zip.File{}}
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, refuse("it is encrypted: save a copy without the password first")
		}
		if a.parts[f.Name] == nil {
			a.parts[f.Name] = f
		}
	}
	return a, nil
}

// countEntries counts the marks of directory entries, before anything is
// allocated for them.
func countEntries(ctx context.Context, r io.Reader) (int, error) {
	mark := []byte("PK\x01\x02")
	buf := make([]byte, 1<<20)
	kept, n := 0, 0
	for {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		k, err := r.Read(buf[kept:])
		all := buf[:kept+k]
		n += bytes.Count(all, mark)
		kept = copy(buf, all[max(0, len(all)-len(mark)+1):])
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return 0, err
		}
	}
}

// read unpacks one part. A part that is not there is nil.
func (a *archive) read(name string) ([]byte, error) {
	f := a.parts[name]
	if f == nil {
		return nil, nil
	}
	if f.UncompressedSize64 > maxEntry || f.UncompressedSize64 > 1<<20 && f.UncompressedSize64 > maxRatio*max(f.CompressedSize64, 1) {
		return nil, refuse("%s in it unpacks to far more than it should: that is how archives are made to fill a computer", path.Base(name))
	}
	r, err := f.Open()
	if err != nil {
		return nil, refuse("%s in it cannot be unpacked: it is damaged", path.Base(name))
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(&stoppable{a.ctx, r}, maxEntry+1))
	a.unpack += int64(len(data))
	switch {
	case a.ctx.Err() != nil:
		return nil, a.ctx.Err()
	case len(data) > maxEntry || a.unpack > maxUnpack:
		return nil, refuse("it unpacks to more than %d MB", maxUnpack>>20)
	case err != nil:
		return nil, refuse("%s in it cannot be unpacked: it is damaged or cut short", path.Base(name))
	}
	return data, nil
}

// sniffZip says which document an archive is.
func sniffZip(f *os.File, size int64) (fileKind, error) {
	a, err := openZip(context.Background(), f, size)
	if err != nil {
		return 0, err
	}
	switch {
	case a.parts["word/document.xml"] != nil:
		return isDOCX, nil
	case a.parts["META-INF/container.xml"] != nil:
		return isEPUB, nil
	case a.parts["xl/workbook.xml"] != nil:
		return 0, refuse("it is an Excel workbook: save each sheet as CSV")
	case a.parts["ppt/presentation.xml"] != nil:
		return 0, refuse("it is a PowerPoint file: save it as PDF")
	case a.parts["content.xml"] != nil:
		return 0, refuse("it is an OpenDocument file: save it as DOCX or PDF")
	}
	return 0, refuse("it is an archive (%s): unpack it and add the documents in it", strings.TrimPrefix(path.Ext(f.Name()), "."))
}
