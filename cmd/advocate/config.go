package main

import (
	"fmt"
	"net/url"

	"github.com/spf13/cobra"
)

func (a *app) configCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "config",
		Short: "Print the settings in force and where each comes from",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := a.settings.validate(); err != nil {
				return err
			}
			type row struct {
				Name  string `json:"name"`
				Env   string `json:"env"`
				Value string `json:"value"`
				From  string `json:"from"`
			}
			rows := []row{}
			for _, s := range a.settings.all() {
				value := s.value
				if s == &a.settings.store && value == "" {
					value = "mem:"
					if a.settings.data.value != "" {
						value = "local:" + a.settings.data.value
					}
				}
				if s.secret && value != "" {
					value = "(set, and not shown)"
				}
				if u, err := url.Parse(value); err == nil && u.User != nil {
					value = u.Redacted()
				}
				rows = append(rows, row{s.flag, s.env, value, s.from})
			}
			if a.json {
				return a.printJSON(map[string]any{"settings": rows})
			}
			for _, r := range rows {
				if _, err := fmt.Fprintf(a.out, "%s=%s  (%s)\n", r.Env, r.Value, r.From); err != nil {
					return failed(err)
				}
			}
			return nil
		},
	}
	a.settings.modelFlags(c.Flags())
	return c
}
