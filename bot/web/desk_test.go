package web_test

import (
	"encoding/json"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/web"
)

// jsonFiles writes a document as its own JSON.
type jsonFiles struct{}

func (jsonFiles) Export(w io.Writer, d *bot.Document, _ string) error {
	return json.NewEncoder(w).Encode(d)
}

func (jsonFiles) MediaType(format string) string {
	return map[string]string{"docx": "application/x-test", "txt": "text/plain"}[format]
}

const sampleDenied = "Sample Health Plan of Washington\nJune 8, 2026\nPatient: Jane Doe\nMember ID: W00123456789\nClaim number: 26-118-0042\n" +
	"Date of service: 05/20/2026\nWe have determined that massage therapy was not medically necessary for low back pain (CO-50)."

var insuredFacts = map[string]string{"writer": "representative", "in_network": "yes", "new_episode": "yes", "visit": "3"}

// TestRebutDoors: the API and the page give the same letter, and neither tells
// an identifier unless it is asked to.
func TestRebutDoors(t *testing.T) {
	t.Parallel()
	_, h := serve(t)
	c := &web.Client{Base: h.URL}
	in := web.Rebut{Text: sampleDenied, State: "WA", Plan: "fully-insured", Facts: insuredFacts, Received: "2026-06-12"}
	out, err := c.Rebut(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	if out.LetterKind != bot.Appeal || len(out.Claims) == 0 || len(out.Deadlines) == 0 || out.ID == "" {
		t.Errorf("%+v", out)
	}
	page := rebutPage(t, h, url.Values{})
	for _, claim := range out.Claims {
		if !strings.Contains(page, html.EscapeString(claim.Text)) {
			t.Errorf("the page lacks %q", claim.Text)
		}
	}
	for _, name := range []string{"W00123456789", "26-118-0042"} {
		shown, _, _ := strings.Cut(page, `<details class="again">`) // the form holds what was given
		if strings.Contains(out.Letter, name) || strings.Contains(shown, name) {
			t.Errorf("%s is told", name)
		}
		if open := rebutPage(t, h, url.Values{"show": {"names"}}); !strings.Contains(open, "Claim: "+name) && !strings.Contains(open, "Member ID: "+name) {
			t.Errorf("%s is not put back", name)
		}
	}
	if _, err := c.Rebut(t.Context(), web.Rebut{Text: " "}); err == nil || !strings.Contains(err.Error(), "There is no denial here") {
		t.Errorf("an empty denial: %v", err)
	}
}

func rebutPage(t *testing.T, h *httptest.Server, more url.Values) string {
	t.Helper()
	form := url.Values{"text": {sampleDenied}, "state": {"WA"}, "plan": {"fully-insured"}, "received": {"2026-06-12"}}
	for name, v := range insuredFacts {
		form.Set(name, v)
	}
	for name, v := range more {
		form[name] = v
	}
	res, err := http.PostForm(h.URL+"/rebut", form)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("status %d, %v\n%s", res.StatusCode, err, body)
	}
	return string(body)
}

var hidden = regexp.MustCompile(`name="(document|seal)" value="([^"]*)"`)

// TestDocument: a page's letter is written as a file with its blanks filled;
// one that was changed on the way, or made elsewhere, is not.
func TestDocument(t *testing.T) {
	t.Parallel()
	_, h := serve(t)
	_, other := serve(t)
	form := url.Values{"format": {"docx"}, "blank0": {"A. Sample, LMT"}}
	for _, m := range hidden.FindAllStringSubmatch(rebutPage(t, h, nil), -1) {
		form.Set(m[1], html.UnescapeString(m[2]))
	}
	post := func(base string, form url.Values) (*http.Response, string) {
		t.Helper()
		res, err := http.PostForm(base+"/document", form)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, _ := io.ReadAll(res.Body)
		return res, string(body)
	}
	res, body := post(h.URL, form)
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "application/x-test" ||
		res.Header.Get("Content-Disposition") != `attachment; filename="appeal-of-a-denied-claim.docx"` {
		t.Errorf("status %d, %v", res.StatusCode, res.Header)
	}
	if !strings.Contains(body, "A. Sample, LMT") || strings.Contains(body, "your name, license") || !strings.Contains(body, "[the patient's name]") && !strings.Contains(body, "[PATIENT_1]") {
		t.Errorf("the file is\n%s", body)
	}
	changed := url.Values{"format": {"docx"}, "document": {form.Get("document") + "AAAA"}, "seal": {form.Get("seal")}}
	if res, _ := post(h.URL, changed); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a changed document: status %d", res.StatusCode)
	}
	if res, _ := post(other.URL, form); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("another server's document: status %d", res.StatusCode)
	}
	form.Set("format", "exe")
	if res, _ := post(h.URL, form); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("another format: status %d", res.StatusCode)
	}
}

// TestDenialsAreRefused: where notes are not taken, no denial is read.
func TestDenialsAreRefused(t *testing.T) {
	t.Parallel()
	_, h := serve(t, func(c *web.Config) { c.Notes = false })
	c := &web.Client{Base: h.URL}
	if _, err := c.Rebut(t.Context(), web.Rebut{Text: sampleDenied}); err == nil || !strings.Contains(err.Error(), "403") {
		t.Errorf("the API: %v", err)
	}
	for _, path := range []string{"/rebut"} {
		if res, _ := get(t, h, path, nil); res.StatusCode != http.StatusForbidden {
			t.Errorf("GET %s: %d", path, res.StatusCode)
		}
	}
}

// TestTestifyDoors: the API and the page give the same script.
func TestTestifyDoors(t *testing.T) {
	t.Parallel()
	_, h := serve(t)
	c := &web.Client{Base: h.URL}
	in := web.Testify{State: "OR", Position: "support", Bill: "HB 2", About: "It lets every licensed category give covered services."}
	out, err := c.Testify(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	if out.Words == 0 || out.Words > out.Budget || out.Minutes != 2 || len(out.Questions) != 5 {
		t.Errorf("%d of %d words, %v minutes, %d questions", out.Words, out.Budget, out.Minutes, len(out.Questions))
	}
	res, err := http.PostForm(h.URL+"/testify", url.Values{"state": {"OR"}, "position": {"support"}, "bill": {"HB 2"}, "minutes": {"2"}, "about": {in.About}})
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	page, _ := io.ReadAll(res.Body)
	for _, st := range out.Statements {
		if st.In == "script" && !strings.Contains(string(page), html.EscapeString(st.Text)) {
			t.Errorf("the page lacks %q", st.Text)
		}
	}
	for _, bad := range []web.Testify{{State: "OR"}, {Position: "support"}, {State: "OR", Position: "support", Minutes: 99}} {
		if _, err := c.Testify(t.Context(), bad); err == nil || !strings.Contains(err.Error(), "422") || !strings.Contains(err.Error(), "1 to 15 minutes") {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}
