package main

import (
	"fmt"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/files"
)

// shownSections is how many sections of a document are listed for a person.
const shownSections = 60

// describe shows a report to who decides whether the document is added.
func describe(r *files.Report, was *corpus.Source) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", r.File, r.Title)
	parts := []string{r.Format}
	if r.Pages > 0 {
		parts = append(parts, fmt.Sprintf("%d pages, cited %s", r.Pages, r.Numbers))
	}
	parts = append(parts, fmt.Sprintf("%d words in %d passages", r.Words, r.Passages))
	if r.Tables > 0 {
		parts = append(parts, fmt.Sprintf("%d tables", r.Tables))
	}
	if r.Notes > 0 {
		parts = append(parts, fmt.Sprintf("%d footnotes", r.Notes))
	}
	fmt.Fprintf(&b, "%s\n", strings.Join(parts, " · "))
	fmt.Fprintf(&b, "Cited as: %s · licence %s\n", r.Cite, r.Licence)
	if was != nil {
		fmt.Fprintf(&b, "It takes the place of %s, as of %s.\n", was.ID, was.AsOf)
	}
	b.WriteString("\nSections:\n")
	for _, s := range r.Sections[:min(len(r.Sections), shownSections)] {
		at := s.At
		if at == "" {
			at = "no text of its own"
		}
		fmt.Fprintf(&b, "%s%s (%s, %d words)\n", strings.Repeat("  ", s.Level), s.Title, at, s.Words)
	}
	if n := len(r.Sections) + r.More - shownSections; n > 0 {
		fmt.Fprintf(&b, "  and %d more; --json lists them\n", n)
	}
	if len(r.Dropped) > 0 {
		b.WriteString("\nLeft out as running heads and feet (# is a number):\n")
		for _, d := range r.Dropped {
			fmt.Fprintf(&b, "- %s\n", d)
		}
	}
	if len(r.Doubts) > 0 {
		b.WriteString("\nDoubts:\n")
		for _, d := range r.Doubts {
			fmt.Fprintf(&b, "- %s\n", d)
		}
	}
	b.WriteString("\n")
	return b.String()
}
