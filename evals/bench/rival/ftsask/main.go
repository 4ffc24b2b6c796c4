// Command ftsask is what somebody would write in the place of 'advocate
// search': it opens a file with a full-text table and prints ten hits.
package main

import (
	"database/sql"
	"fmt"
	"os"
	"strings"
	"unicode"

	_ "modernc.org/sqlite" // the driver

	"github.com/everycategory/advocate/evals/bench/rival"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: ftsask FILE QUESTION")
		os.Exit(2)
	}
	if err := ask(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "ftsask:", err)
		os.Exit(1)
	}
	rival.Peak(os.Stderr)
}

func ask(file, question string) error {
	db, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
	if err != nil {
		return err
	}
	defer db.Close()
	words := strings.FieldsFunc(question, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	rows, err := db.Query("SELECT title, body FROM library WHERE library MATCH ? ORDER BY bm25(library) LIMIT 10", `"`+strings.Join(words, `" OR "`)+`"`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for n := 1; rows.Next(); n++ {
		var title, body string
		if err := rows.Scan(&title, &body); err != nil {
			return err
		}
		fmt.Printf("%d. %s\n   %s\n", n, title, body)
	}
	return rows.Err()
}
