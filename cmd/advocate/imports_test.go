package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/everycategory/advocate/"

// levels is the table of the house: a package imports lower levels only,
// its tests too. A package that is not listed fails the test.
var levels = map[string]int{
	"corpus/citation": 0, "bot/phi": 0, "bot/phi/phitest": 0, "bot/ledger": 0,
	"bot/ledger/ledgertest": 1, "corpus": 1,
	"corpus/library": 2, "corpus/files": 2, "corpus/official": 2, "prompts": 2, "retrieval": 2,
	"bot/cite": 2, "bot/cite/citetest": 3, "bot/coverage": 2, "bot/clinical": 2,
	"retrieval/local": 3, "retrieval/qdrant": 3, "retrieval/embed": 3, "retrieval/remote": 3,
	"retrieval/retrievaltest": 3, "retrieval/qdrant/qdranttest": 3, "bot/denial": 3,
	"bot": 4, "bot/chat": 5,
	"bot/model": 5, "bot/model/modeltest": 5, "bot/export": 5, "bot/web": 5, "bot/chat/layout": 6, "bot/chat/chattest": 6,
	"bot/slack": 7, "bot/slack/slacktest": 7, "bot/discord": 7, "bot/discord/discordtest": 7,
	"evals": 8, "evals/trust": 9,
	"cmd/advocate":      10,
	"evals/bench/rival": 0, "evals/bench": 10, "evals/bench/rival/ftsask": 10, "evals/bench/rival/bleveask": 10, // a module of their own
}

func TestImportsGoDown(t *testing.T) {
	t.Parallel()
	eachGoFile(t, func(file string) {
		pkg := path.Dir(file)
		level, ok := levels[pkg]
		if !ok {
			t.Errorf("%s: package %s is not in the table of the house", file, pkg)
			return
		}
		for _, imp := range imports(t, file) {
			to, ours := strings.CutPrefix(imp, module)
			if !ours {
				continue
			}
			suite := strings.HasSuffix(to, "test") && strings.HasSuffix(file, "_test.go")
			if strings.HasSuffix(to, "test") && !suite && !strings.HasSuffix(pkg, "test") && pkg != "evals/trust" { // it measures
				t.Errorf("%s imports %s, which is for tests only", file, to)
			}
			if to != pkg && levels[to] >= level && !suite {
				t.Errorf("%s: level %d imports %s of level %d", file, level, to, levels[to])
			}
		}
	})
}

func TestOnlyTestsImportTesting(t *testing.T) {
	t.Parallel()
	eachGoFile(t, func(file string) {
		if strings.HasSuffix(file, "_test.go") || strings.HasSuffix(path.Dir(file), "test") {
			return
		}
		if slices.Contains(imports(t, file), "testing") {
			t.Errorf("%s imports testing", file)
		}
	})
}

func TestTopLevelIsFixed(t *testing.T) {
	t.Parallel()
	fixed := []string{"LICENSE", "NOTICE", "README.md", "bot", "cmd", "corpus", "deploy", "evals", "go.mod", "go.sum", "prompts", "retrieval"}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(fixed, e.Name()) {
			t.Errorf("%s stands at the top level", e.Name())
		}
	}
}

// root is the repository's, from this package's folder.
const root = "../.."

func eachGoFile(t *testing.T, do func(file string)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if path.Ext(name) == ".go" {
			do(name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func imports(t *testing.T, file string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, imp := range f.Imports {
		p, err := strconv.Unquote(imp.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	return out
}
