package clinical_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot/clinical"
)

// visitNote is a note made of all patterns, with a day before it.
func visitNote(v visit, day int) string {
	var lines []string
	for _, p := range patterns {
		lines = append(lines, v.put(p[0], 0))
	}
	return fmt.Sprintf("Visit of 10/%d/2026\n%s", day, strings.Join(lines, "\n"))
}

// TestClones: a note that is the last one with another day, or another dose as
// well, is told to be a copy; a second visit of the same person, by the same hand
// and with other facts, is not.
func TestClones(t *testing.T) {
	t.Parallel()
	w := writer(t)
	rnd := rand.New(rand.NewPCG(7, 5))
	cloned := func(text, previous string) bool {
		return slices.ContainsFunc(w.Rewrite(text, clinical.Options{Previous: previous}).Checks, func(k clinical.Check) bool { return k.Rule == "cloned" })
	}
	missed, wrong := 0, 0
	for range clones {
		v := drawVisit(rnd)
		first := visitNote(v, 1+rnd.IntN(14))
		copied := visitNote(v, 15+rnd.IntN(14))
		if rnd.IntN(2) == 0 {
			copied = strings.Replace(copied, v["mg"]+" mg daily", "800 mg daily", 1)
		}
		if !cloned(copied, first) {
			missed++
		}
		second := drawVisit(rnd)
		second["site"], second["side"], second["cond"], second["med"], second["code"] = v["site"], v["side"], v["cond"], v["med"], v["code"]
		if cloned(visitNote(second, 15+rnd.IntN(14)), first) {
			wrong++
		}
	}
	t.Logf("seed 7: %d of %d copies are not told, %d of %d second visits are", missed, clones, wrong, clones)
	if missed > 0 || 100*wrong > clones {
		t.Errorf("%d copies missed, %d visits told to be copies", missed, wrong)
	}
}
