package citation

import (
	"strings"
	"testing"
)

func seeds(f *testing.F) {
	for _, c := range spellings {
		f.Add(c.in)
	}
	for _, s := range lookalikes {
		f.Add(s)
	}
	for _, s := range hostile {
		f.Add(strings.Repeat(s, 3))
	}
	f.Add("RCW 48.43.016(2)(a) and (b), .530–.535; 42 U.S.C. §§ 300gg-5, 300gg-19")
	f.Add("538 U.S. 329, 341-42 (2003) (holding)")
	f.Add("\xff\x00RCW\u00a048\u20118.43(\u0130)")
}

// checkIdentity fails unless c's one spelling reads back as c.
func checkIdentity(t *testing.T, c Citation) {
	t.Helper()
	again, err := Parse(c.String())
	if err != nil || again != c {
		t.Fatalf("%#v prints %q, which reads %#v, %v", c, c, again, err)
	}
}

func FuzzParse(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		if c, err := Parse(s); err == nil {
			checkIdentity(t, c)
		} else if !c.IsZero() {
			t.Fatalf("Parse(%q) = %#v with %v", s, c, err)
		}
	})
}

func FuzzFind(f *testing.F) {
	seeds(f)
	f.Fuzz(checkFound)
}

// checkFound fails unless what Find returns for s keeps its promises.
func checkFound(t *testing.T, s string) {
	t.Helper()
	last := 0
	for _, f := range Find(s) {
		if f.Start < last || f.End <= f.Start || f.End > len(s) || f.Text != s[f.Start:f.End] {
			t.Fatalf("Find(%q): %q at %d:%d after %d", s, f.Text, f.Start, f.End, last)
		}
		last = f.End
		if f.Err == nil {
			checkIdentity(t, f.Citation)
		}
	}
}
