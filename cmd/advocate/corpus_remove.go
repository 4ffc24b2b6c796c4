package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

func (a *app) corpusRemoveCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "remove ID…",
		Short: "Remove documents that were added",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := a.needStore(); err != nil {
				return err
			}
			lib, idx, err := a.openIndex(c.Context())
			if err != nil {
				return err
			}
			defer idx.Close()
			own, err := a.ownSources(c.Context(), lib, idx)
			if err != nil {
				return failed(err)
			}
			byScope := map[string][]string{}
			n := 0
			for _, s := range own {
				if slices.Contains(args, s.ID) {
					byScope[s.Scope] = append(byScope[s.Scope], s.ID)
					n++
				}
			}
			if n < len(args) {
				return failed(fmt.Errorf("of %s, %d are documents that were added: nothing was removed\n'advocate corpus list' names them all", strings.Join(args, ", "), n))
			}
			for scope, ids := range byScope {
				if err := a.write(idx.Delete(c.Context(), scope, ids)); err != nil {
					return err
				}
			}
			return a.changed("removed", len(args))
		},
	}
}
