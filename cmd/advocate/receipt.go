package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/bot"
)

func (a *app) receiptCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "receipt ID|FILE",
		Short:   "Check an earlier answer again, offline",
		Long:    "Opens the receipt of an earlier answer, checks that it was not altered, runs the\ncitation checks again on the words kept in it, and names every place whose words\ndiffer in this library today.",
		Example: "  advocate receipt r-7f3a91c0ffee",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			as, done, err := a.assistant(c.Context())
			if err != nil {
				return err
			}
			defer done()
			if as.Receipts == nil {
				return usage("there is no data directory: name one with --data or ADVOCATE_DATA")
			}
			re, err := as.Recheck(args[0])
			if errors.Is(err, bot.ErrNoReceipt) {
				return failed(fmt.Errorf("%w\nReceipts are kept in %s", err, as.Receipts.Dir))
			}
			if err != nil {
				return failed(err)
			}
			if a.json {
				err = a.printJSON(re)
			} else {
				err = a.printRecheck(re)
			}
			if err == nil && len(re.Failed) > 0 {
				return &failure{code: exitFailed}
			}
			return err
		},
	}
}

func (a *app) printRecheck(re *bot.Recheck) error {
	var ans bot.Answer
	if err := json.Unmarshal(re.Receipt.Answer, &ans); err != nil {
		return failed(err)
	}
	ans.ID = re.Receipt.ID
	out, found := ans.Render(a.style()), fmt.Sprintf("%d of %d claims pass again", re.Claims-len(re.Failed), re.Claims)
	switch ans.Task {
	case "rebut": // the letter is not kept
		out = ans.Text + "\n"
	case "rewrite": // it makes no claims
		out, found = ans.Text+"\n", fmt.Sprintf("%d passages kept", len(re.Receipt.Passages))
	}
	out += fmt.Sprintf("\nReceipt %s of %s: unaltered, %s.\n", re.Receipt.ID, re.Receipt.Made.Format(time.DateOnly), found)
	for _, f := range re.Failed {
		out += "- no longer passes: " + f + "\n"
	}
	for _, c := range re.Changed {
		out += "- changed in this library since: " + c + "\n"
	}
	return a.print(out)
}
