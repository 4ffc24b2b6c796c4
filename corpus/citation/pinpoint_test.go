package citation

import "testing"

func TestPinpointContains(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		p, q Pinpoint
		want bool
	}{
		{"", "", true}, {"", "(1)", true}, {"", "p. 3", true}, {"", "holding", true},
		{"(1)", "(1)", true}, {"(1)", "(1)(a)", true}, {"(1)(a)", "(1)", false}, {"(1)", "(10)", false}, {"(1)", "", false},
		{"(1)", "p. 1", false}, {"p. 4", "p. 4", true}, {"p. 4", "p. 47", false}, {"hold", "holding", false},
		{"p. 4", "p. 4 ¶2", true}, {"p. 4", "p. 47 ¶2", false}, {"p. 4 ¶2", "p. 4", false}, {"p. 4 ¶2", "p. 4 ¶22", false}, {"fees", "fees ¶3", true},
	} {
		if got := c.p.Contains(c.q); got != c.want {
			t.Errorf("%q.Contains(%q) = %v", c.p, c.q, got)
		}
	}
}

func TestPinpointParent(t *testing.T) {
	t.Parallel()
	for p, want := range map[Pinpoint]Pinpoint{
		"": "", "(1)": "", "(1)(a)(iii)": "(1)(a)", "p. 47": "", "definition of massage": "", "p. 47 ¶2": "p. 47", "fees ¶3": "fees",
	} {
		if got := p.Parent(); got != want {
			t.Errorf("%q.Parent() = %q; want %q", p, got, want)
		}
	}
}

func TestPinpointForms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		p                       Pinpoint
		enumerated, page, named bool
	}{{"", false, false, false}, {"(1)", true, false, false}, {"p. 4", false, true, false}, {"holding", false, false, true}} {
		if c.p.Enumerated() != c.enumerated || c.p.Page() != c.page || c.p.Named() != c.named {
			t.Errorf("%q is read as another form", c.p)
		}
	}
}

func TestSibling(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ pin, further, want Pinpoint }{
		{"(2)(a)", "(b)", "(2)(b)"},
		{"(2)(a)", "(3)", "(3)"},
		{"(2)(a)", "(3)(b)", "(3)(b)"},
		{"(1)(a)(i)", "(ii)", "(1)(a)(ii)"},
		{"(1)(a)(i)", "(b)", "(1)(b)"},
		{"(1)(h)", "(i)", "(1)(i)"},
		{"(1)(iii)", "(b)", ""},
		{"(h)(2)(i)", "(j)", "(j)"},
		{"(a)(1)(A)", "(B)", "(a)(1)(B)"},
		{"(a)(1)(A)(ii)", "(b)", "(b)"},
		{"(2)", "(a)", ""},
	} {
		if got := sibling(c.pin, c.further); got != c.want {
			t.Errorf("sibling(%q, %q) = %q; want %q", c.pin, c.further, got, c.want)
		}
	}
}
