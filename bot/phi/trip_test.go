package phi

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/everycategory/advocate/bot/phi/phitest"
)

// shreds are pieces that random messages are made of.
var shreds = []string{
	"Maria Lopez", "Ms. Lopez", "Maria's", "M.L.", "LOPEZ, MARIA", "María López", "[PATIENT_1]", "[patient 1]", "PATIENT_1", "[PERSON_2.2]", "[DATE_2 = DATE_1 + 14 days]",
	"\\[PATIENT\\_1\\]", "\\", "[", "]", "_1", "PATIENT", "DATE_", "3/14/2024", "March 14, 2024", "02/28/24", "206-555-0143", "(206) 555-0143", "SSN 512-34-5678", "claim # 2024-001",
	"pt maria", "Dr. Patel", "Zbigniew", "zbigniew", "RCW 48.43.045", "97124", "pain 6/10", ".", ", ", "\n", "\r\n", "\t", "'s", "’s", "é", "e\u0301", "\xff", "\xc3", "\x00", "\u2028", "-", "–",
	"1234 Oak St, Seattle, WA 98101", "maria@example.com", "https://example.com/x?y=[PATIENT_1]", "I", "the", "and", "was seen", "92 y/o", "=", "+ 3 days]", "“", "\"", "1", "A1B2C3", "x", "ß", "中文", "🙂",
}

func message(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(14) {
		b.WriteString(shreds[r.IntN(len(shreds))])
		if r.IntN(3) > 0 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

var maria = Declared{Role: Patient, Value: "Maria Lopez"}

// checkTrip checks what must hold of any text.
func checkTrip(g *Gate, kind Kind, text string) error {
	for _, to := range []Destination{Outside, Owner} {
		c := g.NewCase(kind, maria)
		out, found := c.Redact(text, to)
		if back, _ := c.Restore(out); back != text {
			return fmt.Errorf("destination %d: %q became %q and came back as %q", to, text, out, back)
		}
		end, runes := 0, utf8.RuneCountInString(text)
		for _, f := range found {
			if f.Start < end || f.End <= f.Start || f.End > runes {
				return fmt.Errorf("%q: finding %d to %d of %d, after %d", text, f.Start, f.End, runes, end)
			}
			end = f.End
		}
	}
	return nil
}

// A million messages come back as they were, also where a model's answer is
// split in two at any byte, and nothing of one comes back in another's case.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	g := gate(t)
	const parts = 10
	for part := range uint64(parts) {
		t.Run(fmt.Sprint("part ", part), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(3, part))
			trips, splits := 0, 0
			for range tripCount / parts {
				text, kind := message(r), Kind(r.IntN(4))
				if err := checkTrip(g, kind, text); err != nil {
					t.Fatal(err)
				}
				n, err := checkSplits(g, kind, text)
				if err != nil {
					t.Fatal(err)
				}
				trips, splits = trips+1, splits+n
			}
			t.Logf("%d round trips to either destination, %d streams in two pieces", trips, splits)
		})
	}
}

// checkSplits restores what went outside from a stream split at each byte, and
// with the case of somebody else.
func checkSplits(g *Gate, kind Kind, text string) (int, error) {
	c, other := g.NewCase(kind, maria), g.NewCase(kind, hers)
	out, found := c.Redact(text, Outside)
	if len(found) == 0 {
		return 0, nil
	}
	var got strings.Builder
	for at := range len(out) + 1 {
		got.Reset()
		w := c.Restorer(&got)
		for _, piece := range []string{out[:at], out[at:]} {
			if _, err := io.WriteString(w, piece); err != nil {
				return 0, err
			}
		}
		if err := w.Close(); err != nil {
			return 0, err
		}
		if got.String() != text {
			return 0, fmt.Errorf("%q, split at %d, came back as %q, want %q", out, at, got.String(), text)
		}
	}
	other.Redact(her, Outside)
	theirs, report := other.Restore(out)
	for word := range strings.FieldsSeq("Maria María Lopez López 206-555-0143 512-34-5678 Patel Zbigniew") {
		if strings.Count(theirs, word) > strings.Count(out, word) {
			return 0, fmt.Errorf("%q came back in another case as %q: %+v", out, theirs, report)
		}
	}
	return len(out) + 1, nil
}

// hers is another patient, and her is her message.
var hers = Declared{Role: Patient, Value: "Quilla Brandvold"}

const her = "Quilla Brandvold, DOB 1/2/1955, saw Dr. Anneke Vroom and called 509-555-0177 on 5/6/2023."

// One case restores nothing of another one, and nothing it did not issue.
func TestNoForeignRestores(t *testing.T) {
	t.Parallel()
	g := gate(t)
	r := rand.New(rand.NewPCG(4, 4))
	canaries := phitest.Canaries(9, 400)
	tokens := 0
	for k := range 10_000 / 10 {
		mine, other := canaries[r.IntN(len(canaries))], canaries[r.IntN(len(canaries))]
		a, b := g.NewCase(Note), g.NewCase(Note)
		a.Redact(mine.Text, Outside)
		hers, _ := b.Redact(other.Text, Outside)
		for range 10 {
			tokens += 4
			invented := fmt.Sprintf("%s [PATIENT_%d] [CLAIM_NO_%d.%d] PERSON_%d", hers, 7+r.IntN(90), 7+r.IntN(9), r.IntN(9), 9+r.IntN(9))
			out, _ := a.Restore(invented)
			if len(other.Value) > 4 && mine.Value != other.Value && strings.Contains(out, other.Value) {
				t.Fatalf("%d: %q restored to %q", k, invented, out)
			}
			if tail := invented[len(hers):]; !strings.HasSuffix(out, tail) {
				t.Fatalf("%q restored to %q", invented, out)
			}
		}
	}
	t.Logf("%d invented placeholders in 10,000 answers beside those of another case", tokens)
}

func TestStream(t *testing.T) {
	t.Parallel()
	g := gate(t)
	r := rand.New(rand.NewPCG(5, 5))
	for range 300 {
		c := g.NewCase(Note, maria)
		text := ""
		for range 1 + r.IntN(30) {
			text += message(r)
		}
		redacted, _ := c.Redact(text, Outside)
		want, _ := c.Restore(redacted)
		for step := 1; step < 200; step += 1 + r.IntN(40) {
			var out bytes.Buffer
			w := c.Restorer(&out)
			for s := redacted; s != ""; {
				n := min(step, len(s))
				if _, err := w.Write([]byte(s[:n])); err != nil {
					t.Fatal(err)
				}
				s = s[n:]
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			if out.String() != want {
				t.Fatalf("in steps of %d:\n%q\n%q", step, out.String(), want)
			}
		}
	}
	split := "Pt [PATIENT_1] agrees"
	for at := range len(split) {
		c := g.NewCase(Note, maria)
		c.Redact("Maria Lopez", Outside)
		var out bytes.Buffer
		w := c.Restorer(&out)
		w.Write([]byte(split[:at])) //nolint:errcheck // a buffer does not fail
		w.Write([]byte(split[at:])) //nolint:errcheck
		if err := w.Close(); err != nil || out.String() != "Pt Maria Lopez agrees" {
			t.Errorf("split at %d: %q, %v", at, out.String(), err)
		}
	}
}

func FuzzRoundTrip(f *testing.F) {
	r := rand.New(rand.NewPCG(6, 6))
	for range 40 {
		f.Add(message(r), int(r.IntN(4)))
	}
	for _, c := range phitest.Canaries(2, 60) {
		f.Add(c.Text, 0)
	}
	g := gate(f)
	f.Fuzz(func(t *testing.T, text string, kind int) {
		if err := checkTrip(g, Kind(kind&3), text); err != nil {
			t.Fatal(err)
		}
		if len(text) < 100 {
			if _, err := checkSplits(g, Kind(kind&3), text); err != nil {
				t.Fatal(err)
			}
		}
		g.Scan([]byte(text))
	})
}
