package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/bot"
)

func (a *app) searchCmd() *cobra.Command {
	var r bot.Request
	var k int
	c := &cobra.Command{
		Use:     "search [flags] QUERY",
		Short:   "List the nearest passages, without an answer",
		Example: "  advocate search -k 3 \"six visits without prior authorization\"",
		RunE: func(c *cobra.Command, args []string) (err error) {
			if k < 1 || k > 100 {
				return usage("-k %d: want 1 to 100", k)
			}
			if r.Text, err = a.text(c.Context(), args); err != nil {
				return err
			}
			as, done, err := a.assistant(c.Context())
			if err != nil {
				return err
			}
			defer done()
			r.Scopes, r.Person = searchableIn(as.Retriever.Index), person()
			found, err := as.Search(c.Context(), r, k)
			if err != nil {
				return asked(err)
			}
			hits := bot.Hits(found)
			if a.json {
				err = a.printJSON(map[string]any{"hits": hits})
			} else {
				err = a.printHits(hits)
			}
			if err == nil && len(hits) == 0 {
				return &failure{code: exitDeclined}
			}
			return err
		},
	}
	requestFlags(c, &r)
	c.Flags().IntVarP(&k, "count", "k", 10, "how many sources")
	return c
}

func (a *app) printHits(hits []bot.SearchHit) error {
	if len(hits) == 0 {
		return a.print("Nothing in the library holds these words.\n")
	}
	style := a.style()
	var out strings.Builder
	for i, h := range hits {
		name := h.Cite
		if name == "" {
			name = "card " + h.Source
		}
		mark := fmt.Sprintf("[%d]", i+1)
		if style.Mark != nil {
			mark = style.Mark(mark)
		}
		fmt.Fprintf(&out, "%s %s: %s\n    %s\n", mark, name, h.Title, firstSentence(h.Text))
	}
	return a.print(out.String())
}
