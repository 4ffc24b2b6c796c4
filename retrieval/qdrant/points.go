package qdrant

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"
	api "github.com/qdrant/go-client/qdrant"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

// What a point is, in its field of that name.
const (
	aSection = "section" // a source: its words as a sparse vector, and its JSON
	aPassage = "passage" // a passage: its meaning as a dense vector
	aWord    = "word"    // how many sources hold a word
	aTotal   = "total"   // what all sources come to
	aLock    = "lock"    // who may write
)

// The fields of payloads. Those that requests filter by are indexed.
const (
	fWhat         = "what"
	fScope        = "scope"
	fSource       = "source"
	fJurisdiction = "jurisdiction"
	fKind         = "kind"
	fDate         = "date"
	fCites        = "cites"
	fShipped      = "shipped"
	fOwner        = "owner"
	fUntil        = "until"

	fHash     = "hash"
	fJSON     = "json"
	fDim      = "dim"
	fEmbedder = "embedder"
	fSize     = "size"
	fText     = "text"
	fPassage  = "passage"
	fWord     = "word"
	fHolders  = "holders"
)

// The vectors.
const (
	vWords   = "words"   // sparse
	vMeaning = "meaning" // dense
)

// space is the namespace of point ids. Layout is in it: another layout gets
// other ids.
var space = uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://github.com/everycategory/advocate/retrieval/qdrant#"+layout))

// layout is the version of what stands where in a collection.
const layout = "1"

// pointID is the id of the point that parts name: the same everywhere and
// always, so that writing twice is writing once.
func pointID(parts ...string) *api.PointId {
	var b strings.Builder
	for _, p := range parts {
		fmt.Fprintf(&b, "%d:%s", len(p), p)
	}
	return api.NewIDUUID(uuid.NewSHA1(space, []byte(b.String())).String())
}

func sectionID(k retrieval.Key) *api.PointId { return pointID(aSection, k.Scope, k.ID) }
func passageID(k retrieval.Key, i int) *api.PointId {
	return pointID(aPassage, k.Scope, k.ID, strconv.Itoa(i))
}
func wordID(token string) *api.PointId { return pointID(aWord, token) }
func totalID() *api.PointId            { return pointID(aTotal) }
func lockID() *api.PointId             { return pointID(aLock) }

// A head is what a section's point says of it without its text.
type head struct {
	retrieval.Key
	hash     retrieval.Digest // of all
	json     retrieval.Digest // of its JSON alone
	dim      int              // 0 without vectors
	embedder string
	size     int  // passages
	shipped  bool // ships with the program
}

// headFields are what readHead reads.
var headFields = []string{fScope, fSource, fHash, fJSON, fDim, fEmbedder, fSize, fShipped}

func readHead(p map[string]*api.Value) (h head, err error) {
	h = head{Key: retrieval.Key{Scope: p[fScope].GetStringValue(), ID: p[fSource].GetStringValue()}, dim: int(p[fDim].GetIntegerValue()),
		embedder: p[fEmbedder].GetStringValue(), size: int(p[fSize].GetIntegerValue()), shipped: p[fShipped].GetBoolValue()}
	b, err := hex.DecodeString(p[fHash].GetStringValue())
	if err != nil || len(b) != len(h.hash) || h.Scope == "" || h.ID == "" || h.size < 0 || h.dim < 0 {
		return head{}, fmt.Errorf("%w: a source in it has not what sources have: another program writes there; copy into an index of another name", ErrForeign)
	}
	copy(h.hash[:], b)
	if b, err := hex.DecodeString(p[fJSON].GetStringValue()); err == nil {
		copy(h.json[:], b) // passages have none
	}
	return h, nil
}

// filtered are the fields that searches filter by, of a source.
func filtered(s *corpus.Source) map[string]*api.Value {
	return map[string]*api.Value{
		fScope: api.NewValueString(s.Scope), fSource: api.NewValueString(s.ID), fJurisdiction: api.NewValueString(s.Jurisdiction),
		fKind: api.NewValueString(string(s.Kind)), fDate: api.NewValueInt(dateNumber(s.AsOf)),
	}
}

// sectionPoint is a source as a point; mean is that of the words' weights.
func sectionPoint(d *prepared, shipped bool, mean float64) *api.PointStruct {
	p := filtered(d.source)
	p[fWhat], p[fHash], p[fText] = api.NewValueString(aSection), api.NewValueString(hex.EncodeToString(d.Hash[:])), api.NewValueString(string(d.JSON))
	p[fJSON] = api.NewValueString(hex.EncodeToString(d.json[:]))
	p[fDim], p[fSize] = api.NewValueInt(int64(d.Dim)), api.NewValueInt(int64(len(d.source.Passages)))
	p[fEmbedder], p[fShipped] = api.NewValueString(d.Embedder), api.NewValueBool(shipped)
	var carried []*api.Value
	for _, c := range d.source.Carried() {
		carried = append(carried, api.NewValueString(citeKey(c)))
	}
	p[fCites] = api.NewValueFromList(carried...)
	at, values := d.bags.whole.vector(mean)
	vectors := map[string]*api.Vector{}
	if len(at) > 0 {
		vectors[vWords] = api.NewVectorSparse(at, values)
	}
	return &api.PointStruct{Id: sectionID(d.key()), Payload: p, Vectors: api.NewVectorsMap(vectors)}
}

// passagePoints are the passages that have a vector other than zero.
func passagePoints(d *prepared) []*api.PointStruct {
	var out []*api.PointStruct
	for i, row := range retrieval.Vectors(d.Dim, d.Rows) {
		if zero(row) {
			continue
		}
		p := filtered(d.source)
		p[fWhat], p[fHash] = api.NewValueString(aPassage), api.NewValueString(hex.EncodeToString(d.Hash[:]))
		p[fPassage] = api.NewValueInt(int64(i))
		out = append(out, &api.PointStruct{Id: passageID(d.key(), i), Payload: p,
			Vectors: api.NewVectorsMap(map[string]*api.Vector{vMeaning: api.NewVectorDense(row)})})
	}
	return out
}

func zero(v []float32) bool {
	for _, f := range v {
		if f != 0 {
			return false
		}
	}
	return true
}

// citeKey tells citations apart, whatever their numbers hold.
func citeKey(c citation.Citation) string { return string(c.System) + "\t" + c.Number }

// dateNumber is 20260718 for "2026-07-18", with zeros for what a date leaves
// out, and 0 for none: so dates that are only years have their place too.
func dateNumber(d corpus.Date) int64 {
	var n int64
	parts := strings.Split(string(d), "-")
	for i := range 3 {
		part := 0
		if i < len(parts) {
			part, _ = strconv.Atoi(parts[i])
		}
		n = n*100 + int64(part)
	}
	return n
}
