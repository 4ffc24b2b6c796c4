package phi

import (
	"strings"
	"testing"
)

// Two scores out of ten are no days, unless something says that they are.
func TestScoresAreNoDays(t *testing.T) {
	t.Parallel()
	g := gate(t)
	for text, day := range map[string]bool{
		"Pain 7/10 to 4/10": false, "pn 7/10 to 4/10 after tx": false, "Pain went from 8/10 to 4/10.": false,
		"pain decreased 7/10 - 4/10": false, "headaches 5/10 to 8/10 since the accident": false, "rated 10/10 to 6/10": false,
		"pain 8/10 before tx and 4/10 after tx": false, "neck pain started 8/10": true, "neck pain since 8/10, seen 8/12": true,
		"says its a 7 out of 10. she felt better after, 4/10. back next week": false, "Feels better, 3/10": false, "much worse 8/10 today": false,
		"better since 7/10": true, "fell on 7/10": true,
		"seen from 7/10 to 8/10": true, "treated from 8/10 through 9/10": true, "DOS 7/10 to 7/24": true,
		"seen for neck pain from 7/10 to 8/10": true, "pain since 7/10/2026 to 8/10/2026": true,
	} {
		out, _ := g.NewCase(Note).Redact(text, Owner)
		if strings.Contains(out, "[DATE_1") != day {
			t.Errorf("%q becomes %q", text, out)
		}
	}
}
