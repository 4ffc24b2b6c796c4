package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
)

// A process is a worker that runs.
type process struct {
	engine  engine
	size    int
	cmd     *exec.Cmd
	in      io.WriteCloser
	jobs    *json.Encoder
	results *json.Decoder
}

// start starts a worker. The caller stops it.
func start(ctx context.Context, e engine, dir string, size int) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, workerArg, e.name, dir, strconv.Itoa(size))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &process{e, size, cmd, in, json.NewEncoder(in), json.NewDecoder(out)}, cmd.Start()
}

// do gives the worker a job and waits for what comes of it.
func (p *process) do(j job) (result, error) {
	var r result
	if err := p.jobs.Encode(j); err != nil {
		return r, fmt.Errorf("%s: %s: %w", p.engine.name, j.Do, err)
	}
	if err := p.results.Decode(&r); err != nil {
		return r, fmt.Errorf("%s: %s: the process ended: %w", p.engine.name, j.Do, err)
	}
	if r.Error != "" {
		return r, fmt.Errorf("%s: %s: %s", p.engine.name, j.Do, r.Error)
	}
	return r, nil
}

// stop ends the worker.
func (p *process) stop() error { return errors.Join(p.in.Close(), p.cmd.Wait()) }
