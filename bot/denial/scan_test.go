package denial

import (
	"strings"
	"testing"
)

// TestScannedText reads one letter through the slips of OCR and of copying: the
// objection, and the words that raise it, stay.
func TestScannedText(t *testing.T) {
	t.Parallel()
	const plain = "Dear [PATIENT_1]:\n\nThe visits were not medically necessary for your condition.\n\nSincerely,\nClaims\n"
	tests := []struct{ name, from, to string }{
		{"rn for m", "medically", "rnedically"},
		{"1 for l", "medically", "medica11y"},
		{"0 for o", "not", "n0t"},
		{"a hyphen at the end of a line", "medically", "medi-\ncally"},
		{"a soft hyphen", "medically", "medi\u00adcally"},
		{"a soft hyphen at the end of a line", "medically", "medi\u00ad\ncally"},
		{"two spaces", " ", "  "},
		{"capitals", "not medically necessary", "NOT MEDICALLY NECESSARY"},
		{"no-break spaces", "not medically", "not\u00a0medically"},
		{"a letter too few", "necessary", "necesary"},
		{"a letter too many", "necessary", "neccessary"},
		{"two letters swapped", "medically", "meidcally"},
		{"a wrapped line", "medically necessary", "medically\nnecessary"},
		{"a page break", "medically necessary", "medically\n\nPage 2 of 3\n\nnecessary"},
		{"a placeholder", "The visits were", "The visits of [PATIENT_1] on [DATE_2] were"},
		{"quotation marks", "medically necessary", "“medically necessary”"},
	}
	for _, tt := range tests {
		text := strings.Replace(plain, tt.from, tt.to, 1)
		if tt.from == " " {
			text = strings.ReplaceAll(plain, tt.from, tt.to)
		}
		d := reader(t).Read(text, today)
		if got := spell(d)["objections"]; got != "not-medically-necessary" {
			t.Errorf("%s: %q", tt.name, got)
			continue
		}
		if q := d.Objections[0].Quote; !strings.HasPrefix(q, "The visits") || !strings.HasSuffix(q, "condition.") {
			t.Errorf("%s: the quotation is %q", tt.name, q)
		}
	}
	ligatures := "Dear Member:\n\nThe beneﬁt maximum for massage has been reached; it isn’t covered under the plan.\n"
	if got := spell(reader(t).Read(ligatures, today))["objections"]; got != "visit-limit not-a-covered-benefit" {
		t.Errorf("ligatures: %q", got)
	}
}

func TestPayer(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"premera says no", "premera"},
		{"Payer: Sample Mutual Health Plan", "Sample Mutual Health Plan"},
		{"Payer Name: Sample Health Trust      Check: [ACCOUNT_NO_1]", "Sample Health Trust"},
		{"SAMPLE VALLEY HEALTH PLAN\nMarch 3, 2026\n\nDear Member:\nWe write.\n", "SAMPLE VALLEY HEALTH PLAN"},
		{"Administered by: Regence BlueShield\nDear Member:\n", "Regence BlueShield"},
		{"The plan is administered by Regence BlueShield of Idaho on behalf of the employer.", "Regence BlueShield of Idaho"},
		{"Plan: PPO 500\nwe paid", ""},
		{"progressive exercise is better", ""},
		{"Progressive denied my massage claim", "Progressive"},
		{"Sample Massage and Health\nMarch 3, 2026\n\nDear Member:\n", ""},
		{"[EMPLOYER_1]\nMarch 3, 2026\n\nDear Member:\n", ""},
	}
	for _, tt := range tests {
		if got := reader(t).Read(tt.text, today).Payer; got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestProceduresAndDiagnoses(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, procedures, diagnoses, conditions string }{
		{"97124 and 97140-59, 97124 again", "97124 97140", "", ""},
		{"CPT 20560, 97112", "20560 97112", "", ""},
		{"Sherwood, OR 97140 or Seattle, WA 98101-1234", "", "", ""},
		{"Sherwood, Oregon 97140", "", "", ""},
		{"billed $97,140.00", "", "", ""},
		{"Dx M54.50, S13.4XXA", "", "M54.50 S13.4XXA", "low-back-pain neck-pain whiplash"},
		{"diagnosis M5450 and M797", "", "M54.50 M79.7", "low-back-pain fibromyalgia"},
		{"chronic low back pain with migraines", "", "", "low-back-pain headache"},
		{"remark N130 and MA130", "", "", ""},
	}
	for _, tt := range tests {
		d := spell(reader(t).Read(tt.text, today))
		if d["procedures"] != tt.procedures || d["diagnoses"] != tt.diagnoses || d["conditions"] != tt.conditions {
			t.Errorf("%q\n got %q, %q, %q\nwant %q, %q, %q", tt.text, d["procedures"], d["diagnoses"], d["conditions"], tt.procedures, tt.diagnoses, tt.conditions)
		}
	}
}

func TestFinalAndUrgent(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text          string
		final, urgent bool
	}{
		{"This is our final internal adverse benefit determination.", true, false},
		{"You have exhausted the internal appeals of the plan.", true, false},
		{"There are no further internal appeals.", true, false},
		{"You may appeal. If we make a final internal decision, you may ask for external review.", false, false},
		{"Your urgent request was reviewed.", false, true},
		{"This is a concurrent review.", false, true},
		{"If your claim is an urgent care claim, you may ask for a faster answer.", false, false},
	}
	for _, tt := range tests {
		d := reader(t).Read("Dear Member:\n\n"+tt.text+"\n\nSincerely,\n", today)
		if d.Final != tt.final || d.Urgent != tt.urgent {
			t.Errorf("%q: final %t, urgent %t", tt.text, d.Final, d.Urgent)
		}
	}
}
