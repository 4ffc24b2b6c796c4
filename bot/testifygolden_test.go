package bot_test

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/everycategory/advocate/bot"
)

var updateTestimony = flag.Bool("update-testimony", false, "rewrite testdata/testify")

// TestGoldenTestimony reads testdata/testify: each archive is a request and
// what comes of it.
func TestGoldenTestimony(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/testify/*.txtar")
	if err != nil || len(files) < 6 {
		t.Fatalf("%d archives, %v", len(files), err)
	}
	as := speaker(t)
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r := bot.TestifyRequest{}
		for _, f := range ar.Files {
			text := strings.TrimSpace(string(f.Data))
			switch f.Name {
			case "request":
				r = requestOf(t, text)
			case "about":
				r.About = text
			case "story":
				r.Story = text
			}
		}
		out, err := as.Testify(t.Context(), r)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		got := out.Render(bot.Plain)
		keep := ar.Files[:0]
		want := ""
		for _, f := range ar.Files {
			if f.Name == "testimony" {
				want = string(f.Data)
				continue
			}
			keep = append(keep, f)
		}
		ar.Files = append(keep, txtar.File{Name: "testimony", Data: []byte(got)})
		if *updateTestimony {
			if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if got != want {
			t.Errorf("%s differs: run go test ./bot -run %s -update-testimony and read the difference", file, t.Name())
		}
	}
}

// requestOf reads "field: value" lines.
func requestOf(t *testing.T, text string) bot.TestifyRequest {
	t.Helper()
	var r bot.TestifyRequest
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch name {
		case "state":
			r.State = value
		case "bill":
			r.Bill = value
		case "position":
			r.Position = value
		case "committee":
			r.Committee = value
		case "audience":
			r.Audience = value
		case "speaker":
			r.Speaker = value
		case "topic":
			r.Topic = value
		case "minutes":
			n, err := strconv.ParseFloat(value, 64)
			if err != nil {
				t.Fatal(err)
			}
			r.Minutes = n
		default:
			t.Fatalf("no field is called %q", name)
		}
	}
	return r
}
