package official_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/everycategory/advocate/corpus/official"
)

func TestDbg(t *testing.T) {
	defer func() { t.Log("done") }()
	names, _ := filepath.Glob(os.Getenv("TEST_OFFICIAL") + "/*.txt")
	for _, n := range names {
		b, _ := os.ReadFile(n)
		url := string(b)
		for i, c := range url {
			if c == '\n' {
				url = url[:i]
				break
			}
		}
		got, err := official.Parse(official.Page{URL: url, Body: b, Captured: "2025-07-31"})
		fmt.Println(filepath.Base(n), err)
		for _, g := range got {
			c := g.Source.Capture
			fmt.Println("   ", g.Source.Cite, g.Source.Title, "eff", c.Effective, "newest", g.Newest, g.DatedElsewhere, g.Stated, len(c.Notes))
			for _, p := range g.Source.Passages {
				fmt.Print(p.Pin, " ")
			}
			fmt.Println()
		}
	}
}
