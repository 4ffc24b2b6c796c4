package web_test

import (
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/web"
)

// sampleLetter is nobody's letter: right, misquoted, at the wrong place,
// invented, superseded, of another plan, and not checked.
const sampleLetter = `My plan is fully insured in Washington <b>&.

RCW 48.43.045(1)(a) has "Permit every category of health care provider to provide health services or care".
You may not "Deny or limit coverage on the basis of medical necessity and appropriateness", RCW 48.43.016(2)(b)(i), nor
"Retroactively deny care or refuse payment for the visits" (RCW 48.43.016(2)(b)(i)).

See WAC 284-43-205, RCW 48.43.999 and WAC 296-23-250. RCW 48.43.045(7) is señor's.`

func postDraft(t *testing.T, h *httptest.Server, form url.Values) (*http.Response, string) {
	t.Helper()
	res, err := http.PostForm(h.URL+"/check", form)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	page, _ := io.ReadAll(res.Body)
	return res, string(page)
}

// TestCheckPage: the page gives the assistant's own findings, in the draft and
// beside it, each leading to the other.
func TestCheckPage(t *testing.T) {
	t.Parallel()
	s, h := serve(t)
	for _, lines := range []string{"\n", "\r\n"} { // as a program and as a browser sends them
		own, err := s.Assistant.Check(t.Context(), bot.Request{Text: sampleLetter})
		if err != nil {
			t.Fatal(err)
		}
		res, page := postDraft(t, h, url.Values{"text": {strings.ReplaceAll(sampleLetter, "\n", lines)}})
		if res.StatusCode != http.StatusOK || res.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("status %d, cache %q", res.StatusCode, res.Header.Get("Cache-Control"))
		}
		plain := html.UnescapeString(page)
		for i, f := range own.Citations {
			n := string(rune('1' + i))
			for _, w := range []string{`id="c-` + n + `" href="#f-` + n + `">` + f.Text + `<`, `id="f-` + n + `"`, `href="#c-` + n + `"`, f.Note, f.Expected} {
				if !strings.Contains(plain, w) {
					t.Errorf("%s: the page lacks %q", f.Text, w)
				}
			}
		}
		for _, w := range []string{"5 of 7 citations to mend", "<del>and</del> <ins>or</ins>", "Read from the draft:", "Washington", `/library/rcw-48.43.016#p-2-b-ii">RCW 48.43.016(2)(b)(ii)</a>`, `/library/wac-284-170-270#top"`, "wrong place", "not in the library", "superseded", "does not apply", "not checked", "señor"} {
			if !strings.Contains(plain, w) {
				t.Errorf("the page lacks %q", w)
			}
		}
		if strings.Contains(page, "<b>&") {
			t.Error("the page holds the draft's mark-up")
		}
	}
}

// TestCheckPageTakesFacts: what is chosen wins over what the draft says, and
// stays chosen.
func TestCheckPageTakesFacts(t *testing.T) {
	t.Parallel()
	_, h := serve(t)
	_, page := postDraft(t, h, url.Values{"text": {"The plan is self-funded. RCW 48.43.045 requires it."}})
	if !strings.Contains(page, "does not apply") || !strings.Contains(page, "Read from the draft") {
		t.Error("what the draft says is not used and shown")
	}
	_, page = postDraft(t, h, url.Values{"text": {"The plan is self-funded. RCW 48.43.045 requires it."}, "plan": {"fully-insured"}, "state": {"WA"}})
	if strings.Contains(page, `class="v no"`) || strings.Contains(page, "Read from the draft") || !strings.Contains(page, `value="fully-insured" selected`) || !strings.Contains(page, "that is what I used") {
		t.Error("what was chosen does not win")
	}
	if _, page = postDraft(t, h, url.Values{"text": {"They were very rude to me."}}); !strings.Contains(page, "No citation was found") {
		t.Error("it is not said that there is nothing to check")
	}
	if _, page := get(t, h, "/check", nil); !strings.Contains(page, `id="draft"`) || !strings.Contains(page, `aria-current="page">Check a draft`) {
		t.Error("the form is not there")
	}
	if _, page := get(t, h, "/", nil); !strings.Contains(page, `href="/check"`) {
		t.Error("the page does not lead to the form")
	}
}

// TestBadDrafts: whatever is sent, the answer is a page with a sentence and the
// form, and no word of a draft is in the log.
func TestBadDrafts(t *testing.T) {
	t.Parallel()
	var log syncBuffer
	_, h := serve(t, func(c *web.Config) { c.Log = slog.New(slog.NewJSONHandler(&log, nil)) })
	const canary = "zebulon-quackenbush"
	for name, tt := range map[string]struct {
		form url.Values
		want int
	}{
		"empty":   {url.Values{}, 422},
		"blank":   {url.Values{"text": {" \n\t"}}, 422},
		"control": {url.Values{"text": {"a\x00" + canary}}, 422},
		"bytes":   {url.Values{"text": {"\xff\xfe" + canary}}, 422},
		"long":    {url.Values{"text": {strings.Repeat(canary+" ", 4000)}}, 422},
		"huge":    {url.Values{"text": {strings.Repeat("a", 3<<20)}}, 413},
		"state":   {url.Values{"text": {"RCW 48.43.045 " + canary}, "state": {canary}}, 422},
		"plan":    {url.Values{"text": {"RCW 48.43.045 " + canary}, "plan": {canary}}, 422},
		"good":    {url.Values{"text": {"RCW 48.43.045 " + canary}}, 200},
	} {
		res, page := postDraft(t, h, tt.form)
		if res.StatusCode != tt.want || !strings.Contains(page, `id="draft"`) || tt.want != 200 && !strings.Contains(page, `role="alert"`) {
			t.Errorf("%s: status %d, want %d: %.200s", name, res.StatusCode, tt.want, page)
		}
		if (name == "long" || name == "huge") && !strings.Contains(page, "64 kB") {
			t.Errorf("%s: the limit is not said", name)
		}
	}
	res, err := http.Post(h.URL+"/check", "text/plain", strings.NewReader(canary))
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusUnsupportedMediaType {
		t.Errorf("another kind of body: status %d", res.StatusCode)
	}
	if strings.Contains(log.String(), "zebulon") {
		t.Errorf("the log holds what was sent:\n%s", log.String())
	}
}
