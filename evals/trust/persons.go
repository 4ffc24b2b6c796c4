package trust

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/model/modeltest"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/bot/phi/phitest"
)

// canaries: made-up identifiers in notes and questions; none may be in what
// reaches the model, in a receipt, or in the list of what was found.
func canaries() Row {
	return Row{ID: "canaries", Promise: "No identifier leaves the process", What: "planted identifiers of 26 classes, in notes and questions", N: 100_000,
		Bar: Bar{0, 0.995}, Best: "0.6 to 24 % missed", From: "recall .994 of an ensemble on Mayo notes (PMC8212138), .76 of GPT-4o (arXiv 2503.20794, by a vendor)",
		Guards: []Guard{findsNobody}, Lean: 160,
		run: func(ctx context.Context, w *Work) error {
			planted := phitest.Canaries(w.Seed, w.N)
			const perText = 8
			dir, err := os.MkdirTemp("", "trust-receipts")
			if err != nil {
				return err
			}
			defer os.RemoveAll(dir)
			err = each(ctx, (len(planted)+perText-1)/perText, w.lines(), func(l *line, at int) error {
				some := planted[at*perText : min(len(planted), at*perText+perText)]
				l.Receipts = nil
				if at%20 == 0 {
					l.Receipts = &bot.Receipts{Dir: dir}
				}
				out, kind, err := l.leave(ctx, some, at)
				if err != nil {
					return err
				}
				if len(l.server.Inbound()) == 0 {
					kind += ", held back"
				}
				leaks := map[string]string{}
				for _, leak := range phitest.Scan(out, some) {
					leaks[leak.Canary.Text] = leak.String() + " of " + leak.Canary.Text
				}
				for i, c := range some {
					w.try(at*perText+i, kind, leaks[c.Text])
				}
				return nil
			})
			if err != nil {
				return err
			}
			return w.termsStay(ctx, max(50, w.N/50), w.honest)
		}}
}

// leave puts canaries into a note or a question, and gives every byte that
// left: what the endpoint was sent, the receipts, and the list of findings.
func (l *line) leave(ctx context.Context, some []phitest.Canary, at int) (out []byte, kind string, err error) {
	l.server.Use(modeltest.Says(modeltest.Honest))
	var text strings.Builder
	if at%4 == 0 {
		kind = "a question"
		text.WriteString("An insured Washington plan refuses me as an LMT, can they? ")
		for _, c := range some[:1+at%len(some)%2] {
			text.WriteString(c.Text + " ")
		}
		if _, err := l.Ask(ctx, bot.Request{Text: text.String()}); err != nil {
			return nil, kind, err
		}
	} else {
		kind = "a note"
		for _, c := range some {
			text.WriteString(c.Text + "\n")
		}
		text.WriteString("Massage to low back 30 min.")
		x, err := l.Rewrite(ctx, bot.RewriteRequest{Text: text.String()})
		if err != nil {
			return nil, kind, err
		}
		for _, f := range x.PHI {
			out = fmt.Appendf(out, "%s %d %d\n", f.Type, f.Start, f.End)
		}
	}
	for _, in := range l.server.Inbound() {
		out = append(out, in...)
	}
	if l.Receipts != nil {
		names, err := filepath.Glob(filepath.Join(l.Receipts.Dir, "*.json"))
		if err != nil {
			return nil, kind, err
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				continue // another has taken it away
			}
			out = append(out, data...)
			os.Remove(name)
		}
	}
	return out, kind, nil
}

// terms: clinical and legal terms, in five ways of writing; they stay as they
// are on the way out.
func terms() Row {
	return Row{ID: "terms", Promise: "Clinical and legal terms are not taken for identifiers", What: "terms in five spellings", N: 26_000,
		Bar: Bar{0.005, 0}, Best: "precision about 75 % of a system of like recall", From: "Philter v1.0, project page",
		Guards: []Guard{{"words that stay (stands for it: a gate that hides everything)", func(h *House) { h.Puts.blind = true }}}, Lean: 300,
		run: func(ctx context.Context, w *Work) error { return w.termsStay(ctx, w.N, nil) }}
}

// termsStay sends terms outside; count is try unless it is given.
func (w *Work) termsStay(ctx context.Context, n int, count func(at int, why string)) error {
	single, combined := phitest.Terms()
	all, styles := append(single, combined...), phitest.Styles()
	total := min(n, len(all)*len(styles))
	step := max(1, len(all)*len(styles)/max(1, total))
	gate := w.House.gate // what stays is asked of the gate as it is
	if count == nil {
		gate = w.House.Gate()
	}
	return each(ctx, total, shared(gate), func(g *phi.Gate, at int) error {
		i := at * step
		style := styles[i/len(all)%len(styles)]
		text := style.Write(all[i%len(all)])
		out, _ := g.NewCase(phi.Note).Redact(text, phi.Outside)
		if w.House.Puts.blind {
			out = "[OTHER_1]"
		}
		why := ""
		if out != text {
			why = fmt.Sprintf("%q became %q", text, out)
		}
		if count != nil {
			count(at, why)
		} else {
			w.try(at, style.Name, why)
		}
		return nil
	})
}

// puts is what stands in for a step that is no value: the zero value for none.
type puts struct {
	foreign bool // another case's placeholders are put back too
	blind   bool // everything is one placeholder
	insured bool // every plan is an insured one of Washington
}

// trips: random messages with identifiers and with what looks like
// placeholders go out and come back as they were; the placeholders of one
// case, put into another, bring nobody back.
func trips() Row {
	return Row{ID: "trips", Promise: "Placeholders come back as they were, in their own case only", What: "round trips, each tried in another case too", N: 1_000_000,
		Bar: Bar{0, 0}, Best: "none measured for people to see", Guards: []Guard{{"placeholders of this case only", func(h *House) { h.Puts.foreign = true }}}, Lean: 500,
		run: func(ctx context.Context, w *Work) error {
			return each(ctx, w.N, shared(w.House.Gate()), func(g *phi.Gate, at int) error {
				r := w.rand(at)
				kind, text := phi.Kind(r.IntN(4)), message(r)
				c := g.NewCase(kind)
				out, found := c.Redact(text, phi.Destination(r.IntN(2)))
				back, err := w.back(c, out, r)
				if err != nil {
					return err
				}
				why := ""
				if back != text {
					why = fmt.Sprintf("%q came back as %q", text, back)
				}
				other := g.NewCase(kind)
				other.Redact("Pt Zebulon Quackenbush, DOB 3/4/1981, claim # 77-9096", phi.Outside)
				into := other
				if w.House.Puts.foreign {
					into = c
				}
				if brought, _ := into.Restore(out); why == "" && len(found) > 0 && brought != out {
					for _, f := range found {
						if f.Sure && !strings.Contains(out, f.Text) && strings.Contains(brought, f.Text) {
							why = fmt.Sprintf("another case brings back %q", f.Text)
						}
					}
				}
				w.try(at, fmt.Sprintf("kind %d", kind), why)
				return nil
			})
		}}
}

// back puts identifiers back, at once or as a stream in two pieces.
func (w *Work) back(c *phi.Case, text string, r *rand.Rand) (string, error) {
	if r.IntN(4) > 0 {
		back, _ := c.Restore(text)
		return back, nil
	}
	var b strings.Builder
	to := c.Restorer(&b)
	at := r.IntN(len(text) + 1)
	for _, piece := range []string{text[:at], text[at:]} {
		if _, err := io.WriteString(to, piece); err != nil {
			return "", err
		}
	}
	err := to.Close()
	return b.String(), err
}

var shreds = []string{
	"Maria Lopez", "Ms. Lopez", "Maria's", "LOPEZ, MARIA", "María López", "[PATIENT_1]", "[patient 1]", "PATIENT_1", "[PERSON_2.2]", "[DATE_2 = DATE_1 + 14 days]",
	"\\[PATIENT\\_1\\]", "\\", "[", "]", "_1", "PATIENT", "DATE_", "3/14/2024", "March 14, 2024", "02/28/24", "206-555-0143", "SSN 512-34-5678", "claim # 2024-001",
	"pt maria", "Dr. Patel", "Zbigniew", "RCW 48.43.045", "97124", "pain 6/10", ".", ", ", "\n", "\r\n", "\t", "'s", "’s", "é", "e\u0301", "\xff", "\x00", "-", "–",
	"1234 Oak St, Seattle, WA 98101", "maria@example.com", "I", "the", "and", "was seen", "92 y/o", "=", "+ 3 days]", "“", "\"", "1", "A1B2C3", "ß", "中文", "🙂",
}

func message(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(9) {
		b.WriteString(shreds[r.IntN(len(shreds))])
		if r.IntN(3) > 0 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}
