package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/corpus/library"
)

// A verified is what 'corpus verify --json' prints.
type verified struct {
	Texts      int          `json:"texts"`      // that are the law today
	Quotations int          `json:"quotations"` // of digests, held against them
	Gone       []cite.Stand `json:"gone"`       // that do not stand there
	Stale      []stale      `json:"stale"`
	Damaged    []string     `json:"damaged"`
}

type stale struct {
	Cite citation.Citation `json:"cite"`
	Seen corpus.Date       `json:"seen"`
	Days int               `json:"days"` // ago
}

func (a *app) corpusVerifyCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Hold every quotation of the library against the official texts",
		Long: "Holds every quotation of every digest against the official text that is the law\n" +
			"today, names those that do not stand there any more, texts that were captured\n" +
			"long ago, and files that are damaged. Exits with 1 if a quotation is gone or a\n" +
			"file damaged, and with 3 where no official text is held.",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			v, err := a.verify()
			if err != nil {
				return err
			}
			if a.json {
				err = a.printJSON(v)
			} else {
				err = a.printVerified(v)
			}
			switch {
			case err != nil:
				return err
			case len(v.Gone)+len(v.Damaged) > 0:
				return &failure{code: exitFailed}
			case v.Texts == 0:
				return &failure{code: exitDeclined}
			}
			return nil
		},
	}
}

func (a *app) verify() (*verified, error) {
	v := &verified{Gone: []cite.Stand{}, Stale: []stale{}, Damaged: []string{}}
	lib, err := corpus.Load(library.FS())
	if err != nil {
		return nil, failed(err)
	}
	store := a.officialStore()
	if store == nil {
		return v, nil
	}
	texts, damaged, err := store.Load()
	if err != nil {
		return nil, failed(err)
	}
	v.Damaged = append(v.Damaged, damaged...)
	catalog := lib.WithVersions(texts).On(a.today())
	for _, t := range catalog.Texts() {
		v.Texts++
		if days := bot.Stale(t, a.today()); days > 0 {
			v.Stale = append(v.Stale, stale{t.Cite, t.Capture.Seen, days})
		}
	}
	for _, s := range cite.New(catalog).Verify() {
		v.Quotations++
		if !s.Stands() {
			v.Gone = append(v.Gone, s)
		}
	}
	return v, nil
}

func (a *app) printVerified(v *verified) error {
	var out strings.Builder
	for _, s := range v.Gone {
		fmt.Fprintf(&out, "- %s: %s: \"%s\"\n", s.Cite, s.Status, s.Quote)
		if s.Now != "" {
			fmt.Fprintf(&out, "    now: %s\n", s.Now)
		}
		if s.Note != "" {
			fmt.Fprintf(&out, "    %s\n", s.Note)
		}
	}
	if len(v.Stale) > 0 {
		var names []string
		for _, s := range v.Stale {
			names = append(names, fmt.Sprintf("%s (%d days ago)", s.Cite, s.Days))
		}
		fmt.Fprintf(&out, "- captured long ago, so run 'advocate corpus sync': %s\n", strings.Join(names, ", "))
	}
	for _, d := range few(v.Damaged) {
		fmt.Fprintf(&out, "- damaged, and left out: %s\n", d)
	}
	if v.Texts == 0 {
		out.WriteString("No official text is held, so nothing was verified: run 'advocate corpus sync'.\n")
	} else {
		fmt.Fprintf(&out, "%d quotations held against %d official texts: %d stand, %d do not.\n",
			v.Quotations, v.Texts, v.Quotations-len(v.Gone), len(v.Gone))
	}
	return a.print(out.String())
}
