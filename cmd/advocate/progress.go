package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"
)

// A progress shows on a terminal how far one file is read, or an index copied. The zero value
// shows nothing.
type progress struct {
	w     io.Writer
	name  string
	unit  string // "page"
	now   func() time.Time
	began time.Time
	last  time.Time
}

// progress shows on standard error if that is a terminal.
func (a *app) progress(name string) *progress {
	f, ok := a.err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return &progress{}
	}
	return &progress{w: f, name: name, unit: "page", now: a.now, began: a.now()}
}

// betweenShows is how often the line is written anew.
const betweenShows = 200 * time.Millisecond

// at says that done of so many are done.
func (p *progress) at(done, of int) {
	if p.w == nil || p.now().Sub(p.last) < betweenShows && done < of {
		return
	}
	p.last = p.now()
	fmt.Fprintf(p.w, "\r\x1b[K%s", progressLine(p.name, p.unit, done, of, p.now().Sub(p.began)))
}

// progressLine is "manual.pdf: page 47 of 200, 58 pages/s, 3s left".
func progressLine(name, unit string, done, of int, took time.Duration) string {
	line := fmt.Sprintf("%s: %s %d of %d", name, unit, done, of)
	if took <= 0 || done == 0 {
		return line
	}
	left := time.Duration(float64(took) / float64(done) * float64(of-done)).Round(time.Second)
	return line + fmt.Sprintf(", %.0f %ss/s, %s left", float64(done)/took.Seconds(), unit, left)
}

// done takes the line away.
func (p *progress) done() {
	if p.w != nil {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
