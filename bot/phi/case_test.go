package phi

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// Each file of testdata/redact.txtar is named by a kind and a destination and
// holds pairs of lines: a text, and what becomes of it.
func TestRedactExamples(t *testing.T) {
	t.Parallel()
	g := gate(t)
	ar, err := txtar.ParseFile("testdata/redact.txtar")
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]Kind{"note": Note, "question": Question, "letter": Letter, "draft": Draft}
	for _, f := range ar.Files {
		kind, to, _ := strings.Cut(f.Name, " ")
		lines := strings.Split(strings.TrimSpace(string(f.Data)), "\n")
		for i := 0; i+1 < len(lines); i += 3 {
			c := g.NewCase(kinds[kind], maria, Declared{Role: Adjuster, Value: "Karen O'Malley"}, Declared{Type: MemberID, Value: "ZQX 1234 56789"}, Declared{Type: DOB, Value: "1961-03-14"})
			d := Outside
			if to == "owner" {
				d = Owner
			}
			got, _ := c.Redact(lines[i], d)
			if diff := cmp.Diff(lines[i+1], got); diff != "" {
				t.Errorf("%s: %s\n%s", f.Name, lines[i], diff)
			}
			if back, _ := c.Restore(got); back != lines[i] {
				t.Errorf("%q came back as %q", lines[i], back)
			}
		}
	}
}

// The variants of a declared name are one person, however they are written.
func TestDeclaredVariants(t *testing.T) {
	t.Parallel()
	g := gate(t)
	for _, v := range []string{
		"Maria Lopez", "maria lopez", "MARIA LOPEZ", "Lopez, Maria", "LOPEZ, MARIA", "Ms. Lopez", "Lopez", "Maria", "maria", "M. Lopez", "Maria L.", "M.L.", "M. L.",
		"María López", "Mari\u0301a Lo\u0301pez", "mARIA lOPEZ", "Mar1a Lopez", "Maria L0pez", "MarlA Lopez", "marialopez", "mlopez", "Lopez Maria", "Maria-Lopez", "Maria J. Lopez",
	} {
		text := "Today " + v + " was seen, and " + v + "'s shoulder moves."
		c := g.NewCase(Note, maria)
		out, found := c.Redact(text, Outside)
		if n := strings.Count(out, "[PATIENT_1"); n < 2 {
			t.Errorf("%q became %q: %+v", text, out, found)
		}
		if own, _ := g.NewCase(Note, maria).Redact(text, Owner); strings.Contains(fold(own), "lopez") || strings.Contains(fold(own), "maria") {
			t.Errorf("owner: %q became %q", text, own)
		}
	}
	c := g.NewCase(Note, Declared{Role: Patient, Value: "Will May"})
	if out, _ := c.Redact("It may be that rest will help. Will May was seen; Mr. May agreed, and Will's pain is less.", Outside); out != "It may be that rest will help. [PATIENT_1] was seen; Mr. [PATIENT_1.2] agreed, and [PATIENT_1.3]'s pain is less." {
		t.Error(out)
	}
}

func TestRestoreTolerates(t *testing.T) {
	t.Parallel()
	c := gate(t).NewCase(Note, maria)
	redacted, _ := c.Redact("Maria Lopez, member ID ZQX123456789, seen 3/14/2024 and 3/28/2024.", Outside)
	if want := "[PATIENT_1], member ID [MEMBER_ID_1], seen [DATE_1] and [DATE_2 = DATE_1 + 14 days]."; redacted != want {
		t.Fatalf("got %q, want %q", redacted, want)
	}
	for in, want := range map[string]string{
		"[PATIENT_1]": "Maria Lopez", "[patient_1]": "Maria Lopez", "[Patient 1]": "Maria Lopez", "[ PATIENT_1 ]": "Maria Lopez", "PATIENT_1": "Maria Lopez", "**[PATIENT_1]**": "**Maria Lopez**",
		`\[PATIENT\_1\]`: "Maria Lopez", "[PATIENT-1]": "Maria Lopez", "[member id 1]": "ZQX123456789", "[DATE_2]": "3/28/2024", "[DATE_2=DATE_1+14 days]": "3/28/2024", "(PATIENT_1)": "(Maria Lopez)",
		"[PATIENT_2]": "[PATIENT_2]", "[PATIENT_1.2]": "[PATIENT_1.2]", "PATIENT_12": "PATIENT_12", "MYPATIENT_1": "MYPATIENT_1", "[PERSON_1]": "[PERSON_1]", "patient_1": "patient_1", "[PATIENT_0]": "[PATIENT_0]",
	} {
		if got, _ := c.Restore(in); got != want {
			t.Errorf("%q restored to %q, want %q", in, got, want)
		}
	}
	text := "She said “[PATIENT_1]”. [PATIENT_9] and [DATE_1]."
	got, report := c.Restore(text, Range{9, 22})
	if want := "She said “[PATIENT_1]”. [PATIENT_9] and 3/14/2024."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	want := RestoreReport{Restored: 1, Quoted: []string{"PATIENT_1"}, Foreign: []string{"PATIENT_9"}, Missing: []string{"DATE_2", "MEMBER_ID_1"}}
	if diff := cmp.Diff(want, report); diff != "" {
		t.Error(diff)
	}
}

func TestScan(t *testing.T) {
	t.Parallel()
	g := gate(t)
	for text, want := range map[string]Type{
		`{"text":"SSN 512-34-5678"}`: SSN, `{"content":"born\n3/14/1961"}`: DOB, `call (206) 555-0143`: Phone, `{"m":"Mrs. Zbigniewska agreed"}`: Name,
		`"claim # 2024-00981"`: ClaimNo, `lives at 1234 Oak St, Seattle, WA 98101`: Address, `x=maria@example.com`: Email, `\u0053SN 512-34-5678`: SSN, "Dr. Patel": Name,
	} {
		found := g.Scan([]byte(text))
		if len(found) == 0 || found[0].Type != want {
			t.Errorf("%s: %+v, want %s", text, found, want)
		}
		for _, f := range found {
			if got := string([]rune(text)[f.Start:f.End]); got != f.Text {
				t.Errorf("%s: offsets give %q, want %q", text, got, f.Text)
			}
		}
	}
	for _, text := range []string{
		`{"role":"user","content":"[PATIENT_1] was seen on [DATE_1]; RCW 48.43.045(1)(a), 42 U.S.C. 300gg-5, CPT 97124, M54.50"}`,
		`pain 6/10, ROM 45 degrees, C5-C6, 60 min`, `Premera denied [CLAIM_NO_1]`, `{"max_tokens":4096,"temperature":0.2,"seed":1234567}`,
	} {
		if found := g.Scan([]byte(text)); len(found) > 0 {
			t.Errorf("%s: %+v", text, found)
		}
	}
	c := g.NewCase(Note, maria)
	c.Redact("Maria Lopez works at Quorvex and lives in Walla Walla", Outside)
	for _, text := range []string{"error: maria lopez", `{"a":"LOPEZ"}`, `{"a":"\u004caria QUORVEX"}`, "in Walla Walla"} {
		if len(c.Scan([]byte(text))) == 0 {
			t.Errorf("%s: nothing found", text)
		}
	}
	if found := c.Scan([]byte("[PATIENT_1] works at [EMPLOYER_1]")); len(found) > 0 {
		t.Errorf("%+v", found)
	}
}

// A gate and a case serve several requests and steps at once, and the same text
// gives the same result.
func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	g := gate(t)
	text := "Maria Lopez saw Dr. Patel and pt Zbigniew on 3/14/2024; claim # 2024-0019."
	want, _ := g.NewCase(Note, maria).Redact(text, Outside)
	shared := g.NewCase(Note, maria)
	shared.Redact(text, Outside)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if got, _ := g.NewCase(Note, maria).Redact(text, Outside); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
				if got, _ := shared.Redact(text, Outside); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
				if back, _ := shared.Restore(want); back != text {
					t.Errorf("came back as %q", back)
				}
			}
		})
	}
	wg.Wait()
}
