//go:build cgo && sqlite_fts5

package main

import (
	vec "github.com/asg017/sqlite-vec-go-bindings/cgo"
	_ "github.com/mattn/go-sqlite3" // the driver
)

// more are the engines that need a C compiler and SQLite's header.
func more() []engine {
	vec.Auto()
	return []engine{sqliteEngine("sqlite, cgo", "mattn/go-sqlite3, FTS5 and vec0, in C", "sqlite3")}
}
