package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/go-pdf/fpdf"
	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expected outputs of the scripts")

// TestMain lets scripts run the real program as the command advocate.
func TestMain(m *testing.M) {
	if os.Getenv(serveEnv) != "" {
		os.Unsetenv(serveEnv)
		os.Args = []string{"advocate", "serve", "--listen", "localhost:0"}
		main()
	}
	testscript.Main(m, map[string]func(){"advocate": main})
}

func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", filepath.Join(e.WorkDir, "home"))
			return os.Mkdir(filepath.Join(e.WorkDir, "home"), 0o755)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exit":     exit,
			"repeat":   repeat,
			"binary":   binary,
			"narrow":   narrow,
			"pdf":      pdf,
			"compiled": compiled,
			"receipt":  receipt,
			"alter":    alter,
			"nowhere":  nowhere,
			"model":    languageModel,
			"qdrant":   startQdrant,
			"embedder": startEmbedder,
		},
	})
}

// exit CODE COMMAND… runs a command that must exit with that code.
func exit(ts *testscript.TestScript, neg bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		code = failed.ExitCode()
	} else {
		ts.Check(err)
	}
	if fmt.Sprint(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// binary FILE writes bytes that are no text.
func binary(ts *testscript.TestScript, neg bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte("MZ\x00\x01\xff\xfe\x02 massage"), 0o644))
}

// compiled lets the script's data directory use what PDFium was compiled to
// for other tests: compiling it takes seconds.
func compiled(ts *testscript.TestScript, neg bool, args []string) {
	shared := filepath.Join(os.TempDir(), "advocate-test-wazero")
	data := filepath.Join(ts.Getenv("HOME"), ".local", "share", "advocate")
	ts.Check(os.MkdirAll(shared, 0o700))
	ts.Check(os.MkdirAll(data, 0o700))
	ts.Check(os.Symlink(shared, filepath.Join(data, "pdfium")))
}

// pdf FILE TEXT… writes a PDF with a heading and a page for each TEXT.
func pdf(ts *testscript.TestScript, neg bool, args []string) {
	doc := fpdf.New("P", "pt", "Letter", "")
	for i, text := range args[1:] {
		doc.AddPage()
		doc.SetFont("Helvetica", "B", 16)
		doc.Text(72, 90, fmt.Sprintf("Sample part %d", i+1))
		doc.SetFont("Times", "", 11)
		doc.Text(72, 130, text)
	}
	ts.Check(doc.OutputFileAndClose(ts.MkAbs(args[0])))
}

// repeat FILE N TEXT writes TEXT N times.
func repeat(ts *testscript.TestScript, neg bool, args []string) {
	n := 0
	for _, r := range args[1] {
		n = n*10 + int(r-'0')
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(args[2], n)), 0o644))
}

// narrow FILE fails if a line of FILE is wider than 80 columns. A single
// word that is wider (an address) may stand alone.
func narrow(ts *testscript.TestScript, neg bool, args []string) {
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		line = strings.TrimRight(line, "\n")
		if len([]rune(line)) > defaultWidth && strings.Contains(strings.TrimLeft(line, " "), " ") {
			ts.Fatalf("wider than %d columns: %q", defaultWidth, line)
		}
	}
}

// receipt DIR puts the id of a receipt in DIR into $RECEIPT.
func receipt(ts *testscript.TestScript, neg bool, args []string) {
	names, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "r-*.json"))
	ts.Check(err)
	if len(names) == 0 {
		ts.Fatalf("no receipt in %s", args[0])
	}
	ts.Setenv("RECEIPT", strings.TrimSuffix(filepath.Base(names[0]), ".json"))
}

// alter FILE changes one word of it.
func alter(ts *testscript.TestScript, neg bool, args []string) {
	was := ts.ReadFile(args[0])
	now := strings.Replace(was, "may not", "may now", 1)
	if now == was {
		ts.Fatalf("%s does not say may not", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(now), 0o644))
}

// nowhere DIR WORD… fails if a file below DIR, or its name, holds a WORD.
func nowhere(ts *testscript.TestScript, neg bool, args []string) {
	files := 0
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		data, err := os.ReadFile(name)
		for _, word := range args[1:] {
			if strings.Contains(string(data), word) || strings.Contains(name, word) {
				ts.Fatalf("%s holds %q", name, word)
			}
		}
		return err
	}))
	ts.Logf("%d files", files)
}

// TestSettingsAreDocumented holds deploy/advocate.env and the program to
// the same settings.
func TestSettingsAreDocumented(t *testing.T) {
	t.Parallel()
	s, err := readSettings(nil)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(root, "deploy", "advocate.env"))
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		if name, _, ok := strings.Cut(strings.TrimPrefix(line, "#"), "="); ok && strings.HasPrefix(name, "ADVOCATE_") {
			documented[name] = true
		}
	}
	for _, x := range s.all() {
		if !documented[x.env] {
			t.Errorf("deploy/advocate.env does not name %s", x.env)
		}
		delete(documented, x.env)
	}
	for name := range documented {
		t.Errorf("deploy/advocate.env names %s, which is no setting", name)
	}
}

// TestReadmeCommandsRun runs what the README shows in its shell blocks: each
// 'go run ./cmd/advocate …' must exit as the README says, and print the
// answer that is pasted below it.
func TestReadmeCommandsRun(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, block := range strings.Split(string(data), "```")[1:] {
		command, pasted, _ := strings.Cut(strings.TrimPrefix(block, "console\n"), "\n")
		command, ok := strings.CutPrefix(command, "$ ")
		if !ok {
			continue
		}
		in := ""
		if echoed, piped, ok := strings.Cut(command, " | "); ok && strings.HasPrefix(echoed, "echo ") {
			command, in = piped, strings.Join(shellWords(echoed)[1:], " ")+"\n"
		}
		words := shellWords(command)
		if len(words) < 3 || words[0] != "go" || words[1] != "run" {
			continue
		}
		ran++
		var out, errs strings.Builder
		ctx, env, to := context.Background(), []string{"HOME=" + t.TempDir()}, io.Writer(&out)
		if words[3] == "serve" { // until it has said where
			var stop context.CancelFunc
			ctx, stop = context.WithCancel(ctx)
			defer stop()
			env, to = append(env, "ADVOCATE_LISTEN=localhost:0"), stopping{&out, stop}
		}
		code := run(ctx, words[3:], env, strings.NewReader(in), to, &errs)
		if code != exitDone {
			t.Errorf("%s: exit %d: %s", command, code, errs.String())
		}
		if want := strings.TrimSpace(pasted); want != "" && comparable(out.String()) != comparable(want) {
			t.Errorf("%s prints\n%s\nbut the README shows\n%s", command, out.String(), want)
		}
	}
	if ran == 0 {
		t.Error("the README shows no command that can be run")
	}
}

// stopping is a writer that calls stop once something was written.
type stopping struct {
	io.Writer
	stop func()
}

func (s stopping) Write(p []byte) (int, error) {
	defer s.stop()
	return s.Writer.Write(p)
}

// port is where a server listens, which the system chooses in a test.
var port = regexp.MustCompile(`localhost:\d+`)

// comparable blanks a server's port and the receipt's id, which differ from
// run to run.
func comparable(s string) string {
	s = port.ReplaceAllString(s, "localhost:8080")
	before, after, ok := strings.Cut(s, "receipt r-")
	if !ok {
		return strings.TrimSpace(s)
	}
	return strings.TrimSpace(before + strings.TrimLeft(after, "0123456789abcdef"))
}

// shellWords splits a command line at spaces, keeping "quoted words" whole.
func shellWords(line string) []string {
	var words []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			words = append(words, part)
		} else {
			words = append(words, strings.Fields(part)...)
		}
	}
	return words
}
