package phi

import "testing"

func TestZZDbg2(t *testing.T) {
	g := gate(t)
	for _, s := range []string{
		"fall at Fred Meyer on Aurora Ave 10/3. Insurance Premera ID ABC123456789 grp 1000234.",
		"text 360 555 0142, lives in apt 4b at 2200 westlake ave n",
		"seen at 12 Oak St 10/3. Patient better",
	} {
		c := g.NewCase(Note)
		r := g.read(s, Note, Outside)
		r.layers(c)
		t.Logf("%q", s)
		for _, x := range r.spans {
			t.Logf("   %q %s sure=%v firm=%v role=%q", s[x.start:x.end], x.typ, x.sure, x.firm, x.role)
		}
	}
}
