package bot

import (
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// A speech says how sources are named aloud. It is data (testimony/frames.yaml
// of the library) and not modified after it is read.
type speech struct {
	Names []spokenName `yaml:"names"`
	Codes []spokenCode `yaml:"codes"`
	Bills []spokenBill `yaml:"bills"`
}

// A spokenName is what one source is called aloud.
type spokenName struct {
	Cite citation.Citation `yaml:"cite"`
	Say  string            `yaml:"say"`
}

// A spokenCode is how a section of a body of law is named aloud. {n} is the
// section, {title} the title of a code that is cited by title.
type spokenCode struct {
	System citation.System `yaml:"system"`
	Prefix string          `yaml:"prefix"` // of the section; "" for any
	Say    string          `yaml:"say"`
}

// A spokenBill is what the letters before a bill's number stand for.
type spokenBill struct {
	Letters string `yaml:"letters"`
	Say     string `yaml:"say"`
}

// cite names a place as a person would at a hearing: a section without its
// pinpoint, which the written version has; a case by its court, its parties
// and its year; a study by its journal and year. title is the source's, for a
// source that has neither a number nor a name.
func (s *speech) cite(c citation.Citation, title string) string {
	for _, n := range s.Names {
		if n.Cite == c.Base() {
			return n.Say
		}
	}
	number, of := c.Number, ""
	if c.System == citation.USC || c.System == citation.CFR {
		of, number, _ = strings.Cut(c.Number, " ")
	}
	for _, code := range s.Codes {
		if code.System == c.System && strings.HasPrefix(number, code.Prefix) {
			return strings.NewReplacer("{n}", number, "{title}", of).Replace(code.Say)
		}
	}
	return title
}

// bill names a bill aloud: "House Bill 2" for "HB 2".
func (s *speech) bill(bill string) string {
	i := strings.IndexAny(bill, "0123456789")
	if i < 1 {
		return bill
	}
	letters := strings.ToUpper(strings.NewReplacer(".", "", " ", "").Replace(bill[:i]))
	for _, b := range s.Bills {
		if letters == b.Letters {
			return b.Say + " " + bill[i:]
		}
	}
	return bill
}

// upperFirst is the text with a capital at its start.
func upperFirst(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
