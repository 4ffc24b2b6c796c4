package phi

import "strings"

// validSSN reports whether a number of the shape 123-45-6789 can have been
// issued, as a social security number or as an ITIN (area 9).
func validSSN(s string) bool {
	d := onlyDigits(s)
	return len(d) == 9 && d[:3] != "000" && d[:3] != "666" && d[3:5] != "00" && d[5:] != "0000"
}

// luhn reports whether the digits of s are a card number: 13 to 19 of them,
// with their check digit.
func luhn(s string) bool {
	d := onlyDigits(s)
	return len(d) > 12 && len(d) < 20 && d[0] != '0' && luhnSum(d)%10 == 0
}

// npi reports whether ten digits are a National Provider Identifier: the Luhn
// check runs over the prefix 80840 too.
func npi(s string) bool {
	d := onlyDigits(s)
	return len(d) == 10 && luhnSum("80840"+d)%10 == 0
}

func luhnSum(d string) int {
	sum := 0
	for i := range len(d) {
		n := int(d[len(d)-1-i] - '0')
		if i%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum
}

// iban reports whether s is an international account number: modulo 97 is 1.
func iban(s string) bool {
	s = strings.ToUpper(strings.ReplaceAll(s, " ", ""))
	if len(s) < 15 || len(s) > 34 {
		return false
	}
	sum := 0
	for _, c := range s[4:] + s[:4] {
		switch {
		case c >= '0' && c <= '9':
			sum = (sum*10 + int(c-'0')) % 97
		default:
			sum = (sum*100 + int(c-'A'+10)) % 97
		}
	}
	return sum == 1
}

// vin reports whether 17 characters are a vehicle identification number: the
// ninth is the check digit of the others.
func vin(s string) bool {
	const values = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ"
	weights := [17]int{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2}
	s = strings.ToUpper(s)
	if len(s) != 17 || digits(s) < 3 {
		return false
	}
	sum := 0
	for i := range 17 {
		v := strings.IndexByte(values, s[i])
		if v < 0 {
			return false
		}
		sum += v % 10 * weights[i]
	}
	return s[8] == "0123456789X"[sum%11]
}

func onlyDigits(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
