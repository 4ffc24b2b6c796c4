package corpus

import (
	"regexp"
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// Cut cuts an official text at its own joints: a paragraph that begins with
// enumeration labels ("(2)(a) …", or "(A)" alone before its words) opens
// that pinpoint; any other paragraph continues the one before. Each passage
// carries as context the headings given, and the sentence that leads into
// it, which is its parent's text.
//
// Labels are placed by sequence, so that (i) after (h) is a letter and (i)
// after (a) a numeral, in whatever order of classes the code uses.
func Cut(title string, headings, paragraphs []string) []Passage {
	passages := []Passage{{Heading: title, Context: strings.Join(headings, "\n")}}
	at := map[citation.Pinpoint]int{"": 0}
	var path []string // labels from the outermost to the current one
	for _, para := range paragraphs {
		labels, rest := leadingLabels(strings.TrimSpace(para))
		for _, label := range labels {
			path = place(path, label)
			pin := pinOf(path)
			if _, ok := at[pin]; ok {
				continue
			}
			at[pin] = len(passages)
			lead := passages[at[pinOf(path[:len(path)-1])]].Text
			context := append([]string{title}, headings...)
			passages = append(passages, Passage{Pin: pin, Heading: title, Context: strings.Join(append(context, lead), "\n")})
		}
		if rest == "" {
			continue
		}
		p := &passages[at[pinOf(path)]]
		if p.Text != "" {
			p.Text += "\n"
		}
		p.Text += rest
	}
	return passages
}

var labelForm = regexp.MustCompile(`^\(([0-9]{1,3}|[a-z]{1,5}|[A-Z]{1,5})\)\s*`)

// leadingLabels splits "(2)(a) words" into its labels and its words.
func leadingLabels(para string) (labels []string, rest string) {
	for {
		m := labelForm.FindStringSubmatch(para)
		if m == nil {
			return labels, para
		}
		labels = append(labels, m[1])
		para = para[len(m[0]):]
	}
}

func pinOf(path []string) citation.Pinpoint {
	var b strings.Builder
	for _, label := range path {
		b.WriteString("(" + label + ")")
	}
	return citation.Pinpoint(b.String())
}

// place returns the path of the next label: the innermost place of path
// whose successor it is; else one step deeper where it begins a sequence;
// else, for a text with gaps, the innermost place of its own class.
func place(path []string, label string) []string {
	for i := len(path) - 1; i >= 0; i-- {
		for _, class := range classes {
			if n := class(path[i]); n > 0 && class(label) == n+1 {
				return append(path[:i:i], label)
			}
		}
	}
	for _, class := range classes {
		if class(label) == 1 {
			return append(path[:len(path):len(path)], label)
		}
	}
	for i := len(path) - 1; i >= 0; i-- {
		for _, class := range classes {
			if class(path[i]) > 0 && class(label) > 0 {
				return append(path[:i:i], label)
			}
		}
	}
	return append(path[:len(path):len(path)], label)
}

// classes give a label's place in its sequence, or 0 where it is of another
// class: numbers, letters, roman numerals, in lower and in upper case.
var classes = []func(string) int{number, letter('a'), roman(strings.ToLower), letter('A'), roman(strings.ToUpper)}

func number(label string) int {
	n := 0
	for _, r := range label {
		if r < '0' || r > '9' {
			return 0
		}
		n = n*10 + int(r-'0')
	}
	return n
}

// letter counts a, b … z, aa, bb …
func letter(first byte) func(string) int {
	return func(label string) int {
		c := label[0]
		if c < first || c > first+25 || strings.Trim(label, string(c)) != "" {
			return 0
		}
		return int(c-first) + 1 + 26*(len(label)-1)
	}
}

var numerals = strings.Fields("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx")

func roman(fold func(string) string) func(string) int {
	return func(label string) int {
		for i, n := range numerals {
			if label == fold(n) {
				return i + 1
			}
		}
		return 0
	}
}
