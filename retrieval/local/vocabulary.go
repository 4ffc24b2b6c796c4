package local

// A vocabulary numbers words, from 0 and in the order they came.
type vocabulary struct {
	names []string
	ids   map[string]uint32
}

func newVocabulary() *vocabulary { return &vocabulary{ids: map[string]uint32{}} }

// id returns the number of word, a new one if need be.
func (v *vocabulary) id(word string) uint32 {
	n, ok := v.ids[word]
	if !ok {
		n = uint32(len(v.names))
		v.ids[word] = n
		v.names = append(v.names, word)
	}
	return n
}

// A translation turns one vocabulary's numbers into another's, looking each
// word up once.
type translation struct {
	from, to *vocabulary
	known    []uint32 // by number in from: that in to, and one; 0 if not looked up
}

// translate returns t if it is from a vocabulary, or one that is.
func translate(t *translation, from, to *vocabulary) *translation {
	if t != nil && t.from == from && t.to == to && len(t.known) == len(from.names) {
		return t
	}
	return &translation{from, to, make([]uint32, len(from.names))}
}

func (t *translation) id(n uint32) uint32 {
	if t.known[n] == 0 {
		t.known[n] = t.to.id(t.from.names[n]) + 1
	}
	return t.known[n] - 1
}
