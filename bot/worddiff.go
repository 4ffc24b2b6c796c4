package bot

import (
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/cite"
)

// An Edit is a run of words in what makes one text of another.
type Edit struct {
	Op   Op     `json:"op"`
	Text string `json:"text"`
}

// An Op says what becomes of a run of words.
type Op string

// The ops.
const (
	Same Op = "same" // it stands in both
	Gone Op = "gone" // it is in the first text alone
	New  Op = "new"  // it is in the second alone
)

// mostCells bounds the work of comparing two texts; longer ones are said to
// differ in all that does not stand at both their ends.
const mostCells = 1 << 20

// Common are the places of a longest sequence of words that x and y have in
// common, in order: x[p[0]] is y[p[1]].
func Common(x, y []string) [][2]int {
	var out [][2]int
	i := 0
	for i < len(x) && i < len(y) && x[i] == y[i] {
		out = append(out, [2]int{i, i})
		i++
	}
	tail := 0
	for tail < len(x)-i && tail < len(y)-i && x[len(x)-1-tail] == y[len(y)-1-tail] {
		tail++
	}
	for _, p := range common(x[i:len(x)-tail], y[i:len(y)-tail]) {
		out = append(out, [2]int{p[0] + i, p[1] + i})
	}
	for ; tail > 0; tail-- {
		out = append(out, [2]int{len(x) - tail, len(y) - tail})
	}
	return out
}

func common(x, y []string) [][2]int {
	if len(x)*len(y) > mostCells {
		return nil
	}
	// long[i][j] is the length of the longest common sequence of x[i:], y[j:].
	long := make([][]int, len(x)+1)
	for i := range long {
		long[i] = make([]int, len(y)+1)
	}
	for i, w := range slices.Backward(x) {
		for j, v := range slices.Backward(y) {
			if w == v {
				long[i][j] = long[i+1][j+1] + 1
			} else {
				long[i][j] = max(long[i+1][j], long[i][j+1])
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] == y[j]:
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case long[i+1][j] >= long[i][j+1]:
			i++
		default:
			j++
		}
	}
	return out
}

// diff are the words of a quotation and the official words that it should
// have. Official words before and after it are left out, unless nothing else
// differs: then they are what it lacks. A stop at the end of a word is no
// difference, nor is the case of the first letter.
func diff(quoted, official string) []Edit {
	x, y := strings.Fields(quoted), strings.Fields(official)
	edits := edits(x, y, func(w string) string { return strings.Trim(letterBrackets.Replace(cite.Normalise(w).Text), `.,;:"'`) })
	if !slices.ContainsFunc(edits, func(e Edit) bool { return e.Op != Same }) {
		edits = editsOf(x, y)
	}
	return withoutContext(edits)
}

// letterBrackets are those of a letter that was changed.
var letterBrackets = strings.NewReplacer("[", "", "]", "")

func editsOf(x, y []string) []Edit { return edits(x, y, func(w string) string { return w }) }

// edits turns x into y; words with one key are the same.
func edits(x, y []string, key func(string) string) []Edit {
	keys := func(words []string) []string {
		out := make([]string, len(words))
		for i, w := range words {
			out[i] = key(w)
		}
		if len(out) > 0 {
			out[0] = strings.ToLower(out[0])
		}
		return out
	}
	var out []Edit
	add := func(op Op, words []string) {
		if len(words) == 0 {
			return
		}
		if n := len(out); n > 0 && out[n-1].Op == op {
			out[n-1].Text += " " + strings.Join(words, " ")
			return
		}
		out = append(out, Edit{op, strings.Join(words, " ")})
	}
	i, j := 0, 0
	for _, p := range Common(keys(x), keys(y)) {
		add(Gone, x[i:p[0]])
		add(New, y[j:p[1]])
		add(Same, y[p[1]:p[1]+1])
		i, j = p[0]+1, p[1]+1
	}
	add(Gone, x[i:])
	add(New, y[j:])
	return out
}

// withoutContext leaves out the words that the official text has before and
// after all that is alike, if something differs between.
func withoutContext(all []Edit) []Edit {
	inner := all
	if len(inner) > 1 && inner[0].Op == New && inner[1].Op == Same {
		inner = inner[1:]
	}
	if n := len(inner); n > 1 && inner[n-1].Op == New && inner[n-2].Op == Same {
		inner = inner[:n-1]
	}
	if slices.ContainsFunc(inner, func(e Edit) bool { return e.Op != Same }) {
		return inner
	}
	return all
}
