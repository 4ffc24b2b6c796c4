package phitest

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed terms.txt
var termList string

// sections reads the sections of terms.txt.
func sections() map[string][]string {
	out := map[string][]string{}
	section := ""
	for line := range strings.SplitSeq(termList, "\n") {
		if strings.HasPrefix(line, "#") || line == "" {
			continue
		}
		if name, ok := strings.CutPrefix(line, "["); ok {
			section = strings.TrimSuffix(name, "]")
			continue
		}
		for term := range strings.SplitSeq(line, ";") {
			if term = strings.TrimSpace(term); term != "" {
				out[section] = append(out[section], term)
			}
		}
	}
	return out
}

// Terms are the single terms and the combinations that notes use: a muscle
// with "spasm", a nerve with "entrapment", an eponym with "test".
func Terms() (single, combined []string) {
	s := sections()
	for _, name := range []string{"muscles", "named", "conditions", "techniques", "abbreviations", "law", "measures"} {
		single = append(single, s[name]...)
	}
	for _, name := range []string{"muscles", "regions", "joints", "nerves", "eponyms", "levels", "ligaments", "bones", "findings"} {
		for _, a := range s[name] {
			for _, b := range s["with "+name] {
				switch name {
				case "joints":
					a := a + " joint"
					combined = append(combined, a+" "+b)
				case "nerves":
					combined = append(combined, a+" nerve "+b)
				case "ligaments":
					combined = append(combined, a+" ligament "+b)
				case "findings":
					combined = append(combined, strings.TrimSuffix(b, "|")+" "+a)
				case "eponyms":
					combined = append(combined, a+" "+b, a+"'s "+b)
				default:
					combined = append(combined, a+" "+b)
				}
			}
		}
	}
	return single, combined
}

func capitals(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}

// A Style is one way in which a note writes a term.
type Style struct {
	Name   string
	text   string
	change func(string) string
}

// Write puts a term into a sentence.
func (s Style) Write(term string) string { return fmt.Sprintf(s.text, s.change(term)) }

// Styles are the ways of notes, from mixed case to all capitals.
func Styles() []Style {
	return []Style{
		{"as written", "Assessment: we found %s today.", func(s string) string { return s }},
		{"Title Case", "Assessment: We found %s today.", capitals},
		{"at the start", "%s was noted.", capitals},
		{"lower case", "assessment was %s and we treated it", strings.ToLower},
		{"CAPITALS", "ASSESSMENT WAS %s AND WE TREATED IT", strings.ToUpper},
	}
}
