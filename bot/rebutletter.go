package bot

import (
	"fmt"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/denial"
	"github.com/everycategory/advocate/bot/phi"
)

// compose puts the checked claims together as a letter: what is answered, in
// the payer's own words; what is said to it; what is asked for.
func (out *Rebuttal) compose(a *Assistant, parts []answered, in denied) {
	if out.LetterKind == "" {
		return
	}
	w := &letterWriter{out: out, in: in, numbers: map[string]int{}, blanks: map[string]bool{}}
	w.head()
	for i, p := range parts {
		if len(parts) > 1 {
			w.add(Heading, Run{Text: fmt.Sprintf("%d. %s", i+1, headings[p.kind])})
		}
		w.reason(p)
		w.answer(p)
	}
	w.asks(parts)
	w.foot()
	out.doc = w.doc
	out.doc.Title = letterTitles[out.LetterKind]
	out.doc.Enclosures = out.Enclosures
	out.doc.Exhibits = a.exhibits(w.cited, a.law(in.day))
	out.Missing = w.missing
}

var letterTitles = map[LetterKind]string{Appeal: "Appeal of a denied claim", RequestLetter: "Request about a denied claim", Explanation: "About a denied claim"}

var headings = map[LetterKind]string{Appeal: "A reason that is appealed", RequestLetter: "A reason on which information is asked for",
	Explanation: "A reason that is not contested", "": "A reason that is not contested"}

// A letterWriter writes a letter. Numbers are those of the footnotes, by
// what they cite.
type letterWriter struct {
	out     *Rebuttal
	in      denied
	doc     Document
	numbers map[string]int
	cited   []Citation // by footnote
	blanks  map[string]bool
	missing []Blank
}

func (w *letterWriter) add(kind BlockKind, runs ...Run) {
	w.doc.Blocks = append(w.doc.Blocks, Block{kind, runs})
}

// blank is a placeholder that the writer fills.
func (w *letterWriter) blank(text, ask string) Run {
	text = "[" + text + "]"
	if !w.blanks[text] {
		w.blanks[text] = true
		w.missing = append(w.missing, Blank{text, ask})
	}
	return Run{Text: text, Blank: true}
}

func (w *letterWriter) head() {
	w.add(Sender, w.blank("your name, license and NPI", "Who signs, with license number and NPI where a provider does?"))
	w.add(Sender, w.blank("your address, telephone and e-mail", "Where does the plan answer to?"))
	w.add(Dateline, w.blank("date", "The day on which the letter is sent."))
	if w.in.Payer != "" {
		w.add(Address, ownRuns(w.in.Payer)...)
	} else {
		w.add(Address, w.blank("name of the plan or its administrator", "To whom does the denial say an appeal goes?"))
	}
	w.add(Address, w.blank("address for appeals, from the denial", "Which address or fax number does the denial give?"))
	w.reference("Patient", "PATIENT", "the patient's name", "Whose claim is it?")
	w.reference("Member ID", "MEMBER", "the member ID", "Which member ID is on the card?")
	w.reference("Claim", "CLAIM", "the claim number", "Which claim number is on the denial?")
	if day := w.in.dates[denial.OfService]; day != "" {
		w.add(Reference, append([]Run{{Text: "Date of service: "}}, ownRuns(day)...)...)
	} else {
		w.add(Reference, Run{Text: "Date of service: "}, w.blank("date of service", "Which day, or days, of care were not paid?"))
	}
	if len(w.in.Procedures) > 0 {
		w.add(Reference, Run{Text: "Service: CPT " + strings.Join(w.in.Procedures, ", ")})
	}
	w.add(Paragraph, Run{Text: "To the " + w.department() + ":"})
	opening := openings[w.out.LetterKind]
	if w.out.LetterKind == Appeal && w.in.facts["writer"] == "provider" {
		opening = "This is a provider's written complaint about your "
	}
	about := []Run{{Text: opening}}
	if w.in.Form == denial.EOB {
		about = append(about, Run{Text: "remittance"})
	} else {
		about = append(about, Run{Text: "decision"})
	}
	if day := w.in.dates[denial.OfLetter]; day != "" {
		about = append(about, Run{Text: " of "})
		about = append(about, ownRuns(day)...)
	}
	about = append(about, Run{Text: ". "})
	w.add(Paragraph, append(about, w.signer()...)...)
}

var openings = map[LetterKind]string{Appeal: "This is an appeal of your ", RequestLetter: "This is a written request about your ", Explanation: "This is about your "}

func (w *letterWriter) department() string {
	switch {
	case w.out.LetterKind == Appeal && w.in.facts["writer"] == "provider":
		return "department for provider complaints"
	case w.out.LetterKind == Appeal:
		return "appeals department"
	}
	return "claims department"
}

func (w *letterWriter) signer() []Run {
	switch w.in.facts["writer"] {
	case "provider":
		return []Run{{Text: "I am a licensed massage therapist with a contract with the plan, and treated the patient."}}
	case "representative":
		return []Run{{Text: "I treated the patient and write for the patient, whose signed authorization is enclosed."}}
	case "enrollee":
		return []Run{{Text: "I am the patient and a member of the plan."}}
	}
	return []Run{w.blank("who writes: the patient, a provider with the patient's signed authorization, or a contracted provider", sayWriter)}
}

// reference is a line about the claim: the placeholder of what the denial
// gives, else a blank.
func (w *letterWriter) reference(label, placeholder, blank, ask string) {
	w.add(Reference, Run{Text: label + ": "}, w.identified(placeholder, blank, ask))
}

func (w *letterWriter) identified(placeholder, blank, ask string) Run {
	runes := []rune(w.in.text)
	for _, r := range phi.Placeholders(w.in.text) {
		if text := string(runes[r.Start:r.End]); strings.HasPrefix(text, "["+placeholder) {
			return Run{Text: text, Blank: true}
		}
	}
	return w.blank(blank, ask)
}

// reason says which reason is answered: in the payer's own words, where the
// denial has them.
func (w *letterWriter) reason(p answered) {
	var codes []string
	for _, c := range w.in.Codes {
		if c.Objection == p.ID && !slices.Contains(codes, codeName(c)) {
			codes = append(codes, codeName(c))
		}
	}
	switch {
	case w.in.Form == denial.Bare:
		w.add(Paragraph, Run{Text: "The reason given was that " + p.Reason + ". "}, w.blank("the plan's own words, from the denial", "In which words does the plan say it?"))
	case len(codes) > 0 && w.in.Form == denial.EOB:
		w.add(Paragraph, Run{Text: "You gave this reason, with reason code " + strings.Join(codes, ", ") + ": that " + p.Reason + "."})
	default:
		w.add(Paragraph, Run{Text: "You gave this reason:"})
		w.add(Quotation, ownRuns("“"+p.Quote+"”")...)
	}
}

func codeName(c denial.Code) string {
	name := strings.TrimPrefix(strings.TrimPrefix(c.Code, "CARC "), "RARC ")
	if c.Group != "" {
		return c.Group + "-" + name
	}
	return name
}

// answer says what is said to a reason, and leaves room for what only the
// record shows.
func (w *letterWriter) answer(p answered) {
	w.claims(p.ID, Ground)
	if p.kind == Appeal && len(p.Records) > 0 {
		w.add(Paragraph, Run{Text: "The record shows:"})
		for _, r := range p.Records {
			w.add(Item, w.blank(r, "Only the chart or the file shows it; leave out what it does not have."))
		}
	}
	w.claims(p.ID, Explaining)
	w.claims(p.ID, Concession)
}

// claims adds a paragraph of the claims of one part on an objection.
func (w *letterWriter) claims(objection string, part Part) {
	var runs []Run
	for _, c := range w.out.Claims {
		if c.Branch == objection && c.Part == part {
			runs = append(runs, w.stated(c, len(runs) > 0))
		}
	}
	if len(runs) > 0 {
		w.add(Paragraph, runs...)
	}
}

// stated is a claim with its footnotes: the places that the law itself has. A
// section without a place is left out beside a place of it.
func (w *letterWriter) stated(c Claim, follows bool) Run {
	run := Run{Text: c.Text}
	if follows {
		run.Text = " " + run.Text
	}
	for _, n := range c.Citations {
		k := w.out.Citations[n-1]
		if remarks[k.Pinpoint] {
			k.Cite = k.Cite.Base()
		}
		if k.Cite.Pin == "" && w.placed(c, k.Source) {
			continue
		}
		name := k.Cite.String()
		if w.numbers[name] == 0 {
			w.doc.Notes = append(w.doc.Notes, noteOf(len(w.doc.Notes)+1, k))
			w.numbers[name] = len(w.doc.Notes)
			w.cited = append(w.cited, k)
		}
		if !slices.Contains(run.Notes, w.numbers[name]) {
			run.Notes = append(run.Notes, w.numbers[name])
		}
	}
	return run
}

// placed reports whether a claim cites a place of the law's own in a source.
func (w *letterWriter) placed(c Claim, source string) bool {
	return slices.ContainsFunc(c.Citations, func(n int) bool {
		k := w.out.Citations[n-1]
		return k.Source == source && k.Pinpoint != "" && !remarks[k.Pinpoint]
	})
}

// asks says what the plan is asked to do.
func (w *letterWriter) asks(parts []answered) {
	if w.out.LetterKind == Appeal {
		w.add(Paragraph, Run{Text: "Please reverse the decision and pay the claim under the terms of the plan."})
	}
	said := map[string]bool{}
	for _, p := range parts {
		for _, q := range p.requests {
			if said[q.Ask] {
				continue
			}
			if len(said) == 0 && w.out.LetterKind == Appeal {
				w.add(Paragraph, Run{Text: "If you do not, please send, or tell us in writing:"})
			} else if len(said) == 0 {
				w.add(Paragraph, Run{Text: "Please send, or tell us in writing:"})
			}
			said[q.Ask] = true
			runs := []Run{{Text: q.Ask + "."}}
			for _, c := range w.out.Claims {
				if c.Part == Asking && c.Branch == p.ID && c.from == q.Say {
					runs = append(runs, w.stated(c, true))
				}
			}
			w.add(Numbered, runs...)
		}
	}
}

func (w *letterWriter) foot() {
	w.add(Paragraph, Run{Text: "Please answer in writing, with the name and the qualification of whoever decides."})
	w.add(Signature, Run{Text: "Sincerely,"})
	w.add(Signature, w.blank("signature and printed name", "Sign by hand."))
}

// ownRuns are the runs of words that are not the library's: their
// placeholders stand out.
func ownRuns(text string) []Run {
	var runs []Run
	runes, at := []rune(text), 0
	for _, r := range phi.Placeholders(text) {
		if r.Start > at {
			runs = append(runs, Run{Text: string(runes[at:r.Start])})
		}
		runs = append(runs, Run{Text: string(runes[r.Start:r.End]), Blank: true})
		at = r.End
	}
	if at < len(runes) {
		runs = append(runs, Run{Text: string(runes[at:])})
	}
	return runs
}
