package phitest

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// A planted identifier is found in whatever form it leaves, and nothing else.
func TestScanFindsEachForm(t *testing.T) {
	t.Parallel()
	planted := []Canary{{Class: "name", Value: "Zoë Ñandú-Quorvex", Text: "Pt Zoë Ñandú-Quorvex reports pain."}}
	text := planted[0].Text
	quoted, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	for form, out := range map[string]string{
		"plain": text, "url": "q=" + url.QueryEscape(text), "json": string(quoted), "nfd": norm.NFD.String(text), "case": reversed(text),
	} {
		found := false
		for _, l := range Scan([]byte(out), planted) {
			found = found || l.Form == form || form == "json" && l.Form == "plain"
		}
		if !found {
			t.Errorf("%s: not found in %q", form, out)
		}
	}
	for shift := range 4 {
		out := base64.StdEncoding.EncodeToString([]byte("xxxx"[:shift] + text))
		if len(Scan([]byte(out), planted)) == 0 {
			t.Errorf("base64 behind %d bytes: not found", shift)
		}
	}
	for _, form := range []string{`\u%04x`, `\u%04X`, "&#%d;", "&#x%x;"} {
		if out := escaped(text, form); len(Scan([]byte(out), planted)) == 0 {
			t.Errorf("not found in %q", out)
		}
	}
	if leaks := Scan([]byte("Pt [PATIENT_1] reports pain, RCW 48.43.045"), planted); len(leaks) > 0 {
		t.Errorf("found %v", leaks)
	}
}

func TestCanariesAreReproducible(t *testing.T) {
	t.Parallel()
	a, b := Canaries(5, 500), Canaries(5, 500)
	for i := range a {
		if a[i] != b[i] {
			t.Fatalf("%d: %+v, then %+v", i, a[i], b[i])
		}
	}
	if a[0].Value == Canaries(6, 1)[0].Value {
		t.Error("two seeds make the same name")
	}
}
