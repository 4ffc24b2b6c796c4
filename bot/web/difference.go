package web

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/everycategory/advocate/bot"
)

// A span is a stretch of a text in code points.
type span struct{ start, end int }

// differences are the words that read otherwise in the note and in the chart
// note, sentence beside sentence. Capitals and stops at the end of a word are
// no difference.
func differences(out *bot.Rewritten, note string) (left, right []span) {
	was, is := []rune(note), out.Text
	at, point := 0, 0
	for _, s := range out.Sentences {
		i := strings.Index(is[at:], s.To)
		if s.To == "" || i < 0 || s.From.Start < 0 || s.From.End > len(was) || s.From.Start > s.From.End {
			continue
		}
		point += utf8.RuneCountInString(is[at : at+i])
		l, r := compare(string(was[s.From.Start:s.From.End]), s.To)
		for _, d := range l {
			left = append(left, span{d.start + s.From.Start, d.end + s.From.Start})
		}
		for _, d := range r {
			right = append(right, span{d.start + point, d.end + point})
		}
		at += i + len(s.To)
		point += utf8.RuneCountInString(s.To)
	}
	return left, right
}

// setAside are the stretches of a note, of three words or more, that are in
// no sentence of the chart note: what was addressed to the program. Headings
// are shorter.
func setAside(out *bot.Rewritten, note []rune) []span {
	covered := make([]bool, len(note)+1)
	for _, s := range out.Sentences {
		for i := max(s.From.Start, 0); i < min(s.From.End, len(note)); i++ {
			covered[i] = true
		}
	}
	var list []span
	for i := 0; i < len(note); {
		j := i
		for j < len(note) && !covered[j] {
			j++
		}
		if found := cutWords(string(note[i:j])); len(found) >= 3 {
			list = append(list, span{i + found[0].start, i + found[len(found)-1].end})
		}
		i = j + 1
	}
	return list
}

// compare gives the words of a and of b that are not in their longest common
// sequence, neighbours as one stretch.
func compare(a, b string) (left, right []span) {
	x, y := cutWords(a), cutWords(b)
	i, j := 0, 0
	upTo := func(n, m int) {
		for ; i < n; i++ {
			left = grown(left, x[i].span, i > 0 && len(left) > 0 && left[len(left)-1].end == x[i-1].end)
		}
		for ; j < m; j++ {
			right = grown(right, y[j].span, j > 0 && len(right) > 0 && right[len(right)-1].end == y[j-1].end)
		}
	}
	for _, p := range bot.Common(folds(x), folds(y)) {
		upTo(p[0], p[1])
		i, j = p[0]+1, p[1]+1
	}
	upTo(len(x), len(y))
	return left, right
}

func folds(words []diffWord) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w.fold
	}
	return out
}

// grown adds a stretch, to the last one if it is its neighbour.
func grown(list []span, s span, neighbour bool) []span {
	if neighbour {
		list[len(list)-1].end = s.end
		return list
	}
	return append(list, s)
}

type diffWord struct {
	span
	fold string
}

func cutWords(text string) []diffWord {
	var out []diffWord
	start := -1
	runes := append([]rune(text), ' ')
	for i, r := range runes {
		switch {
		case !unicode.IsSpace(r) && start < 0:
			start = i
		case unicode.IsSpace(r) && start >= 0:
			if fold := strings.TrimRight(strings.ToLower(string(runes[start:i])), ".;,:!"); fold != "" {
				out = append(out, diffWord{span{start, i}, fold})
			}
			start = -1
		}
	}
	return out
}
