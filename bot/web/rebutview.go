package web

import (
	"html/template"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/phi"
)

// A rebutForm is what a denial was given with, and what may be chosen.
type rebutForm struct {
	Rebut
	States  []coverage.State
	Plans   []kv
	Writers []kv
	Markets []kv
	Example string
	Result  *rebutView
}

func (s *Server) rebutForm(in Rebut) rebutForm {
	f := rebutForm{Rebut: in, States: s.Assistant.Rules.States(), Plans: s.form().Plans, Example: sampleDenial,
		Writers: []kv{{"enrollee", "The patient"}, {"representative", "A provider, with the patient's signed authorization"}, {"provider", "A provider with a contract with the plan"}},
		Markets: []kv{{"individual", "Individual"}, {"small-group", "Small employer group"}, {"large-group", "Large employer group"}}}
	return f
}

// sampleDenial is nobody's.
const sampleDenial = "Sample Health Plan of Washington, an insured plan\nNovember 3, 2026\nPatient: Jane Doe  Member ID: W000000001  Claim no: 26-0000001\nDate of service: 10/12/2026  CPT 97124\nWe have denied this claim because massage therapy was not medically necessary for low back pain (CO-50)."

// Fact is a fact of the form, for the template.
func (f rebutForm) Fact(name string) string { return f.Facts[name] }

// A rebutView is a rebuttal laid out for the page: the denial beside the
// letter, each claim with its verdict, and what is to be filled in.
type rebutView struct {
	Out      *bot.Rebuttal
	Kind     string
	Denial   []marked
	Letter   []letterLine
	Notes    []bot.Note
	Ledger   []ledgerRow
	Ladder   []ledgerRow
	Weak     []ledgerRow
	Replies  []ledgerRow
	Clocks   []string
	Asked    []asked
	Sources  []sourceRow
	Applies  applies
	Download *download
	Restored bool
	Sure     int
}

// A letterLine is a block of the letter.
type letterLine struct {
	Kind bot.BlockKind
	Runs []bot.Run
	N    int // of a numbered item
}

// A ledgerRow is a claim with its evidence and verdict.
type ledgerRow struct {
	bot.Claim
	Evidence []evidence
}

type evidence struct {
	Name, Words string
	Quoted      bool // Words are official ones
	Link        template.URL
}

// asked is a question with its answers as buttons.
type asked struct {
	Text    string
	Choices []choice
}

// The kinds of words of a denial.
const (
	raised kind = "raised" // raises an objection
	coded  kind = "coded"  // a reason code
)

var kindNames = map[bot.LetterKind]string{bot.Appeal: "Appeal", bot.RequestLetter: "Request, not an appeal", bot.Explanation: "Explanation, not an appeal", "": "No letter"}

func (s *Server) rebutView(out *bot.Rebuttal, in Rebut) (*rebutView, error) {
	v := &rebutView{Out: out, Kind: kindNames[out.LetterKind], Restored: in.Restore}
	for _, f := range out.PHI {
		if f.Sure {
			v.Sure++
		}
	}
	v.Denial = denialMarks(out)
	asks := map[string]string{}
	for _, b := range out.Missing {
		asks[b.Text] = b.Ask
	}
	if d := out.Document(); d != nil {
		v.Letter, v.Notes = letterLines(d), d.Notes
	}
	v.Ledger, v.Ladder = ledger(out, out.Claims), ledger(out, out.Ladder)
	for _, row := range ledger(out, out.Weaknesses) {
		if row.Part == bot.Reply {
			v.Replies = append(v.Replies, row)
		} else {
			v.Weak = append(v.Weak, row)
		}
	}
	for _, d := range out.Deadlines {
		v.Clocks = append(v.Clocks, bot.ClockLine(d))
	}
	for _, q := range out.Questions {
		a := asked{Text: q.Text}
		for _, o := range q.Options {
			a.Choices = append(a.Choices, choice{upperFirst(s.Assistant.Rules.Label(q.Fact, o)), q.Fact + "=" + o})
		}
		v.Asked = append(v.Asked, a)
	}
	a := out.Applicability
	v.Applies = applies{Plan: planNames[a.Plan], State: a.State, Binds: a.Binds, Not: a.DoesNotBind, Turn: a.Depends, Change: a.WouldChange}
	var err error
	v.Download, err = s.download(out.Document(), asks)
	return v, err
}

func ledger(out *bot.Rebuttal, claims []bot.Claim) []ledgerRow {
	var rows []ledgerRow
	for _, c := range claims {
		rows = append(rows, ledgerRow{c, evidenceOf(out.Citations, c.Citations)})
	}
	return rows
}

// evidenceOf are the cited places by their numbers, with their words.
func evidenceOf(citations []bot.Citation, numbers []int) []evidence {
	var out []evidence
	for _, n := range numbers {
		k := citations[n-1]
		e := evidence{Name: k.Cite.String(), Words: k.Quote, Quoted: k.Quote != "", Link: sourceLink(k.Source, k.Pinpoint)}
		if k.Quote == "" {
			e.Words = k.Digest
		}
		out = append(out, e)
	}
	return out
}

// letterLines are the blocks of a document, its numbered items counted.
func letterLines(d *bot.Document) []letterLine {
	var out []letterLine
	n := 0
	for _, b := range d.Blocks {
		if n++; b.Kind != bot.Numbered {
			n = 0
		}
		out = append(out, letterLine{b.Kind, b.Runs, n})
	}
	return out
}

// denialMarks marks the denial as it was answered: what raises an objection,
// the codes, and what identifies somebody.
func denialMarks(out *bot.Rebuttal) []marked {
	k := newKinds(out.Denial)
	for _, o := range out.Objections {
		k.put(o.Start, o.End, raised)
	}
	for _, c := range out.Codes {
		k.put(c.Start, c.End, coded)
	}
	for _, p := range phi.Placeholders(out.Denial) {
		k.put(p.Start, p.End, sure)
	}
	return k.runs(0, len(k.text))
}

// Class is how a block of the letter is shown.
func (l letterLine) Class() string { return strings.ToLower(string(l.Kind)) }
