package embed

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/library"
	"github.com/everycategory/advocate/retrieval"
)

func static(t testing.TB) *Static {
	t.Helper()
	s, err := NewStatic()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func cosine(a, b []float32) (sum float64) {
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

// TestFindsWhatIsMeant: questions in words that no source lists are nearest to
// a question of the source that answers them.
func TestFindsWhatIsMeant(t *testing.T) {
	t.Parallel()
	catalog, err := corpus.Load(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	asks := retrieval.NewAsks(static(t), catalog.Sources)
	for q, want := range map[string]string{
		"Do I need the patient's signature to appeal?":              "appeal-steps",
		"Do the first six visits apply if I'm out of network?":      "correction-six-out-of-network",
		"Does 2706 apply to Medicare?":                              "correction-medicare-2706",
		"Does 2706 mean they must accept any provider?":             "correction-willing-provider-2706",
		"Does PIP apply if I was a passenger?":                      "rcw-48.22.005",
		"What if I make a mistake in the chart?":                    "correction-late-note",
		"Can we copy Washington's law word for word?":               "other-states-law",
		"Can Cigna refuse massage by an LMT but pay a chiropractor": "provider-not-eligible",
		"How many people use massage when it's covered?":            "lafferty-2006",
		"They won't give us the plan documents":                     "find-out-plan-type",
	} {
		near, err := asks.Nearest(t.Context(), q, 0.5)
		if err != nil || len(near) == 0 || near[0].Source.ID != want {
			t.Errorf("%q is nearest to %+v, %v, want %s", q, near[:min(2, len(near))], err, want)
		}
	}
}

// TestEmbed: vectors are of unit length and the same each time; case, marks
// above letters and space do not matter; a text of nothing known is zero.
func TestEmbed(t *testing.T) {
	t.Parallel()
	s := static(t)
	v, err := s.Embed(t.Context(), []string{"Any willing provider", "  any   WILLING próvider ", "any willing", "", "\xff\x00 ☃"})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(v[0], v[1]) || slices.Equal(v[0], v[2]) {
		t.Error("case, marks or space make another text, or a word fewer does not")
	}
	for i, want := range []float64{1, 1, 1, 0, 0} {
		if got := cosine(v[i], v[i]); math.Abs(got-want) > 1e-5 || len(v[i]) != s.Dim() {
			t.Errorf("%d: length %f of %d numbers, want %f", i, got, len(v[i]), want)
		}
	}
}

// TestTable: the table is small, its header is that of the script beside it,
// and a broken one is refused.
func TestTable(t *testing.T) {
	t.Parallel()
	if len(table) > 12<<20 {
		t.Errorf("the table has %d bytes", len(table))
	}
	line, _, _ := bytes.Cut(table, []byte("\n"))
	var head map[string]any
	if err := json.Unmarshal(line, &head); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"distill.py", "minilm.py"} {
		data, err := os.ReadFile("distill/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(data); head[name] != hex.EncodeToString(sum[:]) {
			t.Errorf("the table was not made by this %s: make it again, distill/README.md says how", name)
		}
	}
	for name, data := range map[string][]byte{"empty": nil, "no header": []byte("x\ny"), "cut": table[:len(table)-1], "cut in its units": table[:2000], "longer": append(slices.Clone(table), 0),
		"vast": []byte(`{"dim":256,"units":1048577}` + "\n")} {
		if _, err := newStatic(data); err == nil {
			t.Errorf("%s: it is read", name)
		}
	}
}

func FuzzInto(f *testing.F) {
	s := static(f)
	f.Add("any willing provider")
	f.Add("\xff é ☃ 97140-59")
	f.Fuzz(func(t *testing.T, text string) {
		dst := make([]float32, s.Dim())
		s.Into(dst, text)
		if n := cosine(dst, dst); math.IsNaN(n) || n > 1+1e-4 {
			t.Fatalf("%q: length %f", text, n)
		}
	})
}

func BenchmarkInto(b *testing.B) {
	s := static(b)
	dst := make([]float32, s.Dim())
	for b.Loop() {
		s.Into(dst, "they won't pay for my shoulder because I'm an LMT")
	}
}
