package clinical

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus"
)

// An icdCode is a row of the table: what a code is since a day, and what it
// was before another.
type icdCode struct {
	state  string // billable, header or seventh
	since  corpus.Date
	before corpus.Date
	was    string // billable or none
	side   string // left, right, unspecified, or "" where the code has none
}

type icdTable map[string]icdCode

// loadICD reads clinical/icd10cm.tsv from the library.
func loadICD(fsys fs.FS) (icdTable, error) {
	const name = "clinical/icd10cm.tsv"
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("clinical: %w", err)
	}
	t := icdTable{}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 6 || !slices.Contains([]string{"billable", "header", "seventh"}, f[1]) {
			return nil, fmt.Errorf("clinical: %s: %q: want code, state, since, before, was, side", name, line)
		}
		t[f[0]] = icdCode{f[1], corpus.Date(f[2]), corpus.Date(f[3]), f[4], f[5]}
	}
	return t, nil
}

// on is the state of a code on a day; "" where it is not known. The zero day
// is the newest.
func (c icdCode) on(day corpus.Date) string {
	switch {
	case day == "" || day >= c.since:
		return c.state
	case day < c.before:
		return c.was
	}
	return ""
}

// icdForm is how a diagnosis code is written.
var icdForm = regexp.MustCompile(`^[A-TV-Z]\d[0-9AB](?:\.[0-9A-Z]{1,4})?$`)

// bareCode is a code in capitals without its dot, and dotted the reverse.
func bareCode(code string) string { return strings.ToUpper(strings.ReplaceAll(code, ".", "")) }

func dotted(code string) string {
	if len(code) > 3 {
		return code[:3] + "." + code[3:]
	}
	return code
}

// diagnosisCodes looks at each ICD-10-CM code of the note.
func (d *desk) diagnosisCodes() {
	var codes []string
	for _, facts := range d.facts {
		for _, f := range facts {
			if c := bareCode(f.Value); isDiagnosisCode(f) && !f.Negated && !slices.Contains(codes, c) {
				codes = append(codes, c)
			}
		}
	}
	for i, c := range codes {
		d.valid(c)
		d.codedSide(c)
		for _, other := range codes[i+1:] {
			for _, pair := range d.excludes1 {
				a, b := bareCode(pair[0]), bareCode(pair[1])
				if strings.HasPrefix(c, a) && strings.HasPrefix(other, b) || strings.HasPrefix(c, b) && strings.HasPrefix(other, a) {
					d.add("excludes1", "code", dotted(c), "other", dotted(other))
				}
			}
		}
	}
}

// valid says what is wrong with a code on the date of service.
func (d *desk) valid(code string) {
	day := d.o.On
	if day == "" {
		day = d.o.Today
	}
	if stem, ok := d.stem(code); ok {
		if code != filled(stem)+code[len(code)-1:] || !strings.ContainsAny(code[len(code)-1:], "ADS") || len(code) != 7 {
			d.add("icd-seventh", "code", dotted(code), "example", dotted(filled(stem))+"D")
		}
		return
	}
	row, held := d.icd[code]
	if !held {
		if parent, ok := d.icd[code[:len(code)-1]]; ok && code[0] != 'S' && (parent.on(day) == "header" || parent.on(day) == "billable") {
			d.add("icd-unknown", "code", dotted(code))
		}
		return
	}
	switch row.on(day) {
	case "header":
		d.add("icd-header", "code", dotted(code), "longer", d.longer(code, day))
	case "none":
		d.add("icd-early", "code", dotted(code), "on", string(day))
	case "":
		d.add("icd-uncertain", "code", dotted(code))
	}
}

// stem is the code that a code completes with a seventh character, or itself.
func (d *desk) stem(code string) (string, bool) {
	for n := len(code); n > 3; n-- {
		if row, ok := d.icd[code[:n]]; ok {
			return code[:n], row.state == "seventh"
		}
	}
	return "", false
}

// filled is a stem with X in the places before the seventh character.
func filled(stem string) string { return stem + strings.Repeat("X", max(0, 6-len(stem))) }

// longer names the billable codes under a heading, where they are few.
func (d *desk) longer(code string, day corpus.Date) string {
	var out []string
	for c, row := range d.icd {
		if strings.HasPrefix(c, code) && (row.on(day) == "billable" || row.state == "seventh") {
			out = append(out, dotted(c))
		}
	}
	slices.Sort(out)
	switch n := len(out); {
	case n == 0:
		return ""
	case n > 9:
		return fmt.Sprintf("There are %d longer codes under it. ", n)
	case n == 1:
		return "The longer code is " + out[0] + ". "
	default:
		return "The longer codes are " + strings.Join(out[:n-1], ", ") + " and " + out[n-1] + ". "
	}
}

// codedSide holds the side of a code against that of the note.
func (d *desk) codedSide(code string) {
	row := d.icd[code]
	if stem, ok := d.stem(code); ok {
		row = d.icd[stem]
	}
	coded := row.side
	site, sides := d.noted(code)
	switch {
	case coded == "" || len(sides) != 1:
	case coded == "unspecified":
		d.add("icd-open-side", "code", dotted(code), "noted", sides[0], "site", site)
	case sides[0] != coded && sides[0] != "bilateral":
		d.add("icd-side", "code", dotted(code), "coded", coded, "site", site, "noted", sides[0])
	}
}

// noted is the site of a code's family as the note has it, and its sides.
func (d *desk) noted(code string) (site string, sides []string) {
	var sites []string
	for n := len(code); n > 2 && sites == nil; n-- {
		sites = d.sites[code[:n]]
	}
	for _, facts := range d.facts {
		for _, f := range facts {
			side, name, _ := strings.Cut(f.Value, " ")
			if f.Type != Site || !slices.Contains([]string{"left", "right", "bilateral"}, side) || !slices.Contains(sites, name) {
				continue
			}
			if site = name; !slices.Contains(sides, side) {
				sides = append(sides, side)
			}
		}
	}
	return site, sides
}
