package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/everycategory/advocate/corpus"
)

// isGuide reports whether the file is Markdown with the library's own front
// matter: words of one's own, not a copy of a document.
func isGuide(name string) (bool, error) {
	if ext := strings.ToLower(filepath.Ext(name)); ext != ".md" {
		return false, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return false, err
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, 4096))
	front, _, _ := strings.Cut(strings.TrimPrefix(string(head), "---\n"), "\n---\n")
	return err == nil && strings.HasPrefix(string(head), "---\n") && regexp.MustCompile(`(?m)^(?:id|kind): `).MatchString(front), err
}

// guide adds a guide. Its front matter was written for this program, so
// there is nothing to ask.
func (ad *adding) guide(ctx context.Context, name string) (addedFile, error) {
	out := addedFile{File: name}
	text, err := ad.app.file(ctx, name)
	if err != nil {
		return out, err
	}
	s, err := corpus.ParseDigest(name, []byte(text))
	switch {
	case err != nil:
		return out, failed(err)
	case s.Kind != corpus.Guide:
		return out, usage("%s: kind %s: %w", name, s.Kind, errGuideKind)
	case strings.HasPrefix(s.Licence, "quote:"):
		return out, usage("%s: licence %s: a guide is in your own words; want public or private", name, s.Licence)
	case ad.lib.Source(s.ID) != nil:
		return out, usage("%s is the id of a source in the library: choose another", s.ID)
	}
	s.Scope = machineScope
	if ad.dryRun {
		ad.result.Waiting++
		out.ID, out.Outcome = s.ID, "shown"
		return out, ad.say("%s", fmt.Sprintf("%s: a guide of %d passages, %q\n", name, len(s.Passages), s.Title))
	}
	var was *corpus.Source
	for _, h := range ad.held {
		if h.ID == s.ID {
			was = h
		}
	}
	return ad.put(ctx, out, s, was)
}
