package corpus_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/everycategory/advocate/corpus"
)

func TestDatesHaveAFirstAndALastDay(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ date, first, last corpus.Date }{
		{"2024", "2024-01-01", "2024-12-31"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"2023-02", "2023-02-01", "2023-02-28"},
		{"2024-02-03", "2024-02-03", "2024-02-03"},
		{"", "", ""},
		{"2024-13", "", ""},
	} {
		if tt.date.First() != tt.first || tt.date.Last() != tt.last {
			t.Errorf("%q: %q to %q, want %q to %q", tt.date, tt.date.First(), tt.date.Last(), tt.first, tt.last)
		}
	}
}

// version is a text for tests, by id and dates.
func version(id string, captured, seen, effective, until corpus.Date) *corpus.Source {
	return &corpus.Source{ID: id, Form: corpus.Text, Status: "in-force",
		Capture: &corpus.Capture{Captured: captured, Seen: seen, Effective: effective, Until: until}}
}

func TestLawOn(t *testing.T) {
	t.Parallel()
	plain := []*corpus.Source{version("old", "2020-03-01", "2021-03-01", "2019-07-28", ""), version("new", "2024-05-01", "2024-06-01", "2023-07-23", "")}
	delayed := []*corpus.Source{version("now", "2024-01-10", "2024-01-10", "2020-01-01", "2025-01-01"), version("next", "2024-01-10", "2024-01-10", "2025-01-01", "")}
	for _, tt := range []struct {
		name     string
		versions []*corpus.Source
		day      corpus.Date
		want     string
		basis    corpus.Basis
	}{
		{"before all", plain, "2019-07-27", "", corpus.Unknown},
		{"the first day", plain, "2019-07-28", "old", corpus.Known},
		{"the last day it was seen", plain, "2021-03-01", "old", corpus.Known},
		{"a change nobody captured may lie here", plain, "2022-01-01", "", corpus.Unknown},
		{"the day before the change", plain, "2023-07-22", "", corpus.Unknown},
		{"the day of the change", plain, "2023-07-23", "new", corpus.Known},
		{"after the last capture", plain, "2026-01-01", "new", corpus.Presumed},
		{"an unreadable day", plain, "2024", "", corpus.Unknown},
		{"nothing held", nil, "2024-01-01", "", corpus.Unknown},
		{"before a delayed effect", delayed, "2024-12-31", "now", corpus.Presumed},
		{"from a delayed effect", delayed, "2025-01-01", "next", corpus.Presumed},
		{"a retroactive change", append(slices.Clone(plain), version("retro", "2025-01-01", "2025-01-01", "2023-09-01", "")), "2024-05-15", "retro", corpus.Known},
		{"what a retroactive change leaves", append(slices.Clone(plain), version("retro", "2025-01-01", "2025-01-01", "2023-09-01", "")), "2023-08-01", "new", corpus.Known},
		{"an announced change that did not come", append(slices.Clone(delayed), version("kept", "2024-06-01", "2025-06-01", "2020-01-01", "")), "2025-03-01", "kept", corpus.Known},
		{"a year only: inside it", []*corpus.Source{version("y", "2024-01-01", "2024-01-01", "2022", "")}, "2022-07-01", "", corpus.Unknown},
		{"a year only: after it", []*corpus.Source{version("y", "2024-01-01", "2024-01-01", "2022", "")}, "2022-12-31", "y", corpus.Known},
		{"a year only: captured in it", []*corpus.Source{version("y", "2022-08-01", "2022-08-01", "2022", "")}, "2022-08-01", "y", corpus.Known},
		{"seen in the year of a later act", append([]*corpus.Source{version("y", "2024-01-01", "2024-01-01", "2022", "")}, version("x", "2021-01-01", "2022-03-01", "2019-01-01", "")), "2022-03-01", "x", corpus.Known},
		{"no date: from the capture on", []*corpus.Source{version("n", "2022-08-01", "2022-08-01", "", "")}, "2022-07-31", "", corpus.Unknown},
		{"expired", []*corpus.Source{version("e", "2022-08-01", "2022-08-01", "2020-01-01", "2023-01-01")}, "2023-01-01", "", corpus.Unknown},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			st := corpus.LawOn(tt.versions, tt.day)
			got := ""
			if st.Text != nil {
				got = st.Text.ID
			}
			if got != tt.want || st.Basis != tt.basis {
				t.Errorf("%q (%d), want %q (%d)", got, st.Basis, tt.want, tt.basis)
			}
		})
	}
}

// An act is an amendment in a made-up world that is simulated day by day.
type act struct {
	enacted, effective int
	stated             int // how well the publisher dates it: 0 to the day, 1 the year, 2 not at all
}

// worldDays is how long a made-up world lasts; some years, so that years
// begin and end in it.
const worldDays = 1500

func dayOf(n int) corpus.Date {
	return corpus.Date(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n).Format(time.DateOnly))
}

// history makes acts in the order of their enactment: most take effect
// within months, some at once, some in years, some in the past.
func history(r *rand.Rand) []act {
	var acts []act
	for day := r.IntN(60); day < worldDays && len(acts) < 12; day += 1 + r.IntN(300) {
		a := act{enacted: day, effective: day + r.IntN(120), stated: r.IntN(3)}
		switch r.IntN(6) {
		case 0:
			a.effective, a.stated = day+100+r.IntN(700), 0
		case 1:
			if len(acts) > 0 {
				a.effective, a.stated = max(0, day-r.IntN(400)), 0
			}
		case 2:
			a.effective = day
		}
		acts = append(acts, a)
	}
	return acts
}

// timeline is the brute-force oracle: for each day the act whose text was the
// law, as far as acts enacted by the day known tell; -1 for none. It paints
// day by day, and an act does not undo what was still to come when it passed.
func timeline(acts []act, known int) []int {
	line := make([]int, worldDays)
	for d := range line {
		line[d] = -1
	}
	for i, a := range acts {
		if a.enacted > known {
			break
		}
		for d := a.effective; d < worldDays; d++ {
			if j := line[d]; j >= 0 && acts[j].effective > a.enacted && d >= acts[j].effective && acts[j].effective > a.effective {
				continue
			}
			line[d] = i
		}
	}
	return line
}

// shown is what the publisher's page shows on a day: the law in force and
// what is to come, each with the day it ends, if that is known.
func shown(acts []act, day int) (out []*corpus.Source) {
	line := timeline(acts, day)
	from := day
	for d := day; d <= worldDays; d++ {
		if d < worldDays && line[d] == line[from] {
			continue
		}
		if i := line[from]; i >= 0 {
			v := version(fmt.Sprintf("act %d", i), dayOf(day), dayOf(day), dayOf(acts[i].effective), "")
			if from == day {
				switch acts[i].stated {
				case 1:
					v.Capture.Effective = v.Capture.Effective[:4]
				case 2:
					v.Capture.Effective = ""
				}
			} else {
				v.Capture.Effective = dayOf(from) // a change to come is shown with its day
			}
			if d < worldDays {
				v.Capture.Until = dayOf(d)
			}
			out = append(out, v)
		}
		from = d
	}
	return out
}

// capture keeps pages as a store does: a text that was shown last is seen
// again, any other is a version of its own.
func capture(acts []act, days []int) []*corpus.Source {
	var held, last []*corpus.Source
	for _, day := range days {
		var now []*corpus.Source
		for _, v := range shown(acts, day) {
			i := slices.IndexFunc(last, func(w *corpus.Source) bool { return w.ID == v.ID && w.Capture.Until == v.Capture.Until })
			if i < 0 {
				held, now = append(held, v), append(now, v)
				continue
			}
			last[i].Capture.Seen = v.Capture.Seen
			now = append(now, last[i])
		}
		last = now
	}
	return held
}

// TestLawOnAgainstAnOracle captures made-up worlds at random days, and on
// every day a retroactive act passes, and holds each day's answer against
// the simulation: what is Known must be right, what was captured must be
// Known, and what is Presumed must be what the last page announced.
func TestLawOnAgainstAnOracle(t *testing.T) {
	t.Parallel()
	known, presumed, unknown := 0, 0, 0
	for seed := range histories {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		acts := history(r)
		var days []int
		for range 1 + r.IntN(8) {
			days = append(days, r.IntN(worldDays))
		}
		for _, a := range acts {
			if a.effective < a.enacted {
				days = append(days, a.enacted)
			}
		}
		slices.Sort(days)
		days = slices.Compact(days)
		last := days[len(days)-1]
		truth := timeline(acts, last)
		held := capture(acts, days)
		r.Shuffle(len(held), func(i, j int) { held[i], held[j] = held[j], held[i] })
		for d := range worldDays {
			if d%5 != seed%5 && !slices.Contains(days, d) && !slices.ContainsFunc(acts, func(a act) bool { return d == a.effective || d == a.effective-1 }) {
				continue // every fifth day, and those where something happens
			}
			st := corpus.LawOn(held, dayOf(d))
			want := ""
			if truth[d] >= 0 {
				want = fmt.Sprintf("act %d", truth[d])
			}
			switch {
			case st.Basis == corpus.Unknown:
				unknown++
				if slices.Contains(days, d) && want != "" {
					t.Fatalf("seed %d: %s was captured and is unknown", seed, dayOf(d))
				}
			case st.Text.ID != want:
				t.Fatalf("seed %d: %s (%d): %s, want %q", seed, dayOf(d), st.Basis, st.Text.ID, want)
			case st.Basis == corpus.Presumed:
				presumed++
				if d <= last {
					t.Fatalf("seed %d: %s is presumed, and captures go to %s", seed, dayOf(d), dayOf(last))
				}
			default:
				known++
			}
		}
	}
	t.Logf("%d histories: %d days known, %d presumed, %d unknown, 0 wrong", histories, known, presumed, unknown)
	if known == 0 || presumed == 0 || unknown == 0 {
		t.Error("the worlds do not have all three: the test shows too little")
	}
}
