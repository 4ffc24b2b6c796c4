package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/corpus/files"
)

// TestMain lets the test binary be the program that reads PDF files.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "pdf-worker" {
		if err := files.PDFWorker(context.Background(), os.Stdin, os.Stdout, os.Args[2]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func TestFormatOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		want Format
		say  string
	}{
		{"letter.docx", DOCX, ""},
		{"a/b.c/letter.PDF", PDF, ""},
		{"letter.md", Markdown, ""},
		{"letter.txt", Text, ""},
		{"letter", "", `"letter" has no ending`},
		{"letter.doc", "", `"letter.doc" ends in .doc, which is not written: use .docx`},
		{"", "", "has no ending"},
	} {
		got, err := FormatOf(c.name)
		if got != c.want || (err == nil) != (c.say == "") || err != nil && !strings.Contains(err.Error(), c.say) {
			t.Errorf("FormatOf(%q) = %q, %v", c.name, got, err)
		}
		if err == nil && (got.Ext() != "."+string(c.want) || got.MediaType() == Format("x").MediaType()) {
			t.Errorf("%s: ending %s, type %s", c.name, got.Ext(), got.MediaType())
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	t.Parallel()
	ok := &bot.Document{}
	for _, c := range []struct {
		name string
		d    *bot.Document
		f    Format
		say  string
	}{
		{"no format", ok, "", "no format"},
		{"another format", ok, "odt", `no format "odt"`},
		{"no document", nil, DOCX, "no document"},
		{"a mark without a note", &bot.Document{Blocks: []bot.Block{of(bot.Paragraph), of(bot.Paragraph, say("x", 2))}, Notes: []bot.Note{{N: 1}}}, PDF, "block 2: it has the mark of note 2"},
		{"an unknown block", &bot.Document{Blocks: []bot.Block{of("table", say("x"))}}, Text, `kind "table"`},
	} {
		var b bytes.Buffer
		err := Write(&b, c.d, c.f)
		if err == nil || !strings.Contains(err.Error(), c.say) || b.Len() > 0 {
			t.Errorf("%s: %v, %d bytes", c.name, err, b.Len())
		}
	}
	full := errors.New("full")
	if err := Write(failing{full}, letter(), Text); !errors.Is(err, full) {
		t.Errorf("a writer that fails: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// TestSameBytes writes documents again, at the same time, and in between
// others.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	for _, f := range Formats() {
		for name, d := range samples() {
			want := write(t, d, f)
			var wait sync.WaitGroup
			for range 4 {
				wait.Go(func() {
					var b bytes.Buffer
					if err := Write(&b, d, f); err != nil || !bytes.Equal(b.Bytes(), want) {
						t.Errorf("%s as %s: other bytes (%v)", name, f, err)
					}
				})
			}
			wait.Wait()
		}
	}
}

// TestEmpty writes documents with nothing in them.
func TestEmpty(t *testing.T) {
	t.Parallel()
	for _, d := range []*bot.Document{
		{},
		{Blocks: []bot.Block{of(bot.Paragraph, say(" \n\u200b")), of(bot.Item)}, Enclosures: []string{" "}, Notes: []bot.Note{{N: 1, Text: "unmarked"}}},
	} {
		for _, f := range Formats() {
			data := write(t, d, f)
			if text := f == Markdown || f == Text; text != (len(data) == 0) {
				t.Errorf("%s: %d bytes: %q", f, len(data), data)
			}
		}
		if got := read(t, write(t, d, DOCX)); len(got.paragraphs) != 1 || got.paragraphs[0].text != "" {
			t.Errorf("paragraphs %+v", got.paragraphs)
		}
	}
}
