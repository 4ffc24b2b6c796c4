package local

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
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

// A row is a source as it lies in the file, not yet checked.
type row struct {
	key
	hash    digest
	dim     int
	text    []byte
	vectors []byte
}

// readRows reads all rows, decodes those that are not known, and checks the
// total.
func readRows(ctx context.Context, tx *sql.Tx, known func(key, digest) bool) (contents, error) {
	c := contents{hashes: map[key]digest{}}
	var fresh []row
	rows, err := tx.QueryContext(ctx, "SELECT scope, id, hash, dim, json, vectors FROM source")
	if err != nil {
		return c, damaged(err)
	}
	defer rows.Close()
	var sum total
	for rows.Next() {
		var r row
		var hash, text, vectors sql.RawBytes
		if err := rows.Scan(&r.scope, &r.id, &hash, &r.dim, &text, &vectors); err != nil {
			return c, damaged(err)
		}
		copy(r.hash[:], hash)
		c.hashes[r.key] = r.hash
		sum.add(r.hash)
		if !known(r.key, r.hash) {
			r.text, r.vectors = bytes.Clone(text), bytes.Clone(vectors)
			fresh = append(fresh, r)
		}
	}
	if err := rows.Err(); err != nil {
		return c, damaged(err)
	}
	var want []byte
	if err := tx.QueryRowContext(ctx, "SELECT sum FROM total").Scan(&want); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return c, damaged(err)
	}
	if string(want) != string(sum.bytes()) {
		return c, fmt.Errorf("%w: sources are missing or were added by another hand; put a copy in its place", ErrDamaged)
	}
	c.fresh = make([]document, len(fresh))
	return c, parallel(len(fresh), func(i int) (err error) {
		if c.fresh[i], err = decode(&fresh[i]); err != nil {
			return err
		}
		c.fresh[i].analyze()
		return ctx.Err()
	})
}
