package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/corpus/files"
)

// pdfWorkerName is the hidden subcommand that a process of its own runs to
// read one PDF.
const pdfWorkerName = "pdf-worker"

// pdfWorker is the command of that process. The machine code that PDFium was
// compiled to is kept with the data, or in the user's own cache: never where
// somebody else could change it.
func (a *app) pdfWorker() ([]string, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("this program cannot find itself to read PDF files: %w", err)
	}
	cache := ""
	if dir := a.settings.data.value; dir != "" {
		cache = filepath.Join(dir, "pdfium")
	} else if dir, err := os.UserCacheDir(); err == nil {
		cache = filepath.Join(dir, "advocate", "pdfium")
	}
	return []string{self, pdfWorkerName, cache}, nil
}

func (a *app) pdfWorkerCmd() *cobra.Command {
	return &cobra.Command{
		Use:    pdfWorkerName + " CACHE",
		Hidden: true,
		Short:  "Read the PDF on standard input (used by 'corpus add')",
		Args:   cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			in, ok := a.in.(*os.File)
			if !ok {
				return failed(errors.New("standard input is no file"))
			}
			return failed(files.PDFWorker(c.Context(), in, a.out, args[0]))
		},
	}
}
