package local

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
)

// A digest is a SHA-256.
type digest [sha256.Size]byte

// sum is the digest of what a row holds.
func sum(text []byte, dim int, vectors []byte) (out digest) {
	h := sha256.New()
	fmt.Fprintf(h, "%d %d ", len(text), dim)
	h.Write(text)
	h.Write(vectors)
	h.Sum(out[:0])
	return out
}

// A total is a sum of digests, modulo 2^64 in each of four parts. It does
// not depend on their order, and what was added can be taken away: equal
// contents have equal totals, however they came about.
type total [4]uint64

func (t *total) add(d digest) {
	for i := range t {
		t[i] += binary.BigEndian.Uint64(d[8*i:])
	}
}

func (t *total) subtract(d digest) {
	for i := range t {
		t[i] -= binary.BigEndian.Uint64(d[8*i:])
	}
}

func (t total) bytes() []byte {
	var b []byte
	for _, n := range t {
		b = binary.BigEndian.AppendUint64(b, n)
	}
	return b
}

func (t total) String() string { return hex.EncodeToString(t.bytes()) }
