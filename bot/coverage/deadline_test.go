package coverage

import (
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/corpus"
)

// TestDeadlines reads testdata/deadlines.txt: each clock holds under some
// facts, all known, and does not under a neighbour's.
func TestDeadlines(t *testing.T) {
	t.Parallel()
	r := rules(t)
	data, err := os.ReadFile("testdata/deadlines.txt")
	if err != nil {
		t.Fatal(err)
	}
	tested := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(strings.TrimSpace(line), " | ")
		if len(parts) != 4 {
			t.Fatalf("%q: want four parts", line)
		}
		c, from := cite(t, parts[0]), Event(parts[1])
		tested[c.String()+string(from)] = true
		has := func(in string) (held, sure bool) {
			for _, d := range r.Deadlines(facts(t, in), nil) {
				if d.Cite == c && d.Event == from {
					return true, len(d.Turns) == 0
				}
			}
			return false, false
		}
		if held, sure := has(parts[2]); !held || !sure {
			t.Errorf("%s does not hold for certain under %s", parts[0], parts[2])
		}
		if held, _ := has(parts[3]); held {
			t.Errorf("%s holds under %s", parts[0], parts[3])
		}
	}
	for _, c := range r.clocks {
		if !tested[c.Cite.String()+string(c.From)] {
			t.Errorf("%s from %s: want a case that holds and one that does not", c.Cite, c.From)
		}
	}
}

var numberWords = map[int][]string{1: {"one"}, 3: {"third", "three"}, 4: {"four"}, 6: {"six"}, 24: {"twenty-four"}, 30: {"thirty"}, 90: {"ninety"}, 180: {"hundred eighty"}}

// TestDeadlinesAreSaid finds each clock's number in the passage it cites.
func TestDeadlinesAreSaid(t *testing.T) {
	t.Parallel()
	catalog, err := corpus.Load(os.DirFS("../../corpus/library"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range rules(t).clocks {
		_, p := catalog.Resolve(c.Cite)
		if p == nil {
			t.Errorf("%s is not in the library", c.Cite)
			continue
		}
		d := Deadline{Days: c.Days, Months: c.Months, Years: c.Years, Hours: c.Hours, BusinessDays: c.BusinessDays}
		n := max(d.Days, d.Months, d.Years, d.Hours, d.BusinessDays)
		number, unit, _ := strings.Cut(strings.TrimSuffix(d.In(), "s"), " ")
		words := append(numberWords[n], number)
		said := regexp.MustCompile(`(?i)\b(` + strings.Join(words, "|") + `)(st|nd|rd|th)?[ -]` + unit)
		if !said.MatchString(p.Text) {
			t.Errorf("%s does not say %s: %s", c.Cite, d.In(), p.Text)
		}
	}
}

// TestDeadlineDates holds the calendar where months are short and years
// leap.
func TestDeadlineDates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		clock clock
		from  corpus.Date
		want  corpus.Date
	}{
		{clock{Days: 30}, "2026-03-03", "2026-04-02"},
		{clock{Days: 180}, "2026-03-03", "2026-08-30"},
		{clock{Days: 30}, "2028-01-30", "2028-02-29"},
		{clock{Days: 30}, "2026-01-30", "2026-03-01"},
		{clock{Days: 15}, "2026-12-20", "2027-01-04"},
		{clock{Months: 4}, "2026-10-31", "2027-02-28"},
		{clock{Months: 4}, "2027-10-31", "2028-02-29"},
		{clock{Months: 4}, "2026-03-15", "2026-07-15"},
		{clock{Months: 24}, "2028-02-29", "2030-02-28"},
		{clock{Years: 3, Opens: true}, "2028-02-29", "2031-03-01"},
		{clock{Months: 6, Opens: true}, "2026-08-31", "2027-03-01"},
		{clock{Hours: 72}, "2026-03-03", ""},
		{clock{BusinessDays: 3}, "2026-03-03", ""},
	} {
		day, err := time.Parse(time.DateOnly, string(c.from))
		if err != nil {
			t.Fatal(err)
		}
		if got := c.clock.end(day); got != c.want {
			t.Errorf("%+v from %s: %s, want %s", c.clock, c.from, got, c.want)
		}
	}
}

// TestDeadlineProperties tries days of four centuries: days are exactly so
// many, months end on the same day or, where there is none, on the last;
// later events never give earlier ends.
func TestDeadlineProperties(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 1))
	for range 20000 {
		day := time.Date(1900, 1, 1+rng.IntN(400*365), 0, 0, 0, 0, time.UTC)
		days, months := 1+rng.IntN(400), 1+rng.IntN(60)
		end, err := time.Parse(time.DateOnly, string((&clock{Days: days}).end(day)))
		if err != nil || int(end.Sub(day).Hours()/24) != days {
			t.Fatalf("%d days from %s: %s", days, day, end)
		}
		last := addMonths(day, months, false)
		n := (last.Year()-day.Year())*12 + int(last.Month()-day.Month())
		if n != months || last.Day() != day.Day() && (last.Day() > day.Day() || last.AddDate(0, 0, 1).Day() != 1) {
			t.Fatalf("%d months from %s: %s", months, day, last)
		}
		next := day.AddDate(0, 0, 1)
		if addMonths(next, months, false).Before(last) {
			t.Fatalf("%d months from %s end after those from the day after", months, day)
		}
		if over := addMonths(day, months, true); over.Before(last) || over.Sub(last) > 24*time.Hour {
			t.Fatalf("%d months over from %s: %s", months, day, over)
		}
	}
}

func TestDeadlinesDateOnlyWhatIsKnown(t *testing.T) {
	t.Parallel()
	r := rules(t)
	f := facts(t, "plan=fully-insured state=WA grandfathered=no")
	for _, d := range r.Deadlines(f, nil) {
		if d.Date != "" {
			t.Errorf("%s has the date %s of an event that is not known", d.What, d.Date)
		}
	}
	for _, day := range []corpus.Date{"2026-03", "soon", ""} {
		for _, d := range r.Deadlines(f, map[Event]corpus.Date{"refund-request-received": day}) {
			if d.Date != "" {
				t.Errorf("%q gives the date %s", day, d.Date)
			}
		}
	}
	got := r.Deadlines(f, map[Event]corpus.Date{"refund-request-received": "2026-03-03"})
	if len(got) < 3 || got[0].Date != "2026-04-02" || got[0].Who != "provider" || got[1].Date != "2026-09-03" || !got[1].Opens || got[2].Date != "" {
		t.Errorf("got %+v", got[:min(3, len(got))])
	}
	unknown := r.Deadlines(Facts{}, map[Event]corpus.Date{"refund-request-received": "2026-03-03"})
	if len(unknown) == 0 || !slices.Contains(unknown[0].Turns, "plan") {
		t.Errorf("with no facts the clock does not name what it turns on: %+v", unknown)
	}
}

func TestHappened(t *testing.T) {
	t.Parallel()
	r := rules(t)
	today := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"got the denial on March 3, how long do I have?":                 "denial-received 2026-03-03",
		"denied on 12/15, how long":                                      "denial-received 2025-12-15",
		"the denial came yesterday":                                      "denial-received 2026-06-30",
		"got a refund demand from Premera on March 3rd, 2026":            "refund-request-received 2026-03-03",
		"they denied my appeal on 2026-05-01":                            "appeal-decision 2026-05-01",
		"sent a complaint June 1 and heard nothing":                      "complaint-made 2026-06-01",
		"completed my credentialing application Feb. 29":                 "",
		"got the denial on March 3 and the refund letter on March 9":     "",
		"how long do I have to appeal a denial?":                         "",
		"the denial says 30/45 of nothing":                               "",
		"my birthday is on March 3":                                      "",
		"the denial of 3/3/26":                                           "denial-received 2026-03-03",
		"we may 3 times ask":                                             "",
		"the first visit was on June 12, when is the L&I report due?":    "first-visit 2026-06-12",
		"asked the plan administrator for the spd on sept 1":             "documents-requested 2025-09-01",
		"denied because of code 98940/97124 and 15 minutes on March 32?": "",
	} {
		var got []string
		for e, d := range r.Happened(text, today) {
			got = append(got, string(e)+" "+string(d))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q: %v, want %s", text, got, want)
		}
	}
}

func FuzzHappened(f *testing.F) {
	r := rules(f)
	f.Add("got the denial on March 3, 2026")
	f.Add("refund 13/45/0000")
	f.Fuzz(func(t *testing.T, text string) {
		for e, d := range r.Happened(text, time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)) {
			if _, err := time.Parse(time.DateOnly, string(d)); err != nil || r.eventWords(e) == string(e) {
				t.Errorf("%q: %s %s", text, e, d)
			}
		}
	})
}
