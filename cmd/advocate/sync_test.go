package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/corpus/official"
)

// A shelf is a publisher that shows fixed pages; what it does not have is
// not found.
type shelf map[string]string

func (s shelf) RoundTrip(r *http.Request) (*http.Response, error) {
	body, ok := s[r.URL.String()]
	status := http.StatusOK
	if !ok {
		status = http.StatusNotFound
	}
	return &http.Response{StatusCode: status, Status: http.StatusText(status), Header: http.Header{}, Request: r,
		Body: io.NopCloser(strings.NewReader(body))}, nil
}

// runWith runs a command with publishers of the test's own.
func runWith(ctx context.Context, t *testing.T, home string, publishers http.RoundTripper, args ...string) (out, errs string, code int) {
	t.Helper()
	var o, e strings.Builder
	a := &app{in: strings.NewReader(""), out: &o, err: &e, now: time.Now, transport: publishers}
	var err error
	if a.settings, err = readSettings([]string{"HOME=" + home}); err != nil {
		t.Fatal(err)
	}
	code = a.execute(ctx, args)
	return o.String(), e.String(), code
}

const endorsement = "https://app.leg.wa.gov/RCW/default.aspx?cite=18.108.250"

// endorsementPage is a made-up text around phrases that the digest of RCW
// 18.108.250 quotes, built as the legislature's pages are.
const endorsementPage = `<html><head><title>RCW 18.108.250: Sample endorsement.</title></head><body><div id='contentWrapper'>
<div><h3><a class="ui-btn">PDF</a>RCW  <a>18.108.250</a></h3></div><div><h3>Sample endorsement.</h3></div>
<div><div>(1) A sample therapist may apply upon completion of training determined by the board and specified in rules.</div><div>(2) A sample sentence ends the section.</div></div>
<div>[ <a>2016 c 41 s 15</a>; 2007 c 272 s 2.]</div></div></body></html>`

func TestSyncFetches(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	out, errs, code := runWith(t.Context(), t, home, shelf{endorsement: endorsementPage}, "corpus", "sync", "--json", "rcw-18.108.250")
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, errs)
	}
	var got synced
	if err := json.Unmarshal([]byte(out), &got); err != nil || len(got.Outcomes) != 1 || got.Outcomes[0].Result != string(official.Added) {
		t.Fatalf("%v %s", err, out)
	}
	out, _, code = runWith(t.Context(), t, home, nil, "ask", "what does RCW 18.108.250(1) say?")
	if today := time.Now().Format(time.DateOnly); code != exitDone || !strings.Contains(strings.Join(strings.Fields(out), " "), "law as of "+today) {
		t.Errorf("exit %d: %s", code, out)
	}
	out, _, code = runWith(t.Context(), t, home, shelf{}, "corpus", "sync", "RCW 18.108.250")
	if code != exitDone || !strings.Contains(out, "1 the same") {
		t.Errorf("a second time today: exit %d: %s", code, out)
	}
}

func TestSyncFailsPlainly(t *testing.T) {
	t.Parallel()
	out, errs, code := runWith(t.Context(), t, t.TempDir(), shelf{endorsement: "<html>A new look</html>"}, "corpus", "sync", "RCW 18.108.250")
	if code != exitFailed || !strings.Contains(out, "contentWrapper") || errs != "" {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	_, errs, code = runWith(stopped, t, t.TempDir(), shelf{}, "corpus", "sync", "RCW 18.108.250")
	if code != exitStopped || !strings.Contains(errs, "goes on from there") {
		t.Errorf("interrupted: exit %d: %s", code, errs)
	}
}
