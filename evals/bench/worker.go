package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"
)

// Every engine works in a process of its own, which is this program again:
// what it holds in memory is then what the process holds. A job comes as a
// line of JSON, and its result goes back as one.

// workerArg is the argument that makes this program a worker.
const workerArg = "worker"

// A job is one of: fill; open; hits of an op; time an op once; grade what
// another found.
type job struct {
	Do        string  `json:"do"`
	Op        int     `json:"op"`
	Questions int     `json:"questions"`
	Hits      []found `json:"hits,omitempty"`
}

// A found is what one question found.
type found struct {
	Words []int `json:"words,omitempty"`
	Near  []int `json:"near,omitempty"`
}

// A result is what came of a job.
type result struct {
	Error   string    `json:"error,omitempty"`
	Seconds []float64 `json:"seconds,omitempty"` // of each question, or of the job
	Hits    []found   `json:"hits,omitempty"`
	Marks   *marks    `json:"marks,omitempty"`
	Memory  *memory   `json:"memory,omitempty"`
}

// marks are how many hits were right, and how many there were to find.
type marks struct {
	Words, WordsOf, Near, NearOf int
	Outside                      int // hits that the filter does not let through
}

// A worker is the state of a worker process.
type worker struct {
	engine engine
	dir    string
	size   int
	before memory
	x      index
	oracle *oracle
}

// runWorker does the jobs of in until it ends.
func runWorker(ctx context.Context, args []string, in io.Reader, out io.Writer) error {
	if len(args) != 3 {
		return errors.New("a worker needs an engine, a folder and a size")
	}
	e, ok := engineCalled(args[0])
	size, err := strconv.Atoi(args[2])
	if !ok || err != nil {
		return fmt.Errorf("there is no engine %q of size %q", args[0], args[2])
	}
	w := &worker{engine: e, dir: args[1], size: size}
	defer w.close()
	jobs, results := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var j job
		if err := jobs.Decode(&j); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		r, err := w.do(ctx, j)
		if err != nil {
			r.Error = err.Error()
		}
		if err := results.Encode(r); err != nil {
			return err
		}
	}
}

func (w *worker) close() {
	if w.x != nil {
		w.x.Close()
	}
}

func (w *worker) do(ctx context.Context, j job) (result, error) {
	switch j.Do {
	case "fill":
		return w.fill(ctx)
	case "open":
		return w.open(ctx)
	case "hits", "time":
		return w.ask(ctx, j)
	case "memory":
		return w.memory()
	case "grade":
		return w.grade(j)
	}
	return result{}, fmt.Errorf("there is no job %q", j.Do)
}

// fill makes the index, and says how long that took without the making of
// the passages.
func (w *worker) fill(ctx context.Context) (result, error) {
	if w.engine.open == nil { // exact: it holds them
		w.oracle = newOracle(passages(w.size))
		return result{}, nil
	}
	var made time.Duration
	begun := time.Now()
	if err := w.engine.fill(ctx, w.dir, untimed(passages(w.size), &made)); err != nil {
		return result{}, err
	}
	took := time.Since(begun) - made
	m, err := memoryNow()
	return result{Seconds: []float64{took.Seconds()}, Memory: &m}, err
}

// open opens the index and asks a first question.
func (w *worker) open(ctx context.Context) (result, error) {
	var err error
	if w.before, err = memoryNow(); err != nil {
		return result{}, err
	}
	o := w.first()
	q := o.questions(1)[0]
	begun := time.Now()
	if w.x, err = w.engine.open(ctx, w.dir); err != nil {
		return result{}, err
	}
	if _, _, err = o.ask(ctx, w.x, q); err != nil {
		return result{}, err
	}
	return result{Seconds: []float64{time.Since(begun).Seconds()}}, nil
}

// first is what an engine is asked first: all that it can.
func (w *worker) first() op {
	return op{words: w.engine.words, near: w.engine.near}
}

// ask asks the questions of an op once each.
func (w *worker) ask(ctx context.Context, j job) (r result, err error) {
	o := ops[j.Op]
	for _, q := range o.questions(j.Questions) {
		begun := time.Now()
		words, near, err := o.ask(ctx, w.x, q)
		if err != nil {
			return r, fmt.Errorf("%s: %s: %w", w.engine.name, o.name, err)
		}
		if r.Seconds = append(r.Seconds, time.Since(begun).Seconds()); j.Do == "hits" {
			r.Hits = append(r.Hits, found{words, near})
		}
	}
	return r, nil
}

// memory is what the process holds beyond what it held before it opened the
// index.
func (w *worker) memory() (result, error) {
	m, err := memoryNow()
	m.Own, m.Mapped = m.Own-w.before.Own, m.Mapped-w.before.Mapped
	return result{Memory: &m}, err
}

// grade marks what another engine found.
func (w *worker) grade(j job) (result, error) {
	if w.oracle == nil {
		return result{}, errors.New("nothing was computed to grade by")
	}
	o, m := ops[j.Op], marks{}
	for i, q := range o.questions(j.Questions) {
		add(w.oracle, &m, o, q, j.Hits[i])
	}
	return result{Marks: &m}, nil
}

// add marks what one question found.
func add(judge *oracle, m *marks, o op, q question, h found) {
	if o.words {
		right, of := grade(judge.byWords(q), h.Words)
		m.Words, m.WordsOf = m.Words+right, m.WordsOf+of
	}
	if o.near {
		right, of := grade(judge.byVector(q), h.Near)
		m.Near, m.NearOf = m.Near+right, m.NearOf+of
	}
	m.Outside += len(h.Words) + len(h.Near) - judge.under(q, h.Words) - judge.under(q, h.Near)
}

// stdio runs a worker on the standard streams.
func stdio(ctx context.Context, args []string) error {
	return runWorker(ctx, args, os.Stdin, os.Stdout)
}
