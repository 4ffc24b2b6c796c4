package denial

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write the golden readings anew")

// A letter is one text of testdata and what a person says of it.
type letter struct {
	file string
	n    int
	text string
	want map[string]string
}

func (l letter) name() string { return fmt.Sprintf("%s %d", l.file, l.n) }

// letters reads testdata/letters.
func letters(t testing.TB) []letter {
	t.Helper()
	names, err := filepath.Glob("testdata/letters/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no letters", err)
	}
	var out []letter
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(a.Files); i += 2 {
			n, err := strconv.Atoi(a.Files[i].Name)
			if err != nil || a.Files[i+1].Name != a.Files[i].Name+".want" {
				t.Fatalf("%s: %q and %q: want a number, and the same with .want", name, a.Files[i].Name, a.Files[i+1].Name)
			}
			l := letter{file: strings.TrimSuffix(filepath.Base(name), ".txtar"), n: n, text: string(a.Files[i].Data), want: map[string]string{}}
			for line := range strings.Lines(string(a.Files[i+1].Data)) {
				k, v, ok := strings.Cut(strings.TrimSpace(line), ":")
				if !ok {
					t.Fatalf("%s: %q: want key: value", l.name(), line)
				}
				l.want[k] = strings.TrimSpace(v)
			}
			out = append(out, l)
		}
	}
	return out
}

// spell spells a reading as the .want files do.
func spell(d Denial) map[string]string {
	var ids, codes, dates []string
	for _, o := range d.Objections {
		ids = append(ids, o.ID)
	}
	for _, c := range d.Codes {
		codes = append(codes, strings.TrimSpace(c.Group+" "+c.Code))
	}
	for _, x := range d.Dates {
		dates = append(dates, string(x.What)+" "+string(x.Day))
	}
	yes := map[bool]string{true: "yes", false: ""}
	return map[string]string{"objections": strings.Join(ids, " "), "codes": strings.Join(codes, ", "), "dates": strings.Join(dates, ", "),
		"payer": d.Payer, "form": string(d.Form), "conditions": strings.Join(d.Conditions, " "), "procedures": strings.Join(d.Procedures, " "),
		"diagnoses": strings.Join(d.Diagnoses, " "), "final": yes[d.Final], "urgent": yes[d.Urgent]}
}

func TestLetters(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for _, l := range letters(t) {
		got := spell(r.Read(l.text, today))
		for k, want := range l.want {
			if got[k] != want {
				t.Errorf("%s: %s\n got %s\nwant %s", l.name(), k, got[k], want)
			}
		}
		for _, k := range []string{"final", "urgent"} {
			if got[k] != "" && l.want[k] == "" {
				t.Errorf("%s: it is said to be %s", l.name(), k)
			}
		}
	}
}

// A score counts objections.
type score struct{ right, wrong, missed int }

func (s score) String() string {
	p := float64(s.right) / float64(max(1, s.right+s.wrong))
	r := float64(s.right) / float64(max(1, s.right+s.missed))
	return fmt.Sprintf("precision %.3f, recall %.3f, F1 %.3f (%d right, %d wrong, %d missed)", p, r, 2*p*r/max(p+r, 1e-9), s.right, s.wrong, s.missed)
}

// A set of letters was read once before anything was changed for it. Then its
// misreadings were mended, so that only first says how a new letter fares.
type set struct {
	name  string
	first score
	has   func(letter) bool
}

var sets = []set{
	{"at hand when the phrases were written", score{37, 5, 0}, func(l letter) bool { return l.n <= 2 && objectionFile(l) || l.file == "mixtures" && l.n <= 14 }},
	{"held out", score{32, 6, 7}, func(l letter) bool {
		return (l.n == 3 || l.n == 4) && objectionFile(l) || l.file == "mixtures" && l.n > 14 && l.n <= 28
	}},
	{"held out, a second time", score{20, 2, 6}, func(l letter) bool { return l.n > 4 && objectionFile(l) || l.file == "mixtures" && l.n > 28 }},
	{"worded around the phrases", score{7, 3, 7}, func(l letter) bool { return l.file == "later" }},
	{"in the words of payers", score{11, 1, 4}, func(l letter) bool { return l.file == "unseen" }},
}

func objectionFile(l letter) bool {
	return !slices.Contains([]string{"mixtures", "later", "unseen"}, l.file)
}

// TestScores logs how many objections are found in each set, on its first
// reading and now. Now all but a fiftieth must be right.
func TestScores(t *testing.T) {
	t.Parallel()
	r := reader(t)
	all := letters(t)
	counted := 0
	for _, set := range sets {
		var now score
		for _, l := range all {
			if set.has(l) {
				now.count(strings.Fields(l.want["objections"]), strings.Fields(spell(r.Read(l.text, today))["objections"]))
				counted++
			}
		}
		t.Logf("%s\n first %v\n   now %v", set.name, set.first, now)
		if 50*(now.wrong+now.missed) > now.right {
			t.Errorf("%s: %v", set.name, now)
		}
	}
	if counted != len(all) {
		t.Errorf("%d of %d letters are in a set", counted, len(all))
	}
}

func (s *score) count(want, got []string) {
	for _, id := range got {
		if slices.Contains(want, id) {
			s.right++
		} else {
			s.wrong++
		}
	}
	for _, id := range want {
		if !slices.Contains(got, id) {
			s.missed++
		}
	}
}

// TestEveryObjectionHasLetters holds the testdata to its size: of each of the
// reader's objections four letters or tables that are more than a remark, and
// 25 texts that are mixtures or no denial.
func TestEveryObjectionHasLetters(t *testing.T) {
	t.Parallel()
	n, mixed := map[string]int{}, 0
	for _, l := range letters(t) {
		if ids := strings.Fields(l.want["objections"]); len(ids) == 1 && l.want["form"] != string(Bare) {
			n[ids[0]]++
		} else if len(ids) != 1 {
			mixed++
		}
	}
	for id := range reader(t).titles {
		if n[id] < 4 {
			t.Errorf("%s: %d letters", id, n[id])
		}
	}
	if mixed < 25 {
		t.Errorf("%d mixtures", mixed)
	}
	if len(n) != 15 {
		t.Errorf("%d objections", len(n))
	}
}

// TestGolden compares the whole reading of every letter with the one that was
// read over: go test ./bot/denial -run Golden -update.
func TestGolden(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	for _, l := range letters(t) {
		data, err := json.Marshal(reader(t).Read(l.text, today))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "%s %s\n", l.name(), data)
	}
	const name = "testdata/golden.txt"
	if *update {
		if err := os.WriteFile(name, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Split(out.String(), "\n")
	for i, line := range strings.Split(string(want), "\n") {
		if i >= len(got) || got[i] != line {
			t.Fatalf("line %d\n got %s\nwant %s", i+1, got[min(i, len(got)-1)], line)
		}
	}
}
