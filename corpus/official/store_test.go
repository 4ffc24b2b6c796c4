package official_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/official"
)

// put stores a page that was captured on a day.
func put(t *testing.T, store *official.Store, w waPage, day corpus.Date) []official.Change {
	t.Helper()
	p := official.Page{URL: w.url(), Body: []byte(w.html()), Captured: day}
	parsed, err := official.Parse(p)
	if err != nil {
		t.Fatal(err)
	}
	writing, err := store.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer writing.End()
	out, err := writing.Put(p, parsed)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestStoreComesBackWhole(t *testing.T) {
	t.Parallel()
	store := &official.Store{Dir: filepath.Join(t.TempDir(), "official")}
	if texts, damaged, err := store.Load(); len(texts)+len(damaged) != 0 || err != nil {
		t.Errorf("a store that is not there: %v %v %v", texts, damaged, err)
	}
	put(t, store, sampleRCW(), "2025-07-31")
	s := held(t, store)[0]
	if s.ID != "rcw-99.43.045@2025-07-31" || places(s) != places(parse(t, page(sampleRCW().url(), sampleRCW().html()))) {
		t.Errorf("%s\n%s", s.ID, places(s))
	}
}

// TestATextThatComesBackIsAVersion: old words that return are not the old
// version seen again.
func TestATextThatComesBackIsAVersion(t *testing.T) {
	t.Parallel()
	store := &official.Store{Dir: t.TempDir()}
	old, other := sampleRCW(), sampleRCW()
	other.paras[1] = "(a) Answer a written request; and"
	var got []official.Change
	for _, x := range []struct {
		page waPage
		day  corpus.Date
	}{{old, "2024-01-01"}, {old, "2024-02-01"}, {other, "2024-03-01"}, {old, "2024-04-01"}, {old, "2024-04-01"}} {
		got = append(got, put(t, store, x.page, x.day)...)
	}
	want := []official.Change{official.Added, official.Same, official.Changed, official.Changed, official.Same}
	if len(held(t, store)) != 3 || len(got) != len(want) {
		t.Fatalf("%d versions, %v", len(held(t, store)), got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%v, want %v", got, want)
			break
		}
	}
}

// TestTwoPagesOfADayAreTwoFiles: nothing is overwritten.
func TestTwoPagesOfADayAreTwoFiles(t *testing.T) {
	t.Parallel()
	store := &official.Store{Dir: t.TempDir()}
	a, b := sampleRCW(), sampleRCW()
	b.paras[1] = "(a) Answer a written request; and"
	put(t, store, a, "2024-01-01")
	put(t, store, b, "2024-01-01")
	texts := held(t, store)
	if len(texts) != 2 || texts[0].ID == texts[1].ID {
		t.Errorf("%d texts", len(texts))
	}
}

func TestDamagedFilesAreNamedAndLeftOut(t *testing.T) {
	t.Parallel()
	for name, harm := range map[string]func(data string) string{
		"cut off":        func(d string) string { return d[:len(d)/2] },
		"a changed word": func(d string) string { return strings.Replace(d, "thirty days", "ninety days", 1) },
		"a changed date": func(d string) string {
			return strings.Replace(d, `"effective": "2013-07-01"`, `"effective": "2003-07-01"`, 1)
		},
		"another format": func(d string) string { return strings.Replace(d, `"format": 1`, `"format": 9`, 1) },
		"no text":        func(string) string { return "{}" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := &official.Store{Dir: t.TempDir()}
			put(t, store, sampleRCW(), "2024-01-01")
			put(t, store, sampleWAC(), "2024-01-01")
			file := filepath.Join(store.Dir, "rcw-99.43.045@2024-01-01.json")
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if harm(string(data)) == string(data) {
				t.Fatal("nothing was harmed")
			}
			if err := os.WriteFile(file, []byte(harm(string(data))), 0o600); err != nil {
				t.Fatal(err)
			}
			texts, damaged, err := store.Load()
			if err != nil || len(texts) != 1 || texts[0].Cite.String() != "WAC 999-830-565" {
				t.Errorf("%d texts, %v", len(texts), err)
			}
			if len(damaged) != 1 || !strings.Contains(damaged[0], "rcw-99.43.045@2024-01-01.json") {
				t.Errorf("damaged: %q", damaged)
			}
		})
	}
	t.Run("the index", func(t *testing.T) {
		t.Parallel()
		store := &official.Store{Dir: t.TempDir()}
		put(t, store, sampleRCW(), "2024-01-01")
		put(t, store, sampleRCW(), "2024-02-01")
		if err := os.WriteFile(filepath.Join(store.Dir, "seen.json"), []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
		texts, damaged, err := store.Load()
		if err != nil || len(texts) != 1 || len(damaged) != 1 || texts[0].Capture.Seen != "2024-01-01" {
			t.Errorf("%d texts, %q, %v", len(texts), damaged, err)
		}
		if got := put(t, store, sampleRCW(), "2024-03-01"); got[0] != official.Same {
			t.Errorf("after that: %v", got)
		}
	})
}

// TestAnOlderTextDoesNotPassForTheLaw: where the newest version is damaged,
// those before it are left out until a later one is captured.
func TestAnOlderTextDoesNotPassForTheLaw(t *testing.T) {
	t.Parallel()
	store := &official.Store{Dir: t.TempDir()}
	old, new := sampleRCW(), sampleRCW()
	new.paras[1] = "(a) Answer a written request; and"
	put(t, store, old, "2024-01-01")
	put(t, store, new, "2024-06-01")
	harm := func(day string) {
		if err := os.WriteFile(filepath.Join(store.Dir, "rcw-99.43.045@"+day+".json"), []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	harm("2024-06-01")
	if texts, damaged, err := store.Load(); len(texts) != 0 || len(damaged) != 1 || err != nil {
		t.Errorf("%d texts, %q, %v", len(texts), damaged, err)
	}
	put(t, store, new, "2024-06-02")
	if texts, _, _ := store.Load(); len(texts) != 2 {
		t.Errorf("%d texts after it was captured again", len(texts))
	}
	harm("2024-01-01")
	if texts, _, _ := store.Load(); len(texts) != 1 {
		t.Errorf("%d texts: an older one that is lost takes nothing with it", len(texts))
	}
}

func TestOneSyncAtATime(t *testing.T) {
	t.Parallel()
	store := &official.Store{Dir: t.TempDir()}
	w, err := store.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Begin(); !errors.Is(err, official.ErrBusy) {
		t.Errorf("a second one: %v", err)
	}
	w.End()
	w, err = store.Begin()
	if err != nil {
		t.Fatalf("after the first ended: %v", err)
	}
	w.End()
}

// TestADateOnAnotherPage: a page that refers to another for its effective
// date gets it once that page is held.
func TestADateOnAnotherPage(t *testing.T) {
	t.Parallel()
	store := &official.Store{Dir: t.TempDir()}
	refers, states := sampleRCW(), sampleRCW()
	refers.number, refers.history, refers.notes = "99.43.060", "2012 c 137 s 9.", []string{"Effective date—2012 c 137: See notes following RCW 99.43.045."}
	put(t, store, refers, "2024-01-01")
	if got := held(t, store)[0].Capture.Effective; got != "" {
		t.Errorf("alone: %q", got)
	}
	put(t, store, states, "2024-01-01")
	for _, s := range held(t, store) {
		if s.Capture.Effective != "2013-07-01" {
			t.Errorf("%s: %q", s.Cite, s.Capture.Effective)
		}
	}
}

// write puts files into a new folder.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestImport(t *testing.T) {
	t.Parallel()
	rcw, wac := sampleRCW(), sampleWAC()
	plain := rcw.url() + "\n[a copy, captured 2023-05-05]\n\nRCW 99.43.045 Sample duties.\n" + strings.Join(rcw.paras, "\n") + "\n[ " + rcw.history + "]\n"
	older := rcw
	older.paras = append([]string{"(1) Every sample carrier may:"}, rcw.paras[1:]...)
	dir := write(t, map[string]string{
		"a/new.html":   "<!-- " + rcw.url() + " -->\n<!-- a copy (captured 2025-07-31) -->\n" + rcw.html(),
		"a/old.html":   "<!-- " + rcw.url() + " -->\n<!-- a copy (captured 2024-07-31) -->\n" + older.html(),
		"rcw.txt":      plain,
		"rule.html":    "<!-- " + wac.url() + " -->\n" + wac.html(),
		"usc.xml":      "<!-- " + uscURL + " | a copy -->\n" + sampleUSLM,
		"broken.html":  "<!-- " + rcw.url() + " -->\n" + strings.Replace(rcw.html(), "contentWrapper", "x", 1),
		"nowhere.html": rcw.html(),
		"tomorrow.txt": strings.Replace(plain, "2023-05-05", "2027-01-01", 1),
		"notes.md":     "# mine",
		"list.tsv":     "a\tb",
	})
	store := &official.Store{Dir: t.TempDir()}
	w, err := store.Begin()
	if err != nil {
		t.Fatal(err)
	}
	out, err := official.Folder{Dir: dir, Today: "2026-07-01"}.Import(context.Background(), w)
	w.End()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, o := range out {
		got[o.From] = o.Result + " " + string(o.Captured) + " " + o.Note
	}
	for name, want := range map[string]string{
		"a/old.html": "added 2024-07-31", "a/new.html": "changed 2025-07-31", "rcw.txt": "skipped  the same section is in",
		"rule.html": "added 2021-09-01 it names no day", "usc.xml": "added 2014-01-01 it names no day",
		"broken.html": "skipped  not built as expected", "nowhere.html": "skipped  line 1 does not name", "notes.md": "skipped  not HTML", "tomorrow.txt": "skipped  it says it was captured on 2027-01-01", "list.tsv": "skipped",
	} {
		if !strings.HasPrefix(got[name], want) {
			t.Errorf("%s: %q, want %q", name, got[name], want)
		}
	}
	if n := len(held(t, store)); n != 4 {
		t.Errorf("%d texts are held, want 4", n)
	}
}

// TestImportIsDatedByASibling: a page that names no day is as old as a text
// of the same words that does.
func TestImportIsDatedByASibling(t *testing.T) {
	t.Parallel()
	plain := uscURL + "\n[a copy, captured 2026-03-04]\n\n§ 999gg–5.\nSample fairness\n(a)\nProviders\nA sample plan shall not—\n(1)\nexclude a provider who acts within a license; or\n(2)\npay late,\nunless the Secretary permits it.\n(b)\nRates\nNothing in this section prevents a plan from varying rates under section 999gg–6 of this title.\n"
	for words, want := range map[string]corpus.Date{"pay late": "2026-03-04", "pay early": "2014-01-01"} {
		dir := write(t, map[string]string{"usc.xml": "<!-- " + uscURL + " -->\n" + sampleUSLM, "usc.txt": strings.Replace(plain, "pay late", words, 1)})
		store := &official.Store{Dir: t.TempDir()}
		w, err := store.Begin()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := (official.Folder{Dir: dir, Today: "2026-07-01"}).Import(context.Background(), w); err != nil {
			t.Fatal(err)
		}
		w.End()
		if texts := held(t, store); len(texts) != 1 || texts[0].Capture.Captured != want {
			t.Errorf("%s: %d texts, captured %s, want %s", words, len(texts), texts[0].Capture.Captured, want)
		}
	}
}
