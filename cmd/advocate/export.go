package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/export"
)

// exports writes the documents of the web page as files.
type exports struct{}

func (exports) Export(w io.Writer, d *bot.Document, format string) error {
	return export.Write(w, d, export.Format(format))
}

func (exports) MediaType(format string) string { return export.Format(format).MediaType() }

// exportable says before any work is done whether a document can be written
// to file.
func exportable(file string) error {
	if file == "" {
		return nil
	}
	if _, err := export.FormatOf(file); err != nil {
		return usage("%w", err)
	}
	return nil
}

// export writes a document to a file, and says so. Where there is none, or it
// cannot be written whole, a file of that name stays as it was.
func (a *app) export(file string, d *bot.Document) error {
	if file == "" {
		return nil
	}
	if d == nil {
		fmt.Fprintf(a.err, "advocate: there is no letter, so %s was not written\n", file)
		return nil
	}
	f, err := export.FormatOf(file)
	if err != nil {
		return usage("%w", err)
	}
	var b bytes.Buffer
	if err := export.Write(&b, d, f); err != nil {
		return failed(err)
	}
	if err := writeWhole(file, b.Bytes()); err != nil {
		return failed(err)
	}
	fmt.Fprintf(a.err, "advocate: wrote %s\n", file)
	return nil
}

// writeWhole writes a file by rename, for its owner alone: a letter names
// people.
func writeWhole(file string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(file), ".advocate-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // it is gone where it was renamed
	_, err = f.Write(data)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}
