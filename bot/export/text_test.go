package export

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"github.com/everycategory/advocate/bot"
)

var update = flag.Bool("update", false, "rewrite what the samples are as Markdown and text")

// TestGolden compares the samples with what was read and found good.
func TestGolden(t *testing.T) {
	t.Parallel()
	const name = "testdata/golden.txtar"
	a := &txtar.Archive{Comment: []byte("The samples as Markdown and as plain text. -update rewrites it.\n\n")}
	for _, s := range []string{"letter", "odd", "testimony", "handout"} {
		d := samples()[s]
		for _, f := range []Format{Markdown, Text} {
			a.Files = append(a.Files, txtar.File{Name: s + f.Ext(), Data: write(t, d, f)})
		}
	}
	if *update {
		if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if len(want.Files) != len(a.Files) {
		t.Fatalf("%d files, want %d", len(a.Files), len(want.Files))
	}
	for i, w := range want.Files {
		if got := a.Files[i]; got.Name != w.Name || string(got.Data) != string(w.Data) {
			t.Errorf("%s:\n%s\nwant:\n%s", got.Name, got.Data, w.Data)
		}
	}
}

// TestText finds every word in plain text, in its order and with its marks,
// and no line too long but for a word that is.
func TestText(t *testing.T) {
	t.Parallel()
	for _, d := range samples() {
		checkText(t, d)
	}
	eachRandom(t, checkText)
}

func checkText(t *testing.T, d *bot.Document) {
	t.Helper()
	got := string(write(t, d, Text))
	cited := citedNotes(d)
	var want strings.Builder
	place := 0
	kind := bot.BlockKind("")
	for _, e := range expect(d) {
		if place++; e.kind != kind {
			place, kind = 1, e.kind
		}
		switch e.kind {
		case bot.Item:
			want.WriteString("-")
		case bot.Numbered, anEnclosure:
			fmt.Fprintf(&want, "%d.", place)
		}
		want.WriteString(e.remark(cited, func(numbers []int) string {
			s := ""
			for _, n := range numbers {
				s += fmt.Sprintf("[%d]", n)
			}
			return s
		}))
	}
	if len(cited) > 0 {
		want.WriteString("Notes")
	}
	for i, n := range cited {
		fmt.Fprintf(&want, "[%d]%s", i+1, squeezed(noteText(n)))
	}
	if squeezed(got) != want.String() {
		t.Error(differ(squeezed(got), want.String()))
	}
	for l := range strings.SplitSeq(got, "\n") {
		if strings.HasSuffix(l, " ") || utf8.RuneCountInString(l) > columns && len(strings.FieldsFunc(l, breaksLine)) > 2 {
			t.Errorf("line %q", l)
		}
	}
	if strings.Contains(got, "\n\n\n\n") {
		t.Error("empty lines follow each other")
	}
}
