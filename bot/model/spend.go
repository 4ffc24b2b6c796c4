package model

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A purse counts what a day's use cost. With a folder it counts for every
// process that shares it: each adds lines to the day's file, which are
// amounts and nothing else. What a request may cost at most is taken before
// it is sent and the rest put back after, so that a process that dies in
// between has spent too much rather than too little. Processes that ask in
// the same moment may pass the limit by a request each.
type purse struct {
	dir   string
	limit float64

	mu    sync.Mutex
	day   string
	spent float64 // by this process, on that day
}

// errSpent is matched where the day's budget does not pay for a request.
var errSpent = errors.New("the day's budget is spent")

// take takes what a request may cost, and gives back a function that settles
// what it did cost.
func (p *purse) take(now time.Time, most float64) (settle func(cost float64), err error) {
	if p.limit == 0 {
		return func(float64) {}, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	day := now.UTC().Format(time.DateOnly)
	if day != p.day {
		p.day, p.spent = day, 0
	}
	spent, err := p.read(day)
	if err != nil {
		return nil, err
	}
	if max(spent, p.spent)+most > p.limit {
		return nil, fmt.Errorf("%w (%.2f of %.2f)", errSpent, max(spent, p.spent), p.limit)
	}
	if err := p.write(day, most); err != nil {
		return nil, err
	}
	p.spent += most
	return func(cost float64) {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.write(day, cost-most) == nil && p.day == day {
			p.spent += cost - most
		}
	}, nil
}

func (p *purse) file(day string) string { return filepath.Join(p.dir, "spent-"+day) }

// read adds up the day's file.
func (p *purse) read(day string) (sum float64, err error) {
	if p.dir == "" {
		return 0, nil
	}
	data, err := os.ReadFile(p.file(day))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	for line := range strings.Lines(string(data)) {
		var amount float64
		if amount, err = strconv.ParseFloat(strings.TrimSpace(line), 64); err != nil {
			break
		}
		sum += amount
	}
	if err != nil {
		return 0, fmt.Errorf("the record of the day's spending, %s, cannot be read; until it is removed, or the day ends, nothing is sent", p.file(day))
	}
	return sum, nil
}

// write adds a line to the day's file, and removes those of other days.
func (p *purse) write(day string, amount float64) error {
	if p.dir == "" {
		return nil
	}
	err := os.MkdirAll(p.dir, 0o700)
	var f *os.File
	if err == nil {
		f, err = os.OpenFile(p.file(day), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	}
	if err != nil {
		return fmt.Errorf("the record of the day's spending cannot be kept in %s, and there is a limit to it", p.dir)
	}
	_, err = f.WriteString(strconv.FormatFloat(amount, 'g', -1, 64) + "\n")
	if others, _ := filepath.Glob(p.file("????-??-??")); len(others) > 1 {
		for _, name := range others {
			if name != p.file(day) {
				os.Remove(name)
			}
		}
	}
	return errors.Join(err, f.Close())
}
