// Package embed turns texts into vectors. Static needs no network: a table of
// word pieces and terms, distilled from a sentence model, is part of the
// binary; the folder distill has the script that made it. Remote asks an
// endpoint that speaks OpenAI's API.
package embed

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/everycategory/advocate/retrieval"
)

//go:embed table.bin
var table []byte

// Static is a retrieval.Embedder whose vectors are weighted means of those of
// a text's units: terms of several words that its table has ("any willing
// provider"), else word pieces. It is not modified after NewStatic, and safe
// for concurrent use.
type Static struct {
	name    string
	dim     int
	units   []string // sorted
	rows    []byte   // for each unit its scale, a 32-bit float, and dim signed bytes
	scratch sync.Pool
}

var _ retrieval.Embedder = (*Static)(nil)

// mostWords is how many words the longest terms of the table have.
const mostWords = 4

// NewStatic reads the table of the binary. It fails only where the program was
// built with a broken one.
func NewStatic() (*Static, error) { return newStatic(table) }

func newStatic(data []byte) (*Static, error) {
	line, rest, ok := bytes.Cut(data, []byte("\n"))
	var head struct {
		Dim, Units int
		Script     string `json:"distill.py"`
		Model      string `json:"model"`
	}
	if !ok || json.Unmarshal(line, &head) != nil || head.Dim < 1 || head.Dim > 1<<12 || head.Units < 1 || head.Units > 1<<20 {
		return nil, errors.New("embed: table: it has no header")
	}
	s := &Static{dim: head.Dim, name: fmt.Sprintf("static-%.6s-%.6s-%d", head.Model, head.Script, head.Dim)}
	s.units = make([]string, 0, head.Units)
	text := rest
	for range head.Units {
		end := bytes.IndexByte(text, '\n')
		if end < 0 {
			return nil, errors.New("embed: table: it ends within its units")
		}
		s.units = append(s.units, string(text[:end]))
		text = text[end+1:]
	}
	if s.rows = text; len(s.rows) != head.Units*(4+head.Dim) || !slices.IsSorted(s.units) {
		return nil, errors.New("embed: table: its rows are not those of its units")
	}
	s.scratch.New = func() any { return &scratch{sum: make([]float64, head.Dim)} }
	return s, nil
}

// Name implements retrieval.Embedder: it names the model, the script and the
// dimension.
func (s *Static) Name() string { return s.name }

// Dim is how many numbers a vector has.
func (s *Static) Dim() int { return s.dim }

// Embed implements retrieval.Embedder. A text without a known unit gets a
// vector of zeros.
func (s *Static) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	all := make([]float32, s.dim*len(texts))
	out := make([][]float32, len(texts))
	for i, t := range texts {
		if i%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		out[i] = all[i*s.dim : (i+1)*s.dim : (i+1)*s.dim]
		s.Into(out[i], t)
	}
	return out, nil
}

// A scratch is what one text needs while it is embedded.
type scratch struct {
	sum   []float64
	words []byte   // lower case, a space between words
	ends  []uint32 // of the words in words
	piece []byte
}

// Into writes the vector of a text to dst, which has Dim numbers. It does not
// allocate once its scratch has grown to the text.
func (s *Static) Into(dst []float32, text string) {
	b := s.scratch.Get().(*scratch)
	defer s.scratch.Put(b)
	clear(b.sum)
	b.cut(text)
	for i := 0; i < len(b.ends); {
		n := min(mostWords, len(b.ends)-i)
		for ; n > 1; n-- {
			if row, ok := s.find(b.span(i, i+n)); ok {
				s.add(b.sum, row)
				break
			}
		}
		if n <= 1 {
			s.word(b, b.span(i, i+1))
			n = 1
		}
		i += n
	}
	length := 0.0
	for _, x := range b.sum {
		length += x * x
	}
	length = math.Sqrt(length)
	for i, x := range b.sum {
		dst[i] = 0
		if length > 0 {
			dst[i] = float32(x / length)
		}
	}
}

// word adds the pieces of a word, the longest first; of a word that has an
// unknown piece nothing is added.
func (s *Static) word(b *scratch, w []byte) {
	if !s.pieces(b, w, nil) {
		return
	}
	s.pieces(b, w, b.sum)
}

// pieces cuts a word and adds the rows to sum, if there is one. It reports
// whether the table has all of the word.
func (s *Static) pieces(b *scratch, w []byte, sum []float64) bool {
	for at := 0; at < len(w); {
		b.piece = b.piece[:0]
		if at > 0 {
			b.piece = append(b.piece, "##"...)
		}
		mark := len(b.piece)
		b.piece = append(b.piece, w[at:min(len(w), at+longestPiece)]...)
		found := false
		for ; len(b.piece) > mark; b.piece = b.piece[:len(b.piece)-1] {
			if row, ok := s.find(b.piece); ok {
				if sum != nil {
					s.add(sum, row)
				}
				at += len(b.piece) - mark
				found = true
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// longestPiece is the most bytes of a word piece.
const longestPiece = 24

// find is the row of a unit.
func (s *Static) find(unit []byte) (row int, ok bool) {
	lo, hi := 0, len(s.units)
	for lo < hi {
		m := int(uint(lo+hi) >> 1)
		if s.units[m] < string(unit) {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo, lo < len(s.units) && s.units[lo] == string(unit)
}

// add adds a row to sum.
func (s *Static) add(sum []float64, row int) {
	r := s.rows[row*(4+s.dim) : (row+1)*(4+s.dim)]
	scale := float64(math.Float32frombits(binary.LittleEndian.Uint32(r)))
	for i, v := range r[4:] {
		sum[i] += scale * float64(int8(v))
	}
}

// cut puts the words of a text into b: runs of letters and digits without
// marks above them, in small letters, and every other sign by itself.
func (b *scratch) cut(text string) {
	b.words, b.ends = b.words[:0], b.ends[:0]
	if strings.ContainsFunc(text, func(r rune) bool { return r >= 0x80 }) {
		text = norm.NFKD.String(text)
	}
	open := false
	for _, r := range text {
		r = unicode.ToLower(r)
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if open {
				b.words = b.words[:len(b.words)-1]
				b.ends = b.ends[:len(b.ends)-1]
			}
			b.words = append(b.words, byte(r))
			b.close()
			open = true
		case unicode.Is(unicode.Mn, r):
		default:
			open = false
			if r < 0x80 && r > ' ' {
				b.words = append(b.words, byte(r))
				b.close()
			}
		}
	}
}

// close ends a word.
func (b *scratch) close() {
	b.ends = append(b.ends, uint32(len(b.words)))
	b.words = append(b.words, ' ')
}

// span is the words from i to j, with spaces between them.
func (b *scratch) span(i, j int) []byte {
	from := uint32(0)
	if i > 0 {
		from = b.ends[i-1] + 1
	}
	return b.words[from:b.ends[j-1]]
}
