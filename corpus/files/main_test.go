package files

import (
	"context"
	"fmt"
	"os"
	"testing"
)

// TestMain lets the test binary be the PDF worker.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "pdf-worker" {
		if err := PDFWorker(context.Background(), os.Stdin, os.Stdout, os.Args[2]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}
