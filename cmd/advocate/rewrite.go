package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/corpus/files"
)

func (a *app) rewriteCmd() *cobra.Command {
	var r bot.RewriteRequest
	var previous string
	c := &cobra.Command{
		Use:   "rewrite [flags] FILE|-",
		Short: "Put a chart note in clinical language, with the facts it has and no others",
		Long: "Puts a chart note, in whatever state it is, in clinical language under S, O, A\n" +
			"and P. It adds no fact and loses none: a sentence whose facts would change stands\n" +
			"as you wrote it, and what the note lacks is named with the question to answer.\n" +
			"Beside the note it says what a payer or a rule would ask.\n\n" +
			"Names, numbers, dates and addresses are shown as placeholders such as [PATIENT_1];\n" +
			"--restore puts them back. The note is kept nowhere. A PDF or DOCX file gives its\n" +
			"words. Read the result against your note before you sign it.",
		Example: "  advocate rewrite note.txt\n  advocate rewrite --restore --state WA --previous last-visit.txt note.txt\n  advocate rewrite --signed --on 2026-11-20 note.txt",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) (err error) {
			if r.Text, err = a.noteFile(c.Context(), args[0]); err != nil {
				return err
			}
			if previous == "-" && args[0] == "-" {
				return usage("standard input can be the note or the earlier note, not both")
			}
			if previous != "" {
				if r.Previous, err = a.noteFile(c.Context(), previous); err != nil {
					return err
				}
			}
			return a.rewrite(c.Context(), r)
		},
	}
	c.Flags().BoolVar(&r.Restore, "restore", false, "put names, numbers, dates and addresses back in the result")
	c.Flags().StringVar(&previous, "previous", "", "the note of an earlier visit, to see what was copied: `FILE` or -")
	c.Flags().BoolVar(&r.Signed, "signed", false, "the note is signed, locked or sent: write an addendum to it")
	c.Flags().StringVar((*string)(&r.On), "on", "", "`day` of the session, YYYY-MM-DD (default: not known)")
	c.Flags().StringVar(&r.State, "state", "", "state you practise in, such as WA: its charting rule is looked at")
	a.settings.modelFlags(c.Flags())
	return c
}

// noteFile reads a note: a text file, standard input for "-", or the words of
// a PDF or DOCX file.
func (a *app) noteFile(ctx context.Context, name string) (string, error) {
	if ext := strings.ToLower(filepath.Ext(name)); ext != ".pdf" && ext != ".docx" {
		return a.file(ctx, name)
	}
	worker, err := a.pdfWorker()
	if err != nil {
		return "", failed(err)
	}
	s, _, err := files.Read(ctx, name, files.Options{Scope: machineScope, PDFWorker: worker, Now: a.now()})
	if err != nil {
		return "", failed(fmt.Errorf("%s: %w", name, err))
	}
	var b strings.Builder
	for _, p := range s.Passages {
		if p.Heading != "" {
			b.WriteString(p.Heading + ":\n")
		}
		b.WriteString(p.Text + "\n")
	}
	return b.String(), nil
}

func (a *app) rewrite(ctx context.Context, r bot.RewriteRequest) error {
	as, done, err := a.assistant(ctx)
	if err != nil {
		return err
	}
	defer done()
	progress, ready := a.waiting()
	r.Progress = progress
	out, err := as.Rewrite(ctx, r)
	ready()
	if err != nil {
		return asked(err)
	}
	if a.json {
		return a.printJSON(out)
	}
	return a.print(out.Render(a.style()))
}

// patience is how long something may take before it says what it is doing.
const patience = time.Second

// waiting says on a terminal what is being done, if that takes longer than
// patience. The caller calls ready.
func (a *app) waiting() (progress func(bot.Stage), ready func()) {
	if !isTerminal(a.err) {
		return nil, func() {}
	}
	return waitingOn(a.err, patience)
}

func waitingOn(w io.Writer, patience time.Duration) (progress func(bot.Stage), ready func()) {
	var mu sync.Mutex
	stage, late, over := bot.Stage(""), false, false
	show := func() {
		if late && !over && stage != "" {
			fmt.Fprintf(w, "\r\x1b[K%s …", stage)
		}
	}
	timer := time.AfterFunc(patience, func() {
		mu.Lock()
		defer mu.Unlock()
		late = true
		show()
	})
	progress = func(s bot.Stage) {
		mu.Lock()
		defer mu.Unlock()
		stage = s
		show()
	}
	return progress, func() {
		mu.Lock()
		defer mu.Unlock()
		timer.Stop()
		if late {
			fmt.Fprint(w, "\r\x1b[K")
		}
		over = true
	}
}
