package main

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

const few = 400 // passages of the tests

// TestEnginesFindTheSame: every engine's ten best by vectors are the exact
// ones, ours by words too, the rivals' by words nearly, and nothing comes
// from behind the filter.
func TestEnginesFindTheSame(t *testing.T) {
	t.Parallel()
	judge := newOracle(passages(few))
	for _, e := range engines() {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := e.fill(t.Context(), dir, passages(few)); err != nil {
				t.Fatal(err)
			}
			x, err := e.open(t.Context(), dir)
			if err != nil {
				t.Fatal(err)
			}
			defer x.Close()
			for _, o := range ops {
				if !e.can(o) {
					continue
				}
				var m marks
				for _, q := range o.questions(10) {
					words, near, err := o.ask(t.Context(), x, q)
					if err != nil {
						t.Fatal(o.name, err)
					}
					add(judge, &m, o, q, found{words, near})
				}
				if err := (&indexRow{Engine: e.name}).note(o, m); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// TestWrongEnginesAreNotTimed: hits from behind the filter, a vector or a
// word that is missed, and a ranking by something else are errors.
func TestWrongEnginesAreNotTimed(t *testing.T) {
	t.Parallel()
	vectors, rarer, words := op{near: true}, op{words: true, rarer: true}, op{words: true}
	for _, c := range []struct {
		engine string
		o      op
		m      marks
		want   string
	}{
		{"sqlite", vectors, marks{Near: 100, NearOf: 100}, ""},
		{"sqlite", vectors, marks{Near: 99, NearOf: 100}, "nearest vectors"},
		{"sqlite", vectors, marks{Near: 100, NearOf: 100, Outside: 1}, "under the filter"},
		{"bleve", rarer, marks{Words: 60, WordsOf: 100}, ""},
		{"bleve", rarer, marks{Words: 40, WordsOf: 100}, "something else"},
		{"advocate", words, marks{Words: 99, WordsOf: 100}, "all should be"},
	} {
		err := (&indexRow{Engine: c.engine}).note(c.o, c.m)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s %+v: %v, want %q", c.engine, c.m, err, c.want)
		}
	}
}

func TestGrade(t *testing.T) {
	t.Parallel()
	scores := map[int]float64{}
	for i := range 20 {
		scores[i] = float64(i / 2) // ties in twos
	}
	for _, c := range []struct {
		hits  []int
		right int
	}{
		{[]int{19, 18, 17, 16, 15, 14, 13, 12, 11, 10}, 10},
		{[]int{19, 19, 19}, 1},
		{[]int{19, 0, 99}, 1},
		{nil, 0},
	} {
		if right, of := grade(scores, c.hits); right != c.right || of != limit {
			t.Errorf("grade(%v) = %d of %d, want %d of %d", c.hits, right, of, c.right, limit)
		}
	}
	if right, of := grade(map[int]float64{3: 1, 4: 1}, []int{4, 3}); right != 2 || of != 2 {
		t.Errorf("two of two: %d of %d", right, of)
	}
}

// TestDataIsTheSame: every process makes the same passages and questions, a
// larger size begins with the smaller, and the rarer words are rarer.
func TestDataIsTheSame(t *testing.T) {
	t.Parallel()
	a, b := slices.Collect(passages(20)), slices.Collect(passages(30))
	for i := range a {
		if a[i].text != b[i].text || a[i].scope != b[i].scope || !slices.Equal(a[i].vector, b[i].vector) {
			t.Fatalf("passage %d differs", i)
		}
	}
	for _, q := range questions(50, true) {
		for _, w := range q.words {
			if len(w) < len("w50x") || w < "w50x" && len(w) == len("w50x") {
				t.Errorf("%s is among the most frequent words", w)
			}
		}
	}
}

// TestWorker: a worker fills, opens and answers by lines of JSON, and says
// what it cannot do.
func TestWorker(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var in, out bytes.Buffer
	for _, j := range []job{{Do: "fill"}, {Do: "open"}, {Do: "time", Op: 0, Questions: 3}, {Do: "memory"}, {Do: "grade"}, {Do: "dance"}} {
		if err := json.NewEncoder(&in).Encode(j); err != nil {
			t.Fatal(err)
		}
	}
	if err := runWorker(t.Context(), []string{"advocate", dir, "200"}, &in, &out); err != nil {
		t.Fatal(err)
	}
	var got []result
	for d := json.NewDecoder(&out); d.More(); {
		var r result
		if err := d.Decode(&r); err != nil {
			t.Fatal(err)
		}
		got = append(got, r)
	}
	if len(got) != 6 || len(got[0].Seconds) != 1 || len(got[2].Seconds) != 3 || got[3].Memory == nil || got[4].Error == "" || got[5].Error == "" {
		t.Errorf("results %+v", got)
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int{"500": 500, "1k": 1000, "100k": 100_000, "0": 0, "k": 0, "": 0, "-1k": 0, "2000k": 0} {
		if n, err := sizeOf(s); n != want || (err == nil) != (want > 0) {
			t.Errorf("sizeOf(%q) = %d, %v", s, n, err)
		}
	}
}

// TestMessagesAreAnswered sends a few through a chat.
func TestMessagesAreAnswered(t *testing.T) {
	t.Parallel()
	rows, err := (&bench{err: t.Output()}).messages(t.Context(), 20)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 10 || rows[9].Messages != 20 || rows[9].Heap == 0 || rows[9].Disk == 0 {
		t.Errorf("rows %+v", rows)
	}
}

// TestMembersAreAnswered asks the three servers.
func TestMembersAreAnswered(t *testing.T) {
	t.Parallel()
	rows, err := (&bench{err: t.Output(), turns: 1, asked: 64}).members(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.N != 64 || r.Rate <= 0 || r.Median <= 0 {
			t.Errorf("%+v", r)
		}
	}
}
