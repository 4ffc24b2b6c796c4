package citation

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestParseNamedPinpoints(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, out string }{
		{"RCW 48.43.005 (definition of health plan)", "RCW 48.43.005 (definition of health plan)"},
		{"RCW 48.43.005 (Definition of Health Plan)", "RCW 48.43.005 (definition of health plan)"},
		{"rcw 48.43.005(definition of health plan)", "RCW 48.43.005 (definition of health plan)"},
		{"RCW 48.43.005 (definition of “health plan”)", "RCW 48.43.005 (definition of “health plan”)"},
		{"RCW 48.43.005 (what (1) and (2) leave out)", "RCW 48.43.005 (what (1) and (2) leave out)"},
		{"RCW 48.43.005 (changes since 2015)", "RCW 48.43.005 (changes since 2015)"},
		{"guide wa-history (1995: enactment)", "guide wa-history (1995: enactment)"},
		{"RCW 48.43.005 (i)", "RCW 48.43.005(i)"},
		{"538 U.S. 329 (holding)", "538 U.S. 329 (holding)"},
		{"538 U.S. 329 (2003)", "538 U.S. 329"},
		{"538 U.S. 329 (2003) (holding)", "538 U.S. 329 (holding)"},
		{"147 F3d 1039 (9th Cir. 1998)", "147 F.3d 1039"},
		{"967 F. Supp. 424 (W.D. Wash. 1997).", "967 F. Supp. 424"},
		{"538 U.S. 329, 341-42 (2003)", "538 U.S. 329, p. 341"},
		{"Kentucky Ass'n of Health Plans v. Miller, 538 U.S. 329", "538 U.S. 329"},
		{"Kentucky Ass’n of Health Plans, Inc. v. Miller, 538 U.S. 329, 341 (2003)", "538 U.S. 329, p. 341"},
		{"CPT 97124 (what it does not say)", "CPT 97124 (what it does not say)"},
		{"https://a.example/x (steps)", "https://a.example/x (steps)"},
		{"https://a.example/x_(y)", "https://a.example/x_(y)"},
		{"https://a.example/x_(massage)", "https://a.example/x_(massage)"},
		{"2015 c 237 § 2 (intent)", "2015 c 237 § 2 (intent)"},
		{"[RCW 48.43.045](https://app.leg.wa.gov/rcw/default.aspx?cite=48.43.045)", "RCW 48.43.045"},
		{"Rush Prudential HMO, Inc. v. Moran, 536 U.S. 355, 365-66, 375 n.5 (2002)", "536 U.S. 355, p. 365"},
		{"ERISA § 514, 29 U.S.C. § 1144", "29 U.S.C. 1144"},
		{"aca section 2706 a", "42 U.S.C. 300gg-5(a)"},
		{"guide timed-units", "guide timed-units"},
		{"guide timed-units (what counts)", "guide timed-units (what counts)"},
		{" “RCW 48.43.045.” ", "RCW 48.43.045"},
		{"RCW 48.43.005 et seq.", "RCW 48.43.005"},
		{"cpt code 97124-59", "CPT 97124"},
		{"97124-GP-59", "CPT 97124"},
	} {
		got, err := Parse(c.in)
		if err != nil || got.String() != c.out {
			t.Errorf("Parse(%q) = %q, %v; want %q", c.in, got, err, c.out)
		}
	}
}

func TestParseWantsOneCitation(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", "   ", "hello", "RCW 48.43.045 and .530", "RCW 48.43.045; WAC 284-170-270", "CPT 97124, 97140",
		"see the rule in RCW 48.43.045", "RCW 48.43.045 says so", "Smith v. Jones, RCW 48.43.045", "538 U.S. 329, 147 F.3d 1039",
		"RCW 18.108(1)", "(definition)", "(2003)", "RCW 48.43.045 (p. 47, at the top)",
	} {
		if c, err := Parse(s); !errors.Is(err, ErrNone) || c != (Citation{}) {
			t.Errorf("Parse(%q) = %q, %v; want ErrNone", s, c, err)
		}
	}
}

// TestEqualSpellings holds the promise that spellings of one place are equal
// values, so that they can be keys.
func TestEqualSpellings(t *testing.T) {
	t.Parallel()
	byOut := map[string]Citation{}
	for _, c := range spellings {
		got, err := Parse(c.in)
		if err != nil {
			t.Fatal(err)
		}
		if first, ok := byOut[c.out]; ok && first != got {
			t.Errorf("%q: %#v; another spelling gave %#v", c.in, got, first)
		}
		byOut[c.out] = got
	}
}

func TestTextMarshalling(t *testing.T) {
	t.Parallel()
	for _, c := range spellings {
		a, _ := Parse(c.in)
		b, err := a.MarshalText()
		var back Citation
		if err != nil || back.UnmarshalText(b) != nil || back != a {
			t.Errorf("%q: %q came back as %#v, %v", c.in, b, back, err)
		}
	}
	back := Citation{System: RCW, Number: "48.43.045"}
	if err := back.UnmarshalText([]byte(" ")); err != nil || !back.IsZero() {
		t.Errorf("the empty text gave %#v, %v", back, err)
	}
	if (Citation{}).String() != "" {
		t.Error("the zero Citation is not the empty text")
	}
}

// grammar makes valid numbers of each system from a source of chance.
var grammar = map[System]func(r *rand.Rand) string{
	RCW: func(r *rand.Rand) string {
		return pick(r, d(r, 1, 91)+pick(r, "", "A", "B")+"."+pad(r, 2, 199)+"."+pad(r, 3, 9999), d(r, 1, 91)+"."+pad(r, 2, 199), "62A.9A-102", "Title "+d(r, 1, 91))
	},
	WAC: func(r *rand.Rand) string {
		return pick(r, d(r, 1, 999)+"-"+d(r, 1, 999)+pick(r, "", "A")+"-"+pad(r, 3, 99999), d(r, 1, 999)+"-"+d(r, 1, 999), "Title "+d(r, 1, 999))
	},
	USC: func(r *rand.Rand) string {
		return pick(r, "42 300gg-"+d(r, 1, 130), "29 "+d(r, 1, 9999)+pick(r, "", "a", "d", "gg-1"), "26 "+d(r, 1, 9999)+pick(r, "", "A", "D"))
	},
	CFR: func(r *rand.Rand) string {
		return d(r, 1, 50) + " " + d(r, 1, 9999) + pick(r, "", "."+d(r, 1, 9999), "."+d(r, 1, 999)+"-"+d(r, 1, 99))
	},
	US:      func(r *rand.Rand) string { return d(r, 1, 999) + " " + d(r, 1, 9999) },
	F3d:     func(r *rand.Rand) string { return d(r, 1, 999) + " " + d(r, 1, 1999) },
	F4th:    func(r *rand.Rand) string { return d(r, 1, 999) + " " + d(r, 1, 1999) },
	FSupp:   func(r *rand.Rand) string { return d(r, 1, 999) + " " + d(r, 1, 1999) },
	FSupp2d: func(r *rand.Rand) string { return d(r, 1, 999) + " " + d(r, 1, 1999) },
	FSupp3d: func(r *rand.Rand) string { return d(r, 1, 999) + " " + d(r, 1, 1999) },
	So3d:    func(r *rand.Rand) string { return d(r, 1, 999) + " " + d(r, 1, 1999) },
	PubL: func(r *rand.Rand) string {
		return d(r, 80, 130) + "-" + d(r, 1, 999) + pick(r, "", " § "+d(r, 1, 9999))
	},
	Laws: func(r *rand.Rand) string {
		return d(r, 1889, 2099) + pick(r, " ", " 1st sp.s. ", " ex.s. ") + "c " + d(r, 1, 999) + pick(r, "", " § "+d(r, 1, 999))
	},
	NCD: func(r *rand.Rand) string { return d(r, 1, 310) + "." + d(r, 1, 30) + pick(r, "", "."+d(r, 1, 30)) },
	ORS: func(r *rand.Rand) string { return pick(r, d(r, 1, 999)+"."+pad(r, 3, 999), "chapter "+d(r, 1, 999)) },
	CRS: func(r *rand.Rand) string {
		return d(r, 1, 44) + pick(r, "", ".5") + "-" + d(r, 1, 99) + "-" + pad(r, 3, 1999) + pick(r, "", ".5")
	},
	FlaStat: func(r *rand.Rand) string { return d(r, 1, 999) + "." + d(r, 1, 9999) },
	DCCode:  func(r *rand.Rand) string { return d(r, 1, 51) + "-" + pad(r, 3, 1999) + pick(r, "", "."+pad(r, 2, 99)) },
	KRS:     func(r *rand.Rand) string { return d(r, 1, 500) + "." + d(r, 1, 999) + pick(r, "", "A-"+pad(r, 3, 999)) },
	Journal: func(r *rand.Rand) string {
		return pick(r, "JAMA", "Ann Intern Med", "Spine J", "BMC Musculoskelet Disord") + " " + d(r, 1990, 2030) + ";" + d(r, 1, 400) + ":" + pick(r, "", "e", "CD") + d(r, 1, 9999)
	},
	Web: func(r *rand.Rand) string {
		return pick(r, "www.insurance.wa.gov/a-b", "a.example/x?y="+d(r, 1, 99), "a.example/p_("+d(r, 1, 9)+")", "A.example:8080/#f")
	},
	Guide:  func(r *rand.Rand) string { return pick(r, "timed-units", "npi", "a-1.2") },
	Manual: func(r *rand.Rand) string { return pick(r, "billing-guide", "policy", "a-1.2") },
	CPT:    func(r *rand.Rand) string { return pick(r, pad(r, 5, 99999), pad(r, 4, 9999)+"T") },
	ICD10CM: func(r *rand.Rand) string {
		return pick(r, "M", "S", "G", "Z", "A") + d(r, 1, 9) + pick(r, "0", "9", "A") + pick(r, "", "."+d(r, 0, 99), "."+d(r, 100, 999)+"A", ".1XXA")
	},
}

func d(r *rand.Rand, low, high int) string { return pad(r, 0, high, low) }

// pad is a number up to high, with zeros to width.
func pad(r *rand.Rand, width, high int, low ...int) string {
	from := 1
	if len(low) > 0 {
		from = low[0]
	}
	n, s := from+r.IntN(high-from+1), ""
	for ; n > 0 || s == ""; n /= 10 {
		s = string(rune('0'+n%10)) + s
	}
	return strings.Repeat("0", max(0, width-len(s))) + s
}

func pick(r *rand.Rand, from ...string) string { return from[r.IntN(len(from))] }

func pinFor(r *rand.Rand, c Citation) Pinpoint {
	whole := strings.HasPrefix(c.Number, "Title") || strings.HasPrefix(c.Number, "chapter") ||
		c.System == RCW && strings.Count(c.Number, ".") < 2 && !strings.Contains(c.Number, "-") ||
		c.System == Laws && !strings.Contains(c.Number, "§") ||
		c.System == Guide || c.System == Manual || c.System == WAC && strings.Count(c.Number, "-") < 2 || c.System == CFR && !strings.Contains(c.Number, ".")
	pins := []string{"", "p. " + d(r, 5000, 9999), "holding", "what it does not say", "definition of “plan”, § 2", "who (a) covers"}
	if whole {
		pins = append(pins[:1], pins[2:]...)
	}
	if c.System == Manual {
		pins = append(pins, "p. "+d(r, 1, 999), "p. xiv", "p. A-3", "p. 47 ¶"+d(r, 2, 20), "holding ¶2")
	}
	if enumerates[c.System] && !whole {
		pins = append(pins, "(1)", "(a)", "(2)(a)(iii)", "(a)(1)(B)(ii)(I)", "(6C)(A)", "(aa)", "(1.5)")
	}
	return Pinpoint(pick(r, pins...))
}

// TestRoundTrip holds Parse(c.String()) == c for every system and form of
// pinpoint.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for system, number := range grammar {
		for range 400 {
			c := Citation{System: system, Number: number(r)}
			c.Pin = pinFor(r, c)
			got, err := Parse(c.String())
			if err != nil || got != c {
				t.Errorf("Parse(%q) = %#v, %v; want %#v", c, got, err, c)
			}
		}
	}
}

// fragments are pieces of citations and of what stands around them.
var fragments = strings.Split(`RCW|rcw|WAC|Wash. Rev. Code|Revised Code of Washington|42|29|26|U.S.C.|USC|CFR|C.F.R.|538|U.S.|us|F.3d|F. Supp.|`+
	`So. 3d|Pub. L.|PL|NCD|ORS|C.R.S.|Fla. Stat.|D.C. Code|KRS|CPT|code|codes|dx|ICD-10|icd|ERISA|ACA|PHS Act|IRC|of the ACA|of ERISA|of title 42|`+
	`of RCW 48.43.016|section|sections|§|§§|chapter|ch.|title|Title 18 RCW|part|subsection|para.|s.|no.|#|48.43.045|48 43 045|18.108|.535|284-170-270|`+
	`284-170|-280|300gg-5|300gg|1185d|2706|514|502|9815|4980D|2560.503-1|147.136|329|341|341-42|2003|2015|c 237|1st sp.s.|111-148|30.3.3|414.613|`+
	`25.5-6-1301|627.736|3-1201.02|304.17A-270|97124|97140|97124-59|9712|M54.5|M54.50|M545|S16.1XXA|.51|Ann Intern Med|2017;166:514|2017;166(7):514-530|`+
	`https://a.example/x|https://app.leg.wa.gov/rcw/default.aspx?cite=48.43.045|(1)|(a)|(i)|(ii)|(A)|(1)(a)|(|)|(a|1|2|a|i|iii|A|I|p. 3|, p. 341|at 341|`+
	`and|or|through|to|-|–|/|,|;|.|:|&|x2|the|plan|Main St|OR|WA|zip|claim|dollars|million|forty-eight|et seq.|(2003)|(holding)|(what it does not say)|`+
	`v.|Miller|’|“|”|%|$| |  |`+"\n|\n\n|\u00a0|\u200b", "|")

// TestComposedText reads texts put together from fragments: whatever is
// found must lie in order, and its one spelling must read back as itself.
func TestComposedText(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		var b strings.Builder
		for range 1 + r.IntN(9) {
			b.WriteString(pick(r, fragments...))
			b.WriteString(pick(r, "", " ", " ", " "))
		}
		checkFound(t, b.String())
		if c, err := Parse(b.String()); err == nil {
			checkIdentity(t, c)
		}
	}
}
