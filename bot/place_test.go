package bot_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// ofWashington matches what tells a reader of another state that a sentence
// is about Washington.
var ofWashington = regexp.MustCompile(`Washington|RCW \d|WAC \d|RCW,? |Apple Health|L&I|Uniform Medical Plan|UMP`)

// TestWashingtonIsNamed: a prepared point that rests on Washington's law alone
// says so, unless it is shown for Washington only. Advice on what to do binds
// nobody.
func TestWashingtonIsNamed(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	n := 0
	for _, card := range as.Catalog.Cards {
		for _, p := range card.Points() {
			abroad := func(c citation.Citation) bool {
				s, _ := as.Catalog.Resolve(c)
				return s == nil || s.Jurisdiction != "WA" || c.Pin == "what to do with it"
			}
			if len(p.Cites) == 0 || slices.ContainsFunc(p.Cites, abroad) || onlyIn(p, "WA") {
				continue
			}
			if n++; !ofWashington.MatchString(p.Say) {
				t.Errorf("%s: %q does not say that it is Washington's", card.Source.ID, p.Say)
			}
		}
	}
	if n == 0 {
		t.Error("no point rests on Washington's law")
	}
}

func onlyIn(p corpus.Point, state string) bool { return slices.Equal(p.If["state"], []string{state}) }

// TestInsuranceLawIsNotForSelfFundedPlans: a prepared point that rests on
// Washington's insurance law alone is not shown for an employer's self-funded
// plan, unless it is written for it.
func TestInsuranceLawIsNotForSelfFundedPlans(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	facts := coverage.Facts{"plan": "self-funded", "state": "WA"}
	n := 0
	for _, card := range as.Catalog.Cards {
		for _, p := range card.Points() {
			other := func(c citation.Citation) bool {
				s, _ := as.Catalog.Resolve(c)
				return s == nil || s.Jurisdiction != "WA" || !slices.Contains(s.Binds, corpus.FullyInsured) ||
					c.Pin == "what to do with it" || c.Pin == "whom it binds"
			}
			if len(p.Cites) == 0 || slices.ContainsFunc(p.Cites, other) || p.If["plan"] != nil {
				continue
			}
			if n++; as.Applies(p, facts) {
				t.Errorf("%s: %q is shown for a self-funded plan", card.Source.ID, p.Say)
			}
		}
	}
	if n == 0 {
		t.Error("no point rests on Washington's insurance law")
	}
}
