package local

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/everycategory/advocate/retrieval"
)

// crashFile, in the environment of a test binary, makes it a writer that
// works on the file until it is killed.
const crashFile = "TEST_WRITE_UNTIL_KILLED"

func TestMain(m *testing.M) {
	if file := os.Getenv(crashFile); file != "" {
		fmt.Fprintln(os.Stderr, writeUntilKilled(file))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeUntilKilled puts pairs of documents, and prints the number of each
// once Put has returned.
func writeUntilKilled(file string) error {
	ctx := context.Background()
	x, err := Open(ctx, file, nil, Options{})
	if err != nil {
		return err
	}
	info, err := x.Info(ctx)
	if err != nil {
		return err
	}
	for n := info.Sources; ; n++ {
		if err := x.Put(ctx, []retrieval.Document{doc(fmt.Sprint("a", n), "kidney"), doc(fmt.Sprint("b", n), "ledger")}); err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// TestKilled kills writers amid their work. What was acknowledged is there,
// and nothing is there by half.
func TestKilled(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "index.db")
	r := rand.New(rand.NewPCG(5, 6))
	acknowledged := map[string]bool{}
	for range 4 * scale {
		w := exec.CommandContext(t.Context(), os.Args[0])
		w.Env = append(os.Environ(), crashFile+"="+file)
		w.Stderr = os.Stderr
		out, err := w.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for enough := 1 + r.IntN(4); enough > 0 && lines.Scan(); enough-- {
			acknowledged[lines.Text()] = true
		}
		// At some moment of the next Put, which takes some milliseconds.
		kill := time.AfterFunc(time.Duration(r.IntN(6000))*time.Microsecond, func() { w.Process.Kill() })
		for lines.Scan() {
			acknowledged[lines.Text()] = true
		}
		kill.Stop()
		if err := w.Wait(); err == nil || w.ProcessState.ExitCode() == 1 {
			t.Fatalf("the writer ended by itself: %v", err)
		}
		checkPairs(t, file, acknowledged)
	}
	if len(acknowledged) == 0 {
		t.Error("nothing was acknowledged")
	}
}

func checkPairs(t *testing.T, file string, acknowledged map[string]bool) {
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
	for n := range acknowledged {
		if !held["a"+n] || !held["b"+n] {
			t.Errorf("put %s was acknowledged and is gone", n)
		}
	}
	for id := range held {
		if !held["a"+id[1:]] || !held["b"+id[1:]] {
			t.Errorf("put %s is there by half", id[1:])
		}
	}
	if len(held)/2 > len(acknowledged)+4*scale {
		t.Errorf("%d puts are there of %d acknowledged", len(held)/2, len(acknowledged))
	}
}
