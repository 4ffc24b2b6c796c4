package official

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gofrs/flock"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A Change says what Put did with a text.
type Change string

// The changes.
const (
	Added   Change = "added"   // the first text of the provision
	Changed Change = "changed" // another text than the one before
	Same    Change = "same"    // the text held; it was seen again
)

// A Writing is the store while one process changes it.
type Writing struct {
	// Damaged names the files that cannot be read, with the reason.
	Damaged []string

	store *Store
	lock  *flock.Flock
	held  []Parsed
	seen  index
}

// Begin opens the store for changes and keeps other processes from changing
// it until End; ErrBusy if one does.
func (s *Store) Begin() (*Writing, error) {
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("official: %w", err)
	}
	w := &Writing{store: s, lock: flock.New(filepath.Join(s.Dir, lockFile))}
	switch ok, err := w.lock.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("official: %w", err)
	case !ok:
		return nil, fmt.Errorf("official: %w in %s", ErrBusy, s.Dir)
	}
	var err error
	if w.held, w.Damaged, err = s.load(); err != nil {
		w.End()
		return nil, err
	}
	if w.seen, err = s.index(); err != nil {
		w.seen = index{} // it is rebuilt as pages are seen again
	}
	return w, nil
}

// End lets others change the store.
func (w *Writing) End() { w.lock.Unlock() }

// checked is what is remembered of the page at address; nothing where its
// texts are not held any more.
func (w *Writing) checked(address string) seenEntry {
	if !w.holds(address) {
		return seenEntry{}
	}
	return w.seen[address]
}

// Put stores the texts of a page and returns the change for each. Of one
// that is held already, in the version before it by day, only the day is
// noted.
func (w *Writing) Put(page Page, parsed []Parsed) ([]Change, error) {
	sum := sha256.Sum256(page.Body)
	var out []Change
	for _, p := range parsed {
		before := lastBefore(w.held, p.Source)
		if i := slices.IndexFunc(before, func(b *corpus.Source) bool { return sameText(b, p.Source) }); i >= 0 {
			w.note(before[i], p.Source.Capture.Captured)
			out = append(out, Same)
			continue
		}
		written, err := w.write(p, hex.EncodeToString(sum[:]))
		if err != nil {
			return out, err
		}
		w.held = append(w.held, written)
		if len(before) == 0 {
			out = append(out, Added)
		} else {
			out = append(out, Changed)
		}
	}
	return out, w.writeIndex()
}

// SeenAgain notes that the publisher shows on day what it showed when the
// page at address was fetched last.
func (w *Writing) SeenAgain(address string, day corpus.Date) error {
	for _, h := range w.held {
		if h.Source.URL == address && h.Source.Capture.Seen >= w.seen[address].Checked {
			w.note(h.Source, day)
		}
	}
	return w.remember(address, day, w.seen[address].ETag, w.seen[address].Modified)
}

// remember keeps what the publisher said of a page, for the next request.
func (w *Writing) remember(address string, day corpus.Date, etag, modified string) error {
	e := w.seen[address]
	e.Checked, e.ETag, e.Modified = max(e.Checked, day), etag, modified
	w.seen[address] = e
	return w.writeIndex()
}

// note sets the last day s was seen, if day is later.
func (w *Writing) note(s *corpus.Source, day corpus.Date) {
	e := w.seen[s.URL]
	if e.Versions == nil {
		e.Versions = map[string]corpus.Date{}
	}
	s.Capture.Seen = max(s.Capture.Seen, day)
	e.Versions[s.ID] = s.Capture.Seen
	w.seen[s.URL] = e
}

// lastBefore are the versions of s that were shown last by the day s was
// captured: more than one where the page showed one in force and one to come.
func lastBefore(held []Parsed, s *corpus.Source) []*corpus.Source {
	var last corpus.Date
	var out []*corpus.Source
	for _, h := range held {
		c := h.Source.Capture
		if h.Source.Cite != s.Cite || c.Captured > s.Capture.Captured {
			continue
		}
		switch shown := min(c.Seen, s.Capture.Captured); {
		case shown > last:
			last, out = shown, []*corpus.Source{h.Source}
		case shown == last:
			out = append(out, h.Source)
		}
	}
	return out
}

// sameText reports whether two versions say the same and are the law by the
// same enactments.
func sameText(a, b *corpus.Source) bool {
	return a.Status == b.Status && a.Title == b.Title && a.SupersededBy == b.SupersededBy && a.Capture.History == b.Capture.History &&
		a.Capture.Until == b.Capture.Until && slices.Equal(a.Passages, b.Passages)
}

// write names the version and writes its file.
func (w *Writing) write(p Parsed, raw string) (Parsed, error) {
	src := *p.Source
	base := BaseID(src.Cite) + "@" + string(src.Capture.Captured)
	src.ID = base
	for n := 2; exists(filepath.Join(w.store.Dir, src.ID+".json")); n++ {
		src.ID = fmt.Sprintf("%s.%d", base, n)
	}
	p.Source = &src
	data, err := json.MarshalIndent(record{format, src.Hash(), raw, p}, "", " ")
	if err != nil {
		return p, fmt.Errorf("official: %w", err)
	}
	return p, writeByRename(filepath.Join(w.store.Dir, src.ID+".json"), data)
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

func (w *Writing) writeIndex() error {
	data, err := json.MarshalIndent(w.seen, "", " ")
	if err != nil {
		return fmt.Errorf("official: %w", err)
	}
	return writeByRename(filepath.Join(w.store.Dir, indexFile), data)
}

func writeByRename(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".tmp-*")
	if err != nil {
		return fmt.Errorf("official: %w", err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return fmt.Errorf("official: %w", err)
	}
	return nil
}

var systemID = strings.NewReplacer(".", "", " ", "")

// BaseID is the id of a provision without a version: "rcw-48.43.045",
// "usc-42-300gg-5".
func BaseID(c citation.Citation) string {
	return strings.ToLower(systemID.Replace(string(c.System)) + "-" + strings.ReplaceAll(c.Number, " ", "-"))
}

// holds reports whether what was shown last at address is held, so that it
// need not be fetched again if the publisher shows it still.
func (w *Writing) holds(address string) bool {
	return slices.ContainsFunc(w.held, func(p Parsed) bool {
		return p.Source.URL == address && p.Source.Capture.Seen >= w.seen[address].Checked
	})
}
