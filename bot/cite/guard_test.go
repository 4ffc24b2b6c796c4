package cite

import (
	"errors"
	"strings"
	"testing"
)

// Passages of the shape the library has; made up for these tests.
const (
	passReview = "A carrier may not require prior authorization for up to six visits with a contracting provider in a new episode of care.\n" +
		"A carrier must post its criteria on its website and give them to an enrollee on request.\n" +
		"The plan may still require a referral."
	passClocks = "The plan must decide an urgent appeal within 72 hours, a pre-service appeal within 30 days and a post-service appeal within 60 days.\n" +
		"The patient has at least 180 days to appeal."
	passLaw = "The law protects the category; it does not give any single therapist a contract or a payment.\n" +
		"The law was amended on July 31, 2015.\n" +
		"A court may award up to $100 a day if the administrator does not send the documents."
)

func TestParaphrase(t *testing.T) {
	t.Parallel()
	tests := []struct {
		claim, passage string
		kind           Kind // "" if it passes
	}{
		// Said in other words.
		{"A carrier cannot demand prior authorization for up to six visits with an in-network provider in a new episode of care.", passReview, ""},
		{"Carriers are required to post their criteria and to provide them to an enrollee on request.", passReview, ""},
		{"A referral may still be required.", passReview, ""},
		{"No; the plan is free to require a referral.", passReview, ""},
		{"An urgent appeal has to be decided within 72 hours.", passClocks, ""},
		{"Post-service appeals must be decided within sixty days.", passClocks, ""},
		{"The law gives no single therapist a contract.", passLaw, ""},
		{"In 2015 the law was amended.", passLaw, ""},
		{"The court can award $100 a day if the administrator does not send the documents.", passLaw, ""},

		// Numbers, units, dates, money.
		{"A carrier may not require prior authorization for up to eight visits with a contracting provider in a new episode of care.", passReview, KindNumber},
		{"The patient has at least 180 months to appeal.", passClocks, KindNumber},
		{"A pre-service appeal must be decided within 60 days.", passClocks, KindNumber},
		{"The patient has at most 180 days to appeal.", passClocks, KindNumber},
		{"The law was amended on July 31, 2016.", passLaw, KindDate},
		{"The law was amended on August 31, 2015.", passLaw, KindDate},
		{"A court may award up to $1,000 a day if the administrator does not send the documents.", passLaw, KindMoney},

		// Must, may, may not.
		{"The plan must still require a referral.", passReview, KindModal},
		{"A carrier may post its criteria on its website and give them to an enrollee on request.", passReview, KindModal},
		{"A carrier need not post its criteria on its website.", passReview, KindModal},
		{"A carrier may require prior authorization for up to six visits with a contracting provider in a new episode of care.", passReview, KindNegation},

		// Negation.
		{"The law gives any single therapist a contract or a payment.", passLaw, KindNegation},
		{"The law does not protect the category.", passLaw, KindNegation},
		{"A court may award up to $100 a day if the administrator sends the documents.", passLaw, KindNegation},

		// Parties.
		{"An enrollee must post its criteria on its website and give them to an enrollee on request.", passReview, KindParty},
		{"The employer must decide an urgent appeal within 72 hours.", passClocks, KindParty},
		{"The commissioner may award up to $100 a day if the administrator does not send the documents.", passLaw, KindParty},

		// Codes, opposites, cuts, and sentences about something else.
		{"RCW 48.43.016 protects the category.", passLaw, KindCitation},
		{"Subsection (2)(b) protects the category.", passLaw, KindCitation},
		{"A post-service appeal must be decided within 30 days.", passClocks, KindNumber},
		{"A carrier may not require prior authorization for up to six visits with an out-of-network provider in a new episode of care.", passReview, KindRival},
		{"Massage is safe and effective for most adults.", passLaw, KindSubject},
		{"A notice is due within ten days", "A notice is due within ten days, unless the plan has ended.", KindCut},
	}
	for _, tt := range tests {
		err := Paraphrase(tt.claim, []string{tt.passage})
		var g *GuardError
		switch errors.As(err, &g); {
		case tt.kind == "" && err != nil:
			t.Errorf("%q: %v", tt.claim, err)
		case tt.kind != "" && g == nil:
			t.Errorf("%q passes, want %s", tt.claim, tt.kind)
		case tt.kind != "" && g.Kind != tt.kind && !(kin[tt.kind] && kin[g.Kind]):
			t.Errorf("%q: %s (%v), want %s", tt.claim, g.Kind, err, tt.kind)
		}
	}
}

// kin are kinds that one edit can be told as.
var kin = map[Kind]bool{KindModal: true, KindNegation: true}

// TestParaphraseUnion: a sentence may rest on several passages.
func TestParaphraseUnion(t *testing.T) {
	t.Parallel()
	claim := "The plan may still require a referral, and it must decide an urgent appeal within 72 hours."
	if err := Paraphrase(claim, []string{passReview, passClocks}); err != nil {
		t.Error(err)
	}
	if err := Paraphrase(claim, []string{passReview}); err == nil {
		t.Error("passes without the passage that has the 72 hours")
	}
}

// TestVerbatimPasses: a sentence of the passages passes as it stands, in any
// guise that Normalise undoes, and whatever it says.
func TestVerbatimPasses(t *testing.T) {
	t.Parallel()
	for _, p := range []string{passReview, passClocks, passLaw} {
		for s := range strings.Lines(p) {
			if err := Paraphrase(strings.ReplaceAll(strings.TrimSpace(s), " ", "\u00a0 "), []string{p}); err != nil {
				t.Errorf("%q: %v", s, err)
			}
		}
	}
}

// TestHeadingSaysNothing: a heading holds names and numbers, and is no
// sentence to agree with, not even word for word.
func TestHeadingSaysNothing(t *testing.T) {
	t.Parallel()
	if err := Paraphrase("The law of 2016 protects the category.", []string{passLaw, "# Every category law (2016)"}); err != nil {
		t.Error(err)
	}
	if err := Paraphrase("The plan must still require a referral.", []string{passReview, "# The plan must still require a referral."}); err == nil {
		t.Error("a heading is taken for a sentence")
	}
}

func TestFigures(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"within ninety (90) days", "90 days @max"},
		{"one hundred and eighty days", "180 days"},
		{"at least 24 months, or 30 for coordination of benefits", "24 months @min, 30 months"},
		{"no later than July 1, 2022", "2022-07-01 @max"},
		{"$2,589 or 2.9% of it", "$2589, 2.9%"},
		{"seventy-five percent", "75%"},
		{"8 to 22 minutes make 1 unit", "8 minutes, 22 minutes, 1 units"},
		{"the Ninth Circuit in 1998", "9th, 1998"},
		{"one therapist alone", ""},
		{"the 15-minute unit", "15 minutes"},
		{"more than 600,000 enrollees", "600000 @min"},
		{"may not require more than two appeals", "2 @max"},
		{"RCW 48.43.016(2)(a) and CPT 97124", ""},
	}
	for _, tt := range tests {
		var got []string
		for _, f := range readSentence(tt.text).figures {
			got = append(got, strings.TrimSpace(f.String()+" "+f.bound))
		}
		if s := strings.Join(got, ", "); s != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, s, tt.want)
		}
	}
}

func TestModes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text, word string
		want       mode
	}{
		{"The plan must pay the claim.", "pay", duty},
		{"The plan shall not pay the claim.", "pay", ban},
		{"No plan may pay the claim.", "pay", ban},
		{"The plan does not have to pay the claim.", "pay", noDuty},
		{"The law does not require a plan to pay the claim.", "pay", noDuty},
		{"Nothing prevents a plan from paying the claim.", "pay", leave},
		{"The law does not let a plan pay the claim.", "pay", ban},
		{"The plan pays the claim.", "pay", plain},
		{"The plan never pays the claim.", "pay", neg},
		{"It is wrong to say that the plan pays the claim.", "pay", neg},
		{"The plan can neither deny nor pay the claim.", "pay", ban},
		{"The plan may deny the claim, but it does not pay.", "pay", neg},
		{"If the claim is late, the plan should pay it.", "pay", should},
	}
	for _, tt := range tests {
		s := readSentence(tt.text)
		var got mode
		for _, w := range s.words {
			if w.key == key(tt.word) {
				got = w.modes
			}
		}
		if got != tt.want {
			t.Errorf("%q: %s is %s, want %s", tt.text, tt.word, got, tt.want)
		}
	}
}

func FuzzParaphrase(f *testing.F) {
	f.Add("No; a plan may not, unless 90 (ninety) days pass, pay $5.", passReview)
	f.Add("does not not neither nor without", passLaw)
	f.Add("\xff “— (1)(a) one hundred and ٣", "keeps out from")
	f.Fuzz(func(t *testing.T, claim, passage string) {
		first := Paraphrase(claim, []string{passage})
		if second := Paraphrase(claim, []string{passage}); (first == nil) != (second == nil) || first != nil && first.Error() != second.Error() {
			t.Errorf("two answers: %v, %v", first, second)
		}
		if strings.Contains(passage, "\n") || sentenceEnd.MatchString(Normalise(passage).Text) || strings.TrimSpace(passage) == "" {
			return
		}
		if err := Paraphrase(passage, []string{passage}); err != nil && len(readPassage(passage)) == 1 {
			t.Errorf("its own sentence fails: %v", err)
		}
	})
}
