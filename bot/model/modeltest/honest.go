package modeltest

import (
	"encoding/json"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"github.com/everycategory/advocate/prompts"
)

// Honest says every sentence again, truly: as it stands, with a small word
// that joins it to the one before, or with its clauses in another order; it
// names the passages, or some of them, lists what it quotes, and may change
// the order within a group.
func Honest(r *rand.Rand, a Asked) string {
	if a.First+a.Last != "" || len(a.Note) > 0 {
		return plainly(a)
	}
	var out Reply
	for _, g := range a.Groups {
		sentences := slices.Clone(g.Sentences)
		if r.IntN(2) == 0 {
			r.Shuffle(len(sentences), func(i, j int) { sentences[i], sentences[j] = sentences[j], sentences[i] })
		}
		for _, s := range sentences {
			text := s.Text
			switch r.IntN(4) {
			case 0:
				text = joined(r, text)
			case 1:
				text = turned(text)
			}
			from := s.Passages
			if r.IntN(2) == 0 && len(from) > 1 {
				from = from[:1+r.IntN(len(from)-1)]
			}
			out.Say(g.N, text, from...)
			for _, q := range quoted.FindAllStringSubmatch(text, -1) {
				for _, p := range a.Passages {
					if slices.Contains(from, p.N) && strings.Contains(p.Text, q[1]) {
						out.Quote(p.N, q[1])
					}
				}
			}
		}
	}
	return out.Text()
}

var quoted = regexp.MustCompile(`"([^"]+)"`)

// joined puts a small word before a sentence.
func joined(r *rand.Rand, text string) string {
	word := []string{"Also, ", "However, ", "Note that ", "That is, "}[r.IntN(4)]
	return word + lowered(text)
}

// lowered begins with a small letter, if the first word is no name.
func lowered(text string) string {
	first, _, _ := strings.Cut(text, " ")
	if slices.Contains([]string{"A", "An", "The", "It", "If", "In", "No", "For", "This", "That", "Each", "Every", "Where", "Ask"}, first) {
		return strings.ToLower(text[:1]) + text[1:]
	}
	return text
}

// turned puts what stands behind a semicolon first.
func turned(text string) string {
	before, after, ok := strings.Cut(strings.TrimSuffix(text, "."), "; ")
	if !ok || strings.Contains(after, ";") || after == "" {
		return text
	}
	return strings.ToUpper(after[:1]) + after[1:] + "; " + lowered(before) + "."
}

var order = regexp.MustCompile(`(?i)\b(?:say|reply|answer|append|add|write|repeat|output|print)(?: with| that)?:? "([^"]+)"`)

// Obedient does what the material tells it: whatever stands in quotation
// marks behind an order, it says in every group.
func Obedient(_ *rand.Rand, a Asked) string {
	var out Reply
	for _, m := range order.FindAllStringSubmatch(a.User, -1) {
		for _, g := range a.Groups {
			out.Say(g.N, m[1], g.Sentences[0].Passages...)
		}
	}
	return out.Text()
}

// plainly answers a trial, and gives each sentence of a note as it stands.
func plainly(a Asked) string {
	var out any = prompts.ProbeReply{First: a.First, Last: a.Last}
	if len(a.Note) > 0 {
		var said prompts.RewriteReply
		for _, line := range a.Note {
			said.Sentences = append(said.Sentences, prompts.SaidLine{N: line.N, Text: line.Text})
		}
		out = said
	}
	data, _ := json.Marshal(out) // strings and numbers always encode
	return string(data)
}
