package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"github.com/everycategory/advocate/corpus"
)

// dayShare is how many times N different words of a document with a licence
// of quote:N one person may see in a day: one answer shows at most N words of
// it, and a day's answers to one person at most ten times as many different
// ones.
const dayShare = 10

// Shown remembers which words of limited documents were shown to whom today:
// places of words, never words, and persons as hashes. One file a day, put in
// place by rename, under a lock that all processes share; the files of days
// before yesterday are removed.
type Shown struct {
	Dir string // made on first use
}

// errNoMore is what asking for more than a day's words gives.
var errNoMore = errors.New("its licence allows no more of its words today")

// A wordRange is a run of words of a document, counted from its beginning.
type wordRange struct{ From, To int }

// shownDay is the file of one day: persons, documents, ranges in order.
type shownDay map[string]map[string][]wordRange

// take records that person is shown ranges of s, all or none of them:
// errNoMore where that would be more than a day's words. Words that were
// shown already cost nothing.
func (sh *Shown) take(person string, now time.Time, s *corpus.Source, ranges []wordRange) error {
	if sh == nil {
		return errors.New("no record of the words shown is kept here")
	}
	if len(ranges) == 0 {
		return nil
	}
	if err := os.MkdirAll(sh.Dir, 0o700); err != nil {
		return fmt.Errorf("bot: shown: %w", err)
	}
	lock := flock.New(filepath.Join(sh.Dir, "lock"))
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if ok, err := lock.TryLockContext(ctx, 10*time.Millisecond); err != nil || !ok {
		return fmt.Errorf("bot: shown: the record is locked: %w", err)
	}
	defer lock.Unlock()
	name := filepath.Join(sh.Dir, now.Format(time.DateOnly)+".json")
	day, err := readShown(name)
	if err != nil {
		return err
	}
	who, what := personHash(person), s.Scope+"/"+s.ID
	if day[who] == nil {
		day[who] = map[string][]wordRange{}
	}
	all := union(append(slices.Clone(day[who][what]), ranges...))
	switch {
	case size(all) > dayShare*quoteLimit(s.Licence):
		return errNoMore
	case size(all) == size(day[who][what]):
		return nil
	}
	day[who][what] = all
	data, err := json.Marshal(day)
	if err != nil {
		return fmt.Errorf("bot: shown: %w", err)
	}
	sh.tidy(now)
	return writeByRename(name, data)
}

func readShown(name string) (shownDay, error) {
	data, err := readAtMost(name, 64<<20)
	if errors.Is(err, fs.ErrNotExist) {
		return shownDay{}, nil
	}
	day := shownDay{}
	if err == nil {
		err = json.Unmarshal(data, &day)
	}
	if err != nil {
		return nil, fmt.Errorf("bot: the record of words shown, %s, cannot be read; until it is removed, or the day ends, no words of limited documents are shown: %w", name, err)
	}
	return day, nil
}

// tidy removes the files of days before yesterday.
func (sh *Shown) tidy(now time.Time) {
	names, err := filepath.Glob(filepath.Join(sh.Dir, "????-??-??.json"))
	if err != nil {
		return
	}
	yesterday := now.AddDate(0, 0, -1).Format(time.DateOnly)
	for _, name := range names {
		if strings.TrimSuffix(filepath.Base(name), ".json") < yesterday {
			os.Remove(name)
		}
	}
}

func personHash(person string) string {
	sum := sha256.Sum256([]byte("advocate person\x00" + person))
	return hex.EncodeToString(sum[:8])
}

// union sorts ranges and joins those that touch.
func union(ranges []wordRange) []wordRange {
	slices.SortFunc(ranges, func(a, b wordRange) int { return a.From - b.From })
	var out []wordRange
	for _, r := range ranges {
		if n := len(out); n > 0 && r.From <= out[n-1].To {
			out[n-1].To = max(out[n-1].To, r.To)
			continue
		}
		out = append(out, r)
	}
	return out
}

func size(ranges []wordRange) int {
	n := 0
	for _, r := range ranges {
		n += r.To - r.From
	}
	return n
}
