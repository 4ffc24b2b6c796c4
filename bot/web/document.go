package web

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/phi"
)

// An Exporter writes documents as files.
type Exporter interface {
	// Export writes d in a format: "docx", "pdf", "md" or "txt".
	Export(w io.Writer, d *bot.Document, format string) error
	// MediaType is that of a format; "" where there is none of that name.
	MediaType(format string) string
}

// A download is a document on its way to a file and back: the page holds it,
// sealed, and the server keeps nothing. What comes back unsealed, or with
// another seal, is not written: every citation of a file was checked here.
type download struct {
	Name     string // "The script"; "" where there is one
	Document string // JSON, in base64
	Seal     string
	Blanks   []blankField
	Formats  []kv
}

// ID tells the fields of one document from those of another on a page.
func (d download) ID() string { return fileName(d.Name) + "-" }

// A blankField is a placeholder to be filled.
type blankField struct {
	Name  string // of the field
	Text  string // without its brackets
	Ask   string
	Lines bool // room for more than a line
}

// download seals a document for the page; nil where no files are written.
func (s *Server) download(d *bot.Document, asks map[string]string) (*download, error) {
	if s.Exports == nil || d == nil {
		return nil, nil
	}
	body, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	out := &download{Document: base64.StdEncoding.EncodeToString(body), Seal: s.sealOf(body),
		Formats: []kv{{"docx", "Word"}, {"pdf", "PDF"}, {"txt", "Plain text"}, {"md", "Markdown"}}}
	for i, text := range d.Blanks() {
		if len(phi.Placeholders(text)) > 0 { // the page's switch puts it back
			continue
		}
		out.Blanks = append(out.Blanks, blankField{fmt.Sprintf("blank%d", i), strings.Trim(text, "[]"), asks[text], len(text) > 60})
	}
	return out, nil
}

func (s *Server) sealOf(body []byte) string {
	mac := hmac.New(sha256.New, s.sealKey)
	mac.Write(body)
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// pageDocument writes the document that a page holds, with its placeholders
// filled, as a file.
func (s *Server) pageDocument(w http.ResponseWriter, r *http.Request) {
	d, format, err := s.readDocument(r)
	var b bytes.Buffer
	if err == nil {
		err = s.Exports.Export(&b, d, format)
	}
	if err != nil {
		s.showProblem(w, asProblem(err), s.form())
		return
	}
	w.Header().Set("Content-Type", s.Exports.MediaType(format))
	w.Header().Set("Content-Disposition", `attachment; filename="`+fileName(d.Title)+"."+format+`"`)
	w.Write(b.Bytes())
}

// fileName is a title as the name of a file: letters, digits and hyphens.
func fileName(title string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r == ' ' || r == '-':
			return '-'
		}
		return -1
	}, title)
	if name == "" {
		return "document"
	}
	return name
}

func (s *Server) readDocument(r *http.Request) (*bot.Document, string, error) {
	if s.Exports == nil {
		return nil, "", problem{Status: http.StatusNotFound, Detail: "This server writes no files."}
	}
	if err := parseForm(r, "That is too large for a letter."); err != nil {
		return nil, "", err
	}
	format := r.PostForm.Get("format")
	if s.Exports.MediaType(format) == "" {
		return nil, "", problem{Status: http.StatusUnprocessableEntity, Detail: "There is no such format: want docx, pdf, md or txt."}
	}
	body, err := base64.StdEncoding.DecodeString(r.PostForm.Get("document"))
	if err != nil || !hmac.Equal([]byte(s.sealOf(body)), []byte(r.PostForm.Get("seal"))) {
		return nil, "", problem{Status: http.StatusUnprocessableEntity, Detail: "This document was not made by this server, or the server was started anew since. Go back, make it again, and download it then; what you filled in is still in the form."}
	}
	d := &bot.Document{}
	if err := json.Unmarshal(body, d); err != nil {
		return nil, "", problem{Status: http.StatusUnprocessableEntity, Detail: "The document did not arrive whole. Go back and try again."}
	}
	values := map[string]string{}
	for i, text := range d.Blanks() {
		values[text] = r.PostForm.Get(fmt.Sprintf("blank%d", i))
	}
	return d.Filled(values), format, nil
}
