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

// TestNear: what means nearly the same is nearer than what shares words.
func TestNear(t *testing.T) {
	t.Parallel()
	s := static(t)
	for _, c := range []struct{ asked, near, far string }{
		{"they won't pay for my shoulder", "the insurer denied the claim for shoulder treatment", "shoulder blades are part of the back"},
		{"the insurer wants its money back", "refund demand for visits already paid", "the insurer wants the records back"},
		{"how long do I have to appeal?", "deadline for filing an appeal", "how long is a massage session?"},
		{"panel closed to LMTs", "the network does not accept massage therapists", "the panel of judges was closed"},
	} {
		v, err := s.Embed(t.Context(), []string{c.asked, c.near, c.far})
		if err != nil {
			t.Fatal(err)
		}
		if near, far := cosine(v[0], v[1]), cosine(v[0], v[2]); near <= far {
			t.Errorf("%q: %.3f to %q, %.3f to %q", c.asked, near, c.near, far, c.far)
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

// TestNoAllocation: a question costs no memory.
func TestNoAllocation(t *testing.T) {
	s := static(t)
	dst := make([]float32, s.Dim())
	s.Into(dst, "can they refuse me because I'm an LMT, and what is 97140?")
	if n := testing.AllocsPerRun(100, func() { s.Into(dst, "can they refuse me because I'm an LMT, and what is 97140?") }); n > 0 {
		t.Errorf("%.1f allocations", n)
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
