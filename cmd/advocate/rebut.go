package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/bot"
)

func (a *app) rebutCmd() *cobra.Command {
	var r bot.RebutRequest
	var out string
	c := &cobra.Command{
		Use:   "rebut [flags] FILE|-",
		Short: "Answer a denial with a letter that cites only what binds the plan",
		Long: "Reads a denial letter, a remittance or a bare objection, and writes the letter\n" +
			"that can be written: an appeal where something supports reversal, else a request\n" +
			"or an explanation, and none where there is no ground for any. It answers in the\n" +
			"plan's own words, with authority that binds this plan; it says where the position\n" +
			"is weak, which clocks run, and what only you can fill in.\n\n" +
			"Names and numbers are shown as placeholders such as [CLAIM_NO_1]; --restore puts\n" +
			"them back. Nothing is sent anywhere. A PDF or DOCX file gives its words.",
		Example: "  advocate rebut --state WA --plan fully-insured denial.txt\n" +
			"  advocate rebut --fact writer=enrollee --received 2026-11-03 --restore --out letter.docx denial.pdf\n" +
			"  echo \"they say massage is not medically necessary\" | advocate rebut -",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) (err error) {
			if err := exportable(out); err != nil {
				return err
			}
			if r.Text, err = a.noteFile(c.Context(), args[0]); err != nil {
				return err
			}
			return a.rebut(c.Context(), r, out)
		},
	}
	requestFlags(c, &r.Request)
	c.Flags().StringVar((*string)(&r.Received), "received", "", "`day` the denial arrived, YYYY-MM-DD: clocks then have dates")
	c.Flags().BoolVar(&r.Restore, "restore", false, "put names, numbers and dates back in the letter")
	c.Flags().StringVar(&out, "out", "", "write the letter to `FILE`: .docx, .pdf, .md or .txt")
	a.settings.modelFlags(c.Flags())
	return c
}

func (a *app) rebut(ctx context.Context, r bot.RebutRequest, file string) error {
	as, done, err := a.assistant(ctx)
	if err != nil {
		return err
	}
	defer done()
	progress, ready := a.waiting()
	r.Progress = progress
	out, err := as.Rebut(ctx, r)
	ready()
	if err != nil {
		return asked(err)
	}
	if err := a.export(file, out.Document()); err != nil {
		return err
	}
	if a.json {
		err = a.printJSON(out)
	} else {
		err = a.print(out.Render(a.style()))
	}
	if err == nil && out.LetterKind == "" {
		return &failure{code: exitDeclined}
	}
	return err
}
