package main

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/corpus"
)

// maxInput is the most that is read from a file or standard input; more is
// an error, not a silent cut.
const maxInput = 4 << 20

func (a *app) askCmd() *cobra.Command {
	var r bot.Request
	c := &cobra.Command{
		Use:     "ask [flags] QUESTION",
		Short:   "Answer a question with checked citations",
		Long:    "Answers a question from the library, with citations that were checked, and\nsays to whom the law applies. Exits with 3 where the library has no answer.",
		Example: "  advocate ask --state WA \"plan pays PT for low back but says LMTs are not eligible\"\n  echo \"what does RCW 48.43.045 say?\" | advocate ask -",
		RunE: func(c *cobra.Command, args []string) (err error) {
			if r.Text, err = a.text(c.Context(), args); err != nil {
				return err
			}
			as, done, err := a.assistant(c.Context())
			if err != nil {
				return err
			}
			defer done()
			r.Scopes, r.Person = searchableIn(as.Retriever.Index), person()
			ans, err := as.Ask(c.Context(), r)
			if err != nil {
				return asked(err)
			}
			if a.json {
				err = a.printJSON(ans)
			} else {
				err = a.print(ans.Render(a.style()))
			}
			if err == nil && ans.Abstained {
				err = &failure{code: exitDeclined}
			}
			return err
		},
	}
	requestFlags(c, &r)
	a.settings.modelFlags(c.Flags())
	c.Flags().BoolVar(&r.Plain, "plain", false, "explain the insurance words used, in plain language")
	return c
}

// requestFlags adds the flags that say what is known beside the text.
func requestFlags(c *cobra.Command, r *bot.Request) {
	c.Flags().StringVar(&r.State, "state", "", "state of the plan, such as WA (default: as the text says)")
	c.Flags().StringVar(&r.Plan, "plan", "", "plan `type`:\n"+planNames())
	c.Flags().StringArrayVar(&r.Facts, "fact", nil, "a fact that decides, as `name=value`; may be repeated")
	c.Flags().StringVar((*string)(&r.On), "on", "", "`day` the law is asked for, YYYY-MM-DD (default: today)")
}

func planNames() string {
	var names []string
	for _, p := range append(corpus.Plans(), corpus.UnknownPlan) {
		names = append(names, string(p))
	}
	return strings.Join(names[:4], ", ") + ",\n" + strings.Join(names[4:], ", ")
}

// asked gives a request that cannot be read the usage code.
func asked(err error) error {
	switch {
	case errors.Is(err, coverage.ErrFact) || errors.Is(err, bot.ErrDay):
		return usage("%w", err)
	case errors.Is(err, bot.ErrUnreadable):
		return &failure{exitDeclined, err}
	}
	return failed(err)
}

// text is the words of the command line, or standard input for "-" and for
// none where input is not a terminal.
func (a *app) text(ctx context.Context, args []string) (string, error) {
	if len(args) > 1 || len(args) == 1 && args[0] != "-" {
		return strings.Join(args, " "), nil
	}
	if f, ok := a.in.(*os.File); ok && len(args) == 0 {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return "", usage("nothing was asked: put the question in quotation marks after the command")
		}
	}
	return readAll(ctx, a.in, "standard input")
}

// file reads the file called name, or standard input for "-".
func (a *app) file(ctx context.Context, name string) (string, error) {
	if name == "-" {
		return readAll(ctx, a.in, "standard input")
	}
	f, err := os.Open(name)
	if err != nil {
		return "", failed(err)
	}
	defer f.Close()
	return readAll(ctx, f, name)
}

// readAll reads r to its end, or until ctx is done: a terminal may never
// end.
func readAll(ctx context.Context, r io.Reader, name string) (string, error) {
	type result struct {
		data []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		data, err := io.ReadAll(io.LimitReader(r, maxInput+1))
		done <- result{data, err}
	}()
	select {
	case <-ctx.Done():
		return "", failed(ctx.Err())
	case got := <-done:
		if got.err == nil && len(got.data) > maxInput {
			return "", usage("%s holds more than %d MB: give the part that matters", name, maxInput>>20)
		}
		return string(got.data), failed(got.err)
	}
}
