package phi

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestZZCtx(t *testing.T) {
	g := gate(t)
	f, _ := os.Create("/tmp/phi-ctx.txt")
	defer f.Close()
	ctx := map[string][]string{"ADDRESS": {"%s", "Address: %s", "I live at %s.", "My address is %s. Thanks.", "He moved from %s to Spokane last year.", "please deliver to: %s before noon", "Our store at %s closes early", "From: %s", "Where is %s?", "%s is where it happened", "Ship it to\n%s\nas soon as possible", "the accident happened in front of %s yesterday", "Bill to:\n%s\n\nInvoice 5", "She was born at %s in 1956", "Rent a car at %s for 3 days"},
		"PERSON": {"%s", "%s was here.", "I met %s at the shop.", "my name is %s", "%s's car", "Hi, this is %s speaking", "contact %s for details", "The owner is %s.", "from %s", "- %s\n- rest", "according to %s, it was late", "Author: %s", "%s and I went home", "do you know %s?", "thanks,\n%s"}}
	n, bad := map[string]int{}, map[string]int{}
	for _, l := range readDataset(t) {
		if l.half() != "open" {
			continue
		}
		for _, s := range l.Spans {
			for _, c := range ctx[s.Type] {
				text := fmt.Sprintf(c, s.Text)
				if os.Getenv("ZZ") == "lower" {
					text = strings.ToLower(text)
				}
				at := strings.Index(c, "%s")
				end := at + len(s.Text)
				if os.Getenv("ZZ") == "lower" {
					end = at + len(strings.ToLower(s.Text))
				}
				r := g.read(text, Note, Outside)
				r.layers(g.NewCase(Note))
				sp := r.merged()
				for i, w := range split(text) {
					_ = i
					if w.shape == mark || w.start < at || w.start >= end || staying(s.Type, w.fold) {
						continue
					}
					n[c]++
					hit := false
					for _, x := range sp {
						hit = hit || x.start <= w.start && w.start < x.end
					}
					if !hit {
						bad[c]++
						fmt.Fprintf(f, "%s\t%q\t%q\n", s.Type, w.fold, text)
					}
				}
			}
		}
	}
	for c := range n {
		t.Logf("%.4f %4d/%d %q", float64(bad[c])/float64(n[c]), bad[c], n[c], c)
	}
}
