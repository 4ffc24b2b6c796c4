package phi

import (
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot/phi/phitest"
)

// leaks reports whether a word of the value that identifies still stands in
// the redacted text: one of four letters or digits, or of any length if the
// value has no longer one.
func leaks(g *Gate, redacted, value string) bool {
	const least = 3
	if v := alnum(value); len(v) > 4 && strings.Contains(alnum(redacted), v) && digits(v) > 0 {
		return true // also in groups of two: "04-82-94"
	}
	left := map[string]bool{}
	for _, w := range split(redacted) {
		left[w.fold] = true
	}
	for _, w := range split(value) {
		if w.shape == mark || len(w.fold) < least && len(value) > 4 {
			continue
		}
		if w.letters() && (g.known(w.fold) || g.cities[w.fold] != nil || states[w.fold]) {
			continue // "Apt", "Street": no one is known by them
		}
		if left[w.fold] {
			return true
		}
	}
	return false
}

// owed are the types that count as right for a class, where another type of
// the vocabulary is as good.
var owed = map[string][]Type{
	"zip":    {ZIP, Address},
	"mrn":    {MRN, MemberID, Other},
	"url":    {URL, Email},
	"device": {Device},
}

func TestCanaries(t *testing.T) {
	t.Parallel()
	g := gate(t)
	for class, n := range phitest.Forms() {
		if n < 40 {
			t.Errorf("%s has %d surface forms", class, n)
		}
	}
	type tally struct{ n, outside, owner, typed int }
	tallies := map[string]*tally{}
	shown := map[string]int{}
	for _, c := range phitest.Canaries(1, canaryCount) {
		s := tallies[c.Class]
		if s == nil {
			s = &tally{}
			tallies[c.Class] = s
		}
		s.n++
		cas := g.NewCase(Note)
		out, found := cas.Redact(c.Text, Outside)
		if back, _ := cas.Restore(out); back != c.Text {
			t.Errorf("%q came back as %q", c.Text, back)
		}
		if leaks(g, out, c.Value) {
			if shown[c.Class]++; shown[c.Class] < 4 {
				t.Errorf("%s form %d leaves: %q became %q", c.Class, c.Form, c.Text, out)
			}
		} else {
			s.outside++
		}
		own, _ := g.NewCase(Note).Redact(c.Text, Owner)
		if !leaks(g, own, c.Value) {
			s.owner++
		}
		want := append([]Type{Type(c.Class)}, owed[c.Class]...)
		if slices.ContainsFunc(found, func(f Finding) bool { return slices.Contains(want, f.Type) }) {
			s.typed++
		}
	}
	t.Logf("%-12s %6s %6s %9s %9s %9s", "class", "forms", "n", "outside", "owner", "as type")
	var names []string
	for c := range tallies {
		names = append(names, c)
	}
	slices.Sort(names)
	for _, c := range names {
		s := tallies[c]
		if ratio(s.owner, s.n) < 0.92 || ratio(s.typed, s.n) < 0.85 {
			t.Errorf("%s: owner %.4f, as type %.4f", c, ratio(s.owner, s.n), ratio(s.typed, s.n))
		}
		t.Logf("%-12s %6d %6d %9.5f %9.5f %9.5f", c, phitest.Forms()[c], s.n, ratio(s.outside, s.n), ratio(s.owner, s.n), ratio(s.typed, s.n))
	}
}

func TestNamesOnNoList(t *testing.T) {
	t.Parallel()
	g := gate(t)
	type tally struct{ n, hidden int }
	tallies := map[string]*tally{}
	skipped, n, hidden := 0, 0, 0
	for _, name := range phitest.Names(7, nameCount) {
		unseen := true
		for _, w := range split(name.Name) {
			if w.letters() && len(w.fold) > 3 && name.Style != "short" && (g.given[w.fold] || g.surnames[w.fold] || g.known(w.fold)) {
				unseen = false
			}
		}
		if !unseen {
			skipped++
			continue
		}
		out, _ := g.NewCase(Note).Redact(name.Text, Outside)
		s := tallies[name.Style]
		if s == nil {
			s = &tally{}
			tallies[name.Style] = s
		}
		s.n++
		n++
		if !strings.Contains(fold(out), fold(name.Name)) && !leaks(g, out, name.Name) {
			s.hidden++
			hidden++
		} else if s.n-s.hidden < 5 {
			t.Logf("%s: %q became %q", name.Style, name.Text, out)
		}
	}
	for style, s := range tallies {
		t.Logf("%-12s %6d names, recall %.5f", style, s.n, ratio(s.hidden, s.n))
	}
	t.Logf("together     %6d names, recall %.5f; %d left out because a word of them is on a list", n, ratio(hidden, n), skipped)
	if ratio(hidden, n) < 0.999 {
		t.Errorf("recall of names on no list is %.5f, want at least .999", ratio(hidden, n))
	}
}
