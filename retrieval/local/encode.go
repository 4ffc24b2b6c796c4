package local

import (
	"encoding/binary"
	"math"
)

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
