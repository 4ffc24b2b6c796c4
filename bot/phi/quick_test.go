package phi

import (
	"bufio"
	"fmt"
	"os"
	"testing"
)

func TestQuick(t *testing.T) {
	g, err := New()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(os.Getenv("QUICK"))
	if err != nil {
		t.Skip()
	}
	k := map[string]Kind{"q": Question, "l": Letter, "d": Draft}[os.Getenv("KIND")]
	s := bufio.NewScanner(f)
	for s.Scan() {
		c := g.NewCase(k, Declared{Role: Patient, Value: "Maria Lopez"})
		r, fs := c.Redact(s.Text(), Outside)
		back, _ := c.Restore(r)
		o, _ := g.NewCase(k, Declared{Role: Patient, Value: "Maria Lopez"}).Redact(s.Text(), Owner)
		fmt.Println(r)
		if o != r {
			fmt.Println("   OWNER", o)
		}
		for _, x := range fs {
			if !x.Sure {
				fmt.Printf("   unsure %s %q\n", x.Type, x.Text)
			}
		}
		if back != s.Text() {
			fmt.Println("   BROKEN", back)
		}
	}
}
