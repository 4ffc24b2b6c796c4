package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/local"
)

func (a *app) corpusCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "corpus",
		Short: "List, show, add, remove, fetch and verify what answers come from",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.corpusListCmd(), a.corpusShowCmd(), a.corpusAddCmd(), a.corpusRemoveCmd(), a.corpusSyncCmd(), a.corpusVerifyCmd())
	return c
}

func (a *app) corpusListCmd() *cobra.Command {
	var kind, state string
	c := &cobra.Command{
		Use:   "list [flags]",
		Short: "List the library's sources",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			_, idx, err := a.openIndex(c.Context())
			if err != nil {
				return err
			}
			defer idx.Close()
			f := retrieval.Filter{Scopes: searchable()}
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

func (a *app) corpusShowCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "show CITE|ID",
		Short:   "Show a source, or one place in it",
		Example: "  advocate corpus show \"RCW 48.43.045(1)(a)\"\n  advocate corpus show miller",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			_, idx, err := a.openIndex(c.Context())
			if err != nil {
				return err
			}
			defer idx.Close()
			f := retrieval.Filter{Scopes: searchable()}
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
		row := *s
		row.Passages = nil
		for _, p := range s.Within(pin) {
			row.Passages = append(row.Passages, *p)
		}
		if len(row.Passages) == 0 && (s.Capture == nil || len(s.Passages) > 0) {
			continue
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

func (a *app) corpusAddCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "add FILE…",
		Short: "Add documents of your own, in the library's Markdown format",
		Long:  "Adds Markdown documents with the front matter that the library's own use.\nThey are searched on this machine only.",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := a.needStore(); err != nil {
				return err
			}
			var docs []retrieval.Document
			for _, name := range args {
				text, err := a.file(c.Context(), name)
				if err != nil {
					return err
				}
				s, err := corpus.ParseDigest(name, []byte(text))
				if err != nil {
					return failed(err)
				}
				if s.Kind != corpus.Guide {
					return usage("%s: kind %s: a document of one's own is a guide; the law comes from its publisher", name, s.Kind)
				}
				s.Scope = machineScope
				docs = append(docs, retrieval.Document{Source: s})
			}
			lib, idx, err := a.openIndex(c.Context())
			if err != nil {
				return err
			}
			defer idx.Close()
			for _, d := range docs {
				if lib.Source(d.Source.ID) != nil {
					return usage("%s is the id of a source in the library: choose another", d.Source.ID)
				}
			}
			if err := a.write(idx.Put(c.Context(), docs)); err != nil {
				return err
			}
			return a.changed("added", len(docs))
		},
	}
}

func (a *app) corpusRemoveCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "remove ID…",
		Short: "Remove documents that were added",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := a.needStore(); err != nil {
				return err
			}
			_, idx, err := a.openIndex(c.Context())
			if err != nil {
				return err
			}
			defer idx.Close()
			mine, err := idx.Sources(c.Context(), retrieval.Filter{Scopes: []string{machineScope}, Sources: args})
			if err != nil {
				return failed(err)
			}
			if len(mine) != len(args) {
				return failed(fmt.Errorf("of %s, %d are documents that were added: nothing was removed\n'advocate corpus list' names them all", strings.Join(args, ", "), len(mine)))
			}
			if err := a.write(idx.Delete(c.Context(), machineScope, args)); err != nil {
				return err
			}
			return a.changed("removed", len(args))
		},
	}
}

// needStore refuses to change what is not kept.
func (a *app) needStore() error {
	if a.settings.file() == "" {
		return usage("there is no store to change: name one with --store local:DIR, or a data directory with --data")
	}
	return nil
}

// changed says how many documents were added or removed.
func (a *app) changed(what string, n int) error {
	if a.json {
		return a.printJSON(map[string]int{what: n})
	}
	_, err := fmt.Fprintf(a.out, "%s%s %d.\n", strings.ToUpper(what[:1]), what[1:], n)
	return failed(err)
}

// write explains why the store could not be written.
func (a *app) write(err error) error {
	if errors.Is(err, retrieval.ErrReadOnly) || errors.Is(err, local.ErrLocked) {
		err = fmt.Errorf("%w\nNothing was changed", err)
	}
	return failed(err)
}

// firstSentence is the first line of a passage.
func firstSentence(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
