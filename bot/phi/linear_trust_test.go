//go:build trust

package phi

import (
	"os"
	"strings"
	"testing"
	"time"
)

// The time a text takes grows with its length, not faster.
func TestLongTextsAreLinear(t *testing.T) {
	g := gate(t)
	note, err := os.ReadFile("testdata/redact.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for name, piece := range map[string]string{
		"notes": string(note), "one word": "Zq", "digits": "1", "dots": "a.b-", "brackets": "[PATIENT_", "names": "Abc Def ", "quotes": "'", "numbers": "123-45 ", "at": "a@", "commas": "Zbigniew, ",
	} {
		took := func(n int) time.Duration {
			text := strings.Repeat(piece, n/len(piece)+1)[:n]
			best := time.Hour
			for range 2 {
				start := time.Now()
				c := g.NewCase(Note, maria)
				out, _ := c.Redact(text, Outside)
				if back, _ := c.Restore(out); back != text {
					t.Errorf("%s: came back changed", name)
				}
				best = min(best, time.Since(start))
			}
			return best
		}
		short, long := took(longText/8), took(longText)
		t.Logf("%-9s %d KB %v, an eighth of it %v", name, longText>>10, long.Round(time.Millisecond), short.Round(time.Millisecond))
		if long > 24*short+200*time.Millisecond {
			t.Errorf("%s: %d KB took %v, an eighth of it %v", name, longText>>10, long, short)
		}
	}
}
