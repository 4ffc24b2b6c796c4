package phitest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

func date(layout string) func(*rand.Rand) string {
	return func(r *rand.Rand) string {
		return time.Date(1930+r.IntN(95), time.Month(1+r.IntN(12)), 1+r.IntN(28), 0, 0, 0, 0, time.UTC).Format(layout)
	}
}

// syllables of names, by culture. The names they make are nobody's.
var cultures = []struct{ first, middle, last, family []string }{
	{[]string{"Bre", "Ker", "Dal", "Tor", "Wen"}, []string{"len", "vin", "dra", "mo"}, []string{"nick", "dor", "leth", "wyn"}, []string{"worthing", "hammel", "strad", "kirtle"}},
	{[]string{"Xo", "Alba", "Rei", "Mar"}, []string{"che", "rin", "san", "que"}, []string{"lda", "nito", "riel", "zo"}, []string{"zárraga", "ñeguez", "barrío", "querez"}},
	{[]string{"Zbi", "Wło", "Krze", "Mści"}, []string{"gni", "dzi", "sła", "bor"}, []string{"mierz", "wek", "sław", "rad"}, []string{"czykowski", "wszyński", "rzecki", "borzak"}},
	{[]string{"Thu", "Ngu", "Phu", "Qua"}, []string{"ye", "on", "an", "oa"}, []string{"ng", "nh", "m", "t"}, []string{"nguyeth", "truongh", "phanh", "dangh"}},
	{[]string{"Olu", "Chi", "Ade", "Nwa"}, []string{"wase", "nye", "bayo", "kele"}, []string{"funke", "chi", "tunji", "dike"}, []string{"okwuosa", "adesoya", "ezenwa", "balewa"}},
	{[]string{"Abd", "Kha", "Zay", "Far"}, []string{"el", "li", "na", "ou"}, []string{"rahim", "zad", "dine", "ssin"}, []string{"bakrani", "hashemiz", "qasimov", "zaydani"}},
	{[]string{"Sri", "Vai", "Pra", "Jay"}, []string{"ni", "shna", "bhu", "de"}, []string{"vasa", "kar", "wati", "ndra"}, []string{"subraman", "chakravar", "venkatar", "dasguptr"}},
	{[]string{"Hiro", "Yuki", "Soo", "Xiu"}, []string{"ta", "no", "hyun", "li"}, []string{"ka", "suke", "jin", "ang"}, []string{"gawamura", "shimaoka", "parkwon", "zhengli"}},
}

func word(r *rand.Rand, parts ...[]string) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(pick(r, p...))
	}
	return b.String()
}

func given(r *rand.Rand) string {
	if r.IntN(2) == 0 {
		return title(anySyllables(r))
	}
	c := cultures[r.IntN(len(cultures))]
	return word(r, c.first, c.middle, c.last)
}

// anySyllables is a name of no culture.
func anySyllables(r *rand.Rand) string {
	var b strings.Builder
	for range 2 + r.IntN(2) {
		b.WriteString(pick(r, "b", "ch", "d", "f", "g", "h", "j", "k", "kr", "l", "m", "n", "ny", "p", "r", "s", "sh", "t", "v", "w", "y", "z"))
		b.WriteString(pick(r, "a", "e", "i", "o", "u", "ai", "ou", "é", "ü"))
	}
	return b.String() + pick(r, "", "", "n", "r", "s", "l", "sh", "v")
}

func family(r *rand.Rand) string {
	c := cultures[r.IntN(len(cultures))]
	f := word(r, c.first, c.family)
	return pick(r, f, f, f, "Mc"+title(pick(r, c.family...)), "O'"+title(pick(r, c.family...)))
}

func title(s string) string {
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

func fullName(r *rand.Rand) string    { return given(r) + " " + family(r) }
func lastName(r *rand.Rand) string    { return family(r) }
func hyphenName(r *rand.Rand) string  { return given(r) + " " + family(r) + "-" + family(r) }
func initialName(r *rand.Rand) string { return given(r) + " " + like("A")(r) + ". " + family(r) }

// A NewName is a made-up name in a sentence of a note.
type NewName struct {
	Name, Text string
	Style      string // "prose", "lower", "caps", "possessive", "ocr", "short"
}

// Names makes n names from the syllables of eight cultures, as notes and
// letters write them.
func Names(seed uint64, n int) []NewName {
	r := rand.New(rand.NewPCG(seed, 8))
	out := make([]NewName, 0, n)
	for i := range n {
		style := nameStyles[i%len(nameStyles)]
		name := style.name(r)
		out = append(out, NewName{Name: name, Style: style.style, Text: fmt.Sprintf(pick(r, style.texts...), name)})
	}
	return out
}

var nameStyles = []struct {
	style string
	name  func(*rand.Rand) string
	texts []string
}{
	{"prose", fullName, []string{"%s reports neck pain after sitting.", "Today I treated %s for 60 minutes.", "Massage helped, and %s was able to lift again.", "Spoke with %s about the claim."}},
	{"prose", hyphenName, []string{"The patient, %s, tolerated the session well.", "Her wife %s came along.", "We asked %s for a referral."}},
	{"prose", initialName, []string{"Records of %s were sent.", "The appeal of %s was denied as not medically necessary."}},
	{"prose", func(r *rand.Rand) string { return given(r) + " de la " + family(r) }, []string{"Client %s reports tingling.", "Referred by %s, DC for massage."}},
	{"possessive", given, []string{"This is about %s's shoulder.", "I reviewed %s's chart today.", "%s's pain went down to 3/10."}},
	{"lower", func(r *rand.Rand) string { return strings.ToLower(fullName(r)) }, []string{"pt %s came in today with low back pain", "spoke w/ dr %s about the referral", "her husband %s said she slept well", "client is %s and she wants to appeal"}},
	{"lower", func(r *rand.Rand) string { return strings.ToLower(given(r)) }, []string{"saw %s again for her neck", "can %s get massage covered by the plan", "worked on %s for an hour"}},
	{"caps", func(r *rand.Rand) string { return strings.ToUpper(fullName(r)) }, []string{"PATIENT NAME: %s", "DEAR %s YOUR CLAIM WAS DENIED", "THE SERVICES FOR %s WERE NOT MEDICALLY NECESSARY"}},
	{"caps", func(r *rand.Rand) string { return strings.ToUpper(family(r)) + ", " + strings.ToUpper(given(r)) }, []string{"MEMBER: %s", "PATIENT %s"}},
	{"ocr", func(r *rand.Rand) string { return noise(r, given(r)) + " " + noise(r, family(r)) }, []string{"Patient: %s", "We treated %s in our clinic.", "Dear %s, your request was denied."}},
	{"short", func(r *rand.Rand) string {
		return pick(r, "Xu", "Ng", "Wu", "Qi", "Oh", "Bo", "Ek", "Ur", "Ly", "Vo") + pick(r, "", "n", "x", "t")
	}, []string{"Mr. %s agreed.", "Dr. %s referred him.", "I spoke with Ms. %s."}},
}

// noise reads one letter as the digit it looks like.
func noise(r *rand.Rand, s string) string {
	for _, k := range r.Perm(5) {
		from, to := "oliesb"[k:k+1], "011358"[k:k+1]
		if i := strings.LastIndex(s, from); i > 0 {
			return s[:i] + to + s[i+1:]
		}
	}
	return s
}

func street(r *rand.Rand) string {
	return fmt.Sprintf("%d %s%s %s", 10+r.IntN(9990), pick(r, "", "NE ", "SW ", "N "), pick(r, "Oak", "Maple", "Pine", "4th", "112th", title(pick(r, cultures[0].family...)), "Lake View", "Martin"), pick(r, "St", "Street", "Ave", "Avenue NE", "Road", "Blvd", "Lane", "Dr", "Court", "Pl SE"))
}

func streetFlat(r *rand.Rand) string {
	return street(r) + pick(r, ", Apt ", " Apt. ", " #", ", Unit ", " Suite ") + fmt.Sprint(1+r.IntN(400))
}

func boxed(r *rand.Rand) string {
	return pick(r, "PO Box ", "P.O. Box ", "P. O. Box ", "Post Office Box ") + fmt.Sprint(10+r.IntN(9000))
}

func streetCity(r *rand.Rand) string {
	return street(r) + ", " + pick(r, "Seattle", "Tacoma", "Walla Walla", "Portland", "Des Moines") + ", " + pick(r, "WA ", "OR ", "Washington ") + like("98000")(r)
}

func company(r *rand.Rand) string {
	return title(pick(r, cultures[r.IntN(4)].family...)) + pick(r, " Foods", " Logistics", "", " Hospital", " & Sons", " School District")
}

func companyInc(r *rand.Rand) string {
	return title(pick(r, cultures[r.IntN(8)].family...)) + pick(r, " Inc", " LLC", " Corp", " Ltd")
}

func card(r *rand.Rand) string {
	d := like("|4|11100010001000")(r)
	return d + check(d)
}

func npi(r *rand.Rand) string {
	d := like("|1|00010001")(r)
	return d + check("80840"+d)
}

// check is the Luhn check digit of d.
func check(d string) string {
	sum := 0
	for i := range len(d) {
		n := int(d[len(d)-1-i] - '0')
		if i%2 == 0 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return fmt.Sprint((10 - sum%10) % 10)
}

// vin is a vehicle identification number with its check digit.
func vin(r *rand.Rand) string {
	const letters = "ABCDEFGHJKLMNPRSTUVWXYZ"
	const worth = "12345678123457923456789"
	weights := [17]int{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2}
	v := []byte(like("1AAAA10001A100001")(r))
	sum := 0
	for i, c := range v {
		n := int(c - '0')
		if k := strings.IndexByte(letters, c); k >= 0 {
			n = int(worth[k] - '0')
		}
		sum += n * weights[i]
	}
	v[8] = "0123456789X"[sum%11]
	return string(v)
}
