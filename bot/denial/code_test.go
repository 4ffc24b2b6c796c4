package denial

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/everycategory/advocate/corpus/citation"
)

func TestCodesOfText(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"CO-50", "CO CARC 50"},
		{"co50 on my claim", "CO CARC 50"},
		{"co 50 what now", "CO CARC 50"},
		{"CO - 50 and PR 3", "CO CARC 50, PR CARC 3"},
		{"C0-50 from a scan", "CO CARC 50"},
		{"OA–18 PI:16 CR-129", "OA CARC 18, PI CARC 16, CR CARC 129"},
		{"CARC 50", "CARC 50"},
		{"CARC: 50, 197 and N130", "CARC 50, CARC 197, RARC N130"},
		{"CARC50", "CARC 50"},
		{"Adj reason 50", "CARC 50"},
		{"claim adjustment reason code 96", "CARC 96"},
		{"reason codes 50 and 97", "CARC 50, CARC 97"},
		{"denial code 29", "CARC 29"},
		{"remark code N130", "RARC N130"},
		{"RARC MA130 N290", "RARC MA130, RARC N290"},
		{"remark M76", "RARC M76"},
		{"CO-16 M76", "CO CARC 16, RARC M76"},
		{"CO-B7", "CO CARC B7"},
		{"RARC N999", "RARC N999"},
		{"CAS*CO*50*72.00~LQ*HE*N130~", "CO CARC 50, RARC N130"},
		{"Grp | Rsn | Remark | Amt\nCO | 50 | N130 | 72.00\nPR | 3 | | 20.00", "CO CARC 50, RARC N130, PR CARC 3"},
		{"LINE   CHARGE   REASON   REMARKS\n1      80.00    197      N130", "CARC 197, RARC N130"},
		{"CO-50 twice, CO-50", "CO CARC 50"},
		// what is none
		{"Denver, CO 80202", ""},
		{"paid on CO 10/12/2026", ""},
		{"reason: 20 visits were used", ""},
		{"diagnosis M54", ""},
		{"ICD M79.1 and M54.50", ""},
		{"95 Main St, room N130B", ""},
		{"the co pay is 50", ""},
		{"PR 1.50", ""},
		{"a lump of 3, no 4", ""},
		{"[CLAIM_NO_1] [DATE_50]", ""},
		{"N1*PR*PREMERA", ""},
	}
	for _, tt := range tests {
		if got := spell(reader(t).Read(tt.text, today))["codes"]; got != tt.want {
			t.Errorf("%q\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

func TestCodesRaiseTheirObjection(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"CO-45 PR-1 PR-2 PR-3", ""},
		{"CO-170", "provider-not-eligible"},
		{"CO-96 N95", "provider-not-eligible"},  // 96 says that a remark code says more
		{"CO-96 N130", "not-a-covered-benefit"}, // and N130 raises none
		{"CO-16 N285", "missing-referral"},      //
		{"CO-16 MA130", "coding-bundling"},      // both yield, to no other
		{"CO-50 CO-197", "not-medically-necessary no-prior-authorization"},
		{"CARC 22", ""},
		{"CO-999", ""},
	}
	for _, tt := range tests {
		d := reader(t).Read(tt.text, today)
		if got := spell(d)["objections"]; got != tt.want {
			t.Errorf("%q\n got %s\nwant %s", tt.text, got, tt.want)
		}
		for _, o := range d.Objections {
			if len(o.Codes) == 0 {
				t.Errorf("%q: %s names no code", tt.text, o.ID)
			}
		}
	}
}

var carcOf = regexp.MustCompile(`^(?:CARC |CO-|PR-|OA-|PI-|CO|PR|OA|PI)(\d+)$`)

// TestCodesAgreeWithCards holds the cards' lists and codes.yaml against each
// other, both ways.
func TestCodesAgreeWithCards(t *testing.T) {
	t.Parallel()
	r := reader(t)
	c, err := catalog()
	if err != nil {
		t.Fatal(err)
	}
	for id := range r.titles {
		listed := map[string]bool{}
		for _, spelling := range c.Card(id).Codes {
			m := carcOf.FindStringSubmatch(spelling)
			if m == nil {
				continue // words
			}
			listed[m[1]] = true
			if k, ok := r.codes["CARC "+m[1]]; !ok || k.objection != id {
				t.Errorf("card %s lists %s, which codes.yaml has for %q", id, spelling, k.objection)
			}
		}
		for name, k := range r.codes {
			if n, ok := strings.CutPrefix(name, "CARC "); ok && k.objection == id && !listed[n] {
				t.Errorf("codes.yaml has %s for %s, whose card does not list it", name, id)
			}
		}
	}
}

// TestMeaningsAgreeWithDigest holds each meaning of a CARC against the passage
// that it cites: the passage names the code, and has the meaning's words.
func TestMeaningsAgreeWithDigest(t *testing.T) {
	t.Parallel()
	c, err := catalog()
	if err != nil {
		t.Fatal(err)
	}
	for name, k := range reader(t).codes {
		if strings.HasPrefix(name, "RARC") {
			if k.cite != "" {
				t.Errorf("%s cites %s: the digest holds no remark codes", name, k.cite)
			}
			continue
		}
		cite, err := citation.Parse(k.cite)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		_, passage := c.Resolve(cite)
		var sentence string
		for _, s := range passage.Sentences() {
			if regexp.MustCompile(name + `\b`).MatchString(s) {
				sentence += strings.ToLower(s)
			}
		}
		if sentence == "" {
			t.Errorf("%s: %s does not name it", name, k.cite)
			continue
		}
		for _, w := range strings.FieldsFunc(strings.ToLower(k.meaning), func(r rune) bool { return !inWord(r) && r != '\'' && r != '-' }) {
			if len(w) > 3 && !strings.Contains(sentence, strings.TrimSuffix(w, "s")) {
				t.Errorf("%s: %q is not in %q", name, w, sentence)
			}
		}
	}
}

func TestLoadSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	c, err := catalog()
	if err != nil {
		t.Fatal(err)
	}
	var rd reading
	if err := readYAML(os.DirFS(libraryRoot), readingFile, &rd); err != nil {
		t.Fatal(err)
	}
	rd.Objections = append(rd.Objections, &ground{ID: "no-such-card", Says: []string{"x"}})
	rd.Guards = append(rd.Guards, &guard{Name: "g", Where: "nowhere", Phrases: []string{"~ a"}})
	rd.Wins = append(rd.Wins, []string{"cost"})
	rd.Dates = append(rd.Dates, dateCues{What: "someday"})
	codes := codeTable{CARC: []codeList{{Cite: "guide no-such-guide", Objection: "x", Codes: []listedCode{{Code: "1", Meaning: "m"}, {Code: "1"}}}}}
	_, err = newReader(rd, codes, c)
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{`"no-such-card"`, `guard "g"`, `"~ a"`, `wins: ["cost"]`, `"someday"`, "no-such-guide", `objection "x"`, "CARC 1"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not name %s: %v", want, err)
		}
	}
}

func TestLoadRefusesBrokenFiles(t *testing.T) {
	t.Parallel()
	c, err := catalog()
	if err != nil {
		t.Fatal(err)
	}
	for _, data := range []string{"", "x: 1", "sets: !!map 3", "objections: {a", "guards: [1]"} {
		fsys := fstest.MapFS{readingFile: {Data: []byte(data)}, codesFile: {Data: []byte(data)}}
		if _, err := Load(fsys, c); err == nil {
			t.Errorf("%q: no error", data)
		}
	}
	if _, err := Load(fstest.MapFS{}, c); err == nil {
		t.Error("no files: no error")
	}
}
