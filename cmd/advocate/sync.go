package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/corpus/library"
	"github.com/everycategory/advocate/corpus/official"
)

// A synced is what 'corpus sync --json' prints.
type synced struct {
	Outcomes []official.Outcome `json:"outcomes"`
	Leaning  []leaning          `json:"leaning"`
	Damaged  []string           `json:"damaged"`
}

// leaning names what rests on a provision that changed.
type leaning struct {
	Cite     citation.Citation `json:"cite"`
	Digests  []string          `json:"digests"`
	Cards    []string          `json:"cards"`
	Receipts []string          `json:"receipts"`
}

func (a *app) corpusSyncCmd() *cobra.Command {
	var from, captured string
	c := &cobra.Command{
		Use:   "sync [flags] [SOURCE…]",
		Short: "Fetch official texts from their publishers, or read saved pages",
		Long: "Fetches the official text of each law that the library has a digest of, or of the\n" +
			"SOURCEs named by id or citation, and keeps every version with its dates. From then\n" +
			"on quotations are checked against it. It asks each publisher for one page a second,\n" +
			"says what it is, and obeys robots.txt. Nothing of yours is sent.\n\n" +
			"--from reads pages you saved: HTML and XML with their address in a comment on\n" +
			"line 1, and .txt with the address on line 1.",
		Example: "  advocate corpus sync\n  advocate corpus sync \"RCW 48.43.045\"\n  advocate corpus sync --from ~/saved-pages",
		RunE: func(c *cobra.Command, args []string) error {
			if d := corpus.Date(captured); captured != "" && (!d.Valid() || len(d) != len(time.DateOnly)) {
				return usage("--captured %q: want YYYY-MM-DD", captured)
			}
			if corpus.Date(captured) > a.today() {
				return usage("--captured %s: that day is still to come", captured)
			}
			if captured != "" && from == "" {
				return usage("--captured goes with --from: a page that is fetched is captured today")
			}
			return a.sync(c.Context(), from, corpus.Date(captured), args)
		},
	}
	c.Flags().StringVar(&from, "from", "", "read saved pages below `DIR` instead of fetching")
	c.Flags().StringVar(&captured, "captured", "", "`day` the pages were saved, where they do not say (default: the newest enactment's)")
	return c
}

func (a *app) sync(ctx context.Context, from string, captured corpus.Date, names []string) error {
	lib, err := corpus.Load(library.FS())
	if err != nil {
		return failed(err)
	}
	store := a.officialStore()
	if store == nil {
		return usage("there is no data directory to keep texts in: name one with --data or ADVOCATE_DATA")
	}
	targets, err := official.Choose(lib, names)
	if err != nil {
		return usage("%w", err)
	}
	w, err := store.Begin()
	if err != nil {
		return failed(err)
	}
	defer w.End()
	var outcomes []official.Outcome
	if from != "" {
		if len(names) == 0 {
			targets = nil // all that is there
		}
		outcomes, err = official.Folder{Dir: from, Captured: captured, Today: a.today(), Wanted: targets}.Import(ctx, w)
	} else {
		y := official.Sync{Fetch: a.fetcher(), Writing: w, Report: a.syncProgress()}
		outcomes, err = y.Run(ctx, targets)
	}
	out := synced{Outcomes: outcomes, Damaged: w.Damaged}
	if out.Leaning = a.leaning(lib, outcomes); out.Outcomes == nil {
		out.Outcomes = []official.Outcome{}
	}
	if printErr := a.printSynced(out); err == nil { // what was done is shown, whatever stopped it
		err = printErr
	}
	if ctx.Err() != nil {
		return &failure{exitStopped, fmt.Errorf("interrupted; what was stored is whole, and the next sync goes on from there")}
	}
	if err != nil {
		return failed(err)
	}
	for _, o := range outcomes {
		if o.Result == official.Failed && from == "" {
			return &failure{code: exitFailed}
		}
	}
	return nil
}

// fetcher is how this program asks publishers.
func (a *app) fetcher() *official.Fetcher {
	return &official.Fetcher{Transport: a.transport, Now: a.now,
		Agent: "advocate/" + version() + " (+https://github.com/everycategory/advocate; capturing public law; one request a second)",
		Wait: func(ctx context.Context, d time.Duration) error {
			t := time.NewTimer(d)
			defer t.Stop()
			select {
			case <-t.C:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}}
}

// syncProgress shows on a terminal how far a sync is; nil where there is none.
func (a *app) syncProgress() func(done, all int, o official.Outcome) {
	f, ok := a.err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	return func(done, all int, o official.Outcome) {
		fmt.Fprintf(a.err, "[%d/%d] %s %s\n", done, all, o.Cite, o.Result)
	}
}

// leaning lists what rests on each provision that changed, was repealed or
// renumbered.
func (a *app) leaning(lib *corpus.Catalog, outcomes []official.Outcome) []leaning {
	out := []leaning{}
	for _, o := range outcomes {
		if o.Result != string(official.Changed) && o.Result != official.WasRepealed && o.Result != official.Renumbered {
			continue
		}
		l := leaning{Cite: o.Cite, Digests: []string{}, Cards: []string{}, Receipts: []string{}}
		digests, cards := lib.Leaning(o.Cite)
		l.Digests, l.Cards = append(l.Digests, digests...), append(l.Cards, cards...)
		if r := a.receipts(); r != nil {
			ids, err := r.Leaning([]citation.Citation{o.Cite})
			if err != nil {
				fmt.Fprintf(a.err, "advocate: %v\n", err)
			}
			l.Receipts = append(l.Receipts, ids...)
		}
		out = append(out, l)
	}
	return out
}

func (a *app) printSynced(s synced) error {
	if a.json {
		if s.Damaged == nil {
			s.Damaged = []string{}
		}
		return a.printJSON(s)
	}
	var out strings.Builder
	count := map[string]int{}
	alike := map[string][]string{} // what failed for one reason
	for _, o := range s.Outcomes {
		count[o.Result]++
		if o.Result == official.Failed {
			alike[o.Note] = append(alike[o.Note], nameOf(o))
		}
	}
	for _, o := range s.Outcomes {
		switch o.Result {
		case string(official.Same), official.NotModified:
		case official.Failed:
			if names := alike[o.Note]; names != nil {
				fmt.Fprintf(&out, "- failed %s: %s\n", strings.Join(names, ", "), o.Note)
			}
			alike[o.Note] = nil
		default:
			out.WriteString("- " + outcomeLine(o) + "\n")
		}
	}
	for _, d := range few(s.Damaged) {
		out.WriteString("- damaged, and left out: " + d + "\n")
	}
	for _, l := range s.Leaning {
		fmt.Fprintf(&out, "\n%s changed. These lean on it:\n", l.Cite)
		for _, part := range []struct {
			name string
			ids  []string
		}{{"digests", l.Digests}, {"cards", l.Cards}, {"receipts", l.Receipts}} {
			if len(part.ids) > 0 {
				fmt.Fprintf(&out, "  %s: %s\n", part.name, strings.Join(part.ids, ", "))
			}
		}
	}
	fmt.Fprintf(&out, "\n%d added, %d changed, %d the same, %d repealed, %d renumbered, %d skipped, %d failed.\n",
		count[string(official.Added)], count[string(official.Changed)], count[string(official.Same)]+count[official.NotModified],
		count[official.WasRepealed], count[official.Renumbered], count[official.Skipped], count[official.Failed])
	return a.print(out.String())
}

// nameOf is a provision by its citation; a file that could not be read, by
// its name.
func nameOf(o official.Outcome) string {
	if o.Cite.IsZero() {
		return o.From
	}
	return o.Cite.String()
}

func outcomeLine(o official.Outcome) string {
	line := o.Result + " " + nameOf(o)
	if o.Result == official.Skipped {
		line = o.Result + " " + o.From
	}
	if o.Captured != "" {
		line += ", captured " + string(o.Captured)
	}
	if o.Effective != "" {
		line += ", law since " + string(o.Effective)
	}
	if o.Note != "" {
		line += ": " + o.Note
	}
	return line
}

// few is the first of many, and how many more there are.
func few(all []string) []string {
	const most = 5
	if len(all) <= most {
		return all
	}
	return append(append([]string{}, all[:most]...), fmt.Sprintf("and %d more", len(all)-most))
}
