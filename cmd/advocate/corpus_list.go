package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

func (a *app) corpusListCmd() *cobra.Command {
	var kind, state string
	c := &cobra.Command{
		Use:   "list [flags]",
		Short: "List the library's sources",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			_, idx, err := a.openToRead(c.Context())
			if err != nil {
				return err
			}
			defer idx.Close()
			f := retrieval.Filter{Scopes: searchableIn(idx)}
			if kind != "" && !slices.Contains(corpus.Kinds(), corpus.Kind(kind)) {
				return usage("--kind %q: want one of %v", kind, corpus.Kinds())
			}
			if kind != "" {
				f.Kinds = []corpus.Kind{corpus.Kind(kind)}
			}
			if state != "" {
				f.Jurisdictions = []string{strings.ToUpper(state)}
			}
			sources, err := idx.Sources(c.Context(), f)
			if err != nil {
				return failed(err)
			}
			texts, err := a.textsLike(f)
			if err != nil {
				return err
			}
			return a.printSources(append(sources, texts...))
		},
	}
	c.Flags().StringVar(&kind, "kind", "", "only this kind: statute, rule, case, guideline, study, code, guide, manual, card, correction")
	c.Flags().StringVar(&state, "state", "", "only this jurisdiction, such as WA or US")
	return c
}

func (a *app) printSources(sources []*corpus.Source) error {
	if a.json {
		rows := []corpus.Source{}
		for _, s := range sources {
			row := *s
			row.Passages = nil
			rows = append(rows, row)
		}
		return a.printJSON(map[string]any{"sources": rows})
	}
	for _, s := range sources {
		name := s.ID
		if !s.Cite.IsZero() {
			name = s.Cite.String()
		}
		if _, err := fmt.Fprintf(a.out, "%-12s %-4s %s: %s%s\n", s.Kind, s.Jurisdiction, name, s.Title, dates(s)); err != nil {
			return failed(err)
		}
	}
	return nil
}
