package denial

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// A guardCase is a sentence of a letter and what it raises.
type guardCase struct{ text, want string }

// guardCases reads testdata/guards.txt: a sentence, =>, the objections it raises.
func guardCases(t *testing.T) []guardCase {
	t.Helper()
	data, err := os.ReadFile("testdata/guards.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []guardCase
	for line := range strings.Lines(string(data)) {
		if text, want, ok := strings.Cut(strings.TrimSpace(line), "=>"); ok {
			text = strings.ReplaceAll(strings.TrimSpace(text), `\n`, "\n")
			if told, ok := strings.CutPrefix(text, "told: "); ok {
				text = told
			} else {
				text = "Dear [PATIENT_1]:\n\n" + text + "\n\nSincerely,\nClaims\n"
			}
			out = append(out, guardCase{text, strings.TrimSpace(want)})
		}
	}
	return out
}

// broken lists the cases that r reads otherwise than they say.
func broken(r *Reader, cases []guardCase) []string {
	var out []string
	for _, c := range cases {
		if got := spell(r.Read(c.text, today))["objections"]; got != c.want {
			out = append(out, c.text+"\n got "+got+"\nwant "+c.want)
		}
	}
	return out
}

// without is the library's reader after change took something from a copy of
// its reading. It reads no codes.
func without(t *testing.T, change func(*reading)) *Reader {
	t.Helper()
	rd := reader(t).reading
	rd.Guards, rd.Objections = slices.Clone(rd.Guards), slices.Clone(rd.Objections)
	for i, g := range rd.Guards {
		c := *g
		c.Phrases, c.Lift = slices.Clone(g.Phrases), slices.Clone(g.Lift)
		rd.Guards[i] = &c
	}
	for i, o := range rd.Objections {
		c := *o
		c.Cancel = slices.Clone(o.Cancel)
		rd.Objections[i] = &c
	}
	rd.Turns, rd.Affirms, rd.Wins = slices.Clone(rd.Turns), slices.Clone(rd.Affirms), slices.Clone(rd.Wins)
	change(&rd)
	c, err := catalog()
	if err != nil {
		t.Fatal(err)
	}
	r, err := newReader(rd, codeTable{}, c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestGuards(t *testing.T) {
	t.Parallel()
	for _, b := range broken(reader(t), guardCases(t)) {
		t.Error(b)
	}
}

// needed reports a phrase without which no case is misread.
func needed(t *testing.T, cases []guardCase, what string, change func(*reading)) {
	t.Helper()
	if len(broken(without(t, change), cases)) == 0 {
		t.Errorf("no case needs %s", what)
	}
}

// TestEachGuardIsNeeded takes away every phrase that keeps words from being a
// reason, one after the other: each time at least one case must be misread.
func TestEachGuardIsNeeded(t *testing.T) {
	t.Parallel()
	cases := guardCases(t)
	cut := slices.Delete[[]string]
	rd := reader(t).reading
	for i, g := range rd.Guards {
		for j, phrase := range g.Phrases {
			needed(t, cases, g.Name+": "+phrase, func(rd *reading) {
				rd.Guards[i].Phrases = append(cut(rd.Guards[i].Phrases, j, j+1), "xyzzy") // a guard has phrases
			})
		}
		for j, phrase := range g.Lift {
			needed(t, cases, g.Name+", lifted by: "+phrase, func(rd *reading) { rd.Guards[i].Lift = cut(rd.Guards[i].Lift, j, j+1) })
		}
	}
	for i, o := range rd.Objections {
		for j, phrase := range o.Cancel {
			needed(t, cases, o.ID+", cancelled by: "+phrase, func(rd *reading) { rd.Objections[i].Cancel = cut(rd.Objections[i].Cancel, j, j+1) })
		}
	}
	for j, phrase := range rd.Turns {
		needed(t, cases, "turn: "+phrase, func(rd *reading) { rd.Turns = cut(rd.Turns, j, j+1) })
	}
	for j, phrase := range rd.Affirms {
		needed(t, cases, "affirmation: "+phrase, func(rd *reading) { rd.Affirms = cut(rd.Affirms, j, j+1) })
	}
	for i, w := range rd.Wins {
		needed(t, cases, "that "+w[0]+" wins", func(rd *reading) { rd.Wins = slices.Delete(rd.Wins, i, i+1) })
	}
}
