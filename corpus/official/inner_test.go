package official

import (
	"bytes"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

func FuzzDispositions(f *testing.F) {
	f.Add("<div id='contentWrapper'><table><tr><td>99.43.045</td><td>Gone. Recodified as RCW 99.44.010 pursuant to 2025 c 1 s 1.</td></tr></table></div>")
	f.Add("<div id='contentWrapper'>99.43.045 Repealed by 2025 c 1 s 1.</div>")
	cite := citation.Citation{System: citation.RCW, Number: "99.43.045"}
	f.Fuzz(func(t *testing.T, body string) {
		d, err := parseDispositions([]byte(body), cite)
		if err == nil && d.status != corpus.Repealed && (d.status != corpus.Superseded || d.now.IsZero() || d.now == cite) {
			t.Fatalf("%+v", d)
		}
	})
}

func FuzzTitleXML(f *testing.F) {
	f.Add([]byte(`<uscDoc><section identifier="/us/usc/t42/s1"><num value="1"/></section></uscDoc>`))
	f.Add([]byte("PK\x03\x04"))
	cite := citation.Citation{System: citation.USC, Number: "42 1"}
	f.Fuzz(func(t *testing.T, body []byte) {
		into := map[citation.Citation][]byte{}
		wanted := map[string]citation.Citation{"/us/usc/t42/s1": cite}
		if err := readTitle(body, wanted, into); err == nil && len(into) > 0 && !bytes.HasPrefix(body, []byte("PK")) {
			t.Fatal("a section out of no archive")
		}
		if err := cutSections(bytes.NewReader(body), wanted, into); err == nil && len(into) > 0 && !bytes.Contains(body, into[cite]) {
			t.Fatalf("what came out is not in what went in: %q", into[cite])
		}
	})
}

func TestReleaseOf(t *testing.T) {
	t.Parallel()
	page := []byte(`<a href="releasepoints/us/pl/119/73not60/xml_usc26@119-73not60.zip">x</a><a href="releasepoints/us/pl/119/73not60/xml_usc05A@119-73not60.zip">y</a>`)
	for title, want := range map[string]string{"26": "119-73not60", "5a": "119-73not60", "42": "", "6": ""} {
		_, release, err := releaseOf(page, title)
		if release != want || (err == nil) != (want != "") {
			t.Errorf("title %s: %q, %v", title, release, err)
		}
	}
}
