package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/spf13/cobra"
)

// Exit codes, the same for every command.
const (
	exitDone     = 0
	exitFailed   = 1
	exitUsage    = 2
	exitDeclined = 3
	exitStopped  = 130 // by a signal
)

// A failure is an error with its exit code. An error that is none came from
// reading the command line, and is a usage error.
type failure struct {
	code int
	err  error // nil: everything was said already
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

func failed(err error) error {
	if err == nil {
		return nil
	}
	return &failure{exitFailed, err}
}

func usage(format string, args ...any) error {
	return &failure{exitUsage, fmt.Errorf(format, args...)}
}

// An app is one run of the program: its settings, its streams, its clock.
type app struct {
	settings settings
	in       io.Reader
	out, err io.Writer
	now      func() time.Time
	json     bool

	transport http.RoundTripper // to publishers; nil: the network
	slackAPI  string            // where Slack's API is; "": at Slack
	once      bool              // a retrieval service is tried at one replica alone
	// discordWay is the way to Discord; nil: the network.
	discordWay http.RoundTripper
}

// run is the whole program but for the process: it returns the exit code.
func run(ctx context.Context, args, env []string, in io.Reader, out, errw io.Writer) int {
	a := &app{in: in, out: out, err: errw, now: time.Now}
	var err error
	if a.settings, err = readSettings(env); err != nil && !asksHelp(args) {
		return a.exit(ctx, usage("%w", err))
	}
	return a.execute(ctx, args)
}

// execute runs one command and returns the exit code.
func (a *app) execute(ctx context.Context, args []string) int {
	root := a.root()
	root.SetArgs(args)
	return a.exit(ctx, root.ExecuteContext(ctx))
}

// exit says what went wrong, if anything did, and returns the exit code.
func (a *app) exit(ctx context.Context, err error) int {
	var f *failure
	known := errors.As(err, &f)
	switch {
	case err == nil:
		return exitDone
	case ctx.Err() != nil && !(known && f.code == exitStopped):
		fmt.Fprintln(a.err, "advocate: interrupted; nothing was changed by this command")
		return exitStopped
	}
	if !known {
		f = &failure{exitUsage, fmt.Errorf("%w\nRun 'advocate --help' for the commands, or 'advocate COMMAND --help' for one", err)}
	}
	if f.err != nil {
		fmt.Fprintf(a.err, "advocate: %v\n", f.err)
	}
	return f.code
}

// asksHelp reports whether args ask for help, which is given whatever the
// settings are.
func asksHelp(args []string) bool {
	return slices.Contains(args, "--help") || slices.Contains(args, "-h") || len(args) > 0 && args[0] == "help"
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "advocate",
		Short: "Answers about massage therapy and health insurance, with checked citations",
		Long: "advocate answers questions about massage therapy and health insurance law,\n" +
			"billing and evidence, answers denials, writes testimony, checks drafts, and puts\n" +
			"chart notes in clinical language. Every citation it prints was checked by code.\n" +
			"Nothing you type leaves this machine, unless you set a language model that is\n" +
			"elsewhere (--model-url).",
		Example:       "  advocate ask \"can they refuse me because I'm an LMT?\"\n  advocate rebut denial.txt\n  advocate rewrite note.txt",
		SilenceErrors: true,
		SilenceUsage:  true,
		Version:       version(),
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.CompletionOptions.HiddenDefaultCmd = true
	a.settings.flags(root.PersistentFlags())
	root.PersistentFlags().BoolVar(&a.json, "json", false, "print the answer value as JSON")
	root.AddCommand(a.askCmd(), a.rewriteCmd(), a.rebutCmd(), a.testifyCmd(), a.searchCmd(), a.checkCmd(), a.corpusCmd(), a.receiptCmd(), a.serveCmd(),
		a.evalCmd(), a.configCmd(), a.doctorCmd(), a.pdfWorkerCmd(), a.evalBotCmd())
	return root
}

// printJSON writes v as indented JSON, without escaping for HTML.
func (a *app) printJSON(v any) error {
	enc := json.NewEncoder(a.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return failed(enc.Encode(v))
}
