package local

import (
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

// readRows reads all rows, and of those that known does not report the
// content too.
func readRows(ctx context.Context, tx *sql.Tx, known func(key, digest) bool) (contents, error) {
	c := contents{hashes: map[key]digest{}}
	rows, err := tx.QueryContext(ctx, "SELECT scope, id, hash, dim, json, vectors FROM source")
	if err != nil {
		return c, damaged(err)
	}
	defer rows.Close()
	var sum total
	for rows.Next() {
		var k key
		var hash, text, vectors sql.RawBytes
		var dim int
		if err := rows.Scan(&k.scope, &k.id, &hash, &dim, &text, &vectors); err != nil {
			return c, damaged(err)
		}
		var d digest
		copy(d[:], hash)
		c.hashes[k] = d
		sum.add(d)
		if known(k, d) {
			continue
		}
		doc, err := decode(k, d, text, dim, vectors)
		if err != nil {
			return c, err
		}
		c.fresh = append(c.fresh, doc)
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
	return c, nil
}
