package phi

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/everycategory/advocate/bot/phi/phitest"
)

// What the gate replaced, and a careless hand put back into the words that are
// to be sent, is found by the second scan in the bytes that would leave:
// plain, as JSON, decomposed, in the other case.
func TestScanFindsWhatSlips(t *testing.T) {
	t.Parallel()
	g := gate(t)
	type tally struct{ n, found int }
	tallies := map[string]*tally{}
	for _, canary := range phitest.Canaries(31, canaryCount/4) {
		c := g.NewCase(Note)
		out, found := c.Redact(canary.Text, Outside)
		if !slices.ContainsFunc(found, func(f Finding) bool { return f.Sure }) {
			continue // the second scan looks for what is sure
		}
		quoted, err := json.Marshal(map[string]string{"content": "Rewrite: " + canary.Text})
		if err != nil {
			t.Fatal(err)
		}
		s := tallies[canary.Class]
		if s == nil {
			s = &tally{}
			tallies[canary.Class] = s
		}
		for form, body := range map[string]string{
			"plain": canary.Text, "json": string(quoted), "nfd": norm.NFD.String(canary.Text), "lower": strings.ToLower(canary.Text), "upper": strings.ToUpper(canary.Text),
		} {
			s.n++
			if len(c.Scan([]byte(body))) > 0 {
				s.found++
			} else if s.n-s.found < 3 {
				t.Logf("%s, %s: %q is let through", canary.Class, form, body)
			}
		}
		if again := c.Scan([]byte(fmt.Sprintf("{%q: %q}", "content", out))); len(again) > 0 {
			t.Errorf("%s: what the gate let through is stopped: %+v in %q", canary.Class, again, out)
		}
	}
	n, found := 0, 0
	for class, s := range tallies {
		t.Logf("%-12s %6d, found %.4f", class, s.n, ratio(s.found, s.n))
		n, found = n+s.n, found+s.found
	}
	t.Logf("together     %6d, found %.5f", n, ratio(found, n))
	if ratio(found, n) < scanBar {
		t.Errorf("the second scan finds %.5f, want at least %.5f", ratio(found, n), scanBar)
	}
}

const scanBar = 0.999 // an employer named by one ordinary word is not sought
