package bot

import (
	"slices"
	"strings"
)

// A Document is what is handed over: a letter, a testimony, a handout. It is
// plain data; bot/export writes it as DOCX, PDF, Markdown or plain text.
// Footnotes are in Notes, by the number their run carries. A Document is not
// modified after it is made.
type Document struct {
	Title      string    `json:"title"` // of the file, never printed
	Blocks     []Block   `json:"blocks"`
	Notes      []Note    `json:"notes"` // in order; Notes[i].N == i+1
	Enclosures []string  `json:"enclosures"`
	Exhibits   []Exhibit `json:"exhibits"` // after the enclosures, lettered A, B, …
	Closing    string    `json:"closing"`  // the role line, small, at the end of the letter; or ""
	// Large is for what is read aloud: type of 16 points instead of 12, in the
	// formats that have type.
	Large bool `json:"large,omitempty"`
}

// A BlockKind is what a block is in its document.
type BlockKind string

// The kinds of blocks.
const (
	Sender    BlockKind = "sender"    // one line of the letterhead
	Dateline  BlockKind = "dateline"  //
	Address   BlockKind = "address"   // one line of the recipient's address
	Reference BlockKind = "reference" // one line of what the letter is about: "Claim: …"
	Heading   BlockKind = "heading"
	Paragraph BlockKind = "paragraph"
	Quotation BlockKind = "quotation" // the other side's own words, set apart
	Item      BlockKind = "item"      // of a list; those that follow each other are one list
	Numbered  BlockKind = "numbered"  // of a numbered list
	Signature BlockKind = "signature" // one line of the signature
)

// A Block is a paragraph of a document.
type Block struct {
	Kind BlockKind `json:"kind"`
	Runs []Run     `json:"runs"`
}

// A Run is a piece of a block.
type Run struct {
	Text string `json:"text"`
	// Blank marks a placeholder that the writer has to fill, or an identifier
	// that was replaced; it is highlighted.
	Blank bool `json:"blank,omitempty"`
	// Notes are the footnotes whose marks stand behind the text.
	Notes []int `json:"notes,omitempty"`
}

// A Note is a footnote: the citation, with its official words where they are
// held, and its address.
type Note struct {
	N    int    `json:"n"`
	Text string `json:"text"`
	URL  string `json:"url"` // of the library alone; or ""
}

// An Exhibit is a cited provision as it is held.
type Exhibit struct {
	Cite   string   `json:"cite"`
	Title  string   `json:"title"`
	Status string   `json:"status"` // "official text, captured 2026-07-18" or "digest in our words, as of 2022"
	Lines  []string `json:"lines"`  // its paragraphs
	URL    string   `json:"url"`
}

// Blanks are the placeholders of d, each once, in order.
func (d *Document) Blanks() []string {
	var out []string
	for _, b := range d.Blocks {
		for _, r := range b.Runs {
			if r.Blank && !slices.Contains(out, r.Text) {
				out = append(out, r.Text)
			}
		}
	}
	return out
}

// Filled is d with the values of its placeholders, by their texts, put in;
// one without a value, or with a blank one, stays.
func (d *Document) Filled(values map[string]string) *Document {
	out := *d
	out.Blocks = slices.Clone(d.Blocks)
	for i, b := range out.Blocks {
		runs := slices.Clone(b.Runs)
		for j, r := range runs {
			if v := strings.Join(strings.Fields(values[r.Text]), " "); r.Blank && v != "" {
				runs[j] = Run{Text: v, Notes: r.Notes}
			}
		}
		out.Blocks[i].Runs = runs
	}
	return &out
}
