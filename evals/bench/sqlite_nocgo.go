//go:build !cgo || !sqlite_fts5

package main

// more are the engines that need a C compiler; here there is none.
func more() []engine { return nil }
