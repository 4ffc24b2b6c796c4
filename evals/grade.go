package evals

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot"
)

// An Outcome is what came of a scenario.
type Outcome struct {
	Scenario
	Wrong []string // what failed, in plain words; none is a pass
	Text  string   // what was shown
}

// Passed reports whether nothing failed.
func (o *Outcome) Passed() bool { return len(o.Wrong) == 0 }

// shown is what a door shows: the text, and all of its JSON.
type shown struct {
	text, json string
	cites      []string
	declined   bool
	statuses   []string
	objections []string
	letter     string
}

// Grade puts a scenario in at its door and holds what is shown against what
// is wanted.
func Grade(ctx context.Context, as *bot.Assistant, s Scenario) (Outcome, error) {
	got, err := show(ctx, as, s)
	if err != nil {
		return Outcome{}, fmt.Errorf("evals: %s:%d: %w", s.File, s.Line, err)
	}
	o := Outcome{Scenario: s, Text: got.text}
	wrong := func(format string, args ...any) { o.Wrong = append(o.Wrong, fmt.Sprintf(format, args...)) }
	if s.Decline && !got.declined {
		wrong("is answered")
	}
	if !s.Decline && got.declined && len(s.Cite) > 0 {
		wrong("is declined")
	}
	text := fold(got.text)
	for _, any := range s.Cite {
		if !slices.ContainsFunc(any, func(c string) bool { return cited(got.cites, c) }) {
			wrong("does not cite %s", strings.Join(any, " or "))
		}
	}
	for _, any := range s.Say {
		if !slices.ContainsFunc(any, func(w string) bool { return strings.Contains(text, fold(w)) }) {
			wrong("does not say %q", strings.Join(any, " or "))
		}
	}
	for _, not := range s.Not {
		if strings.Contains(text, fold(not)) {
			wrong("says %q", not)
		}
	}
	for _, id := range s.Hide {
		if strings.Contains(got.text, id) || strings.Contains(got.json, id) {
			wrong("shows %q", id)
		}
	}
	for i, want := range s.Status {
		if i >= len(got.statuses) || got.statuses[i] != want {
			wrong("citation %d is %s, not %s", i+1, at(got.statuses, i), want)
		}
	}
	for _, want := range s.Objects {
		if !slices.Contains(got.objections, want) {
			wrong("reads %v and not %s", got.objections, want)
		}
	}
	if s.Letter != "" && s.Letter != cmp.Or(got.letter, "none") {
		wrong("writes %s and not %s", cmp.Or(got.letter, "none"), s.Letter)
	}
	return o, nil
}

// Hedged reports whether an answer begins by saying that nothing is on exactly
// what was asked, and goes on with the nearest. It is an answer all the same.
func Hedged(text string) bool {
	return strings.Contains(text, "Nothing in this library is on exactly that.")
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return "missing"
}

// cited reports whether a place or one within it is among cites.
func cited(cites []string, want string) bool {
	return slices.ContainsFunc(cites, func(c string) bool {
		return c == want || strings.HasPrefix(c, want+"(") || strings.HasPrefix(c, want+" (")
	})
}

func fold(s string) string {
	s = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`).Replace(s)
	return strings.ToLower(strings.Join(strings.Fields(s), " "))
}

func show(ctx context.Context, as *bot.Assistant, s Scenario) (shown, error) {
	r := bot.Request{Text: s.Text, State: s.State, Plan: s.Plan, Facts: s.Facts}
	var out shown
	var result any
	switch s.Door {
	case "ask":
		ans, err := as.Ask(ctx, r)
		if err != nil {
			return out, err
		}
		out = shown{text: ans.Render(bot.Plain), declined: ans.Abstained}
		for _, c := range ans.Citations {
			out.cites = append(out.cites, c.Cite.String())
		}
		result = ans
	case "check":
		c, err := as.Check(ctx, r)
		if err != nil {
			return out, err
		}
		for _, f := range c.Citations {
			out.statuses, out.cites = append(out.statuses, string(f.Status)), append(out.cites, f.Cite)
			out.text += strings.Join([]string{f.Text, string(f.Status), f.Expected, f.Note}, " ") + "\n"
		}
		result = c
	case "rewrite":
		w, err := as.Rewrite(ctx, bot.RewriteRequest{Text: s.Text, State: s.State})
		if errors.Is(err, bot.ErrUnreadable) {
			return shown{declined: true}, nil
		}
		if err != nil {
			return out, err
		}
		out.text, result = w.Render(bot.Plain), w
	case "rebut":
		b, err := as.Rebut(ctx, bot.RebutRequest{Request: r})
		if errors.Is(err, bot.ErrUnreadable) {
			return shown{declined: true}, nil
		}
		if err != nil {
			return out, err
		}
		out = shown{text: b.Render(bot.Plain), letter: string(b.LetterKind)}
		for _, x := range b.Objections {
			out.objections = append(out.objections, x.ID)
		}
		for _, c := range b.Citations {
			out.cites = append(out.cites, c.Cite.String())
		}
		result = b
	case "testify":
		t, err := as.Testify(ctx, bot.TestifyRequest{State: s.State, Bill: s.Bill, About: s.Text, Position: "support", Minutes: 2})
		if err != nil {
			return out, err
		}
		out.text, result = t.Render(bot.Plain), t
		for _, c := range t.Citations {
			out.cites = append(out.cites, c.Cite.String())
		}
	}
	data, err := json.Marshal(result)
	out.json = string(data)
	return out, err
}
