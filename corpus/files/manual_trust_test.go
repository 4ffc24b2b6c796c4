//go:build trust

package files

import (
	"fmt"
	"testing"
)

// TestManuals reads twenty manuals, each with other words at other places.
func TestManuals(t *testing.T) {
	t.Parallel()
	for pages := 61; pages <= 251; pages += 10 {
		t.Run(fmt.Sprint(pages), func(t *testing.T) {
			m := fullManual(pages)
			s, _, err := readBytes(t, "manual.pdf", m.bytes())
			if err != nil {
				t.Fatal(err)
			}
			checkSheets(t, s, m.sheets)
		})
	}
}
