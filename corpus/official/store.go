package official

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus"
)

// A Store keeps official texts in a folder: a JSON file a version, written
// by rename and never overwritten, and an index of when each was seen again.
// One process at a time may change it (see Begin); any number may read.
type Store struct {
	Dir string // made on the first change
}

// record is a version's file.
type record struct {
	Format int    `json:"format"`
	SHA256 string `json:"sha256"` // of the source, as corpus.Source.Hash
	Raw    string `json:"raw"`    // SHA-256 of the page's bytes
	Parsed Parsed `json:"parsed"`
}

// format is that of the files; another is named and skipped.
const format = 1

// seenEntry is what is remembered of a page beside its versions.
type seenEntry struct {
	Checked  corpus.Date            `json:"checked"` // the last day it was fetched
	ETag     string                 `json:"etag,omitempty"`
	Modified string                 `json:"modified,omitempty"`
	Versions map[string]corpus.Date `json:"versions"` // id to the last day it was seen
}

// index is the file seen.json: by address.
type index map[string]seenEntry

const indexFile, lockFile = "seen.json", ".lock"

// ErrBusy is matched by the error of Begin while another process syncs.
var ErrBusy = errors.New("another sync is at work")

// Load reads all versions, dated as well as the pages held together allow:
// where one page says that a date stands on another, and that other is held,
// its date counts. A file that cannot be read is named in damaged, with the
// reason, and left out; so are the other versions of its provision, until a
// later one is captured, for an older text must not pass for the law. A folder
// that is not there holds nothing.
func (s *Store) Load() (versions []*corpus.Source, damaged []string, err error) {
	parsed, damaged, err := s.load()
	for _, p := range parsed {
		versions = append(versions, p.Source)
	}
	return versions, damaged, err
}

func (s *Store) load() (parsed []Parsed, damaged []string, err error) {
	entries, err := os.ReadDir(s.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("official: %w", err)
	}
	seen, err := s.index()
	if err != nil {
		damaged = append(damaged, err.Error())
	}
	var stated []Effect
	lost := map[string]corpus.Date{} // provision to the day of its newest damaged version
	for _, e := range entries {
		if e.IsDir() || filepath.Ext(e.Name()) != ".json" || e.Name() == indexFile {
			continue
		}
		rec, err := readRecord(filepath.Join(s.Dir, e.Name()))
		if err != nil {
			damaged = append(damaged, fmt.Sprintf("%s: %v", e.Name(), err))
			if m := versionFile.FindStringSubmatch(e.Name()); m != nil {
				lost[m[1]] = max(lost[m[1]], corpus.Date(m[2]))
			}
			continue
		}
		parsed = append(parsed, rec.Parsed)
		stated = append(stated, rec.Parsed.Stated...)
	}
	for _, p := range parsed {
		c := p.Source.Capture
		c.Seen = max(c.Seen, seen[p.Source.URL].Versions[p.Source.ID])
		if c.Effective == "" && datedBy(p, stated) {
			c.Effective = lastEffect(p.Newest, stated, nil)
		}
	}
	return whole(parsed, lost), damaged, nil
}

var versionFile = regexp.MustCompile(`^(.+)@(\d{4}-\d{2}-\d{2})(?:\.\d+)?\.json$`)

// whole leaves out the provisions whose newest version is lost.
func whole(parsed []Parsed, lost map[string]corpus.Date) []Parsed {
	newest := map[string]corpus.Date{}
	for _, p := range parsed {
		id := BaseID(p.Source.Cite)
		newest[id] = max(newest[id], p.Source.Capture.Captured)
	}
	return slices.DeleteFunc(parsed, func(p Parsed) bool {
		id := BaseID(p.Source.Cite)
		return lost[id] != "" && newest[id] < lost[id]
	})
}

// datedBy reports whether stated dates every enactment whose date stands on
// another page than p's own.
func datedBy(p Parsed, stated []Effect) bool {
	for _, e := range p.Newest {
		if slices.Contains(p.DatedElsewhere, e.Act) && !slices.ContainsFunc(stated, func(s Effect) bool {
			return s.Act == e.Act && (s.First == 0 || s.First <= e.Section && e.Section <= s.Last)
		}) {
			return false
		}
	}
	return len(p.DatedElsewhere) > 0
}

// maxFile bounds a version's file: its page and the JSON around it.
const maxFile = 4 * MaxPage

func readRecord(name string) (*record, error) {
	data, err := readAtMost(name, maxFile)
	if err != nil {
		return nil, err
	}
	var rec record
	err = json.Unmarshal(data, &rec)
	src := rec.Parsed.Source
	switch {
	case rec.Format != format && rec.Format != 0:
		return nil, fmt.Errorf("written in format %d; this program reads %d", rec.Format, format)
	case err != nil:
		return nil, fmt.Errorf("not readable: %w", err)
	case rec.Format == 0 || src == nil || src.Capture == nil || src.Form != corpus.Text || src.Cite.IsZero():
		return nil, errors.New("it holds no official text")
	case src.Hash() != rec.SHA256:
		return nil, errors.New("it was altered: its hash is not the one it names")
	case strings.TrimSuffix(filepath.Base(name), ".json") != src.ID:
		return nil, fmt.Errorf("it holds %s", src.ID)
	}
	return &rec, nil
}

func readAtMost(name string, limit int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = fmt.Errorf("larger than %d MB", limit>>20)
	}
	return data, err
}

func (s *Store) index() (index, error) {
	out := index{}
	data, err := readAtMost(filepath.Join(s.Dir, indexFile), maxFile)
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &out)
	}
	if err != nil {
		return index{}, fmt.Errorf("%s: %w: each text counts as seen on the day of its capture only", indexFile, err)
	}
	return out, nil
}
