package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/library"
	"github.com/everycategory/advocate/evals/bench/rival"
)

// A coldRow is one command, run as a process of its own each time.
type coldRow struct {
	Command string  `json:"command"`
	Does    string  `json:"does"`
	Median  float64 `json:"median_seconds"`
	P95     float64 `json:"p95_seconds"`
	Peak    int64   `json:"peak_bytes"`
	Binary  int64   `json:"binary_bytes"`
	Runs    int     `json:"runs"`
}

const coldQuestion = "plan pays PT for low back but says LMTs are not eligible providers. legal in Washington?"

// cold runs whole processes in turn: the product, and what somebody would
// write in its place over the same library. The files are in the system's
// cache, as they are for whoever asks a second time.
func (b *bench) cold(ctx context.Context) ([]coldRow, error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	b.say("cold start: building the programs")
	root, err := filepath.Abs(b.root)
	if err != nil {
		return nil, err
	}
	for _, p := range []struct{ in, pkg string }{
		{root, "./cmd/advocate"}, {filepath.Join(root, "evals", "bench"), "./rival/ftsask"}, {filepath.Join(root, "evals", "bench"), "./rival/bleveask"},
	} {
		if err := build(ctx, p.in, p.pkg, dir); err != nil {
			return nil, err
		}
	}
	lib, err := corpus.Load(library.FS())
	if err != nil {
		return nil, err
	}
	fts, folder := filepath.Join(dir, "library.db"), filepath.Join(dir, "library.bleve")
	if err := errors.Join(libraryFTS(ctx, fts, lib), libraryBleve(ctx, folder, lib)); err != nil {
		return nil, err
	}
	commands := []struct {
		row  coldRow
		args []string
	}{
		{coldRow{Command: "advocate ask", Does: "an answer, its citations checked"}, []string{"advocate", "ask", coldQuestion}},
		{coldRow{Command: "advocate search", Does: "ten sources"}, []string{"advocate", "search", coldQuestion}},
		{coldRow{Command: "ftsask", Does: "ten passages, unchecked, of an FTS5 file"}, []string{"ftsask", fts, coldQuestion}},
		{coldRow{Command: "bleveask", Does: "ten passages, unchecked, of a bleve index"}, []string{"bleveask", folder, coldQuestion}},
	}
	times := make([][]float64, len(commands))
	for run := -1; run < b.coldRuns; run++ { // the first warms, and is not counted
		b.say("cold start: run %d of %d", max(0, run+1), b.coldRuns)
		for i := range commands {
			c := &commands[i]
			took, peak, err := runOnce(ctx, dir, c.args)
			if err != nil {
				return nil, err
			}
			if run >= 0 {
				times[i], c.row.Peak = append(times[i], took.Seconds()), max(c.row.Peak, peak)
			}
		}
	}
	var out []coldRow
	for i, c := range commands {
		c.row.Median, c.row.P95, c.row.Runs = quantile(times[i], .5), quantile(times[i], .95), len(times[i])
		info, err := os.Stat(filepath.Join(dir, c.args[0]))
		if err != nil {
			return nil, err
		}
		c.row.Binary = info.Size()
		out = append(out, c.row)
	}
	return out, nil
}

// build builds a program as it is shipped, into dir.
func build(ctx context.Context, in, pkg, dir string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", dir+string(filepath.Separator), pkg)
	cmd.Dir, cmd.Env = in, append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building %s: %w\n%s", pkg, err, out)
	}
	return nil
}

// runOnce runs a program of dir, with nothing of this machine's settings, and
// says how long it took and the most memory it had.
func runOnce(ctx context.Context, dir string, args []string) (time.Duration, int64, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(dir, args[0]), args[1:]...)
	cmd.Env = []string{"HOME=" + filepath.Join(dir, "home"), "TMPDIR=" + dir}
	var out, told bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &told
	begun := time.Now()
	err := cmd.Run()
	took := time.Since(begun)
	if err != nil {
		return 0, 0, fmt.Errorf("%s: %w\n%s", args[0], err, told.String())
	}
	if !strings.Contains(out.String(), "1.") && !strings.Contains(out.String(), "[1]") {
		return 0, 0, fmt.Errorf("%s found nothing:\n%s", args[0], out.String())
	}
	if _, kb, ok := strings.Cut(told.String(), rival.PeakWord); ok { // it says so itself
		n, err := strconv.ParseInt(strings.TrimSpace(kb), 10, 64)
		return took, n << 10, err
	}
	own, err := memoryOf("self")
	if err != nil {
		return 0, 0, err
	}
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok || usage.Maxrss<<10 <= own.Peak { // Linux counts this process's memory in
		return took, 0, nil
	}
	return took, usage.Maxrss << 10, nil
}
