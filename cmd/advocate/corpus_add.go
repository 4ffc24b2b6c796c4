package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/files"
	"github.com/everycategory/advocate/retrieval"
)

// An adding is one run of 'corpus add'.
type adding struct {
	app     *app
	opts    files.Options
	yes     bool
	dryRun  bool
	lib     *corpus.Catalog
	index   index
	held    []*corpus.Source // added before, or by this run
	fresh   []*corpus.Source // those of this run: none takes another's place
	answers *bufio.Reader
	result  added
}

// added is what 'corpus add --json' prints.
type added struct {
	Added   int         `json:"added"`
	Held    int         `json:"held"`    // skipped: this very file is held
	Waiting int         `json:"waiting"` // read and shown, not added
	Files   []addedFile `json:"files"`
}

// An addedFile is what became of one file.
type addedFile struct {
	File    string        `json:"file"`
	Outcome string        `json:"outcome"` // "added", "replaced", "held", "shown", "refused"
	ID      string        `json:"id"`
	Reason  string        `json:"reason,omitempty"`
	Report  *files.Report `json:"report,omitempty"`
}

func (a *app) corpusAddCmd() *cobra.Command {
	ad := &adding{app: a}
	var scope string
	c := &cobra.Command{
		Use:   "add [flags] FILE…",
		Short: "Add documents of your own: PDF, DOCX, EPUB, HTML, Markdown, text, CSV",
		Long: "Reads documents of your own and shows how they would be cut, and what is\n" +
			"doubtful, before anything is added. Answers quote an added document with its\n" +
			"page. A file that is held already is skipped, so the same command goes on\n" +
			"where it was stopped.\n\n" +
			"A licence says how much may be shown: 'private' (to you, on this machine),\n" +
			"'quote:N' (at most N words in one answer, and ten times as many different\n" +
			"ones to one person in a day), 'public'.\n\n" +
			"Markdown with the front matter that the library's own documents have is\n" +
			"taken as a guide in your own words.",
		Example: "  advocate corpus add billing-manual.pdf\n  advocate corpus add --yes --licence quote:50 policies/*.pdf",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := ad.prepare(c.Context(), scope); err != nil {
				return err
			}
			defer ad.index.Close()
			return ad.all(c.Context(), args)
		},
	}
	c.Flags().StringVar(&ad.opts.Licence, "licence", "private", "how much may be shown: private, quote:N or public")
	c.Flags().StringVar(&scope, "scope", machineScope, "whose it is: machine (whoever uses this one), or public (all whom it answers)")
	c.Flags().StringVar(&ad.opts.Jurisdiction, "state", "", "state whose law it is about, such as WA (default: any)")
	c.Flags().StringVar(&ad.opts.Title, "title", "", "title (default: the document's own)")
	c.Flags().BoolVar(&ad.yes, "yes", false, "add without asking")
	c.Flags().BoolVar(&ad.dryRun, "dry-run", false, "only show")
	return c
}

var (
	licenceForm = regexp.MustCompile(`^(?:public|private|quote:[1-9]\d{0,5})$`)
	stateForm   = regexp.MustCompile(`^[A-Z]{2}$`)
)

// prepare checks the flags and opens the store.
func (ad *adding) prepare(ctx context.Context, scope string) error {
	if err := ad.app.needStore(); err != nil {
		return err
	}
	o := &ad.opts
	o.Jurisdiction = strings.ToUpper(o.Jurisdiction)
	switch {
	case !licenceForm.MatchString(o.Licence):
		return usage("--licence %q: want private, public or quote:N, such as quote:50", o.Licence)
	case scope != machineScope && scope != corpus.PublicScope:
		return usage("--scope %q: want %s or %s", scope, machineScope, corpus.PublicScope)
	case scope == corpus.PublicScope && o.Licence == "private":
		return usage("a private document is for this machine: --scope public goes with --licence public or quote:N")
	case o.Jurisdiction != "" && !stateForm.MatchString(o.Jurisdiction):
		return usage("--state %q: want two letters", o.Jurisdiction)
	}
	o.Scope, o.Now = scope, ad.app.now()
	worker, err := ad.app.pdfWorker()
	if err != nil {
		return failed(err)
	}
	o.PDFWorker = worker
	if ad.lib, ad.index, err = ad.app.openIndex(ctx); err != nil {
		return err
	}
	ad.held, err = ad.app.ownSources(ctx, ad.lib, ad.index)
	if err != nil {
		ad.index.Close()
		return failed(err)
	}
	ad.result.Files = []addedFile{}
	return nil
}

// ownSources are the documents that were added, of any scope.
func (a *app) ownSources(ctx context.Context, lib *corpus.Catalog, idx retrieval.Index) ([]*corpus.Source, error) {
	all, err := idx.Sources(ctx, retrieval.Filter{Scopes: searchableIn(idx)})
	return slices.DeleteFunc(all, func(s *corpus.Source) bool {
		return s.Scope == corpus.PublicScope && lib.Source(s.ID) != nil
	}), err
}

// all takes the files in one after another; one that is refused does not
// stop the next.
func (ad *adding) all(ctx context.Context, names []string) error {
	refused := 0
	for i, name := range names {
		f, err := ad.one(ctx, name)
		if ctx.Err() != nil {
			if err == nil {
				i++
			}
			return ad.interrupted(len(names) - i)
		}
		if err != nil && len(names) == 1 && !ad.app.json {
			return err
		}
		if err != nil {
			refused++
			f = addedFile{File: name, Outcome: "refused", Reason: err.Error()}
			fmt.Fprintf(ad.app.err, "advocate: %v\n", err)
		}
		ad.result.Files = append(ad.result.Files, f)
	}
	if err := ad.summary(refused); err != nil || refused == 0 {
		return err
	}
	return &failure{code: exitFailed}
}

// one takes one file in.
func (ad *adding) one(ctx context.Context, name string) (addedFile, error) {
	out := addedFile{File: name}
	if guide, err := isGuide(name); err != nil || guide {
		if err != nil {
			return out, failed(err)
		}
		return ad.guide(ctx, name)
	}
	if s, err := ad.holds(ctx, name); err != nil || s != nil {
		if err != nil {
			return out, failed(fmt.Errorf("%s: %w", name, err))
		}
		ad.result.Held++
		out.Outcome, out.ID = "held", s.ID
		return out, ad.say("%s: held already, as %s\n", name, s.ID)
	}
	opts := ad.opts
	p := ad.app.progress(filepath.Base(name))
	opts.Progress = p.at
	s, r, err := files.Read(ctx, name, opts)
	p.done()
	if err != nil {
		return out, failed(fmt.Errorf("%s: %w", name, err))
	}
	was := ad.place(s, r)
	out.ID, out.Report = s.ID, r
	add, err := ad.wanted(ctx, r, was)
	if err != nil || !add {
		ad.result.Waiting++
		out.Outcome = "shown"
		return out, err
	}
	return ad.put(ctx, out, s, was)
}

// put writes one document and says so.
func (ad *adding) put(ctx context.Context, out addedFile, s *corpus.Source, was *corpus.Source) (addedFile, error) {
	if err := ad.app.write(ad.index.Put(ctx, []retrieval.Document{{Source: s}})); err != nil {
		return out, err
	}
	out.ID, out.Outcome = s.ID, "added"
	ad.result.Added++
	if was != nil {
		out.Outcome = "replaced"
		ad.held = slices.DeleteFunc(ad.held, func(h *corpus.Source) bool { return h == was })
		if was.Scope != s.Scope {
			if err := ad.app.write(ad.index.Delete(ctx, was.Scope, []string{was.ID})); err != nil {
				return out, err
			}
		}
		if err := ad.say("%s takes the place of the copy as of %s.\n", s.ID, was.AsOf); err != nil {
			return out, err
		}
	}
	ad.held, ad.fresh = append(ad.held, s), append(ad.fresh, s)
	return out, nil
}

// holds is the document that was read from this very file under the same
// licence and scope, or nil.
func (ad *adding) holds(ctx context.Context, name string) (*corpus.Source, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() || info.Size() > files.MaxFile {
		return nil, err // reading it says why
	}
	hash, err := files.Hash(ctx, f)
	if err != nil {
		return nil, err
	}
	for _, s := range ad.held {
		if files.Holds(s, hash) && s.Licence == ad.opts.Licence && s.Scope == ad.opts.Scope {
			return s, nil
		}
	}
	return nil, nil
}

// place gives s an id that no other document has, and returns the one whose
// place it takes: that of the same file name and title that an earlier run added.
func (ad *adding) place(s *corpus.Source, r *files.Report) (was *corpus.Source) {
	for n := 0; ; n++ {
		id := s.ID
		switch {
		case n == 1:
			id = files.Slug(s.ID + " " + s.Title)
		case n > 1:
			id = fmt.Sprintf("%s-%d", s.ID, n)
		}
		i := slices.IndexFunc(ad.held, func(h *corpus.Source) bool { return h.ID == id })
		if ad.lib.Source(id) != nil || i >= 0 && (ad.held[i].Kind != corpus.Manual || ad.held[i].Title != s.Title || slices.Contains(ad.fresh, ad.held[i])) {
			continue
		}
		s.ID, s.Cite.Number, r.ID = id, id, id
		r.Cite = s.Cite.At(s.Passages[0].Pin).String()
		if i >= 0 {
			return ad.held[i]
		}
		return nil
	}
}

// wanted shows the report and asks, where there is someone to ask.
func (ad *adding) wanted(ctx context.Context, r *files.Report, was *corpus.Source) (bool, error) {
	if ad.yes && !ad.dryRun {
		return true, nil
	}
	if ad.app.json {
		return false, nil
	}
	if err := ad.app.print(describe(r, was)); err != nil {
		return false, err
	}
	in, ok := ad.app.in.(*os.File)
	if ad.dryRun || !ok || !term.IsTerminal(int(in.Fd())) {
		return false, nil
	}
	fmt.Fprint(ad.app.err, "Add it? [y/N] ")
	if ad.answers == nil {
		ad.answers = bufio.NewReader(in)
	}
	said := make(chan string, 1)
	go func() { // a terminal may never answer
		line, _ := ad.answers.ReadString('\n') // the end of input is no yes
		said <- strings.ToLower(strings.TrimSpace(line))
	}()
	select {
	case <-ctx.Done():
		return false, ctx.Err()
	case answer := <-said:
		return answer == "y" || answer == "yes", nil
	}
}

// say prints to people; JSON is printed at the end.
func (ad *adding) say(format string, args ...any) error {
	if ad.app.json {
		return nil
	}
	return ad.app.print(fmt.Sprintf(format, args...))
}

// summary says what became of all files.
func (ad *adding) summary(refused int) error {
	if ad.app.json {
		return ad.app.printJSON(ad.result)
	}
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{ad.result.Added, "Added"}, {ad.result.Held, "Held already"}, {ad.result.Waiting, "Not added"}, {refused, "Refused"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d.", p.what, p.n))
		}
	}
	if ad.result.Waiting > 0 && !ad.dryRun {
		parts = append(parts, "To add without being asked: the same command with --yes.")
	}
	return ad.app.print(strings.Join(parts, " ") + "\n")
}

// interrupted says what is kept and how to go on.
func (ad *adding) interrupted(left int) error {
	return &failure{exitStopped, fmt.Errorf("interrupted: %d added and kept, %d still to do\nRun the same command again to go on: what is held is skipped", ad.result.Added, left)}
}

var errGuideKind = errors.New("a document of one's own is a guide; the law comes from its publisher")
