package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/corpus/official"
	"github.com/everycategory/advocate/retrieval"
)

// officialStore is where captured official texts are kept; nil where there
// is no data directory.
func (a *app) officialStore() *official.Store {
	if a.settings.data.value == "" {
		return nil
	}
	return &official.Store{Dir: filepath.Join(a.settings.data.value, "official")}
}

// texts are all versions held. Damaged files are named and left out.
func (a *app) texts() ([]*corpus.Source, error) {
	store := a.officialStore()
	if store == nil {
		return nil, nil
	}
	texts, damaged, err := store.Load()
	if err != nil {
		fmt.Fprintf(a.err, "advocate: the official texts in %s cannot be read, so answers rest on the digests alone (%v)\n", store.Dir, err)
		return nil, nil
	}
	for _, d := range few(damaged) {
		fmt.Fprintf(a.err, "advocate: left out of %s: %s\n", store.Dir, d)
	}
	return texts, nil
}

// withTexts is c with the official texts held on this machine.
func (a *app) withTexts(c *corpus.Catalog) (*corpus.Catalog, error) {
	texts, err := a.texts()
	if err != nil || len(texts) == 0 {
		return c, err
	}
	return c.WithVersions(texts), nil
}

// textsLike are the versions that a list's filter lets through.
func (a *app) textsLike(f retrieval.Filter) ([]*corpus.Source, error) {
	texts, err := a.texts()
	return slices.DeleteFunc(texts, func(s *corpus.Source) bool {
		return len(f.Kinds) > 0 && !slices.Contains(f.Kinds, s.Kind) || len(f.Jurisdictions) > 0 && !slices.Contains(f.Jurisdictions, s.Jurisdiction)
	}), err
}

// textsNamed are the versions of a citation, newest last, or the one of an
// id.
func (a *app) textsNamed(what string) ([]*corpus.Source, error) {
	texts, err := a.texts()
	cite, parseErr := citation.Parse(what)
	out := slices.DeleteFunc(texts, func(s *corpus.Source) bool {
		return s.ID != strings.ToLower(what) && (parseErr != nil || s.Cite != cite.Base())
	})
	slices.SortFunc(out, func(x, y *corpus.Source) int { return strings.Compare(x.ID, y.ID) })
	return out, err
}

// dates are a text's, as a list shows them; "" for a digest.
func dates(s *corpus.Source) string {
	if s.Capture == nil {
		return ""
	}
	out := " (official text, captured " + string(s.Capture.Captured)
	if s.Capture.Effective != "" {
		out += ", law since " + string(s.Capture.Effective)
	}
	return out + ")"
}

func writeCapture(out *strings.Builder, s *corpus.Source) {
	c := s.Capture
	since, until := string(c.Effective), ""
	if since == "" {
		since = "a day that the page does not state"
	}
	if c.Until != "" {
		until = " until " + string(c.Until)
	}
	fmt.Fprintf(out, "Official text %s, captured %s, last seen %s; law since %s%s.\n", s.ID, c.Captured, c.Seen, since, until)
	if !s.SupersededBy.IsZero() {
		fmt.Fprintf(out, "Its number is now %s.\n", s.SupersededBy)
	}
	if c.History != "" {
		fmt.Fprintf(out, "History: %s\n", c.History)
	}
}

// today is the clock's day.
func (a *app) today() corpus.Date { return corpus.Date(a.now().Format(time.DateOnly)) }

// receipts are those of this machine; nil where there is no data directory.
func (a *app) receipts() *bot.Receipts {
	if a.settings.data.value == "" {
		return nil
	}
	return &bot.Receipts{Dir: filepath.Join(a.settings.data.value, "receipts")}
}
