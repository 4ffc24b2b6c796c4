package local

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/everycategory/advocate/retrieval"
)

// These, in the environment of a test binary, make it a writer that works on
// the file until it is killed, with ids that end in the name.
const (
	crashFile = "TEST_WRITE_UNTIL_KILLED"
	crashName = "TEST_WRITE_NAME"
)

func TestMain(m *testing.M) {
	if file := os.Getenv(crashFile); file != "" {
		fmt.Fprintln(os.Stderr, writeUntilKilled(file, os.Getenv(crashName)))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeUntilKilled puts pairs of documents, and prints what their ids end in
// once Put has returned.
func writeUntilKilled(file, name string) error {
	ctx := context.Background()
	x, err := Open(ctx, file, nil, Options{})
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		end := fmt.Sprint(n, "-", name)
		if err := x.Put(ctx, []retrieval.Document{doc("a"+end, "kidney"), doc("b"+end, "ledger")}); err != nil {
			return err
		}
		fmt.Println(end)
	}
}

// TestKilled kills writers amid their work, two at a time on one file. What
// was acknowledged is there, and nothing is there by half.
func TestKilled(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "index.db")
	acknowledged := map[string]bool{}
	const rounds = 3 * scale
	for round := range rounds {
		var ends [2][]string
		var writers sync.WaitGroup
		for w := range ends {
			writers.Go(func() {
				r := rand.New(rand.NewPCG(uint64(round), uint64(w)))
				ends[w] = writeAndKill(t, file, fmt.Sprint(round, "-", w), 1+r.IntN(4), time.Duration(r.IntN(6000))*time.Microsecond)
			})
		}
		writers.Wait()
		for _, end := range slices.Concat(ends[0], ends[1]) {
			acknowledged[end] = true
		}
		checkPairs(t, file, acknowledged, rounds*len(ends))
	}
}

// writeAndKill starts a writer and kills it some time after it acknowledged
// a number of puts, which is at any moment of a later one: they take some
// milliseconds. It returns all that were acknowledged.
func writeAndKill(t *testing.T, file, name string, enough int, after time.Duration) (acknowledged []string) {
	w := exec.CommandContext(t.Context(), os.Args[0])
	w.Env = append(os.Environ(), crashFile+"="+file, crashName+"="+name)
	w.Stderr = os.Stderr
	out, err := w.StdoutPipe()
	if err == nil {
		err = w.Start()
	}
	if err != nil {
		t.Error(err)
		return nil
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		acknowledged = append(acknowledged, lines.Text())
		if len(acknowledged) == enough {
			defer time.AfterFunc(after, func() { w.Process.Kill() }).Stop()
		}
	}
	if err := w.Wait(); err == nil || w.ProcessState.ExitCode() == 1 || len(acknowledged) < enough {
		t.Errorf("a writer ended by itself: %v", err)
	}
	return acknowledged
}

// checkPairs checks what is there against what was acknowledged; each kill
// may have left one pair of which nobody heard.
func checkPairs(t *testing.T, file string, acknowledged map[string]bool, kills int) {
	t.Helper()
	x := open(t, file)
	defer x.Close()
	all, err := x.Sources(t.Context(), retrieval.Filter{Scopes: []string{"public"}})
	if err != nil {
		t.Fatal(err)
	}
	held := map[string]bool{}
	for _, s := range all {
		held[s.ID] = true
	}
	for end := range acknowledged {
		if !held["a"+end] || !held["b"+end] {
			t.Errorf("put %s was acknowledged and is gone", end)
		}
	}
	for id := range held {
		if !held["a"+id[1:]] || !held["b"+id[1:]] {
			t.Errorf("put %s is there by half", id[1:])
		}
	}
	if len(held)/2 > len(acknowledged)+kills {
		t.Errorf("%d puts are there of %d acknowledged", len(held)/2, len(acknowledged))
	}
}
