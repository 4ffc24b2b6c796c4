package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

func (a *app) corpusShowCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "show CITE|ID",
		Short:   "Show a source, or one place in it",
		Example: "  advocate corpus show \"RCW 48.43.045(1)(a)\"\n  advocate corpus show miller",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			_, idx, err := a.openToRead(c.Context())
			if err != nil {
				return err
			}
			defer idx.Close()
			f := retrieval.Filter{Scopes: searchableIn(idx)}
			what := strings.Join(args, " ")
			var pin citation.Pinpoint
			var found []*corpus.Source
			if cite, err := citation.Parse(what); err == nil {
				pin = cite.Pin
				found, err = idx.Lookup(c.Context(), cite, f)
				if err != nil {
					return failed(err)
				}
			} else {
				f.Sources = []string{strings.ToLower(what)}
				if found, err = idx.Sources(c.Context(), f); err != nil {
					return failed(err)
				}
			}
			texts, err := a.textsNamed(what)
			if err != nil {
				return err
			}
			return a.showSources(what, append(found, texts...), pin)
		},
	}
}

// showSources prints the sources, or only what lies at and inside pin.
func (a *app) showSources(what string, found []*corpus.Source, pin citation.Pinpoint) error {
	var out strings.Builder
	shown := []corpus.Source{}
	for _, s := range found {
		if len(s.Within(pin)) == 0 && (s.Capture == nil || len(s.Passages) > 0) {
			continue
		}
		s, note := a.shown().Excerpt(person(), a.now(), s, pin)
		if note != "" {
			fmt.Fprintf(a.err, "advocate: %s\n", note)
		}
		row := *s
		row.Passages = nil
		for _, p := range s.Within(pin) {
			row.Passages = append(row.Passages, *p)
		}
		shown = append(shown, row)
		writeSource(&out, &row)
	}
	if len(shown) == 0 {
		return &failure{exitDeclined, fmt.Errorf("%s is not in this library\n'advocate corpus list' names what is", what)}
	}
	if a.json {
		return a.printJSON(map[string]any{"sources": shown})
	}
	return a.print(out.String())
}

func writeSource(out *strings.Builder, s *corpus.Source) {
	fmt.Fprintf(out, "%s\n", s.Title)
	if !s.Cite.IsZero() {
		out.WriteString(strings.TrimSuffix(s.Cite.String()+" · "+s.URL, " · ") + "\n")
	}
	fmt.Fprintf(out, "%s · %s · %s · as of %s, read in %s\n", s.Kind, s.Jurisdiction, s.Status, s.AsOf, s.ReadIn)
	if s.Form == corpus.Digest && !s.Kind.Own() {
		out.WriteString("Our digest; only the words in quotation marks are official.\n")
	}
	if s.Capture != nil {
		writeCapture(out, s)
	}
	for _, p := range s.Passages {
		out.WriteString("\n")
		switch {
		case p.Pin.Enumerated() || p.Pin.Page():
			fmt.Fprintf(out, "%s %s\n", p.Pin, p.Heading)
		case p.Pin != "":
			fmt.Fprintf(out, "%s\n", p.Heading)
		}
		for _, line := range p.Sentences() {
			fmt.Fprintf(out, "    %s\n", line)
		}
	}
	out.WriteString("\n")
}
