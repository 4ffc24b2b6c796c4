package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/cite"
)

func (a *app) checkCmd() *cobra.Command {
	var r bot.Request
	c := &cobra.Command{
		Use:     "check [flags] FILE|-",
		Short:   "Check the citations and quotations of a draft",
		Long:    "Finds every citation of a draft and says of each whether it exists, whether the\nwords quoted with it stand in the place cited, and whether it can apply.",
		Example: "  advocate check --state WA --plan self-funded appeal.txt",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) (err error) {
			if r.Text, err = a.file(c.Context(), args[0]); err != nil {
				return err
			}
			as, done, err := a.assistant(c.Context())
			if err != nil {
				return err
			}
			defer done()
			checked, err := as.Check(c.Context(), r)
			if err != nil {
				return asked(err)
			}
			if a.json {
				return a.printJSON(checked)
			}
			return a.printChecked(checked)
		},
	}
	requestFlags(c, &r)
	return c
}

func (a *app) printChecked(checked *bot.Checked) error {
	var out strings.Builder
	for _, w := range checked.Warnings {
		out.WriteString("Note: " + w + "\n")
	}
	if len(checked.Citations) == 0 {
		return a.print("No citation was found in this text, so there was nothing to check.\n")
	}
	style := a.style()
	wrong, unchecked := 0, 0
	for _, f := range checked.Citations {
		if f.Wrong() {
			wrong++
		}
		if f.Status == cite.StatusUnchecked {
			unchecked++
		}
		status := string(f.Status)
		if style.Label != nil && f.Wrong() {
			status = style.Label(status)
		}
		fmt.Fprintf(&out, "- %s: %s\n", f.Text, status)
		if f.Note != "" {
			out.WriteString("    " + f.Note + "\n")
		}
		if f.Expected != "" {
			out.WriteString("    expected: " + f.Expected + "\n")
		}
	}
	fmt.Fprintf(&out, "\n%d citations, %d to mend, %d that could not be checked.\n", len(checked.Citations), wrong, unchecked)
	return a.print(out.String())
}
