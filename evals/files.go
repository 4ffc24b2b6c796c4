package evals

import (
	"embed"
	"io/fs"
)

//go:embed golden/*.txt cases/*.txt
var files embed.FS

// Golden are the golden questions, as they were when the program was built.
func Golden() fs.FS { return below("golden") }

// Cases are the scenarios, as they were when the program was built.
func Cases() fs.FS { return below("cases") }

func below(dir string) fs.FS {
	sub, err := fs.Sub(files, dir)
	if err != nil {
		return files // the name is one of two above
	}
	return sub
}
