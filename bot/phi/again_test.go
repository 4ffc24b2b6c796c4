package phi

import (
	"strings"
	"testing"
)

// A text redacted for its owner and then again for outside keeps the
// placeholders it has, loses what was unsure, and comes back in two steps.
func TestRedactAgain(t *testing.T) {
	t.Parallel()
	const text = "Pt Maria Lopez, DOB 3/4/1981, works at Zorblatt. Writes [PATIENT_1] in her notes. Neck 6/10."
	c := gate(t).NewCase(Note)
	owner, _ := c.Redact(text, Owner)
	if strings.Contains(owner, "Lopez") || !strings.Contains(owner, "[PATIENT_1]") {
		t.Fatalf("for the owner: %s", owner)
	}
	outside, found := c.RedactAgain(owner, Outside)
	for _, name := range []string{"[PATIENT_1]", "[DOB_1]"} {
		if strings.Count(outside, name) != strings.Count(owner, name) {
			t.Errorf("%s did not stay: %s", name, outside)
		}
	}
	for _, f := range found {
		if strings.HasPrefix(f.Text, "[") {
			t.Errorf("a placeholder is a finding: %q", f.Text)
		}
	}
	if got := c.RestoreUnsure(outside); got != owner {
		t.Errorf("the unsure words came back as\n%s\nwant\n%s", got, owner)
	}
	if got, _ := c.Restore(owner); got != text {
		t.Errorf("all came back as\n%s\nwant\n%s", got, text)
	}
}

// A placeholder that this case did not issue is replaced, not believed.
func TestRedactAgainForeign(t *testing.T) {
	t.Parallel()
	c := gate(t).NewCase(Note)
	out, _ := c.RedactAgain("[PATIENT_7] has neck pain", Outside)
	if strings.Contains(out, "PATIENT_7") {
		t.Errorf("a foreign placeholder stands: %s", out)
	}
	if back, _ := c.Restore(out); back != "[PATIENT_7] has neck pain" {
		t.Errorf("it came back as %s", back)
	}
	if got := c.RestoreUnsure("[PATIENT_7] [OTHER_9]"); got != "[PATIENT_7] [OTHER_9]" {
		t.Errorf("foreign placeholders were put back: %s", got)
	}
}
