package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// An indexRow is what was measured of one engine at one size.
type indexRow struct {
	Engine     string              `json:"engine"`
	Passages   int                 `json:"passages"`
	Fill       float64             `json:"fill_seconds"`
	FillPeak   int64               `json:"fill_peak_bytes"`
	Disk       int64               `json:"disk_bytes"`
	Files      int                 `json:"files"`
	Open       float64             `json:"open_seconds"` // to the first answer, the file in the system's cache
	Own        int64               `json:"own_bytes"`
	Mapped     int64               `json:"mapped_bytes"`
	Ops        map[string]opFigure `json:"ops"`
	SameWords  float64             `json:"same_words,omitempty"`   // share of the exact ten best by words
	SameRarer  float64             `json:"same_rarer,omitempty"`   // of rarer words
	SameVector float64             `json:"same_vectors,omitempty"` // by vectors
}

// An opFigure is of one op, over all rounds and questions.
type opFigure struct {
	Median float64 `json:"median_seconds"`
	P95    float64 `json:"p95_seconds"`
	N      int     `json:"n"`
	// Times is the engine's median over ours, of the same rounds.
	Times float64 `json:"times_ours"`
}

// pair is the row of bleve and chromem-go together, which do in turn what
// the others do in one.
const pair = "bleve and chromem-go"

// indexes measures all engines at one size. Their rounds take turns, so that
// what else the machine does falls on all of them.
func (b *bench) indexes(ctx context.Context, size int) ([]indexRow, error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	rows := map[string]*indexRow{}
	for _, e := range engines() {
		b.say("%d passages: filling %s", size, e.name)
		if rows[e.name], err = fillOne(ctx, e, filepath.Join(dir, e.name), size); err != nil {
			return nil, err
		}
	}
	workers, err := b.openAll(ctx, dir, size, rows)
	defer func() {
		for _, w := range workers {
			w.stop()
		}
	}()
	if err != nil {
		return nil, err
	}
	b.say("%d passages: checking that all find the same", size)
	if err := b.check(ctx, workers, size, rows); err != nil {
		return nil, err
	}
	times, err := b.rounds(workers, size)
	if err != nil {
		return nil, err
	}
	return indexRows(workers, rows, times)
}

func fillOne(ctx context.Context, e engine, dir string, size int) (*indexRow, error) {
	w, err := start(ctx, e, dir, size)
	if err != nil {
		return nil, err
	}
	r, err := w.do(job{Do: "fill"})
	if stopped := w.stop(); err == nil {
		err = stopped
	}
	if err != nil {
		return nil, err
	}
	row := &indexRow{Engine: e.name, Passages: size, Fill: r.Seconds[0], FillPeak: r.Memory.Peak, Ops: map[string]opFigure{}}
	row.Disk, row.Files, err = onDisk(dir)
	return row, err
}

// onDisk adds up the files in dir.
func onDisk(dir string) (bytes int64, files int, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			bytes, files = bytes+info.Size(), files+1
		}
		return err
	})
	return bytes, files, err
}

// openAll starts a worker for each engine and opens its index. Those that
// started are returned with an error too.
func (b *bench) openAll(ctx context.Context, dir string, size int, rows map[string]*indexRow) (workers []*process, err error) {
	for _, e := range engines() {
		b.say("%d passages: opening %s", size, e.name)
		w, err := start(ctx, e, filepath.Join(dir, e.name), size)
		if err != nil {
			return workers, err
		}
		workers = append(workers, w)
		r, err := w.do(job{Do: "open"})
		if err != nil {
			return workers, err
		}
		rows[e.name].Open = r.Seconds[0]
	}
	return workers, nil
}

// check has every engine's hits graded by exact scores, before anything is
// timed. An engine whose vectors are not exact, or whose ten best by rarer
// words share less than half with the exact ones, is doing something else,
// and that is an error; so is a hit that the filter excludes.
func (b *bench) check(ctx context.Context, workers []*process, size int, rows map[string]*indexRow) error {
	judge, err := start(ctx, exact(), os.TempDir(), size)
	if err != nil {
		return err
	}
	defer judge.stop()
	if _, err := judge.do(job{Do: "fill"}); err != nil {
		return err
	}
	for _, w := range workers {
		for i, o := range ops {
			if !w.engine.can(o) {
				continue
			}
			r, err := w.do(job{Do: "hits", Op: i, Questions: b.questions})
			if err != nil {
				return err
			}
			if r, err = judge.do(job{Do: "grade", Op: i, Questions: b.questions, Hits: r.Hits}); err != nil {
				return err
			}
			if err := rows[w.engine.name].note(o, *r.Marks); err != nil {
				return err
			}
		}
	}
	return nil
}

// note keeps what an engine's hits are worth.
func (row *indexRow) note(o op, m marks) error {
	words, near := share(m.Words, m.WordsOf), share(m.Near, m.NearOf)
	switch {
	case m.Outside > 0:
		return fmt.Errorf("%s: %s: %d hits are not under the filter", row.Engine, o.name, m.Outside)
	case o.near && near < 1:
		return fmt.Errorf("%s: %s: only %.3f of the nearest vectors are found, and all should be", row.Engine, o.name, near)
	case o.words && o.rarer && words < .5:
		return fmt.Errorf("%s: %s: only %.3f of the exact ten best by words are found: it ranks by something else", row.Engine, o.name, words)
	case o.words && row.Engine == ours().name && words < 1:
		return fmt.Errorf("%s: %s: only %.3f of the exact ten best by words are found, and all should be", row.Engine, o.name, words)
	}
	switch {
	case o.near && !o.words:
		row.SameVector = near
	case o.rarer:
		row.SameRarer = words
	case !o.near:
		row.SameWords = words
	}
	return nil
}

func share(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}

// timesOf are seconds by engine and op, the same question of the same round
// at the same place.
type timesOf map[string]map[string][]float64

// rounds times all. The order of the engines turns with each round.
func (b *bench) rounds(workers []*process, size int) (timesOf, error) {
	times := timesOf{}
	for round := -1; round < b.turns; round++ { // the first warms, and is not counted
		b.say("%d passages: round %d of %d", size, max(0, round+1), b.turns)
		for i, o := range ops {
			for n := range workers {
				w := workers[(n+max(0, round))%len(workers)]
				if !w.engine.can(o) {
					continue
				}
				r, err := w.do(job{Do: "time", Op: i, Questions: b.questions})
				if err != nil {
					return nil, err
				}
				if round < 0 {
					continue
				}
				if times[w.engine.name] == nil {
					times[w.engine.name] = map[string][]float64{}
				}
				times[w.engine.name][o.name] = append(times[w.engine.name][o.name], r.Seconds...)
			}
		}
	}
	return times, nil
}

// indexRows sums up.
func indexRows(workers []*process, rows map[string]*indexRow, times timesOf) ([]indexRow, error) {
	var out []indexRow
	for _, w := range workers {
		r, err := w.do(job{Do: "memory"})
		if err != nil {
			return nil, err
		}
		row := rows[w.engine.name]
		row.Own, row.Mapped = r.Memory.Own, r.Memory.Mapped
		out = append(out, *row)
	}
	out = append(out, together(rows["bleve"], rows["chromem-go"]))
	words, near := times["bleve"]["words"], times["chromem-go"]["vectors"]
	both := make([]float64, len(words))
	for i := range words {
		both[i] = words[i] + near[i]
	}
	times[pair] = map[string][]float64{"both": both}
	for i, row := range out {
		for name, all := range times[row.Engine] {
			f := opFigure{Median: quantile(all, .5), P95: quantile(all, .95), N: len(all)}
			f.Times = f.Median / quantile(times[ours().name][name], .5)
			out[i].Ops[name] = f
		}
	}
	return out, nil
}

// together is what two engines need, one beside the other.
func together(a, b *indexRow) indexRow {
	return indexRow{Engine: pair, Passages: a.Passages, Fill: a.Fill + b.Fill, FillPeak: max(a.FillPeak, b.FillPeak),
		Disk: a.Disk + b.Disk, Files: a.Files + b.Files, Open: a.Open + b.Open, Own: a.Own + b.Own, Mapped: a.Mapped + b.Mapped,
		Ops: map[string]opFigure{}, SameWords: a.SameWords, SameRarer: a.SameRarer, SameVector: b.SameVector}
}

// quantile is the value that a share of all are at or below; 0 of none.
func quantile(all []float64, share float64) float64 {
	if len(all) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(all))
	return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
}

// sizeOf reads "10k" or "500".
func sizeOf(s string) (int, error) {
	digits, factor := s, 1
	if len(s) > 1 && s[len(s)-1] == 'k' {
		digits, factor = s[:len(s)-1], 1000
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || n > 1_000_000/factor {
		return 0, fmt.Errorf("size %q: want a number of passages such as 500 or 10k, at most 1000k", s)
	}
	return n * factor, nil
}
