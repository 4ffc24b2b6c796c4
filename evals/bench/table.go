package main

import (
	"fmt"
	"strings"
)

// table is the report for people, as Markdown.
func (r report) table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s, %s, commit %s, seed %d. Read the ratios, not the digits.\n", r.Machine, r.Go, r.Day, r.Commit, r.Seed)
	if r.Indexes != nil {
		r.indexTables(&b)
	}
	if r.Cold != nil {
		b.WriteString("\nA whole process, from its start to its end, over the shipped library:\n\n")
		fmt.Fprintln(&b, "| command | does | median | 95 of 100 within | most memory | binary |\n| --- | --- | --- | --- | --- | --- |")
		for _, c := range r.Cold {
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", c.Command, c.Does, seconds(c.Median), seconds(c.P95), size(c.Peak), size(c.Binary))
		}
	}
	if r.Asking != nil {
		b.WriteString("\nGolden questions in one process:\n\n| what | n | median | 95 of 100 within |\n| --- | --- | --- | --- |\n")
		for _, a := range r.Asking {
			fmt.Fprintf(&b, "| %s | %d | %s | %s |\n", a.What, a.N, seconds(a.Median), seconds(a.P95))
		}
	}
	if r.Members != nil {
		fmt.Fprintf(&b, "\n%d members at once, over loopback:\n\n| server | does | n | a second | median | 99 of 100 within |\n| --- | --- | --- | --- | --- | --- |\n", membersAtOnce)
		for _, m := range r.Members {
			fmt.Fprintf(&b, "| %s | %s | %d | %.0f | %s | %s |\n", m.Server, m.Does, m.N, m.Rate, seconds(m.Median), seconds(m.P99))
		}
	}
	if r.Messages != nil {
		fmt.Fprintf(&b, "\nMessages through a chat and the ledger's file, one in %d answered anew:\n\n| messages | heap | own memory | ledger | time |\n| --- | --- | --- | --- | --- |\n", anew)
		for _, m := range r.Messages {
			fmt.Fprintf(&b, "| %d | %s | %s | %s | %s |\n", m.Messages, size(m.Heap), size(m.Own), size(m.Disk), seconds(m.Seconds))
		}
	}
	return b.String()
}

func (r report) indexTables(b *strings.Builder) {
	fmt.Fprintf(b, "\nRivals: %s. %d numbers in a vector, the ten best, a filter that keeps a tenth. Median of a question; in brackets how many times ours.\n\n", strings.Join(r.Rivals, "; "), dim)
	b.WriteString("| passages | engine |")
	for _, o := range ops {
		fmt.Fprintf(b, " %s |", o.name)
	}
	b.WriteString("\n| --- | --- |" + strings.Repeat(" --- |", len(ops)) + "\n")
	for _, row := range r.Indexes {
		fmt.Fprintf(b, "| %d | %s |", row.Passages, row.Engine)
		for _, o := range ops {
			f, ok := row.Ops[o.name]
			switch {
			case !ok:
				b.WriteString(" – |")
			case row.Engine == ours().name:
				fmt.Fprintf(b, " %s |", seconds(f.Median))
			default:
				fmt.Fprintf(b, " %s (%.2g) |", seconds(f.Median), f.Times)
			}
		}
		b.WriteString("\n")
	}
	b.WriteString("\n| passages | engine | fill | most memory then | disk (files) | open and first answer | memory held | files mapped | exact ten best: words, rarer, vectors |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, row := range r.Indexes {
		fmt.Fprintf(b, "| %d | %s | %s | %s | %s (%d) | %s | %s | %s | %s, %s, %s |\n", row.Passages, row.Engine, seconds(row.Fill), size(row.FillPeak), size(row.Disk), row.Files,
			seconds(row.Open), size(row.Own), size(row.Mapped), part(row.SameWords), part(row.SameRarer), part(row.SameVector))
	}
}

// part is a share, or a dash for none.
func part(x float64) string {
	if x == 0 {
		return "–"
	}
	return fmt.Sprintf("%.3f", x)
}

// seconds is a time in the unit that suits it, with two or three digits.
func seconds(s float64) string {
	switch {
	case s == 0:
		return "–"
	case s < 1e-3:
		return fmt.Sprintf("%.0f µs", s*1e6)
	case s < 10e-3:
		return fmt.Sprintf("%.1f ms", s*1e3)
	case s < 1:
		return fmt.Sprintf("%.0f ms", s*1e3)
	}
	return fmt.Sprintf("%.1f s", s)
}

// size is a number of bytes in MB, or a dash where it is not known.
func size(n int64) string {
	switch {
	case n == 0:
		return "–"
	case n < 10e6:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.0f MB", float64(n)/1e6)
}
