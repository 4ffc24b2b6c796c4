package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/web"
)

// TestServe starts the program, asks it, and stops it with a signal while
// somebody is being answered: the answer comes whole, and the exit is clean.
func TestServe(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(ctx, exe)
	c.Env = append(os.Environ(), serveEnv+"=1", "HOME="+t.TempDir())
	var errs strings.Builder
	c.Stderr = &errs
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	base := ""
	for base == "" && lines.Scan() {
		base = regexp.MustCompile(`http://localhost:\d+`).FindString(lines.Text())
	}
	if base == "" {
		t.Fatalf("it did not say where it serves: %s", errs.String())
	}
	go io.Copy(io.Discard, out)
	client := &web.Client{Base: base}
	ans, err := client.Ask(ctx, web.Ask{Question: "can they refuse me because I'm an LMT?"})
	if err != nil || ans.Abstained || ans.ID == "" {
		t.Fatalf("%+v, %v", ans, err)
	}
	// A body that comes in two halves, with the signal between them.
	r, w := io.Pipe()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/v1/ask", r)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	go func() {
		io.WriteString(w, `{"question":"does Medicare`)
		time.Sleep(100 * time.Millisecond)
		c.Process.Signal(syscall.SIGTERM)
		time.Sleep(200 * time.Millisecond)
		io.WriteString(w, ` pay massage therapists?"}`)
		w.Close()
	}()
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatalf("stopped while answering: %v", err)
	}
	body, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil || res.StatusCode != http.StatusOK || !strings.Contains(string(body), `"claims"`) {
		t.Errorf("stopped while answering: status %d, %v, %.80s", res.StatusCode, err, body)
	}
	if err := c.Wait(); err != nil {
		t.Errorf("it ended with %v: %s", err, errs.String())
	}
	if strings.Contains(errs.String(), "Medicare") {
		t.Errorf("the log holds the question: %s", errs.String())
	}
}

// serveEnv makes the test binary serve.
const serveEnv = "TEST_SERVE"

// TestWhoSeesOwnDocuments: the machine's own documents are for who uses the
// machine, and for nobody who may come through a proxy or holds a key. Notes
// are taken from the same, and from others where agreements are signed.
func TestWhoSeesOwnDocuments(t *testing.T) {
	t.Parallel()
	keys := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(keys, []byte("office:sample-key-0123456789-0123456789\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		env     []string
		own     bool
		refused bool
	}{
		{nil, true, false},
		{[]string{"ADVOCATE_HOSTS=localhost, 127.0.0.1"}, true, false},
		{[]string{"ADVOCATE_OPEN=true"}, false, false},
		{[]string{"ADVOCATE_KEYS_FILE=" + keys}, false, false},
		{[]string{"ADVOCATE_HOSTS=advocate.example.org"}, false, true},
		{[]string{"ADVOCATE_HOSTS=advocate.example.org", "ADVOCATE_OPEN=true"}, false, false},
		{[]string{"ADVOCATE_HOSTS=advocate.example.org", "ADVOCATE_KEYS_FILE=" + keys}, false, false},
		{[]string{"ADVOCATE_LISTEN=0.0.0.0:8080"}, false, true},
		{[]string{"ADVOCATE_LISTEN=0.0.0.0:8080", "ADVOCATE_OPEN=true"}, false, false},
	} {
		s, err := readSettings(append([]string{"HOME=" + t.TempDir()}, c.env...))
		if err != nil {
			t.Fatal(err)
		}
		got, err := (&app{settings: s}).serving()
		if (err != nil) != c.refused {
			t.Errorf("%q: %v, refused: want %t", c.env, err, c.refused)
		}
		if own := err == nil && len(got.Own) > 0; own != c.own {
			t.Errorf("%q: own documents are served: %t, want %t", c.env, own, c.own)
		}
		if notes := err == nil && got.Notes; notes != c.own {
			t.Errorf("%q: notes are taken: %t, want %t", c.env, notes, c.own)
		}
		if s.agreements.Set("true"); err == nil {
			if got, err := (&app{settings: s}).serving(); err != nil || !got.Notes {
				t.Errorf("%q, with agreements: notes are taken: %t, %v", c.env, got.Notes, err)
			}
		}
	}
}

// TestWaiting: what takes long says what it is doing, and takes the line away;
// what is quick says nothing.
func TestWaiting(t *testing.T) {
	t.Parallel()
	var quick, slow strings.Builder
	progress, ready := waitingOn(&quick, time.Hour)
	progress("reading the note")
	ready()
	if quick.Len() > 0 {
		t.Errorf("it said %q", quick.String())
	}
	r, w := io.Pipe()
	progress, ready = waitingOn(w, 0)
	go func() {
		progress("reading the note")
		progress("writing")
		time.Sleep(50 * time.Millisecond)
		ready()
		progress("too late")
		w.Close()
	}()
	io.Copy(&slow, r)
	if got := slow.String(); !strings.Contains(got, "writing …") || !strings.HasSuffix(got, "\r\x1b[K") {
		t.Errorf("it said %q", got)
	}
}
