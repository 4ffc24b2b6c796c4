package local

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"

	"github.com/everycategory/advocate/corpus"
)

// readBack replaces the source by what its encoding says, so that an index
// is the same before and after it is reopened.
func (d *document) readBack() error {
	var s corpus.Source
	if err := json.Unmarshal(d.json, &s); err != nil {
		return fmt.Errorf("source %q cannot be stored: %w", d.source.ID, err)
	}
	if s.Hash() != d.source.Hash() || s.SupersededBy != d.source.SupersededBy {
		return fmt.Errorf("source %q cannot be stored: a text is not UTF-8, or a citation is not written the way it is read", d.source.ID)
	}
	d.source = &s
	return nil
}

// decode reads a row, and refuses one that is not as it was written.
func decode(r *row) (document, error) {
	if sum(r.text, r.dim, r.vectors) != r.hash {
		return document{}, fmt.Errorf("%w: source %q has changed since it was written; put a copy in its place", ErrDamaged, r.id)
	}
	d := document{source: new(corpus.Source), hash: r.hash, dim: r.dim, vectors: decodeVectors(r.vectors)}
	if err := json.Unmarshal(r.text, d.source); err != nil {
		return document{}, fmt.Errorf("%w: source %q cannot be read: %w; use the version that wrote it", ErrForeign, r.id, err)
	}
	numbers, passages := len(d.vectors), len(d.source.Passages)
	if d.key() != r.key || len(r.vectors)%4 != 0 || numbers == 0 && r.dim != 0 ||
		numbers > 0 && (r.dim < 1 || r.dim > numbers || r.dim*passages != numbers) {
		return document{}, fmt.Errorf("%w: source %q is not what its row says; put a copy in its place", ErrDamaged, r.id)
	}
	return d, nil
}

// encodeVectors writes numbers as little-endian 32-bit floats.
func encodeVectors(v []float32) []byte {
	b := make([]byte, 0, 4*len(v))
	for _, f := range v {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(f))
	}
	return b
}

// decodeVectors reads what encodeVectors wrote.
func decodeVectors(b []byte) []float32 {
	v := make([]float32, len(b)/4)
	for i := range v {
		v[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return v
}
