package phi

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot/phi/phitest"
)

// At least 99.5 % of the terms stay on the way out, however a note writes them.
func TestTermsStay(t *testing.T) {
	t.Parallel()
	g := gate(t)
	single, combined := phitest.Terms()
	t.Logf("%d single terms, %d combinations", len(single), len(combined))
	if n := len(single) + len(combined); n < 5000 {
		t.Errorf("%d terms", n)
	}
	for _, style := range phitest.Styles() {
		for what, list := range map[string][]string{"single": single, "combined": combined} {
			kept := 0
			var lost []string
			for _, term := range list {
				text := style.Write(term)
				out, found := g.NewCase(Note).Redact(text, Outside)
				if out == text {
					kept++
				}
				for _, f := range found {
					if !slices.Contains(lost, f.Text) {
						lost = append(lost, f.Text)
					}
				}
			}
			t.Logf("%-12s %-8s kept %d of %d, %.4f", style.Name, what, kept, len(list), ratio(kept, len(list)))
			if ratio(kept, len(list)) < 0.995 {
				t.Errorf("%s, %s: %.4f stay, want .995; lost %q", style.Name, what, ratio(kept, len(list)), lost)
			}
		}
	}
}

// Words that are names elsewhere stay where they are words.
func TestHomographsStay(t *testing.T) {
	t.Parallel()
	g := gate(t)
	for _, kind := range []Kind{Note, Question, Letter, Draft} {
		for _, text := range []string{
			"Will it be covered? May I bill for it? Hope this helps. Mark the form as paid.", "Grace period ended. Rose to stand without pain. Art therapy is excluded.",
			"Bill the plan first. The bill was paid. Frank discussion of goals. Pat the skin dry.", "A penny saved. Sue the carrier? They may sue.",
			"Drew back from pressure. Wore jean jacket. The will to go on. It may help.", "pain may refer to the arm and will radiate", "hope to return to work, will march on", "Summer is hard. Dawn brings stiffness. Joy in movement. Faith in the process.",
			"The Bill passed the House. We mark progress. Client rose slowly and drew a breath.", "Virginia law and Georgia rules differ; in Washington it is covered. In 2022 and 2024.", "June visits may be billed. Is massage covered in Washington State by Premera?", "can they refuse me because I'm an LMT?",
			"Young patients heal. Long sessions help. Brown discoloration. Black ice. White coat. Green light. King size bed.", "She has a hunter's stance, a baker's hours and a walker for balance.",
			"THE PLAN WILL NOT PAY. YOU MAY APPEAL. MARK THE BOX. BILL THE PATIENT.", "Self care at home, price of care, case closed, good day, best effort",
		} {
			out, found := g.NewCase(kind).Redact(text, Outside)
			if kind == Note && strings.Contains(text, "June visits") {
				continue
			}
			if out != text {
				t.Errorf("kind %d: %q became %q: %+v", kind, text, out, found)
			}
		}
	}
}

// searched are the id, names and members' wordings in a file of the library: for the
// search, and sent to nobody.
var searched = regexp.MustCompile(`(?m)^(?:(?:id|names):.*\n|asks:.*\n(?:[ \t]+.*\n)*)`)

// The second scan stops nothing that the library says.
func TestScanPassesTheLibrary(t *testing.T) {
	t.Parallel()
	g := gate(t)
	n := 0
	err := filepath.WalkDir("../../corpus/library", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !(strings.HasSuffix(path, ".md") || strings.HasSuffix(path, ".yaml")) {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		n++
		for _, f := range g.Scan(searched.ReplaceAll(text, nil)) {
			t.Errorf("%s: %s %q", filepath.Base(path), f.Type, f.Text)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n < 50 {
		t.Errorf("read %d files of the library", n)
	}
}

// The library is prose about law in which nobody is a patient: few of its words
// are replaced, though it is read as a stranger's text, without its own titles.
func TestProseStays(t *testing.T) {
	t.Parallel()
	g := gate(t)
	words, lost := 0, 0
	shown := map[string]int{}
	err := filepath.WalkDir("../../corpus/library", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".md") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		_, body, _ := strings.Cut(strings.TrimPrefix(string(text), "---"), "\n---")
		for _, w := range split(body) {
			words += one(w.shape != mark)
		}
		_, found := g.NewCase(Question).Redact(body, Outside)
		for _, f := range found {
			for _, w := range split(f.Text) {
				lost += one(w.shape != mark)
			}
			shown[f.Text]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	most := slices.SortedFunc(maps.Keys(shown), func(a, b string) int { return shown[b] - shown[a] })
	t.Logf("%d of %d words of the library are replaced, %.4f; most often %q", lost, words, ratio(lost, words), most[:min(len(most), 60)])
	if ratio(lost, words) > proseBar {
		t.Errorf("%.4f of the words are replaced, want at most %.4f", ratio(lost, words), proseBar)
	}
}

// proseBar leaves room for a library that grows; 0.0135 was measured.
const proseBar = 0.02
