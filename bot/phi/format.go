package phi

import "fmt"

// Format prints a finding without its words, whatever the verb, so that none
// gets into a log or an error by carelessness.
func (f Finding) Format(s fmt.State, _ rune) {
	fmt.Fprintf(s, "%s %d-%d sure=%t", f.Type, f.Start, f.End, f.Sure)
}

// Format prints what a declared value is, and not the value.
func (d Declared) Format(s fmt.State, _ rune) {
	t := d.Type
	if t == "" {
		t = Name
	}
	fmt.Fprintf(s, "declared %s %s", t, d.Role)
}

// Format prints that there is a case, and nothing it holds.
func (c *Case) Format(s fmt.State, _ rune) {
	fmt.Fprint(s, "phi.Case")
}
