package official_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/corpus/official"
)

// targets are what is fetched of a list of citations.
func targets(t *testing.T, cites ...string) []official.Target {
	t.Helper()
	empty, err := corpus.NewCatalog(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	out, err := official.Choose(empty, cites)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// held are the texts in a store.
func held(t *testing.T, store *official.Store) []*corpus.Source {
	t.Helper()
	texts, damaged, err := store.Load()
	if err != nil || len(damaged) > 0 {
		t.Fatal(err, damaged)
	}
	return texts
}

func one(t *testing.T, out []official.Outcome, result string, says string) {
	t.Helper()
	if len(out) != 1 || out[0].Result != result || !strings.Contains(out[0].Note, says) {
		t.Fatalf("%+v, want one %s with %q", out, result, says)
	}
}

const day = 24 * time.Hour

// TestSyncKeepsEveryVersion fetches a section, sees it again unchanged by a
// conditional request, and keeps both versions once it changes.
func TestSyncKeepsEveryVersion(t *testing.T) {
	t.Parallel()
	p, store, rcw := newPublisher(t), &official.Store{Dir: t.TempDir()}, targets(t, "RCW 99.43.045")
	w := sampleRCW()
	p.put(w)
	one(t, p.sync(t, store, rcw...), "added", "")
	one(t, p.sync(t, store, rcw...), official.NotModified, "today already")
	p.later(30 * day)
	one(t, p.sync(t, store, rcw...), official.NotModified, "")
	if got := p.requests[len(p.requests)-1].status; got != http.StatusNotModified {
		t.Errorf("the last answer was %d: the request was not conditional", got)
	}
	if s := held(t, store); len(s) != 1 || s[0].Capture.Captured != "2026-07-01" || s[0].Capture.Seen != "2026-07-31" {
		t.Fatalf("%d versions, %+v", len(s), s[0].Capture)
	}
	p.later(30 * day)
	w.paras[1] = "(a) Answer a written request within ten days; and"
	w.history, w.notes = "2026 c 5 s 1; "+w.history, []string{`Effective date—2026 c 5: "This act takes effect August 15, 2026."`}
	p.put(w)
	one(t, p.sync(t, store, rcw...), "changed", "")
	texts := held(t, store)
	if len(texts) != 2 {
		t.Fatalf("%d versions, want both", len(texts))
	}
	for day, want := range map[corpus.Date]string{"2026-07-15": "thirty days", "2026-08-30": "ten days", "2027-01-01": "ten days"} {
		st := corpus.LawOn(texts, day)
		if st.Text == nil || !strings.Contains(st.Text.Passage("(1)(a)").Text, want) {
			t.Errorf("%s: %+v, want %q", day, st, want)
		}
	}
	if st := corpus.LawOn(texts, "2026-08-14"); st.Basis != corpus.Unknown {
		t.Errorf("between the last sight of the old text and the new one's effect: %+v", st)
	}
}

// TestSyncFetchesWhatIsLost: a text whose file is damaged is fetched again in
// full, the same day too, and not taken for unchanged.
func TestSyncFetchesWhatIsLost(t *testing.T) {
	t.Parallel()
	p, store, rcw := newPublisher(t), &official.Store{Dir: t.TempDir()}, targets(t, "RCW 99.43.045")
	p.put(sampleRCW())
	one(t, p.sync(t, store, rcw...), "added", "")
	if err := os.WriteFile(filepath.Join(store.Dir, "rcw-99.43.045@2026-07-01.json"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	one(t, p.sync(t, store, rcw...), "added", "")
	if texts, damaged, err := store.Load(); len(texts) != 1 || len(damaged) != 1 || err != nil {
		t.Errorf("%d texts, %q, %v", len(texts), damaged, err)
	}
}

// TestSyncIsPolite: robots first, a second between requests to a host, its
// own name, and a longer pause where robots.txt asks for one.
func TestSyncIsPolite(t *testing.T) {
	t.Parallel()
	p, store := newPublisher(t), &official.Store{Dir: t.TempDir()}
	p.robots["app.leg.wa.gov"] = "User-agent: *\nCrawl-delay: 3\n"
	var cites []string
	for i := range 4 {
		w := sampleRCW()
		w.number = fmt.Sprintf("99.43.%03d", 100+i)
		p.put(w)
		cites = append(cites, "RCW "+w.number)
	}
	for _, o := range p.sync(t, store, targets(t, cites...)...) {
		if o.Result != "added" {
			t.Errorf("%+v", o)
		}
	}
	if len(p.requests) != 5 || !strings.HasSuffix(p.requests[0].address, "/robots.txt") {
		t.Fatalf("%d requests, first %s", len(p.requests), p.requests[0].address)
	}
	for i, r := range p.requests {
		if !strings.HasPrefix(r.agent, "advocate/test") {
			t.Errorf("request %d names %q", i, r.agent)
		}
		if i > 1 && r.at.Sub(p.requests[i-1].at) < 3*time.Second || i == 1 && r.at.Sub(p.requests[0].at) < time.Second {
			t.Errorf("request %d came %s after the one before", i, r.at.Sub(p.requests[i-1].at))
		}
	}
}

func TestSyncObeysRobots(t *testing.T) {
	t.Parallel()
	p, store := newPublisher(t), &official.Store{Dir: t.TempDir()}
	p.robots["app.leg.wa.gov"] = "User-agent: advocate\nDisallow: /RCW/\n"
	p.put(sampleRCW())
	one(t, p.sync(t, store, targets(t, "RCW 99.43.045")...), official.Failed, "robots.txt")
	if n := p.count("default.aspx"); n != 0 {
		t.Errorf("%d pages were asked for all the same", n)
	}
}

// TestSyncOutlastsABusyPublisher: it waits as long as it is asked to, tries
// again where an answer is cut off, and gives up with a reason.
func TestSyncOutlastsABusyPublisher(t *testing.T) {
	t.Parallel()
	address := sampleRCW().url()
	throttled := func(times int, after string) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, _ *http.Request) bool {
			if times--; times < 0 {
				return false
			}
			w.Header().Set("Retry-After", after)
			w.WriteHeader(http.StatusTooManyRequests)
			return true
		}
	}
	truncated := func(times int) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, _ *http.Request) bool {
			if times--; times < 0 {
				return false
			}
			w.Header().Set("Content-Length", "100000")
			fmt.Fprint(w, sampleRCW().html()[:500])
			return true
		}
	}
	for _, tt := range []struct {
		name         string
		do           func(http.ResponseWriter, *http.Request) bool
		result, says string
		waited       time.Duration
	}{
		{"throttled twice", throttled(2, "40"), "added", "", 80 * time.Second},
		{"throttled until a time", throttled(1, "Wed, 01 Jul 2026 12:01:01 GMT"), "added", "", time.Minute},
		{"throttled for ever", throttled(99, "1"), official.Failed, "busy", 0},
		{"asked to wait an hour", throttled(99, "3600"), official.Failed, "asks to wait", 0},
		{"cut off once", truncated(1), "added", "", 0},
		{"cut off for ever", truncated(99), official.Failed, "cut off", 0},
		{"refused", func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(http.StatusForbidden); return true }, official.Failed, "refuses", 0},
		{"endless", func(w http.ResponseWriter, _ *http.Request) bool {
			for range 9 << 10 {
				if _, err := w.Write(make([]byte, 1<<10)); err != nil {
					break
				}
			}
			return true
		}, official.Failed, "larger", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, store := newPublisher(t), &official.Store{Dir: t.TempDir()}
			p.put(sampleRCW())
			p.on(address, tt.do)
			began := p.clock()
			one(t, p.sync(t, store, targets(t, "RCW 99.43.045")...), tt.result, tt.says)
			if waited := p.clock().Sub(began); waited < tt.waited {
				t.Errorf("waited %s, want %s at least", waited, tt.waited)
			}
			if n := len(held(t, store)); (n == 1) != (tt.result == "added") {
				t.Errorf("%d texts are held", n)
			}
		})
	}
}

// TestSyncGivesUpOnAHostThatIsDown: one host that cannot be reached is tried
// for one target and not for each.
func TestSyncGivesUpOnAHostThatIsDown(t *testing.T) {
	t.Parallel()
	p, store := newPublisher(t), &official.Store{Dir: t.TempDir()}
	p.server.Close()
	began := p.clock()
	out := p.sync(t, store, targets(t, "RCW 99.43.045", "RCW 99.43.046", "RCW 99.43.047", "RCW 99.43.048")...)
	for _, o := range out {
		if o.Result != official.Failed {
			t.Errorf("%+v", o)
		}
	}
	if waited := p.clock().Sub(began); waited > 30*time.Second {
		t.Errorf("waited %s", waited)
	}
}

func TestSyncFollowsOnlyThePublisher(t *testing.T) {
	t.Parallel()
	w := sampleRCW()
	for _, tt := range []struct{ name, to, result, says string }{
		{"to the same host", "/moved", "added", ""},
		{"to another host of the publisher", "https://apps.leg.wa.gov/moved", "added", ""},
		{"to a stranger", "https://law.example.org/moved", official.Failed, "leads away"},
		{"to another publisher", "https://www.law.cornell.edu/moved", official.Failed, "leads away"},
		{"to plain http", "http://app.leg.wa.gov/moved", official.Failed, "leads away"},
		{"in circles", w.url(), official.Failed, "more than 5 redirects"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, store := newPublisher(t), &official.Store{Dir: t.TempDir()}
			p.on(w.url(), func(rw http.ResponseWriter, _ *http.Request) bool {
				rw.Header().Set("Location", tt.to)
				rw.WriteHeader(http.StatusFound)
				return true
			})
			for _, host := range []string{"app.leg.wa.gov", "apps.leg.wa.gov", "law.example.org", "www.law.cornell.edu"} {
				p.pages["https://"+host+"/moved"] = w.html()
			}
			one(t, p.sync(t, store, targets(t, "RCW 99.43.045")...), tt.result, tt.says)
			if n := p.count("law.example.org") + p.count("cornell"); n != 0 {
				t.Errorf("%d requests went elsewhere", n)
			}
		})
	}
}

// TestSyncKeepsWhatItHas: a page that is no law leaves the text held as it
// is, whatever the publisher shows in its place.
func TestSyncKeepsWhatItHas(t *testing.T) {
	t.Parallel()
	w := sampleRCW()
	whole := w.html()
	for name, body := range map[string]string{
		"a changed layout":        strings.Replace(whole, "contentWrapper", "mainContent", 1),
		"200 with not found":      waFrame("Page not found", "<p>Page not found</p>"),
		"a page cut off":          whole[:strings.Index(whole, "Nothing in this")],
		"an empty page":           "",
		"a challenge":             "<html><head><title>Just a moment</title></head><body>Are you a robot?</body></html>",
		"another section":         strings.ReplaceAll(whole, "99.43.045", "99.43.046"),
		"a paragraph out of turn": strings.Replace(whole, "(2)(a)", "(3)(a)", 1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, store, rcw := newPublisher(t), &official.Store{Dir: t.TempDir()}, targets(t, "RCW 99.43.045")
			p.put(w)
			one(t, p.sync(t, store, rcw...), "added", "")
			before := held(t, store)[0].Hash()
			p.later(90 * day)
			p.pages[w.url()] = body
			out := p.sync(t, store, rcw...)
			if len(out) != 1 || out[0].Result != official.Failed || out[0].Note == "" {
				t.Errorf("%+v", out)
			}
			if s := held(t, store); len(s) != 1 || s[0].Hash() != before || s[0].Capture.Seen != "2026-07-01" {
				t.Errorf("the store was touched: %+v", s[0].Capture)
			}
		})
	}
}

func TestSyncSeesRepealsAndRenumbering(t *testing.T) {
	t.Parallel()
	rcwDispo := "https://app.leg.wa.gov/RCW/default.aspx?cite=99.43&dispo=true"
	wacDispo := "https://app.leg.wa.gov/WAC/default.aspx?cite=999-830&dispo=true"
	for _, tt := range []struct {
		name, cite, result, entry string
		page                      waPage
		status                    string
		now                       string
		effective                 corpus.Date
	}{
		{"a repealed section", "RCW 99.43.045", official.WasRepealed, "99.43.045 Sample duties. [2012 c 137 s 2; 1997 c 297 s 1.] Repealed by 2025 c 12 s 3.", sampleRCW(), corpus.Repealed, "", "2025"},
		{"a recodified section", "RCW 99.43.045", official.Renumbered, "99.43.045 Sample duties. [2012 c 137 s 2.] Recodified as RCW 99.44.010 pursuant to 2025 c 12 s 4.", sampleRCW(), corpus.Superseded, "RCW 99.44.010", ""},
		{"a repealed rule", "WAC 999-830-565", official.WasRepealed, "999-830-565 Sample records. [Statutory Authority: RCW 99.43.045. WSR 17-14-062, filed 6/29/17, effective 7/30/17.] Repealed by WSR 26-02-001, filed 1/5/26, effective 2/5/26.", sampleWAC(), corpus.Repealed, "", "2026-02-05"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, store, target := newPublisher(t), &official.Store{Dir: t.TempDir()}, targets(t, tt.cite)
			p.put(tt.page)
			one(t, p.sync(t, store, target...), "added", "")
			p.later(90 * day)
			p.pages[tt.page.url()] = waFrame(tt.cite, "")
			p.pages[rcwDispo] = dispositions("RCW", "99.43", "99.43.040 Another. [1990 c 1 s 1.] Repealed by 2001 c 1 s 1.", tt.entry, "99.43.050 One more. Decodified.")
			p.pages[wacDispo] = dispositions("WAC", "999-830", tt.entry)
			out := p.sync(t, store, target...)
			one(t, out, tt.result, "")
			texts := held(t, store)
			if len(texts) != 2 {
				t.Fatalf("%d versions, want the text and its end", len(texts))
			}
			st := corpus.LawOn(texts, "2026-10-01")
			if st.Text == nil || st.Text.Status != tt.status || st.Text.SupersededBy.String() != tt.now || st.Text.Capture.Effective != tt.effective {
				t.Errorf("%+v", st.Text)
			}
			p.later(day)
			one(t, p.sync(t, store, target...), tt.result, "")
			if len(held(t, store)) != 2 {
				t.Error("the end was stored twice")
			}
		})
	}
	t.Run("gone without a trace", func(t *testing.T) {
		t.Parallel()
		p, store := newPublisher(t), &official.Store{Dir: t.TempDir()}
		p.pages[rcwDispo] = dispositions("RCW", "99.43", "99.43.040 Another. Repealed by 2001 c 1 s 1.")
		one(t, p.sync(t, store, targets(t, "RCW 99.43.045")...), official.Failed, "not among its chapter's dispositions")
	})
}

func TestSyncUnitedStatesCode(t *testing.T) {
	t.Parallel()
	p, store := newPublisher(t), &official.Store{Dir: t.TempDir()}
	title := func(sections ...string) string {
		return `<?xml version="1.0" encoding="UTF-8"?><uscDoc xmlns="http://xml.house.gov/schemas/uslm/1.0"><main><title><num value="42">Title 42</num>` + strings.Join(sections, "\n") + `</title></main></uscDoc>`
	}
	five := sampleUSLM[strings.Index(sampleUSLM, "<section"):]
	six := strings.NewReplacer("999gg–5", "999gg–6", "999gg–6 of this", "999gg–5 of this").Replace(five)
	release := func(point, xml string) {
		p.pages["https://uscode.house.gov/download/download.shtml"] = `<a href="releasepoints/us/pl/` + strings.Replace(point, "-", "/", 1) + `/xml_usc41@` + point + `.zip">x</a> <a href="releasepoints/us/pl/` + strings.Replace(point, "-", "/", 1) + `/xml_usc42@` + point + `.zip">[XML]</a>`
		p.pages["https://uscode.house.gov/download/releasepoints/us/pl/"+strings.Replace(point, "-", "/", 1)+"/xml_usc42@"+point+".zip"] = zipOf(t, "usc42.xml", xml)
	}
	usc := targets(t, "42 U.S.C. 999gg-5", "42 USC 999gg-6", "42 USC 999gg-7")
	release("119-100", title(six, "<section identifier=\"/us/usc/t42/s1\"><num value=\"1\">§ 1.</num></section>", five))
	out := p.sync(t, store, usc...)
	if len(out) != 3 || out[0].Result != "added" || out[1].Result != "added" || out[2].Result != official.Failed || !strings.Contains(out[2].Note, "no section") {
		t.Fatalf("%+v", out)
	}
	if n := p.count(".zip"); n != 1 {
		t.Errorf("%d archives were fetched for one title", n)
	}
	p.later(40 * day)
	out = p.sync(t, store, usc[:2]...)
	if n := p.count(".zip"); n != 1 || out[0].Result != official.NotModified {
		t.Errorf("%d archives: the same release was fetched again; %+v", n, out[0])
	}
	p.later(40 * day)
	release("119-101", title(strings.Replace(five, "exclude a provider", "refuse a provider", 1), six))
	out = p.sync(t, store, usc[:2]...)
	if out[0].Result != "changed" || out[1].Result != "same" {
		t.Errorf("%+v", out)
	}
	p.later(40 * day)
	p.pages["https://uscode.house.gov/download/download.shtml"] = "<html>We have a new look</html>"
	if out = p.sync(t, store, usc[:1]...); out[0].Result != official.Failed || !strings.Contains(out[0].Note, "no link") {
		t.Errorf("%+v", out)
	}
}

func TestSyncFederalRegulationsAndOpinions(t *testing.T) {
	t.Parallel()
	p, store := newPublisher(t), &official.Store{Dir: t.TempDir()}
	p.pages["https://www.ecfr.gov/api/versioner/v1/titles.json"] = `{"titles":[{"number":29,"up_to_date_as_of":"2026-05-01"}]}`
	p.pages[cfrURL] = sampleCFR
	p.pages[opinionURL] = sampleOpinion
	list := append(targets(t, "29 C.F.R. 2999.503-1"), official.Target{Cite: citation.Citation{System: citation.US, Number: "538 999"}, URL: opinionURL})
	out := p.sync(t, store, list...)
	if len(out) != 2 || out[0].Result != "added" || out[1].Result != "added" {
		t.Fatalf("%+v", out)
	}
	for _, s := range held(t, store) {
		if s.Cite.System == citation.CFR && (s.Capture.Effective != "2026-05-01" || s.URL != "https://www.ecfr.gov/current/title-29/section-2999.503-1") {
			t.Errorf("%+v %s", s.Capture, s.URL)
		}
	}
}

// TestSyncStops: an interruption ends a run between requests, with what was
// stored before it whole.
func TestSyncStops(t *testing.T) {
	t.Parallel()
	p, store := newPublisher(t), &official.Store{Dir: t.TempDir()}
	first, second := sampleRCW(), sampleRCW()
	second.number = "99.43.046"
	p.put(first)
	p.put(second)
	ctx, cancel := context.WithCancel(context.Background())
	w, err := store.Begin()
	if err != nil {
		t.Fatal(err)
	}
	out, err := (&official.Sync{Fetch: p.fetcher(), Writing: w, Report: func(int, int, official.Outcome) { cancel() }}).Run(ctx, targets(t, "RCW 99.43.045", "RCW 99.43.046"))
	w.End()
	if err == nil || len(out) != 1 || len(held(t, store)) != 1 {
		t.Errorf("%v, %d outcomes, %d texts", err, len(out), len(held(t, store)))
	}
	if out := p.sync(t, store, targets(t, "RCW 99.43.045", "RCW 99.43.046")...); out[0].Result != official.NotModified || out[1].Result != "added" {
		t.Errorf("the next run does not go on where it stopped: %+v", out)
	}
}

func TestChoose(t *testing.T) {
	t.Parallel()
	empty, err := corpus.NewCatalog(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"RCW 18.108", "CPT 97124", "538 U.S. 329", "nonsense", "29 C.F.R. 2560"} {
		if _, err := official.Choose(empty, []string{name}); err == nil {
			t.Errorf("%s can be fetched", name)
		}
	}
	got, err := official.Choose(empty, []string{"rcw 99.43.045(1)(a)", "RCW 99.43.045"})
	if err != nil || len(got) != 1 || got[0].Cite.String() != "RCW 99.43.045" {
		t.Errorf("%v, %v", got, err)
	}
	if !slices.IsSortedFunc(official.Manifest(empty), func(a, b official.Target) int { return strings.Compare(a.Cite.String(), b.Cite.String()) }) {
		t.Error("the manifest is not in order")
	}
}
