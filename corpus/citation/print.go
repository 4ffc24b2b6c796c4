package citation

import "strings"

// String writes the one spelling: "RCW 48.43.045(1)(a)", "42 U.S.C.
// 300gg-5(a)", "538 U.S. 329, p. 341", "2015 c 237 § 2", "CPT 97124 (what it
// does not say)". The zero Citation is the empty text.
func (c Citation) String() string {
	if c.IsZero() {
		return ""
	}
	var s string
	switch {
	case c.Number == "":
		s = string(c.System)
	case c.System == Web:
		s = "https://" + c.Number
	case c.System == Laws, c.System == Journal:
		s = c.Number
	case titleFirst[c.System]:
		title, rest, _ := strings.Cut(c.Number, " ")
		s = title + " " + string(c.System) + " " + rest
	default:
		s = string(c.System) + " " + c.Number
	}
	switch {
	case c.Pin.Page():
		s += ", " + string(c.Pin)
	case c.Pin.Named():
		s += " (" + string(c.Pin) + ")"
	default:
		s += string(c.Pin)
	}
	return s
}

// titleFirst has the systems that print a title or volume before their name.
var titleFirst = map[System]bool{
	USC: true, CFR: true, US: true, F3d: true, F4th: true,
	FSupp: true, FSupp2d: true, FSupp3d: true, So3d: true,
}
