package citation

import (
	"math"
	"strings"
	"testing"
	"time"
)

// hostile texts, repeated, tempt a reader to look far ahead or behind.
var hostile = []string{
	"RCW ", "RCW 48.43.045, ", "RCW 48", "(1)", "RCW 48.43.045(1)", "(", "§", "§ ", "section ", "sections 1, ", "subsection (1) of ",
	"section (1) of ", "(1)(a) and ", "chapter 1, ", "title ", "title 42 ", "42 ", "42 U.S.C. ", "42 U.S.C. 1, ", "1", "1 ", "1.", "1-", "1.1.",
	"48.43.045 ", "284-170-270-", "97124 ", "97124 a ", "97124,", "97124/", "code ", "code:", "dx ", "dx:", "cpt code ", "icd 10 ", "M54.5 ",
	"M54.5/", "M54.5-", "538 U.S. 329, ", "538 U.S. 329, 330-31, ", "5 f supp ", "2015 ", "2015 c ", "2015 c 237 § 2; ", "2017;1:1 ",
	"Ann Intern Med ", "A ", "https://", "https://(", "https://a", "https://a)", "ERISA ", "ERISA of ", "PHS Act sections 2706, ", "patient protection and ",
	" ", "\n", " \n", "\u00a0", "\u200b", "é", "\xff", "a", "1 a ", "RCW 48 43 045 1 a i ", "claim number is ", "P.O. ", "number number ", "of the ", "and ",
}

// TestLinearTime holds hostile texts to a multiple of what plain ones take.
// Any look through the whole text at every word costs hundreds of times as
// much; a stall of the machine is tried again.
func TestLinearTime(t *testing.T) {
	t.Parallel()
	const size, tries, multiple = 1 << 15, 4, 50
	plain := least(tries, strings.Repeat(letter, size/len(letter)), 0)
	for _, s := range hostile {
		if took := least(tries, strings.Repeat(s, size/len(s)), multiple*plain); took > multiple*plain {
			t.Errorf("%q over and over took %v, plain text %v", s, took, plain)
		}
	}
}

// least is the least time that Find took for text in some tries, or the first
// time that is good enough.
func least(tries int, text string, enough time.Duration) time.Duration {
	best := time.Duration(math.MaxInt64)
	for range tries {
		start := time.Now()
		Find(text)
		if best = min(best, time.Since(start)); best <= enough {
			break
		}
	}
	return best
}

const letter = `The plan denied CPT 97124 and 97140 for dx M54.50, S16.1XXA on 3/4/2026, saying massage therapists are not eligible
providers. RCW 48.43.045(1)(a) and WAC 284-170-270(2) say otherwise for an insured plan in Washington; if the employer funds the
plan, see 42 U.S.C. § 300gg-5(a), ERISA § 514 (29 U.S.C. 1144(b)(2)(B)) and Kentucky Ass'n of Health Plans v. Miller, 538 U.S. 329,
341-42 (2003). The patient has had six visits of fifteen minutes each and walks further than before. Call 360-725-7080 or write to
us at 1200 NE Main St, Hillsboro, OR 97124. `

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat(letter, 1<<20/len(letter))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Find(text)
	}
}

func BenchmarkFindHostile(b *testing.B) {
	for _, s := range hostile {
		b.Run(s, func(b *testing.B) {
			text := strings.Repeat(s, 1<<20/len(s))
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Find(text)
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range spellings {
			_, _ = Parse(c.in)
		}
	}
}
