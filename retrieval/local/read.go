package local

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/everycategory/advocate/retrieval"
)

// checkSchema refuses a file with any other table, column, index, trigger or
// view than those of schema: none of its SQL is ever run.
func checkSchema(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, "SELECT sql FROM sqlite_schema ORDER BY name")
	if err != nil {
		return damaged(err)
	}
	defer rows.Close()
	var got []string
	for rows.Next() {
		var text sql.NullString
		if err := rows.Scan(&text); err != nil {
			return damaged(err)
		}
		got = append(got, text.String)
	}
	if err := rows.Err(); err != nil {
		return damaged(err)
	}
	if strings.Join(got, ";") != strings.Join(schema, ";") {
		return fmt.Errorf("%w: its tables are not those of format %d", ErrForeign, version)
	}
	return nil
}

// contents are what a file holds.
type contents struct {
	layout layout
	fresh  []document // those that count of the segments that the reader did not know
}

// readSegments reads all segments, decodes those of which known has no
// entries, and checks the total. While one is decoded the next is read.
func readSegments(ctx context.Context, tx *sql.Tx, known func(int64, digest) []entry) (contents, error) {
	c := contents{layout: newLayout()}
	gone, err := readGone(ctx, tx)
	if err != nil {
		return c, err
	}
	type listed struct {
		n       int64
		hash    digest
		entries []entry
		docs    []document
		old     bool
	}
	var all []*listed
	rows, err := tx.QueryContext(ctx, "SELECT n, hash, analysis FROM segment ORDER BY n")
	if err != nil {
		return c, damaged(err)
	}
	defer rows.Close()
	for rows.Next() {
		var l listed
		var hash sql.RawBytes
		var analysis string
		if err := rows.Scan(&l.n, &hash, &analysis); err != nil {
			return c, damaged(err)
		}
		copy(l.hash[:], hash)
		l.old = analysis != retrieval.Analysis
		all = append(all, &l)
	}
	if err := rows.Err(); err != nil {
		return c, damaged(err)
	}
	var decoding errgroup.Group
	decoding.SetLimit(runtime.GOMAXPROCS(0))
	for _, l := range all {
		if l.entries = known(l.n, l.hash); l.entries != nil {
			continue
		}
		var g segment
		err := tx.QueryRowContext(ctx, "SELECT analysis, heads, words, vectors FROM segment WHERE n = ?", l.n).
			Scan(&g.analysis, &g.heads, &g.words, &g.vectors)
		if err != nil {
			decoding.Wait()
			return c, damaged(err)
		}
		decoding.Go(func() (err error) {
			if g.hash() != l.hash {
				return fmt.Errorf("%w: segment %d has changed since it was written; put a copy of the file in its place", ErrDamaged, l.n)
			}
			l.docs, err = g.documents()
			l.entries = g.entries
			return err
		})
	}
	if err := decoding.Wait(); err != nil {
		return c, err
	}
	var want []byte
	if err := tx.QueryRowContext(ctx, "SELECT sum FROM total").Scan(&want); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return c, damaged(err)
	}
	var sum total
	whole := true
	for _, l := range all {
		whole = c.layout.add(l.n, l.hash, l.entries, gone[l.n]) && whole
		c.layout.parts[l.n].old = l.old
		for _, e := range c.layout.live(l.n) {
			sum.Add(e.hash)
		}
		for i, d := range l.docs {
			if !gone[l.n][i] {
				c.fresh = append(c.fresh, d)
			}
		}
	}
	if !whole || string(want) != string(sum.Bytes()) {
		return c, fmt.Errorf("%w: sources are missing or were added by another hand; put a copy of the file in its place", ErrDamaged)
	}
	return c, ctx.Err()
}

func readGone(ctx context.Context, tx *sql.Tx) (map[int64]map[int]bool, error) {
	rows, err := tx.QueryContext(ctx, "SELECT segment, place FROM gone")
	if err != nil {
		return nil, damaged(err)
	}
	defer rows.Close()
	out := map[int64]map[int]bool{}
	for rows.Next() {
		var n int64
		var at int
		if err := rows.Scan(&n, &at); err != nil {
			return nil, damaged(err)
		}
		if out[n] == nil {
			out[n] = map[int]bool{}
		}
		out[n][at] = true
	}
	return out, damaged(rows.Err())
}
