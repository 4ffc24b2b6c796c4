package bot

import (
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/phi"
)

// restore puts the identifiers of the case back into everything that came
// from the denial. The words of the library hold none.
func (out *Rebuttal) restore(c *phi.Case) {
	back := func(text string) string { text, _ = c.Restore(text); return text }
	out.doc = out.doc.restoredBy(back)
	out.Objections, out.Codes = slices.Clone(out.Objections), slices.Clone(out.Codes)
	runes := []rune(out.Denial)
	moved := func(at int) int { return len([]rune(back(string(runes[:min(at, len(runes))])))) }
	for i := range out.Objections {
		o := &out.Objections[i]
		o.Quote, o.Start, o.End = back(o.Quote), moved(o.Start), moved(o.End)
	}
	for i := range out.Codes {
		out.Codes[i].Start, out.Codes[i].End = moved(out.Codes[i].Start), moved(out.Codes[i].End)
	}
	out.Denial = back(out.Denial)
	for i := range out.Warnings {
		out.Warnings[i] = back(out.Warnings[i])
	}
}

// keepRebuttal saves the receipt of a rebuttal: its claims and the passages
// they rest on. Of the denial it keeps no word, no date and no hash.
func (a *Assistant) keepRebuttal(out *Rebuttal, l *law) {
	if a.Receipts == nil || len(out.Claims) == 0 {
		return
	}
	claims := slices.Concat(out.Claims, out.Ladder, out.Weaknesses)
	kept := Answer{ID: NewReceiptID(), Task: out.Task, Text: out.keptText(claims), Claims: claims, Citations: out.Citations, Nearest: []Nearest{}, Followups: []string{},
		Warnings: []string{}, Model: out.Model, Corpus: out.Corpus}
	var passages []Held
	for _, c := range out.Citations {
		passages = append(passages, l.held(c)...)
	}
	if why := a.saveReceipt(&kept, out.prompt, passages); why != "" {
		out.Warnings = append(out.Warnings, why)
		return
	}
	out.ID = kept.ID
}

// keptText is what was stated, for the letter and beside it, with its sources.
func (out *Rebuttal) keptText(claims []Claim) string {
	lines := []string{"A denial was answered. Neither the denial nor the letter was kept; this is what was stated.", ""}
	for _, line := range out.lines(claims, Plain) {
		lines = append(lines, "- "+line)
	}
	lines = append(lines, "")
	return strings.Join(append(lines, sourceLines(out.Citations)...), "\n")
}
