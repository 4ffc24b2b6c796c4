package clinical

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/everycategory/advocate/corpus"
)

// A Writer reads notes and puts them in clinical language. It is made once
// and is safe for concurrent use.
//
// This one is a stand-in until the lexicon's composer takes its place: it
// cuts a note into sentences and sections, writes out a few abbreviations and
// changes nothing else, and its guard wants every word of content to stand in
// its place.
type Writer struct{}

// NewWriter reads the lexicon of fsys.
func NewWriter(fsys fs.FS) (*Writer, error) {
	if _, err := fs.Stat(fsys, "clinical/concepts.yaml"); err != nil {
		return nil, fmt.Errorf("clinical: %w", err)
	}
	return &Writer{}, nil
}

// Options are what is known beside a note. The zero value knows nothing.
type Options struct {
	Previous string      // an earlier note of the same person; "" for none
	State    string      // two capitals: whose charting rule asks for what
	On       corpus.Date // the date of service; "" if it is not known
	Today    corpus.Date // the day of the rewrite
	Signed   bool        // the note is signed, locked or sent: the result is an addendum
}

// Read cuts a note into sentences with their sections.
func (w *Writer) Read(text string) Note {
	n := Note{Text: text}
	section, headed := Subjective, false
	point := 0
	for line := range strings.Lines(text) {
		at := 0
		if m := heading.FindStringSubmatchIndex(line); m != nil {
			section, headed, at = sectionOf(line[m[2]:m[3]]), true, m[1]
		}
		for _, c := range cut(line[at:]) {
			s := Sentence{Text: line[at+c[0] : at+c[1]], Section: section, Speaker: Therapist}
			s.Start = point + utf8.RuneCountInString(line[:at+c[0]])
			s.End = s.Start + utf8.RuneCountInString(s.Text)
			if !headed {
				s.Section = guess(s.Text)
			}
			if s.Section == Subjective {
				s.Speaker = Client
			}
			if addressed.MatchString(s.Text) {
				n.Aside = append(n.Aside, s)
			} else {
				n.Sentences = append(n.Sentences, s)
			}
		}
		point += utf8.RuneCountInString(line)
	}
	return n
}

var (
	heading    = regexp.MustCompile(`(?i)^\s*(subjective|subj|objective|obj|assessment|plan|[soap])\s*(?::|\)| -)\s*`)
	addressed  = regexp.MustCompile(`(?i)^(?:[-*•]\s*)?(?:please |can you |just )*(?:ignore (?:all|any|the|previous|prior)|make (?:it|this|that) |rewrite |add (?:a |the )?(?:diagnosis|code|dx|radiculopathy|unit)|bill |change the (?:code|minutes|units)|say (?:that )?it )`)
	treatment  = regexp.MustCompile(`(?i)\b(?:min|mins|minutes|massage|mfr|swedish|performed|worked on|deep tissue|palp\w*|rom|tender\w*|hypertonic\w*|ttp|spasm\w*|trp\w*|trigger points?)\b`)
	planning   = regexp.MustCompile(`(?i)\b(?:next (?:visit|session|appt)|continue|return|rtc|home ?care|plan|follow.?up|x ?/ ?wk|per week|weekly|cpt|icd|m\d\d\.\d+)\b|\d ?x ?/`)
	assessing  = regexp.MustCompile(`(?i)\b(?:improv\w*|progress\w*|tolerated|responded|after (?:tx|treatment|session)|post.?(?:tx|treatment)|goal)\b`)
	factual    = regexp.MustCompile(`(?i)\[[A-Z_]+_\d+[^\]]*\]|\b(?:left|right|bilateral)\b|\d+(?:[./]\d+)*(?: ?(?:minutes|min|degrees|units?|weeks?|months?|years?|days?|x|%))?`)
	relaxation = regexp.MustCompile(`(?i)\b(?:relax\w*|wellness|spa|stress relief)\b`)
)

func sectionOf(word string) Section {
	switch strings.ToLower(word)[0] {
	case 's':
		return Subjective
	case 'o':
		return Objective
	case 'a':
		return Assessment
	}
	return Plan
}

func guess(text string) Section {
	switch {
	case planning.MatchString(text):
		return Plan
	case assessing.MatchString(text):
		return Assessment
	case treatment.MatchString(text):
		return Objective
	}
	return Subjective
}

// cut gives the byte ranges of the sentences of a line.
func cut(line string) [][2]int {
	var out [][2]int
	start := 0
	put := func(end int) {
		s := strings.TrimSpace(line[start:end])
		if s != "" {
			at := start + strings.Index(line[start:end], s)
			out = append(out, [2]int{at, at + len(s)})
		}
		start = end
	}
	for i := 0; i < len(line); i++ {
		if !strings.ContainsRune(".!?;", rune(line[i])) || i+1 < len(line) && line[i+1] != ' ' && line[i+1] != '\n' && line[i+1] != '\r' {
			continue
		}
		before := line[start:i]
		last := before[strings.LastIndexByte(before, ' ')+1:]
		if line[i] == '.' && (len(last) == 1 || slices.Contains([]string{"dr", "mr", "mrs", "ms", "hrs", "approx", "e.g", "i.e", "vs", "st"}, strings.ToLower(last))) {
			continue
		}
		put(i + 1)
	}
	put(len(line))
	return out
}

// Rewrite puts a note in clinical language. It never fails: what it does not
// know how to put stands as it was written.
func (w *Writer) Rewrite(text string, o Options) Rewrite {
	n := w.Read(text)
	r := Rewrite{signed: o}
	for _, section := range []Section{Subjective, Objective, Assessment, Plan} {
		for _, s := range n.Sentences {
			if s.Section == section {
				to, why := expand(s.Text)
				r.Sentences = append(r.Sentences, Put{From: s, To: to, Why: why})
			}
		}
	}
	for _, s := range n.Aside {
		r.Warnings = append(r.Warnings, "Set aside, for it is addressed to the program and is no part of the chart: "+s.Text)
	}
	r.Missing = missing(n, o)
	r.Checks = checks(n, o)
	if o.Signed {
		r.Warnings = append(r.Warnings, "The note is signed or sent, so this is an addendum. The original stays as it is.")
	}
	r.build()
	return r
}

// abbreviations are written out wherever they stand alone.
var abbreviations = map[string]string{
	"c/o": "complains of", "b/l": "bilateral", "bilat": "bilateral", "w/": "with", "w/o": "without", "hx": "history", "tx": "treatment",
	"wk": "week", "wks": "weeks", "mo": "month", "mos": "months", "min": "minutes", "mins": "minutes", "rom": "range of motion", "trp": "trigger point",
	"trps": "trigger points", "mfr": "myofascial release", "ttp": "tender to palpation", "s/p": "status post", "lt": "left", "rt": "right", "pn": "pain", "ha": "headache",
	"has": "has", "lb": "low back", "lbp": "low back pain", "appt": "appointment", "f/u": "follow-up", "sx": "symptoms", "qd": "daily",
}

var wordForm = regexp.MustCompile(`[A-Za-z]+/(?:[A-Za-z]\b)?|[A-Za-z]+`)

// expand writes abbreviations out and makes a fragment a sentence.
func expand(text string) (string, []Change) {
	var why []Change
	out := wordForm.ReplaceAllStringFunc(strings.TrimLeft(text, "-*• "), func(word string) string {
		to, ok := abbreviations[strings.ToLower(word)]
		if !ok || to == word {
			return word
		}
		if strings.HasSuffix(word, "/") {
			to += " "
		}
		why = append(why, Change{From: word, To: strings.TrimSpace(to), Why: "abbreviation written out"})
		return to
	})
	out = strings.Join(strings.Fields(out), " ")
	first, n := utf8.DecodeRuneInString(out)
	out = string(unicode.ToUpper(first)) + out[n:]
	if out != "" && !strings.ContainsAny(out[len(out)-1:], ".!?;") {
		out += "."
	}
	return out, why
}

// Replace puts proposed sentences in the place of those of r.Sentences with
// the same index; "" keeps one. A sentence that does not say the same keeps
// the composer's words, and its error says why.
func (w *Writer) Replace(r Rewrite, proposed []string) (Rewrite, []error) {
	errs := make([]error, len(r.Sentences))
	r.Sentences = slices.Clone(r.Sentences)
	for i, p := range proposed {
		if i >= len(r.Sentences) || p == "" || p == r.Sentences[i].To {
			continue
		}
		was := r.Sentences[i]
		if errs[i] = same(was.To, p); errs[i] == nil {
			r.Sentences[i] = Put{From: was.From, To: p, Why: []Change{{From: was.From.Text, To: p, Why: "put in clinical language"}}}
		}
	}
	r.build()
	return r, errs
}

// same wants the words of content in their order.
func same(before, after string) error {
	for _, c := range after {
		if unicode.In(c, unicode.Cf, unicode.Cc, unicode.Co, unicode.Mn) || unicode.IsLetter(c) && !unicode.Is(unicode.Latin, c) && !strings.ContainsRune(before, c) {
			return errors.New("a character that is no plain text was added")
		}
	}
	if !slices.Equal(content(before), content(after)) {
		return errors.New("its words do not say the same")
	}
	return nil
}

var token = regexp.MustCompile(`\[[^\]]*\]|[\p{L}\p{N}]+(?:[./:'’-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]`)

func content(text string) []string {
	text, _ = expand(text)
	var out []string
	for _, t := range token.FindAllString(strings.ToLower(text), -1) {
		if !slices.Contains([]string{"the", "a", "an", "is", "are", "was", "were", "of", "and", ".", ",", ";"}, t) {
			out = append(out, t)
		}
	}
	return out
}

func missing(n Note, o Options) []Missing {
	out := []Missing{}
	add := func(element, ask string, found string) {
		if !regexp.MustCompile(`(?i)` + found).MatchString(n.Text) {
			out = append(out, Missing{element, ask})
		}
	}
	add("minutes", "How many minutes of hands-on work did the session have?", `\d+ ?min|\d+ ?hr|hour`)
	if relaxation.MatchString(n.Text) {
		return out
	}
	add("pain_score", "What did the client say of the pain, from 0 to 10?", `\d+ ?/ ?10|out of (?:10|ten)`)
	add("functional_limitation", "What can the client not do, or do less, because of it?", `sleep|work|driv|lift|sit|stand|walk|unable|limit`)
	add("techniques", "Which techniques were used, and where?", `massage|mfr|myofascial|swedish|deep tissue|trigger|stretch|traction|lymph`)
	add("response", "How did the client respond to the work?", `tolerat|respond|after (?:the )?(?:session|treatment)|post.?tx|improv|→|->`)
	add("plan", "What is planned, how often and until when?", `next|plan|return|weekly|/ ?wk|per week|home ?care`)
	if o.State == "WA" {
		add("consent", "Is a written informed consent on file, given within the last year?", `consent`)
	}
	return out
}

func checks(n Note, o Options) []Check {
	out := []Check{}
	has := func(p string) bool { return regexp.MustCompile(`(?i)` + p).MatchString(n.Text) }
	if has(`\b97140\b`) && !has(`mobiliz|traction|lymph|manual therapy|myofascial|mfr`) {
		out = append(out, Check{"code-technique", "The note names CPT 97140 and describes no manual therapy technique.", "CPT 97140"})
	}
	if has(`\bM54\.5\b[^0-9]|\bM54\.5$`) {
		out = append(out, Check{"icd-valid", "M54.5 is no longer a valid code by itself; the prescriber's code has a fifth character.", "ICD-10-CM M54.5"})
	}
	if o.Previous != "" && strings.Join(strings.Fields(o.Previous), " ") == strings.Join(strings.Fields(n.Text), " ") {
		out = append(out, Check{"cloned", "The note is the same as the earlier one.", ""})
	}
	return out
}

// build makes everything that is shown from the sentences.
func (r *Rewrite) build() {
	r.SOAP, r.Changes, r.Facts = SOAP{}, []Change{}, []Span{}
	var b strings.Builder
	if r.signed.Signed {
		on := string(r.signed.On)
		if on == "" {
			on = "[not documented: date of service]"
		}
		fmt.Fprintf(&b, "Addendum, entered %s, to the note of %s.\n\n", r.signed.Today, on)
	}
	for _, part := range []struct {
		section Section
		to      *string
		name    string
	}{{Subjective, &r.SOAP.Subjective, "Subjective"}, {Objective, &r.SOAP.Objective, "Objective"}, {Assessment, &r.SOAP.Assessment, "Assessment"}, {Plan, &r.SOAP.Plan, "Plan"}} {
		var said []string
		for _, p := range r.Sentences {
			if p.From.Section == part.section {
				said = append(said, p.To)
				r.Changes = append(r.Changes, p.Why...)
			}
		}
		if *part.to = strings.Join(said, " "); *part.to != "" {
			b.WriteString(part.name + ": " + *part.to + "\n")
		}
	}
	r.Text = strings.TrimRight(b.String(), "\n")
	point, at := 0, 0
	for _, m := range factual.FindAllStringIndex(r.Text, -1) {
		point += utf8.RuneCountInString(r.Text[at:m[0]])
		n := utf8.RuneCountInString(r.Text[m[0]:m[1]])
		r.Facts = append(r.Facts, Span{r.Text[m[0]:m[1]], point, point + n})
		at, point = m[1], point+n
	}
}
