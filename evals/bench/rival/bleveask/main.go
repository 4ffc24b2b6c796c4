// Command bleveask is what somebody would write in the place of 'advocate
// search': it opens a bleve index and prints ten hits.
package main

import (
	"fmt"
	"os"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/en" // the index's analyzer

	"github.com/everycategory/advocate/evals/bench/rival"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: bleveask FOLDER QUESTION")
		os.Exit(2)
	}
	if err := ask(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "bleveask:", err)
		os.Exit(1)
	}
	rival.Peak(os.Stderr)
}

func ask(folder, question string) error {
	x, err := bleve.OpenUsing(folder, map[string]any{"read_only": true})
	if err != nil {
		return err
	}
	defer x.Close()
	search := bleve.NewSearchRequestOptions(bleve.NewMatchQuery(question), 10, 0, false)
	search.Fields = []string{"title", "body"}
	res, err := x.Search(search)
	if err != nil {
		return err
	}
	for n, h := range res.Hits {
		fmt.Printf("%d. %v\n   %v\n", n+1, h.Fields["title"], h.Fields["body"])
	}
	return nil
}
