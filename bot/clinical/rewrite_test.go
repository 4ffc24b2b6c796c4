package clinical_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot/clinical"
)

func writer(t testing.TB) *clinical.Writer {
	t.Helper()
	w, err := clinical.NewWriter(os.DirFS("../../corpus/library"))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func elements(r clinical.Rewrite) []string {
	var out []string
	for _, m := range r.Missing {
		out = append(out, m.Element)
	}
	return out
}

func TestRewrite(t *testing.T) {
	t.Parallel()
	w := writer(t)
	r := w.Rewrite("c/o LBP 6/10 x 3 wks, worse w/ sitting. TTP b/l QL. MFR to QL x 30 min. Pain 3/10 after tx. Make it 60 minutes.", clinical.Options{})
	if want := "Reports low back pain 6/10 for 3 weeks, worse with sitting."; r.SOAP.Subjective != want {
		t.Errorf("subjective: %q", r.SOAP.Subjective)
	}
	if want := "Myofascial release to quadratus lumborum for 30 min."; r.SOAP.Plan != want {
		t.Errorf("plan: %q", r.SOAP.Plan)
	}
	if strings.Contains(r.Text, "60") || len(r.Warnings) != 1 {
		t.Errorf("the aside: %q, %v", r.Text, r.Warnings)
	}
	for _, e := range []string{"outcome_measure", "goals", "consent", "referral"} {
		if !slices.Contains(elements(r), e) || !strings.Contains(r.Text, "[not documented: "+strings.ReplaceAll(e, "_", " ")+"]") {
			t.Errorf("%s is not missed: %v", e, elements(r))
		}
	}
	for _, e := range []string{"pain_score", "minutes", "techniques", "onset", "functional_limitation"} {
		if slices.Contains(elements(r), e) {
			t.Errorf("%s is missed", e)
		}
	}
	points := []rune(r.Text)
	for _, f := range r.Facts {
		if string(points[f.Start:f.End]) != f.Text {
			t.Errorf("fact %q stands not at %d", f.Text, f.Start)
		}
	}
}

// TestRelaxationStaysRelaxation: nothing that makes a claim is asked of it.
func TestRelaxationStaysRelaxation(t *testing.T) {
	t.Parallel()
	r := writer(t).Rewrite("Relaxation massage 60 min. Client slept well.", clinical.Options{})
	if !strings.Contains(r.Text, "Relaxation massage 60 min.") {
		t.Errorf("%q", r.Text)
	}
	if want := []string{"consent"}; !slices.Equal(elements(r), want) {
		t.Errorf("missing %v, want %v", elements(r), want)
	}
}

// TestReplace: of what is proposed only sentences with the same facts are
// taken; the others stay the composer's.
func TestReplace(t *testing.T) {
	t.Parallel()
	w := writer(t)
	r := w.Rewrite("S: c/o LBP 6/10.\nP: MFR to QL x 30 min.", clinical.Options{})
	next, errs := w.Replace(r, []string{"The patient reports low back pain of 6/10.", "Myofascial release to the quadratus lumborum for 60 minutes."})
	if next.SOAP.Subjective != "The patient reports low back pain of 6/10." || errs[0] != nil {
		t.Errorf("%q: %v", next.SOAP.Subjective, errs[0])
	}
	if next.SOAP.Plan != r.SOAP.Plan || !errors.Is(errs[1], clinical.ErrFacts) {
		t.Errorf("%q: %v", next.SOAP.Plan, errs[1])
	}
	if _, errs := w.Replace(r, nil); len(errs) != 2 {
		t.Errorf("%d errors for 2 sentences", len(errs))
	}
}

// TestNotesKeepTheirFacts: the ledger of what comes out, read anew, is that
// of what went in, and a second rewriting adds nothing.
func TestNotesKeepTheirFacts(t *testing.T) {
	t.Parallel()
	x, w, rd := lexicon(t), writer(t), reader(t)
	rnd := rand.New(rand.NewPCG(42, 8))
	for range generatedNotes {
		var lines []string
		for _, h := range []string{"S: ", "O: ", "A: ", "P: "} {
			for range 1 + rnd.IntN(3) {
				lines = append(lines, h+drawVisit(rnd).put(patterns[rnd.IntN(len(patterns))][0], 0))
			}
		}
		note := strings.Join(lines, "\n")
		in, _ := rd.Read(note)
		r := w.Rewrite(note, clinical.Options{})
		out, _ := rd.Read(r.Text)
		lost, added := clinical.Diff(x.Ledger(in.Sentences), x.Ledger(out.Sentences))
		if len(lost)+len(added) > 0 {
			t.Fatalf("%s\n%s\nlost %v, added %v", note, r.Text, lost, added)
		}
		if again := w.Rewrite(r.Text, clinical.Options{}); again.SOAP != r.SOAP {
			t.Fatalf("%s\nbecomes\n%s", r.Text, again.Text)
		}
	}
}

// TestAddendum: a signed note gets an addition with both dates; a date that is
// not known is said to be not documented.
func TestAddendum(t *testing.T) {
	t.Parallel()
	w := writer(t)
	const note = "S: c/o LBP 6/10."
	r := w.Rewrite(note, clinical.Options{Signed: true, On: "2026-11-20", Today: "2026-11-27"})
	if first, _, _ := strings.Cut(r.Text, "\n"); first != "Addendum, entered 2026-11-27, to the note of 2026-11-20" {
		t.Errorf("it begins with %q", first)
	}
	if again, _ := w.Replace(r, []string{""}); again.Text != r.Text {
		t.Errorf("replaced, it reads\n%s", again.Text)
	}
	if r := w.Rewrite(note, clinical.Options{Signed: true}); !strings.Contains(r.Text, "[not documented: date of service]") {
		t.Errorf("without dates:\n%s", r.Text)
	}
	if r := w.Rewrite(note, clinical.Options{On: "2026-11-20"}); strings.Contains(r.Text, "2026") || strings.Contains(r.Text, "Addendum") {
		t.Errorf("a note that is not signed:\n%s", r.Text)
	}
}
