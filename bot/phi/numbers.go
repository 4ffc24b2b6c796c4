package phi

import (
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

var (
	ssnShape   = regexp.MustCompile(`^(\d{3})[-– .](\d{2})[-– .](\d{4})`)
	ssnMasked  = regexp.MustCompile(`^[xX*]{3}[- ][xX*]{2}[- ]\d{4}`)
	cardShape  = regexp.MustCompile(`^\d{4}[ -]?\d{4,6}[ -]?\d{4,5}(?:[ -]?\d{1,4})?(?:[ -]?\d{3})?`)
	ibanShape  = regexp.MustCompile(`^[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]{4}){2,7}(?: ?[A-Za-z0-9]{1,3})?`)
	nanpShape  = regexp.MustCompile(`^(?:(?:00|\+)?1[-. ]?)?(?:\([2-9]\d{2}\)[-. ]?|[2-9]\d{2}(?:[-./ ]|[ ]?[-–][ ]?))[2-9]?\d{2,3}[-. ]?\d{4}` + extension)
	tenDigits  = regexp.MustCompile(`^(?:\+?1)?[2-9]\d{2}[2-9]\d{6}` + extension)
	sevenShape = regexp.MustCompile(`^[2-9]\d{2}[-.]\d{4}` + extension)
	worldPhone = regexp.MustCompile(`^(?:\+|00)[1-9]\d{0,3}(?:[-. ]?\(?\d{1,5}\)?){2,6}` + extension)
	phoneRun   = regexp.MustCompile(`^\+?\(?\d{1,5}\)?(?:[-. /]{1,2}\(?\d{1,6}\)?){1,6}` + extension)
	ipv4       = regexp.MustCompile(`^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?::\d{2,5})?`)
	ipv6       = regexp.MustCompile(`^(?i:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}|(?:[0-9a-f]{1,4}:){1,7}:|::(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4})`)
	macShape   = regexp.MustCompile(`^(?i:(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4})`)
	vinShape   = regexp.MustCompile(`^(?i:[A-HJ-NPR-Z0-9]{17})`)
	mbiShape   = regexp.MustCompile(`^(?i:[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]{2}\d{2})`)
	blueShape  = regexp.MustCompile(`^(?i:[A-Z]{3}\d{8,12}[A-Z]{0,2}\d{0,2}|[A-Z]{2,3}W?\d{9,12}|W\d{9}(?:-\d{2})?)`)
	prefixID   = regexp.MustCompile(`^(?i:(CLM|CLAIM|MRN|AUTH|POL|GRP|ACCT|REF|PA|CASE|INV|MBR|SUB|LIC|DL|SN|UDI|ID|PCN|ICN|DCN)[-#_]{0,2}[A-Z0-9]*\d(?:[-/]?[A-Z0-9]*\d[A-Z0-9]*){0,5})`)
	einShape   = regexp.MustCompile(`^\d{2}-\d{7}`)
	udiShape   = regexp.MustCompile(`^\(01\)\d{14}(?:\(\d{2}\)[A-Za-z0-9-]{1,20})*`)
)

const extension = `(?:[ ,]{0,2}(?i:x|ext\.?|extension|#)[ .:]{0,2}\d{1,6})?`

var prefixTypes = map[string]Type{
	"clm": ClaimNo, "claim": ClaimNo, "icn": ClaimNo, "dcn": ClaimNo, "mrn": MRN, "auth": AuthNo, "pa": AuthNo, "pol": PolicyNo, "grp": GroupNo,
	"acct": AccountNo, "pcn": AccountNo, "inv": AccountNo, "mbr": MemberID, "sub": MemberID, "lic": LicenseNo, "dl": LicenseNo, "sn": Device, "udi": Device,
}

// numbers finds the numbers that prove themselves by checksum, range or shape.
func (r *reader) numbers() {
	for i := 0; i < len(r.words); {
		w := r.words[i]
		if r.keep[i] || r.done[i] || w.letters() && !r.mayStartID(i) || !w.spaced && i > 0 && r.words[i-1].shape != mark {
			i++
			continue
		}
		if r.lawBefore(i) && r.words[i].shape == digit && !r.is(i-1, "code", "page", "p", "part", "s", "h", "d", "c") {
			i++
			continue
		}
		t, end := r.number(i)
		if end < 0 {
			i++
			continue
		}
		i = max(i+1, r.addBytes(i, end, t, true))
	}
}

// mayStartID reports whether a word of letters can begin an identifier.
func (r *reader) mayStartID(i int) bool {
	w := r.words[i]
	return prefixWords[w.fold] || len(w.fold) < 5 && (r.is(i+1, ":") || strings.Trim(w.fold, "x") == "")
}

var prefixWords = setOf("clm claim mrn auth pol grp acct ref pa case inv mbr sub lic dl sn udi id pcn icn dcn")

// number is what begins at word i, with its end, or -1.
func (r *reader) number(i int) (Type, int) {
	w := r.words[i]
	text := func(end int) string { return r.text[w.start:end] }
	try := func(re *regexp.Regexp, ok func(s string) bool) int {
		if end := r.match(re, i); end > 0 && (ok == nil || ok(text(end))) {
			return end
		}
		return -1
	}
	if w.shape == mark {
		switch w.fold {
		case "+":
			if end := max(try(worldPhone, possiblePhone), try(nanpShape, nil)); end > 0 {
				return r.phoneType(i), end
			}
		case "(":
			if end := try(udiShape, nil); end > 0 {
				return Device, end
			}
			if end := try(nanpShape, nil); end > 0 {
				return r.phoneType(i), end
			}
			if end := try(phoneRun, enoughDigits(7)); end > 0 && (r.phoneCue(i) || strings.Count(text(end), "-")+strings.Count(text(end), " ") > 0) {
				return r.phoneType(i), end
			}
		case "*":
			if end := try(ssnMasked, nil); end > 0 {
				return SSN, end
			}
		case ":":
			if end := try(ipv6, func(s string) bool { return len(s) > 4 }); end > 0 {
				return IP, end
			}
		}
		return "", -1
	}
	next := byte(' ') // what follows tells which patterns are worth trying
	if w.end < len(r.text) {
		next = r.text[w.end]
	}
	n := w.end - w.start
	isMixed := w.shape == mixed
	for _, c := range []struct {
		t    Type
		re   *regexp.Regexp
		when bool
		ok   func(string) bool
	}{
		{SSN, ssnShape, n == 3, validSSN},
		{SSN, ssnMasked, w.letters(), nil},
		{IP, ipv4, n < 4 && next == '.', func(s string) bool { return !r.goesOn(w.start + len(s)) }},
		{IP, ipv6, n < 5 && next == ':', colons},
		{Device, macShape, n == 2 && (next == ':' || next == '-') || n == 4 && next == '.', nil},
		{AccountNo, cardShape, n == 4 || n > 12, luhn},
		{AccountNo, ibanShape, isMixed, iban},
		{MemberID, mbiShape, isMixed, anyDigit},
		{Vehicle, vinShape, n == 17, vin},
		{ZIP, zipLong, n == 5 && w.shape == digit, func(string) bool { return !r.phoneCue(i) && !r.codeCue(i) }},
		{LicenseNo, npiShape, n == 10, npi},
		{MemberID, blueShape, isMixed, nil},
	} {
		if !c.when {
			continue
		}
		if end := try(c.re, c.ok); end > 0 {
			return c.t, end
		}
	}
	if w.shape == digit {
		return r.phoneOrTax(i, try)
	}
	if end := try(prefixID, enoughDigits(3)); end > 0 {
		for p, t := range prefixTypes {
			if strings.HasPrefix(fold(text(end)), p) && len(p) > 0 && prefixIs(fold(text(end)), p) {
				return t, end
			}
		}
		return Other, end
	}
	return "", -1
}

// prefixIs reports whether the letters at the start of s are p.
func prefixIs(s, p string) bool {
	n := 0
	for n < len(s) && s[n] >= 'a' && s[n] <= 'z' {
		n++
	}
	return s[:n] == p
}

// phoneOrTax is a telephone or tax number that begins with the digits at i.
func (r *reader) phoneOrTax(i int, try func(*regexp.Regexp, func(string) bool) int) (Type, int) {
	n := len(r.words[i].fold)
	if n > 5 {
		if end := try(tenDigits, nil); end > 0 {
			return r.phoneType(i), end
		}
		return "", -1
	}
	if end := try(nanpShape, notDate); end > 0 {
		return r.phoneType(i), end
	}
	if end := try(worldPhone, possiblePhone); end > 0 {
		return r.phoneType(i), end
	}
	if end := try(sevenShape, func(s string) bool { return s[3] == '-' || r.phoneCue(i) }); end > 0 {
		return r.phoneType(i), end
	}
	if end := try(phoneRun, func(s string) bool { return enoughDigits(7)(s) && notDate(s) }); end > 0 && (r.phoneCue(i) || manyGroups(r.text[r.words[i].start:end])) {
		return r.phoneType(i), end
	}
	if end := try(einShape, nil); end > 0 {
		return Other, end
	}
	return "", -1
}

var npiShape = regexp.MustCompile(`^[12]\d{9}`)

// lawBefore reports whether a section number begins here.
func (r *reader) lawBefore(i int) bool {
	return i > 0 && (lawWords[r.words[i-1].fold] || r.is(i-1, "v", "version"))
}

// phoneCue reports whether the words before say that a number is dialled.
func (r *reader) phoneCue(i int) bool {
	for k := i - 1; k >= 0 && k >= i-6; k-- {
		if phoneWords[r.words[k].fold] {
			return true
		}
	}
	return false
}

// phoneType tells a fax from a phone by the nearest cue.
func (r *reader) phoneType(i int) Type {
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		switch {
		case strings.HasPrefix(r.words[k].fold, "fax") || r.is(k, "f") && r.is(k+1, ":"):
			return Fax
		case phoneWords[r.words[k].fold] && !r.is(k, "number", "numbers", "line", "to"):
			return Phone
		}
	}
	return Phone
}

var phoneWords = setOf(`phone telephone tel cell cellphone mobile call calls called calling text fax faxed dial ph number numbers line contact reach
	pager work home office ext hotline phones whatsapp answering dialed dialling dialing ring rang`)

// possiblePhone asks the numbering plans of the world.
func possiblePhone(s string) bool {
	if strings.HasPrefix(s, "00") {
		s = "+" + strings.TrimLeft(s, "0")
	}
	n, err := phonenumbers.Parse(s, "US")
	return err == nil && phonenumbers.IsPossibleNumber(n)
}

// manyGroups reports whether a run of digits is grouped as only a phone number
// is: three groups or more, or a bracket.
func manyGroups(s string) bool {
	return len(strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' })) > 2 && digits(s) >= 8 && digits(s) <= 15
}

func notDate(s string) bool {
	return numericDate.FindString(s) == "" && isoDate.FindString(s) == ""
}

func colons(s string) bool {
	return strings.Count(s, ":") > 2 || strings.Contains(s, "::") && digits(s) > 1
}

func anyDigit(s string) bool { return digits(s) > 2 }

func enoughDigits(n int) func(string) bool {
	return func(s string) bool { return digits(s) >= n }
}

func digits(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}
