package files

// A blockKind says what a block is.
type blockKind uint8

const (
	prose   blockKind = iota
	heading           // with its level
	row               // of a table
	note              // a footnote
)

// maxLevel is the deepest level of a heading.
const maxLevel = 6

// A block is a piece of a document between two of its own joints.
type block struct {
	kind  blockKind
	level int // of a heading, from 1
	page  int // from 1; 0 where the format has no pages
	text  string
}

// content is what a reader makes of a file.
type content struct {
	format string // as people call it: "PDF", "DOCX"
	title  string // the document's own, or ""
	date   string // YYYY-MM-DD, or ""
	pages  int    // 0 where the format has none
	labels []string
	blocks []block
	doubts doubts
	drops  []string // running heads, each once
	tables int
}
