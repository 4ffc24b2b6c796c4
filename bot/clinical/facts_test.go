package clinical_test

import (
	"os"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot/clinical"
)

func lexicon(t testing.TB) *clinical.Lexicon {
	t.Helper()
	x, err := clinical.LoadLexicon(os.DirFS("../../corpus/library"))
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestSame holds pairs of sentences: those that say the same, and those of
// which one fact differs.
func TestSame(t *testing.T) {
	t.Parallel()
	x := lexicon(t)
	for _, tt := range []struct {
		before, after string
		same          bool
	}{
		{"c/o LBP 6/10 x 3 wks", "Patient reports low back pain 6/10 for 3 weeks.", true},
		{"L shoulder pain 6/10", "Pain 6/10 in the left shoulder.", true},
		{"L shoulder pain 6/10", "Pain 6/10 in the right shoulder.", false},
		{"L shoulder pain 6/10", "Pain 8/10 in the left shoulder.", false},
		{"L shoulder pain 6/10", "Pain 6/10 in the left hip.", false},
		{"denies numbness or tingling", "No tingling, no numbness.", true},
		{"denies numbness or tingling", "Numbness and tingling.", false},
		{"denies numbness, reports weakness", "reports numbness, denies weakness", false},
		{"pain 8/10 → 4/10", "Pain decreased from 8/10 to 4/10.", false},
		{"pain went from 8/10 to 4/10", "Pain 8/10 → 4/10 went.", true},
		{"pain 8/10 before, 4/10 after", "pain 4/10 before, 8/10 after", false},
		{"pain 8/10 before tx and 4/10 after tx", "pain 4/10 before tx and 8/10 after tx", false},
		{"MFR to neck x 15 min, effleurage to low back x 10 min", "effleurage to the low back for 10 minutes, myofascial release to the neck for 15 minutes", true},
		{"MFR to neck x 15 min, effleurage to low back x 10 min", "MFR to neck x 10 min, effleurage to low back x 15 min", false},
		{"MFR to neck x 15 min", "MFR to neck x 30 min", false},
		{"MFR to neck", "Trigger point therapy to the neck", false},
		{"neck pain 4/10, low back pain 7/10", "neck pain 7/10, low back pain 4/10", false},
		{"mild neck pain and severe low back pain", "severe neck pain and mild low back pain", false},
		{"possible strain of R calf", "strain of the right calf", false},
		{"possible strain of R calf", "Possible right calf strain", true},
		{"pain with sitting", "pain with sitting and driving", false},
		{"relaxation massage 60 min", "therapeutic massage 60 min", false},
		{"neck pain", "neck pain with radiculopathy", false},
		{"neck pain", "medically necessary treatment for neck pain", false},
		{"neck pain radiates to R arm", "right arm pain radiates to the neck", false},
		{"pain radiates from neck to R arm", "pain radiates from R arm to neck", false},
		{"will apply MFR next visit", "applied MFR this visit", false},
		{"MFR to neck next visit", "MFR was applied to the neck next visit", false},
		{"apply MFR to neck", "applied MFR to neck", false},
		{"MFR to neck 15 min", "MFR was applied to the neck for 15 minutes", true},
		{"can't lift > 5 lb", "can't lift > 5 low back", false},
		{"can't lift > 5 lb", "can't lift > 5 pounds", true},
		{"LB pain", "low back pain", true},
		{"sees PT 2x/wk", "sees patient 2x/wk", false},
		{"told PT reports pain", "told patient reports pain", true},
		{"muscle belly tender", "abdomen tender", false},
		{"RTC strain", "return to clinic strain", false},
		{"chronic neck pain", "acute neck pain", false},
		{"neck pain since 6/3/2026", "neck pain since 6/8/2026", false},
		{"M54.2 per referral", "M54.12 per referral", false},
		{"97124 x 3 units", "97124 x 4 units", false},
		{"seen 2x/wk for 6 wks", "Seen twice weekly for 6 weeks", true},
		{"seen 2x/wk for 6 wks", "Seen 3 times weekly for 6 weeks", false},
		{"[PATIENT_1] reports neck pain", "[PATIENT_2] reports neck pain", false},
		{"[PATIENT_1] reports neck pain", "Neck pain, [PATIENT_1] reports.", true},
		{"pain six out of ten, forty five minutes", "pain 6/10, 45 min", true},
		{"unable to sit 30 min", "Cannot sit for 30 minutes.", true},
		{"unable to sit 30 min", "Sits for 30 minutes.", false},
		{"ibuprofen 400 mg daily", "ibuprofen 800 mg daily", false},
		{"AROM cervical rotation L 45° R 60°", "AROM cervical rotation L 60° R 45°", false},
		{"ODI 42%", "Oswestry Disability Index 42 percent", true},
		{"husband reports she limps", "she reports she limps", false},
		{"pt states pain is worse at night", "pain is observed worse at night", false},
		{"WNL", "within normal limits", true},
		{"neck pain", "neck pain \u200b", false},
		{"neck pain", "neck pain see [here](https://x.test)", false},
		{"neck pain", "nеck pain", false}, // a Cyrillic letter
		{"neck pain", "neck pain" + strings.Repeat(" and the", 50), false},
	} {
		err := x.Same(clinical.Sentence{Text: tt.before}, clinical.Sentence{Text: tt.after})
		if (err == nil) != tt.same {
			t.Errorf("%q / %q: %v", tt.before, tt.after, err)
		}
	}
}
