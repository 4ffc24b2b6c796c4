// Package library holds what ships inside the binary: digests as Markdown
// with front matter, cards, corrections, coverage rules and the thesaurus
// as YAML. All of it can be edited without Go; its tests say what is wrong.
package library

import (
	"embed"
	"io/fs"
)

//go:embed */*.md */*.yaml clinical/icd10cm.tsv thesaurus.yaml safety.yaml
var files embed.FS

// FS returns the library's files.
func FS() fs.FS { return files }
