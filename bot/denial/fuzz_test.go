package denial

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// holds checks what every reading promises.
func holds(t *testing.T, text string, d Denial) {
	t.Helper()
	runes := []rune(text)
	place := func(what string, start, end int) {
		if start < 0 || start >= end || end > len(runes) {
			t.Fatalf("%s: no place in the text: %d to %d of %d", what, start, end, len(runes))
		}
	}
	seen := map[string]bool{}
	for _, o := range d.Objections {
		place(o.ID, o.Start, o.End)
		if want := strings.Join(strings.Fields(string(runes[o.Start:o.End])), " "); o.Quote != want || o.Quote == "" || o.Codes == nil || o.Title == "" || seen[o.ID] {
			t.Fatalf("%s: %+v: want the quotation %q, a title, codes, each once", o.ID, o, want)
		}
		seen[o.ID] = true
	}
	for _, c := range d.Codes {
		place(c.Code, c.Start, c.End)
	}
	for _, x := range d.Dates {
		place(string(x.Day), x.Start, x.End)
		if !x.Day.Valid() || len(x.Day) != len("2006-01-02") {
			t.Fatalf("%q is no day", x.Day)
		}
	}
	if d.Payer != "" && !strings.Contains(strings.Join(strings.Fields(text), " "), d.Payer) {
		t.Fatalf("the payer %q is not in the text", d.Payer)
	}
	out, err := json.Marshal(d)
	if err != nil || strings.Contains(string(out), "null") && !strings.Contains(text, "null") {
		t.Fatalf("%s: a list is nil (%v)", out, err)
	}
}

// FuzzRead looks for texts on which a reading breaks its promises, or takes
// long.
func FuzzRead(f *testing.F) {
	for _, l := range letters(f) {
		f.Add(l.text)
	}
	for _, s := range []string{"", "\x00", "\xff\xfe", "[", "[DATE_1", "CO", "CO-", "CO-50", "3/", "not", "|||", "\t\t\t", "• ", "Page 1", "ﬁ", "a\u00ad", "DOS 3/2/26", "M54.", "N1*", strings.Repeat("not ", 500)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		begin := time.Now()
		d := reader(t).Read(text, today)
		if took := time.Since(begin); took > 5*time.Second {
			t.Fatalf("%d bytes took %v", len(text), took)
		}
		if utf8.ValidString(text) {
			holds(t, text, d)
		}
	})
}

func TestReadingsHoldTheirPromises(t *testing.T) {
	t.Parallel()
	for _, l := range letters(t) {
		holds(t, l.text, reader(t).Read(l.text, today))
	}
}

// hostile are texts that would cost most: one word of many phrases, many codes
// in one sentence, many days, columns, pages.
func hostile() map[string]string {
	whole := func(s string) string { return strings.Repeat(s, MaxText/len(s)) }
	return map[string]string{
		"not":     whole("not "),
		"codes":   whole("CO-50 reason N130 "),
		"dates":   whole("date 03/02/2026 "),
		"visits":  whole("visits on date of service by "),
		"rows":    whole("a   b   reason   remark\n1   2   50   N130\n"),
		"pages":   whole("Page 1 of 2\n\n"),
		"bars":    whole("|"),
		"if not":  whole("if not medically necessary but "),
		"periods": whole(". "),
		"one":     strings.Repeat("a", MaxText),
		"payers":  whole("premera health plan: "),
		"lines":   whole("\n"),
	}
}

// TestTimeIsBounded reads the costliest texts; each must be done in a time that
// only a reading that is not linear passes.
func TestTimeIsBounded(t *testing.T) {
	t.Parallel()
	for name, text := range hostile() {
		begin := time.Now()
		d := reader(t).Read(text, today)
		took := time.Since(begin)
		t.Logf("%s: %v", name, took)
		if took > 3*time.Second {
			t.Errorf("%s: %d bytes took %v", name, len(text), took)
		}
		holds(t, text, d)
	}
}

func TestOnlySoMuchIsRead(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("word ", MaxText/5) + "\n\nThe claim is denied as not medically necessary."
	if d := reader(t).Read(long, today); len(d.Objections) != 0 {
		t.Errorf("words behind %d bytes were read: %+v", MaxText, d.Objections)
	}
	cut := strings.Repeat("a", MaxText-1) + "é"
	reader(t).Read(cut, today) // the cut falls into a rune
}

func BenchmarkRead(b *testing.B) {
	r := reader(b)
	var all strings.Builder
	for _, l := range letters(b) {
		all.WriteString(l.text)
	}
	text := all.String()[:min(all.Len(), MaxText)]
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		r.Read(text, today)
	}
}

func BenchmarkLetter(b *testing.B) {
	r, l := reader(b), letters(b)
	n := 0
	for _, x := range l {
		n += len(x.text)
	}
	b.SetBytes(int64(n / len(l)))
	for i := 0; b.Loop(); i++ {
		r.Read(l[i%len(l)].text, today)
	}
}
