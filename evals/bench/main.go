// Command bench compares the product with what somebody would use in its
// place, in one run on one machine, and prints ratios. It is a module of its
// own, so that none of the rivals is a dependency of the product.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// A bench is what a run was asked for.
type bench struct {
	err       io.Writer
	root      string // of the product's module
	begun     time.Time
	sizes     []int
	parts     []string
	turns     int // that each figure is taken from
	questions int // of each op
	coldRuns  int
	asked     int // of each server in a turn
	sent      int // messages
	json      bool
}

// parts are what can be measured.
var parts = []string{"indexes", "cold", "asking", "members", "messages"}

// A report is what is printed.
type report struct {
	Machine  string       `json:"machine"`
	Go       string       `json:"go"`
	Commit   string       `json:"commit"`
	Day      string       `json:"day"`
	Seed     uint64       `json:"seed"`
	Rivals   []string     `json:"rivals"`
	Indexes  []indexRow   `json:"indexes,omitempty"`
	Cold     []coldRow    `json:"cold,omitempty"`
	Asking   []askRow     `json:"asking,omitempty"`
	Members  []memberRow  `json:"members,omitempty"`
	Messages []messageRow `json:"messages,omitempty"`
}

func run(ctx context.Context, args []string, out, told io.Writer) error {
	if len(args) > 0 && args[0] == workerArg {
		return stdio(ctx, args[1:])
	}
	b, err := readFlags(args, told)
	if err != nil {
		return err
	}
	if b.root, err = productRoot(ctx); err != nil {
		return err
	}
	r, err := b.measure(ctx)
	if err != nil {
		return err
	}
	if b.json {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		return e.Encode(r)
	}
	_, err = io.WriteString(out, r.table())
	return err
}

func readFlags(args []string, told io.Writer) (*bench, error) {
	b := &bench{err: told, begun: time.Now(), turns: 5, questions: 20, coldRuns: 15, asked: 1280}
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.SetOutput(told)
	sizes := f.String("sizes", "1k,10k", "how many passages, such as 1k,10k,100k")
	only := f.String("parts", strings.Join(parts, ","), "what to measure")
	full := f.Bool("full", false, "1k, 10k and 100k passages, and a million messages: an hour or more")
	short := f.Bool("short", false, "1k passages, 1,000 messages, two turns: a minute or two")
	f.IntVar(&b.sent, "messages", 10_000, "how many messages go through a chat")
	f.IntVar(&b.turns, "turns", b.turns, "how often each question is asked")
	f.BoolVar(&b.json, "json", false, "print JSON")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	given := map[string]bool{} // which what follows leaves alone
	f.Visit(func(x *flag.Flag) { given[x.Name] = true })
	some := func(s string, n, turns int) {
		if !given["sizes"] {
			*sizes = s
		}
		if !given["messages"] {
			b.sent = n
		}
		if !given["turns"] {
			b.turns = turns
		}
	}
	if *full {
		some("1k,10k,100k", 1_000_000, b.turns)
	}
	if *short {
		some("1k", 1000, 2)
		b.coldRuns = 5
	}
	switch {
	case f.NArg() > 0:
		return nil, fmt.Errorf("%q is no flag; --help names them", f.Arg(0))
	case *full && *short:
		return nil, errors.New("--full and --short exclude each other")
	case b.sent < 10 || b.turns < 1:
		return nil, errors.New("at least 10 messages and 1 turn are needed")
	}
	for s := range strings.SplitSeq(*sizes, ",") {
		n, err := sizeOf(strings.TrimSpace(s))
		if err != nil {
			return nil, err
		}
		b.sizes = append(b.sizes, n)
	}
	for s := range strings.SplitSeq(*only, ",") {
		if s = strings.TrimSpace(s); !slices.Contains(parts, s) {
			return nil, fmt.Errorf("there is no part %q: want some of %s", s, strings.Join(parts, ","))
		}
		b.parts = append(b.parts, s)
	}
	return b, nil
}

// say shows how far the run is.
func (b *bench) say(format string, args ...any) {
	fmt.Fprintf(b.err, "%6.0f s  %s\n", time.Since(b.begun).Seconds(), fmt.Sprintf(format, args...))
}

// measure runs the parts, cold starts first, while this process is small.
func (b *bench) measure(ctx context.Context) (r report, err error) {
	r = report{Machine: machine(), Go: runtime.Version(), Commit: commit(ctx, b.root), Day: b.begun.Format(time.DateOnly), Seed: seed}
	for _, e := range engines()[1:] {
		r.Rivals = append(r.Rivals, e.name+": "+e.what)
	}
	has := func(part string) bool { return err == nil && slices.Contains(b.parts, part) }
	if has("cold") {
		r.Cold, err = b.cold(ctx)
	}
	if has("indexes") {
		for _, size := range b.sizes {
			rows, failed := b.indexes(ctx, size)
			if failed != nil {
				return r, failed
			}
			r.Indexes = append(r.Indexes, rows...)
		}
	}
	if has("asking") {
		r.Asking, err = b.asking(ctx)
	}
	if has("members") {
		r.Members, err = b.members(ctx)
	}
	if has("messages") {
		r.Messages, err = b.messages(ctx, b.sent)
	}
	return r, err
}

// productRoot is where the product's module is, beside this one.
func productRoot(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", "github.com/everycategory/advocate").Output()
	if err != nil {
		return "", fmt.Errorf("start it in evals/bench of a clone, with 'go run .': %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}

func commit(ctx context.Context, root string) string {
	out, err := exec.CommandContext(ctx, "git", "-C", root, "describe", "--always", "--dirty", "--abbrev=12").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}

// machine is the processor, as Linux calls it, and how many of it.
func machine() string {
	name := runtime.GOARCH
	data, err := os.ReadFile(filepath.FromSlash("/proc/cpuinfo"))
	for line := range strings.Lines(string(data)) {
		if key, value, ok := strings.Cut(line, ":"); err == nil && ok && strings.TrimSpace(key) == "model name" {
			name = strings.TrimSpace(value)
			break
		}
	}
	return fmt.Sprintf("%d x %s", runtime.NumCPU(), name)
}
