// Package citation knows how law, guidance and billing codes are cited:
// it reads the common spellings, writes one, and leaves alone what only
// looks like a citation. It knows nothing of what a provision says.
package citation

import (
	"errors"
	"strings"
)

// A System is a body of citable places, named as its citations print it.
type System string

// The systems this package reads.
const (
	RCW     System = "RCW"      // Revised Code of Washington
	WAC     System = "WAC"      // Washington Administrative Code
	USC     System = "U.S.C."   // United States Code
	CFR     System = "C.F.R."   // Code of Federal Regulations
	US      System = "U.S."     // United States Reports
	F3d     System = "F.3d"     // Federal Reporter, third series
	F4th    System = "F.4th"    // Federal Reporter, fourth series
	FSupp   System = "F. Supp." // Federal Supplement
	FSupp2d System = "F. Supp. 2d"
	FSupp3d System = "F. Supp. 3d"
	So3d    System = "So. 3d"     // Southern Reporter, third series
	PubL    System = "Pub. L."    // federal public laws
	Laws    System = "Wash. Laws" // Washington session laws
	NCD     System = "NCD"        // Medicare national coverage determinations
	ORS     System = "ORS"        // Oregon Revised Statutes
	CRS     System = "C.R.S."     // Colorado Revised Statutes
	FlaStat System = "Fla. Stat." // Florida Statutes
	DCCode  System = "D.C. Code"
	KRS     System = "KRS"       // Kentucky Revised Statutes
	Journal System = "journal"   // an article: "Ann Intern Med 2017;166:514"
	Web     System = "https"     // a page without a better citation, by its address
	Guide   System = "guide"     // a page of our own, by its id: "guide timed-units"
	Manual  System = "manual"    // a document that somebody added: "manual billing-guide, p. 47"
	CPT     System = "CPT"       // billing procedure codes
	ICD10CM System = "ICD-10-CM" // diagnosis codes
)

// ErrMalformed is matched by the error of a text that names a system but
// whose number cannot be one of that system's ("RCW forty-eight").
var ErrMalformed = errors.New("malformed citation")

// ErrNone is matched by the error of Parse for a text that is no citation.
var ErrNone = errors.New("no citation")

// A Citation names one place. The zero value names none. Citations are
// comparable with ==: two spellings of one place give equal values.
type Citation struct {
	System System
	// Number is the place without its pinpoint, spelled as it prints
	// between system and pinpoint; for systems that print the volume or
	// title first it holds both halves: "48.43.045" (RCW), "284-170-270"
	// (WAC), "42 300gg-5" (U.S.C.), "538 329" (U.S.), "97124" (CPT).
	Number string
	Pin    Pinpoint
}

// Base is the citation without its pinpoint.
func (c Citation) Base() Citation { c.Pin = ""; return c }

// At is the citation of pin p within c's base.
func (c Citation) At(p Pinpoint) Citation { c.Pin = p; return c }

// IsZero reports whether c names no place.
func (c Citation) IsZero() bool { return c == Citation{} }

// MarshalText writes the one spelling.
func (c Citation) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads any spelling Parse reads; the empty text gives the
// zero Citation.
func (c *Citation) UnmarshalText(b []byte) error {
	if strings.TrimSpace(string(b)) == "" {
		*c = Citation{}
		return nil
	}
	p, err := Parse(string(b))
	if err == nil {
		*c = p
	}
	return err
}

// UnmarshalYAML reads what UnmarshalText does, of a scalar. Without it
// goccy/go-yaml writes each node out and parses it anew, which took half of
// the time of loading the library.
func (c *Citation) UnmarshalYAML(scalar func(any) error) error {
	var spelled string
	if err := scalar(&spelled); err != nil {
		return err
	}
	return c.UnmarshalText([]byte(spelled))
}
