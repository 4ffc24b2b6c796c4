package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/bot"
)

func (a *app) testifyCmd() *cobra.Command {
	var r bot.TestifyRequest
	var about, story, file string
	c := &cobra.Command{
		Use:   "testify --state STATE --position POSITION [flags]",
		Short: "Write testimony for a hearing, to be spoken and to be handed in",
		Long: "Writes a script that fits your minutes at 130 words a minute, with its citations\n" +
			"as a person says them; a written version with footnotes; a one-page handout; and\n" +
			"the five hardest questions of the other side with what can be answered. Each\n" +
			"sentence is law, evidence with its strength, your own, or opinion.\n\n" +
			"What the bill does is said in your words alone: without --about a bracket is left\n" +
			"for it. Your story is never invented, and never changed; what does not fit is cut\n" +
			"at the end of a sentence. Neither is kept. Read all of it aloud before you go.",
		Example: "  advocate testify --state OR --bill \"HB 2\" --position support --minutes 2 \\\n" +
			"    --committee \"House Health Care Committee\" --story story.txt \\\n" +
			"    --about \"requires plans to permit every category of licensed provider\"",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			if about == "-" && story == "-" {
				return usage("standard input can be what the bill does or the story, not both")
			}
			if err := exportable(file); err != nil {
				return err
			}
			if r.About, err = a.textOrFile(c.Context(), about); err != nil {
				return err
			}
			if story != "" {
				if r.Story, err = a.noteFile(c.Context(), story); err != nil {
					return err
				}
			}
			return a.testify(c.Context(), r, file)
		},
	}
	f := c.Flags()
	f.StringVar(&r.State, "state", "", "`state` whose hearing it is, such as OR")
	f.StringVar(&r.Position, "position", "", "support, oppose or neutral")
	f.StringVar(&r.Bill, "bill", "", "`number` of the bill, such as \"HB 2\"")
	f.Float64Var(&r.Minutes, "minutes", 2, "`minutes` you have, 1 to 15")
	f.StringVar(&r.Committee, "committee", "", "`name` of the committee")
	f.StringVar(&r.Audience, "audience", "", "legislators, agency, insurers or public (default: legislators)")
	f.StringVar(&r.Speaker, "name", "", "your `name`, and who you are (default: a bracket)")
	f.StringVar(&about, "about", "", "what the bill does, in your words: `TEXT`, FILE or -")
	f.StringVar(&story, "story", "", "your own story: `FILE` or -")
	f.StringVar(&r.Topic, "topic", "", "more `words` on what the bill is about, such as \"medicaid opioids\"; never quoted")
	f.StringVar((*string)(&r.On), "on", "", "`day` of the hearing, YYYY-MM-DD (default: today)")
	f.StringVar(&file, "out", "", "write the written version to `FILE`: .docx, .pdf, .md or .txt, and the\nscript and the handout beside it")
	return c
}

// textOrFile is the text that a flag gives, or the words of the file that it
// names.
func (a *app) textOrFile(ctx context.Context, value string) (string, error) {
	_, err := os.Stat(value)
	switch {
	case value == "-" || err == nil && value != "":
		return a.noteFile(ctx, value)
	case !strings.Contains(value, " ") && filepath.Ext(value) != "" && errors.Is(err, fs.ErrNotExist):
		return "", failed(err) // "bill.txt" is no sentence
	}
	return value, nil
}

func (a *app) testify(ctx context.Context, r bot.TestifyRequest, file string) error {
	as, done, err := a.assistant(ctx)
	if err != nil {
		return err
	}
	defer done()
	progress, ready := a.waiting()
	r.Progress = progress
	out, err := as.Testify(ctx, r)
	ready()
	if err != nil {
		return asked(err)
	}
	if file != "" {
		base, ext := strings.TrimSuffix(file, filepath.Ext(file)), filepath.Ext(file)
		err = errors.Join(a.export(file, out.WrittenDocument()), a.export(base+"-script"+ext, out.ScriptDocument()), a.export(base+"-handout"+ext, out.HandoutDocument()))
	}
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(out)
	}
	return a.print(out.Render(a.style()))
}
