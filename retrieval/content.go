package retrieval

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/everycategory/advocate/corpus"
)

// A Content is a document as an index stores it: checked, with its source
// as JSON and its vectors of length 1.
type Content struct {
	JSON     []byte
	Dim      int       // numbers in each vector; 0 without vectors
	Rows     []float32 // one row of Dim numbers for each passage, of length 1 or zero
	Embedder string    // "" without vectors
	Hash     Digest    // of all that
}

// NewContent checks d, encodes its source and normalises its vectors. It
// fails with ErrNoScope and ErrDimension, and where the source has no id or
// a number is not finite.
func NewContent(d Document) (Content, error) {
	s := d.Source
	switch {
	case s == nil:
		return Content{}, errors.New("a document has no source")
	case s.ID == "":
		return Content{}, fmt.Errorf("source %q has no id", s.Title)
	case s.Scope == "":
		return Content{}, fmt.Errorf("source %q: %w", s.ID, ErrNoScope)
	}
	var c Content
	var err error
	if c.Rows, c.Dim, err = rows(d); err != nil {
		return Content{}, fmt.Errorf("source %q: %w", s.ID, err)
	}
	if c.JSON, err = json.Marshal(s); err != nil {
		return Content{}, fmt.Errorf("source %q: %w", s.ID, err)
	}
	if c.Dim > 0 {
		c.Embedder = d.Embedder
	}
	c.Hash = c.sum()
	return c, nil
}

// ReadBack is the source that the JSON says, so that an index is the same
// before and after it is reopened. It fails where that is not the one given.
func (c *Content) ReadBack(given *corpus.Source) (*corpus.Source, error) {
	back := new(corpus.Source)
	if err := json.Unmarshal(c.JSON, back); err != nil || back.ID != given.ID || back.Scope != given.Scope ||
		back.Hash() != given.Hash() || back.SupersededBy != given.SupersededBy {
		return nil, fmt.Errorf("source %q cannot be stored: a text is not UTF-8, or a citation is not written the way it is read", given.ID)
	}
	return back, nil
}

// rows lays the vectors of d out one after the other, normalised.
func rows(d Document) (flat []float32, dim int, err error) {
	if d.Vectors == nil || len(d.Vectors) == 0 && len(d.Source.Passages) == 0 {
		return nil, 0, nil
	}
	if len(d.Vectors) != len(d.Source.Passages) {
		return nil, 0, fmt.Errorf("%w: %d vectors for %d passages", ErrDimension, len(d.Vectors), len(d.Source.Passages))
	}
	dim = len(d.Vectors[0])
	flat = make([]float32, 0, dim*len(d.Vectors))
	for i, v := range d.Vectors {
		if len(v) != dim || dim == 0 {
			return nil, 0, fmt.Errorf("%w: passage %d has a vector of %d numbers, the first of %d", ErrDimension, i, len(v), dim)
		}
		if flat, err = AppendUnit(flat, v); err != nil {
			return nil, 0, fmt.Errorf("passage %d: %w", i, err)
		}
	}
	return flat, dim, nil
}

// AppendUnit appends v, scaled to length 1; a zero vector stays one. It
// fails where a number is not finite.
func AppendUnit(to, v []float32) ([]float32, error) {
	var norm float64
	for _, f := range v {
		norm += float64(f) * float64(f)
	}
	if math.IsNaN(norm) || math.IsInf(norm, 0) {
		return nil, errors.New("a vector holds a number that is not finite")
	}
	norm = math.Sqrt(norm)
	if norm == 0 {
		norm = 1
	}
	for _, f := range v {
		to = append(to, float32(float64(f)/norm))
	}
	return to, nil
}

// A Digest is a SHA-256.
type Digest [sha256.Size]byte

// sum is the digest of what c holds.
func (c *Content) sum() (out Digest) {
	h := sha256.New()
	fmt.Fprintf(h, "%d %d ", len(c.JSON), c.Dim)
	if c.Embedder != "" {
		fmt.Fprintf(h, "%q ", c.Embedder)
	}
	h.Write(c.JSON)
	b := make([]byte, 0, 4*len(c.Rows))
	for _, f := range c.Rows {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(f))
	}
	h.Write(b)
	h.Sum(out[:0])
	return out
}

// A Revision is a sum of digests, modulo 2^64 in each of four parts. It does
// not depend on their order, and what was added can be taken away: equal
// contents have equal revisions, however they came about and in whatever
// index.
type Revision [4]uint64

// Add puts a document in.
func (r *Revision) Add(d Digest) {
	for i := range r {
		r[i] += binary.BigEndian.Uint64(d[8*i:])
	}
}

// Subtract takes a document out.
func (r *Revision) Subtract(d Digest) {
	for i := range r {
		r[i] -= binary.BigEndian.Uint64(d[8*i:])
	}
}

// Bytes are 32 bytes, the same for equal revisions only.
func (r Revision) Bytes() []byte {
	var b []byte
	for _, n := range r {
		b = binary.BigEndian.AppendUint64(b, n)
	}
	return b
}

// String is Bytes in hex.
func (r Revision) String() string { return hex.EncodeToString(r.Bytes()) }

// ParseRevision reads what String wrote.
func ParseRevision(s string) (r Revision, err error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != 8*len(r) {
		return Revision{}, fmt.Errorf("retrieval: %q is no revision", s)
	}
	for i := range r {
		r[i] = binary.BigEndian.Uint64(b[8*i:])
	}
	return r, nil
}
