package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/retrieval"
	"github.com/everycategory/advocate/retrieval/local"
	"github.com/everycategory/advocate/retrieval/qdrant"
)

func (a *app) corpusCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "corpus",
		Short: "List, show, add, remove, copy, fetch and verify what answers come from",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.corpusListCmd(), a.corpusShowCmd(), a.corpusAddCmd(), a.corpusRemoveCmd(), a.corpusCopyCmd(), a.corpusSyncCmd(), a.corpusVerifyCmd())
	return c
}

// needStore refuses to change what is not kept.
func (a *app) needStore() error {
	if a.settings.elsewhere() {
		return errElsewhere
	}
	if a.settings.kept() == "" {
		return usage("there is no store to change: name one with --store local:DIR or qdrant:HOST:6334/NAME, or a data directory with --data")
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
	if errors.Is(err, retrieval.ErrReadOnly) || errors.Is(err, local.ErrLocked) || errors.Is(err, qdrant.ErrLocked) {
		err = fmt.Errorf("%w\nNothing was changed", err)
	}
	return failed(err)
}

// firstSentence is the first line of a passage.
func firstSentence(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
