package files

// A word is a run of letters at its place on a page as it is seen: points
// from the upper left corner, x to the right, y down.
type word struct {
	Text   string  `json:"t"`
	Left   float32 `json:"l"`
	Top    float32 `json:"u"`
	Right  float32 `json:"r"`
	Bottom float32 `json:"d"`
	Base   float32 `json:"y"`           // the line that its letters stand on
	Size   float32 `json:"s"`           // of the type, in points
	Bold   bool    `json:"b,omitempty"` //
	Soft   bool    `json:"h,omitempty"` // it ends with a hyphen that the line break may have made
}

// A page is what the PDF worker reads of one page.
type page struct {
	Number     int     `json:"n"` // from 1
	Label      string  `json:"label,omitempty"`
	Width      float32 `json:"w"`
	Height     float32 `json:"h"`
	Words      []word  `json:"words,omitempty"`
	Pictures   int     `json:"pictures,omitempty"`
	Unreadable int     `json:"unreadable,omitempty"` // glyphs that name no character
	Slanted    int     `json:"slanted,omitempty"`    // characters at another angle than the page's, left out
}

// A document is what the PDF worker says first.
type document struct {
	Pages   int        `json:"pages"`
	Title   string     `json:"title,omitempty"`
	Date    string     `json:"date,omitempty"` // YYYY-MM-DD
	Outline []bookmark `json:"outline,omitempty"`
	Refused string     `json:"refused,omitempty"` // why nothing follows
}

// A bookmark is one line of a PDF's outline.
type bookmark struct {
	Title string `json:"title"`
	Page  int    `json:"page"`  // from 1
	Level int    `json:"level"` // from 1
}
