package phi

import (
	"crypto/sha256"
	"fmt"
	"os"
	"testing"
	"strings"
	"unicode/utf8"
)

func TestZZLeaks(t *testing.T) {
	g := gate(t)
	f, _ := os.Create("/tmp/phi-leaks.txt")
	defer f.Close()
	for _, l := range readDataset(t) {
		h := sha256.Sum256([]byte(fmt.Sprint(l.Template)))
		if h[0]&1 == 1 {
			continue
		}
		switch os.Getenv("ZZ") {
		case "lower":
			if x := strings.ToLower(l.Text); utf8.RuneCountInString(x) == utf8.RuneCountInString(l.Text) { l.Text = x } else { continue }
		case "upper":
			if x := strings.ToUpper(l.Text); utf8.RuneCountInString(x) == utf8.RuneCountInString(l.Text) { l.Text = x } else { continue }
		}
		c := g.NewCase(Note)
		out, found := c.Redact(l.Text, Outside)
		n := utf8.RuneCountInString(l.Text)
		cov := make([]bool, n+1)
		lab := make([]string, n+1)
		for _, x := range found {
			for i := x.Start; i < x.End; i++ {
				cov[i] = true
			}
		}
		for _, s := range l.Spans {
			for i := s.Start; i < s.End; i++ {
				lab[i] = s.Type
			}
		}
		for _, w := range split(l.Text) {
			if w.shape == mark {
				continue
			}
			i := utf8.RuneCountInString(l.Text[:w.start])
			if labelTypes[lab[i]] != nil && !cov[i] && !staying(lab[i], w.fold) {
				fmt.Fprintf(f, "%s\t%s\t%q\t%q\n", lab[i], l.Text[w.start:w.end], l.Text, out)
			}
		}
	}
}
