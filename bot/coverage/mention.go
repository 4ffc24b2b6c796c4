package coverage

import "slices"

// Mentions lists the states that a text names, in their order, whatever it
// says of them: those whose law it may be asking about.
func (r *Rules) Mentions(text string) []string {
	var out []string
	for _, m := range r.matches(split(text, r.reader.grammar.turn)) {
		if m.state != "" && m.state != other && !slices.Contains(out, m.state) {
			out = append(out, m.state)
		}
	}
	return out
}
