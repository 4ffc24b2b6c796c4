package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/web"
)

// A process is the program serving.
type process struct {
	cmd  *exec.Cmd
	base string
	errs *strings.Builder
}

// start serves in a process of its own until the test ends.
func start(t *testing.T, env ...string) *process {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{cmd: exec.CommandContext(t.Context(), exe), errs: &strings.Builder{}}
	p.cmd.Env = append([]string{serveEnv + "=1", "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}, env...)
	p.cmd.Stderr = p.errs
	out, err := p.cmd.StdoutPipe()
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); p.base == "" && lines.Scan(); {
		p.base = regexp.MustCompile(`http://localhost:\d+`).FindString(lines.Text())
	}
	if p.base == "" {
		p.cmd.Wait()
		t.Fatalf("it did not say where it serves: %s", p.errs)
	}
	go io.Copy(io.Discard, out)
	t.Cleanup(func() {
		p.cmd.Process.Kill()
		p.cmd.Wait()
	})
	return p
}

// kill ends the process at once.
func (p *process) kill() { p.cmd.Process.Signal(syscall.SIGKILL) }

// A balancer asks one of several servers, and the next where one does not
// answer, as whatever balances load does.
type balancer struct {
	bases []string
	turn  atomic.Uint64
	again atomic.Int64 // how often another one was asked
}

func (b *balancer) ask(ctx context.Context, question string) (ans *bot.Answer, err error) {
	from := b.turn.Add(1)
	for i := range b.bases {
		c := &web.Client{Base: b.bases[(from+uint64(i))%uint64(len(b.bases))]}
		var refused *web.StatusError
		if ans, err = c.Ask(ctx, web.Ask{Question: question}); err == nil || errors.As(err, &refused) {
			return ans, err // an error that the server says is an answer that failed
		}
		b.again.Add(1)
	}
	return nil, err
}

// TestReplicasAreKilled: two processes answer, and two hold the index. Under
// load one of each is killed: no answer fails, and each is the same as before.
func TestReplicasAreKilled(t *testing.T) {
	t.Parallel()
	keys, key := filepath.Join(t.TempDir(), "keys"), filepath.Join(t.TempDir(), "key")
	for name, text := range map[string]string{keys: "bots:" + sampleKey + "\n", key: sampleKey + "\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var retrieval, bots []*process
	for range 2 {
		retrieval = append(retrieval, start(t, "ADVOCATE_ROLE=retrieval", "ADVOCATE_STORE=mem:", "ADVOCATE_KEYS_FILE="+keys))
	}
	for range 2 {
		bots = append(bots, start(t, "ADVOCATE_ROLE=bots", "ADVOCATE_RETRIEVAL_KEY_FILE="+key, "ADVOCATE_STORE=remote:"+retrieval[0].base+","+retrieval[1].base))
	}
	questions := goldenQuestions(t, 40)
	lb := &balancer{bases: []string{bots[0].base, bots[1].base}}
	want := map[string]string{}
	for _, q := range questions {
		ans, err := lb.ask(t.Context(), q)
		if err != nil {
			t.Fatalf("before anything is killed, %q: %v", q, err)
		}
		want[q] = sameAnswer(t, ans)
	}
	const asked = 240
	var n, failed, differ atomic.Int64
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for i := n.Add(1); i <= asked; i = n.Add(1) {
				switch i {
				case asked / 3:
					retrieval[0].kill()
				case 2 * asked / 3:
					bots[0].kill()
				}
				q := questions[int(i)%len(questions)]
				ans, err := lb.ask(t.Context(), q)
				if err != nil {
					failed.Add(1)
					t.Errorf("%q: %v", q, err)
				} else if sameAnswer(t, ans) != want[q] {
					differ.Add(1)
					t.Errorf("%q: now\n%s\nand before\n%s", q, sameAnswer(t, ans), want[q])
				}
			}
		})
	}
	all.Wait()
	t.Logf("%d questions to two bots over two retrieval replicas, one of each killed: %d failed, %d answered otherwise; the balancer asked another bot %d times",
		asked, failed.Load(), differ.Load(), lb.again.Load())
	if failed.Load()+differ.Load() > 0 || lb.again.Load() == 0 {
		t.Error("killing was not free, or nothing was killed")
	}
	for _, p := range []*process{retrieval[0], bots[0]} {
		if err := p.cmd.Wait(); err == nil || p.cmd.ProcessState.ExitCode() != -1 {
			t.Errorf("%s was not killed: %v", p.base, err)
		}
	}
	for _, p := range []*process{retrieval[1], bots[1]} {
		p.cmd.Process.Signal(syscall.SIGTERM)
		if err := p.cmd.Wait(); err != nil {
			t.Errorf("%s ended with %v", p.base, err)
		}
		if said := p.errs.String(); strings.Contains(said, questions[0]) || strings.Contains(said, sampleKey) {
			t.Errorf("%s logs a question or the key", p.base)
		}
	}
}
