package trust

import (
	"fmt"
	"strings"
)

// Page is evals/TRUST.md: the scoreboard as it is read in a repository.
func (b *Board) Page() string {
	var p strings.Builder
	all := b.Figures()
	met, missed, none := verdicts(all)
	fmt.Fprintf(&p, "# The scoreboard\n\nWritten by `go test -tags trust ./evals/trust`, offline, with no model but the scripted one on loopback; nobody writes it by hand. "+
		"A hundredth of each row runs in the ordinary suite, which fails where a figure is worse than the one kept here. The same with plots: `TRUST.html`; the data: `trust.json`.\n\n"+
		"%d of %d bars are met, %d are missed, %d rows are not measured. Seed %d, library %.12s.\n\n", met, len(all), missed, none, b.Seed, b.Corpus)
	p.WriteString("| promise | n | failed | true share below (95 %) | honest work that passes | bar | | best figure known elsewhere |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, f := range all {
		if f.Verdict == NotMeasured {
			fmt.Fprintf(&p, "| %s (`%s`) | | | | | %s | **not measured**: %s | %s |\n", f.Promise, f.ID, f.Wanted(), cell(f.Missing), elsewhere(f))
			continue
		}
		verdict := string(f.Verdict)
		if f.Verdict == Missed {
			verdict = "**MISSED**"
		}
		fmt.Fprintf(&p, "| %s (`%s`) | %s %s | %s | %s | %s | %s | %s | %s |\n", f.Promise, f.ID, thousands(f.N), f.What, thousands(f.Failures), percent(f.Bound), f.HonestSaid(), f.Wanted(), verdict, elsewhere(f))
	}
	p.WriteString("\nNo failure in n attempts means a true share below about 3/n (Clopper and Pearson, one-sided, 95 %). A bar is held against the share that was seen; where the bound is above a bar, more attempts are needed to be sure. The figures elsewhere are of other tasks and other data: context, not a race.\n")
	b.missedPart(&p, all)
	b.casesPart(&p)
	b.selfTestPart(&p)
	p.WriteString(limitsPart)
	b.runsPart(&p, all)
	return p.String()
}

func verdicts(all []Figure) (met, missed, none int) {
	for _, f := range all {
		switch f.Verdict {
		case Met:
			met++
		case Missed:
			missed++
		default:
			none++
		}
	}
	return met, missed, none
}

func elsewhere(f Figure) string {
	if f.From == "" {
		return cell(f.Best)
	}
	return cell(f.Best + " (" + f.From + ")")
}

// cell makes text fit into a cell of a table.
func cell(s string) string {
	return strings.NewReplacer("|", "/", "\n", " ", "<", "&lt;").Replace(s)
}

func (b *Board) missedPart(p *strings.Builder, all []Figure) {
	p.WriteString("\n## Where a promise failed\n\nThe first failures of each row, met or not, and what honest work was refused. Of sealed questions none is shown.\n")
	any := false
	for _, f := range all {
		if len(f.Sample) == 0 {
			continue
		}
		any = true
		fmt.Fprintf(p, "\n%s (`%s`, %s):\n\n", f.Promise, f.ID, f.Verdict)
		seen := map[string]bool{}
		for _, s := range f.Sample {
			if !seen[s] {
				fmt.Fprintf(p, "* %s\n", cell(s))
			}
			seen[s] = true
		}
	}
	if !any {
		p.WriteString("\nNone.\n")
	}
}

func (b *Board) casesPart(p *strings.Builder) {
	if len(b.Cases) == 0 {
		return
	}
	p.WriteString("\n## Scenarios\n\n`evals/cases`: what comes in at a door, and what must and must not come out. The sealed half is chosen by hash; of it only totals are printed. Written before their answers were seen, and no answer was mended for them.\n\n| set | open | sealed |\n| --- | --- | --- |\n")
	var open, sealed [2]int
	for i := 0; i < len(b.Cases); i++ {
		t := b.Cases[i]
		row := [2]string{"-", "-"}
		for ; i < len(b.Cases) && b.Cases[i].File == t.File; i++ {
			half := &open
			at := 0
			if b.Cases[i].Half == "sealed" {
				half, at = &sealed, 1
			}
			row[at] = fmt.Sprintf("%d of %d", b.Cases[i].Passed, b.Cases[i].N)
			half[0], half[1] = half[0]+b.Cases[i].Passed, half[1]+b.Cases[i].N
		}
		i--
		fmt.Fprintf(p, "| %s | %s | %s |\n", strings.TrimSuffix(t.File, ".txt"), row[0], row[1])
	}
	fmt.Fprintf(p, "| together | %d of %d | %d of %d |\n", open[0], open[1], sealed[0], sealed[1])
}

func (b *Board) selfTestPart(p *strings.Builder) {
	p.WriteString("\n## Self-test\n\nEach guard is replaced by one that agrees to everything; its row has to go red. Guards that stand one behind the other are replaced together: each alone leaves the row green, because the next one holds.\n\n| row | without | failed | with it | |\n| --- | --- | --- | --- | --- |\n")
	for _, r := range b.SelfTest {
		verdict := "red"
		if !r.Red {
			verdict = "**stays green: it measures nothing**"
		}
		fmt.Fprintf(p, "| `%s` | %s | %d of %d | %d | %s |\n", r.Row, cell(r.Guard), r.Failures, r.N, r.Before, verdict)
	}
}

const limitsPart = `
## What this does not show

* That a correct quotation is the right law, or that a paraphrase is fair: these need readers. README.md says what readers found.
* How real models behave: the scripted one lies, obeys and breaks in the ways somebody thought of.
* How letters of real insurers, notes of real therapists and questions of real members are handled: all here were written for the purpose, most by the authors of the program. Sets on which something was tuned say how well it was fitted; the sealed halves say a little more.
* That identifiers are removed in the sense of a law. Planted ones of known forms were looked for, byte by byte.
* That a letter wins anything.
`

func (b *Board) runsPart(p *strings.Builder, all []Figure) {
	p.WriteString("\n## Runs\n\n| row | run | at | seconds | |\n| --- | --- | --- | --- | --- |\n")
	total := 0.0
	for _, f := range all {
		if f.Verdict != NotMeasured {
			total += f.Seconds
			fmt.Fprintf(p, "| `%s` | %s | %s | %.0f | %s |\n", f.ID, f.Date, f.Commit, f.Seconds, cell(f.Note))
		}
	}
	fmt.Fprintf(p, "\nTogether %.0f minutes of wall clock, on two cores that did other work at the same time.\n", total/60)
}
