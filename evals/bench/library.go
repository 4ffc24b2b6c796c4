package main

import (
	"context"
	"errors"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/en" // the analyzer of the library

	"github.com/everycategory/advocate/corpus"
)

// The passages of the shipped library, as rivals would keep them.

// libraryFTS writes them into a full-text table.
func libraryFTS(ctx context.Context, file string, c *corpus.Catalog) error {
	db, err := openSQLite(ctx, "sqlite", file)
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "CREATE VIRTUAL TABLE library USING fts5(title, body, tokenize = 'porter unicode61')"); err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, s := range c.Sources {
		for _, p := range s.Passages {
			if _, err := tx.ExecContext(ctx, "INSERT INTO library VALUES (?, ?)", s.Title, p.Text); err != nil {
				return err
			}
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	for _, s := range []string{"INSERT INTO library(library) VALUES ('optimize')", "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode = DELETE"} {
		if _, err := db.ExecContext(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// libraryBleve writes them into a bleve index.
func libraryBleve(ctx context.Context, dir string, c *corpus.Catalog) error {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = "en"
	x, err := bleve.New(dir, m)
	if err != nil {
		return err
	}
	b := x.NewBatch()
	for _, s := range c.Sources {
		for _, p := range s.Passages {
			err = errors.Join(err, b.Index(strconv.Itoa(b.Size()), map[string]any{"title": s.Title, "body": p.Text}))
		}
	}
	if err = errors.Join(err, ctx.Err()); err == nil {
		err = x.Batch(b)
	}
	return errors.Join(err, x.Close())
}
