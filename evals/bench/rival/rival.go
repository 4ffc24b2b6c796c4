// Package rival is what the small rival programs share.
package rival

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// PeakWord begins the line that Peak writes.
const PeakWord = "peak kB:"

// Peak writes the most memory that this process had, as Linux says it. What
// the parent is told of a child that ended includes the parent's own.
func Peak(w io.Writer) {
	data, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return // elsewhere there is no figure
	}
	for line := range strings.Lines(string(data)) {
		if value, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			fmt.Fprintln(w, PeakWord, strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")))
		}
	}
}
