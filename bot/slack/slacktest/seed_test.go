package slacktest_test

import (
	"slices"
	"testing"

	"github.com/everycategory/advocate/bot/slack/slacktest"
)

func TestTheSameSeedGivesTheSameIDs(t *testing.T) {
	t.Parallel()
	ids := func(seed uint64) (out []string) {
		a := &app{}
		s := slacktest.New(t, slacktest.Options{Handler: a, Seed: seed})
		for range 5 {
			for _, d := range s.Type(slacktest.Member, slacktest.Public, ask).Deliveries {
				out = append(out, d.Type+d.ID)
			}
		}
		return out
	}
	if one, again := ids(1), ids(1); !slices.Equal(one, again) {
		t.Errorf("%v and %v", one, again)
	}
	if slices.Equal(ids(1), ids(2)) {
		t.Error("another seed gives the same")
	}
}
