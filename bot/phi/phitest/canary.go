// Package phitest makes identifiers to plant, and looks for them in what left
// the process. It knows nothing of the gate it tests.
package phitest

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A Canary is one made-up identifier in a sentence. No word of it belongs to
// anybody.
type Canary struct {
	Class string // of the answer format's identifier types: "ssn", "claim_no"
	Form  int    // which surface form of its class, from 0
	Value string // the identifier as it stands in Text
	Text  string
}

// A class is the values and the sentences of one kind of identifier. Each
// value in each sentence is one surface form.
type class struct {
	name     string
	values   []func(*rand.Rand) string
	contexts []string // with one %s
}

func (c class) forms() int { return len(c.values) * len(c.contexts) }

// Canaries makes n identifiers, the classes and their surface forms in turn.
// The same seed gives the same ones.
func Canaries(seed uint64, n int) []Canary {
	r := rand.New(rand.NewPCG(seed, 18))
	all := classes()
	out := make([]Canary, 0, n)
	for i := range n {
		c := all[i%len(all)]
		form := i / len(all) % c.forms()
		value := c.values[form%len(c.values)](r)
		out = append(out, Canary{Class: c.name, Form: form, Value: value, Text: fmt.Sprintf(c.contexts[form/len(c.values)], value)})
	}
	return out
}

// Forms gives the number of surface forms of each class.
func Forms() map[string]int {
	out := map[string]int{}
	for _, c := range classes() {
		out[c.name] += c.forms()
	}
	return out
}

// like fills a pattern: 0 is a digit, 1 a digit that is not zero, A a capital
// letter, a a small one; what stands between bars is taken as it is.
func like(pattern string) func(*rand.Rand) string {
	return func(r *rand.Rand) string {
		var b strings.Builder
		plain := false
		for _, c := range pattern {
			switch {
			case c == '|':
				plain = !plain
			case plain:
				b.WriteRune(c)
			case c == '0':
				b.WriteByte(byte('0' + r.IntN(10)))
			case c == '1':
				b.WriteByte(byte('1' + r.IntN(9)))
			case c == 'A':
				b.WriteByte("ABCDEFGHJKLMNPRSTUVWXYZ"[r.IntN(23)])
			case c == 'a':
				b.WriteByte("abcdefghjkmnprstuvwxyz"[r.IntN(22)])
			default:
				b.WriteRune(c)
			}
		}
		return b.String()
	}
}

func likes(patterns ...string) []func(*rand.Rand) string {
	var out []func(*rand.Rand) string
	for _, p := range patterns {
		out = append(out, like(p))
	}
	return out
}

func pick(r *rand.Rand, from ...string) string { return from[r.IntN(len(from))] }
