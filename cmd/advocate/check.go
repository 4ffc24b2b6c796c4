package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/corpus/citation"
)

func (a *app) checkCmd() *cobra.Command {
	var r bot.Request
	c := &cobra.Command{
		Use:     "check [flags] FILE|-",
		Short:   "Check the citations and quotations of a draft",
		Long:    "Finds every citation of a draft, yours, another program's or the insurer's, and\nsays of each whether it exists, whether the words quoted with it stand in the place\ncited, and whether it can apply. State and plan are read from the draft and shown\nwhere they are not given.",
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
	if read := checked.SayRead(); len(read) > 0 {
		fmt.Fprintf(&out, "Read from the draft: %s. If that is wrong, say it with --state, --plan or --fact.\n\n", strings.Join(read, ", "))
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
		fmt.Fprintf(&out, "- %s: %s\n", named(f), status)
		if f.Note != "" {
			out.WriteString("    " + f.Note + "\n")
		}
		if f.Expected != "" {
			out.WriteString("    " + expects[f.Status] + f.Expected + "\n")
		}
		if len(f.Diff) > 0 {
			out.WriteString("    differs: " + a.edits(f.Diff) + "\n")
		}
	}
	fmt.Fprintf(&out, "\n%d citations, %d to mend, %d that could not be checked.\n", len(checked.Citations), wrong, unchecked)
	return a.print(out.String())
}

// named is a citation as the draft has it, and, where that names no law
// ("id. at (2)"), the place it means.
func named(f bot.Finding) string {
	text := strings.Join(strings.Fields(f.Text), " ")
	if c, err := citation.Parse(text); f.Cite != "" && (err != nil || c.String() != f.Cite) && f.Status != cite.StatusMalformed {
		text += " (" + f.Cite + ")"
	}
	return text
}

// expects says what the expected words of a finding are.
var expects = map[cite.Status]string{cite.StatusMisquoted: "expected: ", cite.StatusWrongPinpoint: "right place: ", cite.StatusSuperseded: "now: "}

// edits writes what differs: "the plan -must- +may+ require". On a terminal
// with colours they are red and green besides.
func (a *app) edits(list []bot.Edit) string {
	marks := map[bot.Op][2]string{bot.Gone: {"-", "31"}, bot.New: {"+", "32"}}
	words := make([]string, len(list))
	for i, e := range list {
		words[i] = e.Text
		if m, ok := marks[e.Op]; ok {
			words[i] = m[0] + e.Text + m[0]
			if a.colored() {
				words[i] = "\x1b[" + m[1] + "m" + words[i] + "\x1b[0m"
			}
		}
	}
	return strings.Join(words, " ")
}
