package citation

import "strings"

func set(lists ...string) map[string]bool {
	out := map[string]bool{}
	for _, list := range lists {
		for _, w := range strings.Fields(list) {
			out[w] = true
		}
	}
	return out
}

const (
	numbered = "claim claims member policy group account acct invoice ref reference docket ticket id mrn ssn npi tin ein " +
		"license licence lic phone tel telephone fax cell mobile ext extension confirmation tracking serial badge auth " +
		"authorization subscriber version ver v release build firmware ip port"
	bills      = "hb sb shb ssb eshb essb esb ehb ab hr hf sf hjr sjr hcr scr hres sres wsr bill r b"
	otherCodes = "code stat stats statutes law laws ann regs rev"
)

// The words that mark a number after them as something else than its shape
// says.
var (
	notLaw     = set(numbered, bills, otherCodes)
	notSection = set(otherCodes, "act policy manual contract handbook")
	notCPT     = set(numbered, bills, "zip zipcode postal box pob suite ste apt unit room route rte hwy highway exit",
		"section sections sec page pages p usd")
	notCPTCode = set("zip postal area country access promo discount pass verification security denial reason remark diagnosis",
		"diagnostic dx icd error status bar qr tax taxonomy group plan revenue pos state city building fire penal insurance",
		"administrative source gate door dress discharge")
	notDiagnosis = set("section sections sec page pages p fig figure figures table exhibit appendix room version ver v release build",
		"model part item clause article rule paragraph vitamin form chapter software firmware level zone addendum schedule attachment annex")
)

// quantities are what the number before them counts.
var quantities = set("dollars dollar usd bucks cents million billion trillion thousand hundred percent people persons members patients",
	"employees residents workers enrollees therapists miles mile feet ft sqft square sq km kg lbs pounds steps votes views times",
	"hospitals states plans claims dead jobs troops soldiers companies")

// fillers stand between a number and the word that says what it is: "claim
// number is 97124".
var fillers = set("number numbers num no nos is was of the ending in code codes are id")

// countable things mark a number as theirs only with a filler between: "case
// no. 97124", but not "in this case 97124".
var countable = set("case order patient chart record check batch model call")

// marksOther reports whether the words before i, fillers aside, say that a
// number at i is something else.
func (t *folded) marksOther(i int, other map[string]bool) bool {
	for n := range 4 {
		j := t.back(i)
		for range 3 {
			switch t.low(j - 1) {
			case '#', '$':
				return true
			case ':', '.', '=':
				j = t.back(j - 1)
			}
		}
		w := strings.ToLower(t.wordBefore(j))
		if other[w] || n > 0 && countable[w] {
			return true
		}
		if !fillers[w] {
			return false
		}
		i = j - len(w)
	}
	return false
}

// back is the position before the spaces that end at i.
func (t *folded) back(i int) int {
	for j := i; j > i-longestGap; j-- {
		if t.low(j-1) != ' ' {
			return j
		}
	}
	return i
}

// wordBefore is the word of ASCII letters that ends at i, in its case.
func (t *folded) wordBefore(i int) string {
	const longest = 16
	from := i
	for from > i-longest && isAlpha(t.low(from-1)) {
		from--
	}
	return string(t.cased[from:i])
}

// glued reports whether the byte at i joins a number after it to something
// else.
func (t *folded) glued(i int) bool {
	switch t.low(i) {
	case '.', '-', '_', '#', '$', '@', '=', '\\', '%', '*', otherSymbol:
		return true
	case ',', ':':
		n := 0
		for n < 6 && isDigit(t.low(i-1-n)) {
			n++
		}
		return n > 0 && n != 5 // a list of codes may have no spaces
	case '+', '/':
		return !isAlpha(t.low(i-1)) && !therapy.Match(t.window(max(i-5, 0)))
	}
	return false
}

// otherLaw reports whether the word before i is the abbreviation of a law
// that is not ours: "NRS", "MCL", "AS".
func (t *folded) otherLaw(i int) bool {
	w := t.wordBefore(t.back(i))
	return len(w) >= 2 && len(w) <= 5 && w == strings.ToUpper(w) && !loud[w]
}

// loud has words that stand before a citation in a text all in capitals.
var loud = set("AND OR OF SEE PER IN BY TO THE UNDER WITH FROM WA IS AT CITE CITES USING VIA CF LAW STATE FOR THAT ALSO OIC DOH HCA")

// ofOther reports whether "of" and a law that is not ours follow at i.
func (t *folded) ofOther(i int) bool {
	i = t.skip(i)
	if w, _ := t.word(i); w != "of" {
		return false
	}
	i, _ = t.ofThe(i)
	w, _ := t.word(i)
	return !ours[w]
}

// ours may follow a section of the federal act and name no other law.
var ours = set("act aca law statute federal phs public same")

// postal reports whether the words before i are those of an address: a
// state's abbreviation in capitals, or its name.
func (t *folded) postal(i int) bool {
	j := t.back(i)
	if b := t.low(j - 1); b == '.' || b == ',' {
		j--
	}
	w := t.wordBefore(j)
	if stateNames[strings.ToLower(w)] {
		return true
	}
	// "97140 OR 97124" are two codes.
	return stateCodes[w] && !isDigit(t.low(t.back(j-len(w))-1))
}

var (
	stateCodes = set("AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK",
		"OR PA RI SC SD TN TX UT VT VA WA WV WI WY")
	stateNames = set("oregon ore washington wash idaho california calif alaska montana nevada colorado florida kentucky")
	streets    = set("st ave blvd rd hwy pkwy avenue boulevard highway parkway")
	avenues    = set("Street Road Drive Lane Court Place Way Dr Ln Ct Pl NW NE SW SE")
	inSentence = set("of the on in for and to at with is was per by or as from are were not has be that under when if this a an")
)

// counts reports whether the words after i make the number before it that
// of a house, or count something with it.
func (t *folded) counts(i int) bool {
	w, _ := t.word(t.skip(i))
	return quantities[w] || t.street(i)
}

// street reports whether the words after i are those of a street.
func (t *folded) street(i int) bool {
	for range 4 {
		j := t.skip(i)
		end := j
		for end < j+16 && isWord(t.low(end)) {
			end++
		}
		if j == i || end == j {
			return false
		}
		w, low := t.cased[j:end], t.lower[j:end]
		if streets[string(low)] || avenues[string(w)] {
			return true
		}
		if inSentence[string(low)] {
			return false
		}
		if i = end; t.low(i) == '.' {
			i++
		}
	}
	return false
}
