package local

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// maxSegment is the most passages in a segment of more than one source: what
// joining segments writes at once, and what fits easily in a blob.
const maxSegment = 20_000

// A segment is a run of documents as the file holds them: never changed, only
// joined with others into a new one. Its words are analysed, so that opening
// a file does not analyse them again.
type segment struct {
	entries  []entry // what is encoded, in order
	analysis string  // the retrieval.Analysis that made the words
	heads    []byte  // of each document: its head, hash, dimension and JSON
	words    []byte  // a vocabulary; of each passage, its counts by it
	vectors  []byte  // little-endian 32-bit floats
}

// hash is the SHA-256 of all that the segment holds.
func (g *segment) hash() (out digest) {
	h := sha256.New()
	fmt.Fprintf(h, "%q %d %d ", g.analysis, len(g.heads), len(g.words))
	h.Write(g.heads)
	h.Write(g.words)
	h.Write(g.vectors)
	h.Sum(out[:0])
	return out
}

// newSegment encodes docs in their order.
func newSegment(docs []document) segment {
	g := segment{entries: entriesOf(docs), analysis: retrieval.Analysis}
	all := newVocabulary()
	var counts []byte
	var t *translation
	for i := range docs {
		d := &docs[i]
		for _, s := range []string{d.scope, d.id, d.jurisdiction, string(d.kind)} {
			g.heads = appendString(g.heads, s)
		}
		g.heads = binary.AppendUvarint(g.heads, uint64(len(d.cites)))
		for _, c := range d.cites {
			g.heads = appendString(appendString(g.heads, string(c.System)), c.Number)
		}
		g.heads = append(g.heads, d.hash[:]...)
		g.heads = appendDim(g.heads, d.dim, d.embedder)
		g.heads = binary.AppendUvarint(g.heads, uint64(d.size))
		g.heads = binary.AppendUvarint(g.heads, uint64(d.asks))
		g.heads = appendString(g.heads, string(d.text.json))
		t = translate(t, d.words, all)
		for _, p := range d.passages {
			counts = appendCounts(counts, p, t)
		}
		g.vectors = append(g.vectors, encodeVectors(d.vectors)...)
	}
	g.words = binary.AppendUvarint(g.words, uint64(len(all.names)))
	for _, w := range all.names {
		g.words = appendString(g.words, w)
	}
	g.words = append(g.words, counts...)
	return g
}

func compareHeads(a, b head) int {
	return cmp.Or(strings.Compare(a.scope, b.scope), strings.Compare(a.jurisdiction, b.jurisdiction),
		cmp.Compare(a.kind, b.kind), strings.Compare(a.id, b.id))
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// appendCounts writes how many terms a passage holds, and for each, in
// ascending order, how far it is from the last and how often it occurs.
func appendCounts(b []byte, counts []count, t *translation) []byte {
	terms := make([]count, len(counts))
	for i, c := range counts {
		terms[i] = count{t.id(c.term), c.n}
	}
	slices.SortFunc(terms, byTerm)
	b = binary.AppendUvarint(b, uint64(len(terms)))
	last := uint32(0)
	for _, c := range terms {
		b = binary.AppendUvarint(b, uint64(c.term-last))
		b = binary.AppendUvarint(b, uint64(c.n))
		last = c.term
	}
	return b
}

// maxDim is more than any vector has numbers.
const maxDim = 1 << 20

// appendDim writes how many numbers a vector has, and behind it the name of
// the embedder, where there is one: maxDim more than the number says so.
func appendDim(b []byte, dim int, embedder string) []byte {
	if embedder == "" {
		return binary.AppendUvarint(b, uint64(dim))
	}
	return appendString(binary.AppendUvarint(b, uint64(dim+maxDim)), embedder)
}

// documents decodes the segment. It fails with ErrDamaged where it is not of
// the form that newSegment writes.
func (g *segment) documents() ([]document, error) {
	docs, err := g.readHeads()
	g.entries = entriesOf(docs)
	if err == nil && g.analysis == retrieval.Analysis {
		err = g.readWords(docs)
	} else if err == nil {
		err = parallel(len(docs), func(i int) error { return docs[i].analyze() })
	}
	if err == nil {
		err = g.readVectors(docs)
	}
	return docs, err
}

func (g *segment) readHeads() ([]document, error) {
	var docs []document
	r := reader{rest: g.heads}
	for len(r.rest) > 0 && !r.bad {
		d := document{head: head{key: key{r.string(), r.string()}, jurisdiction: r.string(), kind: corpus.Kind(r.string())}}
		for range r.count(len(r.rest)) {
			if r.bad {
				break
			}
			d.cites = append(d.cites, citation.Citation{System: citation.System(r.string()), Number: r.string()})
		}
		copy(d.hash[:], r.bytes(len(d.hash)))
		d.dim, d.embedder = r.dim()
		d.size, d.asks = r.count(len(r.rest)), r.count(len(r.rest))
		d.text = &text{json: r.bytes(r.count(len(r.rest)))}
		if d.scope == "" || d.id == "" {
			r.bad = true
		}
		docs = append(docs, d)
	}
	return docs, r.err("heads")
}

func (g *segment) readWords(docs []document) error {
	r := reader{rest: g.words}
	all := &vocabulary{names: make([]string, r.count(len(r.rest)))}
	for i := range all.names {
		all.names[i] = r.string()
	}
	passages := 0
	for i := range docs {
		passages += docs[i].size + docs[i].asks
	}
	if passages > len(r.rest) {
		r.bad = true // each has a byte at least
	}
	room := make([]count, 0, len(r.rest)/2+1) // for all counts: two bytes each at least
	for i := range docs {
		if r.bad {
			break
		}
		d := &docs[i]
		d.words, d.passages = all, make([][]count, d.size+d.asks)
		for j := range d.passages {
			from := len(room)
			room = r.counts(room, len(all.names))
			d.passages[j] = room[from:len(room):len(room)]
		}
	}
	return r.end("words")
}

func (g *segment) readVectors(docs []document) error {
	numbers := 0
	for i := range docs {
		numbers += docs[i].dim * docs[i].size
	}
	if 4*numbers != len(g.vectors) {
		return fmt.Errorf("%w: a segment has vectors of another size than its sources say; put a copy of the file in its place", ErrDamaged)
	}
	all := decodeVectors(g.vectors)
	for i := range docs {
		if n := docs[i].dim * docs[i].size; n > 0 {
			docs[i].vectors, all = all[:n:n], all[n:]
		}
	}
	return nil
}

// A reader takes values off the front of bytes; after the first that is not
// there all are zero, and bad is set.
type reader struct {
	rest []byte
	bad  bool
}

// count reads a number of at most most.
func (r *reader) count(most int) int {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 || v > uint64(most) || r.bad {
		r.bad = true
		return 0
	}
	r.rest = r.rest[n:]
	return int(v)
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.rest) || r.bad {
		r.bad = true
		return nil
	}
	b := r.rest[:n:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) string() string { return string(r.bytes(r.count(len(r.rest)))) }

// dim reads what appendDim wrote.
func (r *reader) dim() (int, string) {
	n := r.count(2*maxDim - 1)
	if n < maxDim {
		return n, ""
	}
	return n - maxDim, r.string()
}

// counts appends what appendCounts wrote, of a vocabulary of so many names.
func (r *reader) counts(to []count, names int) []count {
	n := r.count(len(r.rest))
	last := 0
	for i := 0; i < n && !r.bad; i++ {
		step := r.count(names)
		last += step
		c := count{uint32(last), uint32(r.count(1 << 31))}
		if last >= names || i > 0 && step == 0 || c.n == 0 {
			r.bad = true
			break
		}
		to = append(to, c)
	}
	return to
}

func (r *reader) err(what string) error {
	if !r.bad {
		return nil
	}
	return fmt.Errorf("%w: the %s of a segment are not of its form; put a copy of the file in its place", ErrDamaged, what)
}

// end is err, and an error where something is left over.
func (r *reader) end(what string) error {
	r.bad = r.bad || len(r.rest) > 0
	return r.err(what)
}
