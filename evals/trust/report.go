package trust

import (
	_ "embed"
	"fmt"
	"html/template"
	"math"
	"strings"
)

//go:embed report.gohtml
var reportText string

// Report is evals/TRUST.html: one file, readable without colour, on a phone
// and on paper.
func (b *Board) Report() (string, error) {
	t, err := template.New("report").Funcs(template.FuncMap{
		"n": thousands, "pct": percent, "plot": plot, "trend": func(id string) template.HTML { return trend(b.past(id)) },
	}).Parse(reportText)
	if err != nil {
		return "", fmt.Errorf("trust: report: %w", err)
	}
	all := b.Figures()
	met, missed, none := verdicts(all)
	var out strings.Builder
	err = t.Execute(&out, map[string]any{"Board": b, "Figures": all, "Met": met, "Missed": missed, "None": none, "Corpus": fmt.Sprintf("%.12s", b.Corpus),
		"Open": half(b, "open"), "Sealed": half(b, "sealed")})
	if err != nil {
		return "", fmt.Errorf("trust: report: %w", err)
	}
	return out.String(), nil
}

func half(b *Board, name string) string {
	n, passed := 0, 0
	for _, t := range b.Cases {
		if t.Half == name {
			n, passed = n+t.N, passed+t.Passed
		}
	}
	return fmt.Sprintf("%d of %d", passed, n)
}

// The plot of a row is a line from one in a million to all, in powers of ten.
const (
	plotLeft, plotRight = 8.0, 312.0
	smallest            = 1e-6
)

// place is where a share stands on the line.
func place(share float64) float64 {
	if share <= smallest {
		return plotLeft
	}
	return plotLeft + (plotRight-plotLeft)*(math.Log10(share)+6)/6
}

// plot draws the share of failures that was seen, how far the truth may be
// above it, and the bar.
func plot(f Figure) template.HTML {
	var b strings.Builder
	seen, bound, bar := place(f.Failed()), place(f.Bound), place(f.Most)
	said := fmt.Sprintf("%s: %d of %d failed; with 95 %% confidence below %s; the bar is %s", f.Promise, f.Failures, f.N, percent(f.Bound), f.Wanted())
	fmt.Fprintf(&b, `<svg viewBox="0 0 320 56" role="img" aria-label="%s">`, template.HTMLEscapeString(said))
	fmt.Fprintf(&b, `<line class="axis" x1="%.0f" y1="34" x2="%.0f" y2="34"/>`, plotLeft, plotRight)
	for i, label := range []string{"0", "", "0.01 %", "", "1 %", "10 %", "all"} {
		x := plotLeft + (plotRight-plotLeft)*float64(i)/6
		anchor := "middle"
		switch i {
		case 0:
			anchor = "start"
		case 6:
			anchor = "end"
		}
		fmt.Fprintf(&b, `<line class="axis" x1="%.1f" y1="31" x2="%.1f" y2="37"/><text x="%.1f" y="51" text-anchor="%s">%s</text>`, x, x, x, anchor, label)
	}
	fmt.Fprintf(&b, `<line class="range" x1="%.1f" y1="34" x2="%.1f" y2="34"/>`, seen, bound)
	fmt.Fprintf(&b, `<line class="bound" x1="%.1f" y1="27" x2="%.1f" y2="41"/>`, bound, bound)
	fmt.Fprintf(&b, `<circle class="seen" cx="%.1f" cy="34" r="4.5"/>`, seen)
	anchor, at := "start", bar
	if bar > 250 {
		anchor = "end"
	}
	fmt.Fprintf(&b, `<path class="bar" d="M%.1f 25 l-4.5 -8 h9 z"/><text x="%.1f" y="12" text-anchor="%s">bar</text>`, bar, at, anchor)
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

// trend draws the shares of earlier runs, the latest at the right; "" for
// fewer than two.
func trend(past []Past) template.HTML {
	if len(past) < 2 {
		return ""
	}
	most := 0.0
	for _, p := range past {
		most = max(most, share(p))
	}
	var points strings.Builder
	for i, p := range past {
		y := 26.0
		if most > 0 {
			y -= 20 * share(p) / most
		}
		fmt.Fprintf(&points, "%.1f,%.1f ", 8+304*float64(i)/float64(len(past)-1), y)
	}
	last := past[len(past)-1]
	said := fmt.Sprintf("%d runs, from %s to %s: failures from %s to %s", len(past), past[0].Date, last.Date, percent(share(past[0])), percent(share(last)))
	return template.HTML(fmt.Sprintf(`<svg class="trend" viewBox="0 0 320 32" role="img" aria-label="%s"><polyline points="%s"/></svg><p class="small">%s</p>`, said, points.String(), said))
}

func share(p Past) float64 { return float64(p.Failures) / float64(max(1, p.N)) }
