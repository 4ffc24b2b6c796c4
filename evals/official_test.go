package evals_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/corpus/library"
)

// TestQuotationsStandInTheOfficialText finds every quotation of a digest in
// the official text of its source, in the folder that TEST_OFFICIAL names:
// files such as rcw_48.43.045.txt, wac_246-830-565.txt, usc_42_300gg-5.txt.
func TestQuotationsStandInTheOfficialText(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("TEST_OFFICIAL")
	if dir == "" {
		t.Skip("TEST_OFFICIAL names no folder of official texts")
	}
	official := readOfficial(t, dir)
	catalog, err := corpus.Load(library.FS())
	if err != nil {
		t.Fatal(err)
	}
	quotes, elsewhere := 0, 0
	for _, s := range catalog.Sources {
		text, ok := official[s.Cite.Base()]
		for _, p := range s.Passages {
			for _, q := range p.Official(s.Form) {
				switch {
				case !ok:
					elsewhere++
				case !inOrder(text, q):
					t.Errorf("%s: not in the official text: %q", s.Cite.At(p.Pin), q)
				default:
					quotes++
				}
			}
		}
	}
	if quotes == 0 {
		t.Error("no quotation was found: the test shows nothing")
	}
	t.Logf("%d quotations stand in %d official texts; %d belong to sources whose text is not in the folder", quotes, len(official), elsewhere)
	if text := official[citation.Citation{System: citation.RCW, Number: "48.43.045"}]; inOrder(text, "Permit any category of health care provider") {
		t.Error("a changed word was found: the test cannot fail")
	}
}

var officialName = regexp.MustCompile(`^(rcw|wac|usc)_([0-9A-Za-z.-]+?)(?:_([0-9A-Za-z-]+?))?(?:_partial|_excerpts)?\.txt$`)

// readOfficial reads a folder of official texts by citation.
func readOfficial(t *testing.T, dir string) map[citation.Citation]string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[citation.Citation]string{}
	for _, name := range names {
		m := officialName.FindStringSubmatch(filepath.Base(name))
		if m == nil {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		c := citation.Citation{Number: m[2]}
		switch m[1] {
		case "rcw":
			c.System, c.Number = citation.RCW, strings.ReplaceAll(m[2], "-", ".")
		case "wac":
			c.System = citation.WAC
		case "usc":
			c.System, c.Number = citation.USC, m[2]+" "+m[3]
		}
		out[c] = folded(string(data))
	}
	return out
}

// inOrder reports whether the parts of quote, between its ellipses, stand in
// text one after the other.
func inOrder(text, quote string) bool {
	for part := range strings.SplitSeq(folded(quote), "…") {
		_, after, ok := strings.Cut(text, strings.TrimSpace(part))
		if !ok {
			return false
		}
		text = after
	}
	return true
}

// folded makes quotation marks, dashes and white space alike.
func folded(s string) string {
	s = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "–", "-", "—", "-", "‑", "-").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}
