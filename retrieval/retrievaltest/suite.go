// Package retrievaltest is the contract of retrieval.Index as a test. Every
// index must pass TestIndex; its own test is a few lines:
//
//	func TestIndex(t *testing.T) {
//		retrievaltest.TestIndex(t, retrievaltest.Backend{Open: open, Reopen: reopen})
//	}
//
// Where the contract leaves something open, the suite decides:
//
//   - BM25 has the factor k1+1, and statistics count every source that is
//     there, whatever its scope, those without words included.
//   - Terms whose weight is zero are left out; equal terms add up.
//   - A Limit below 1 is an error. An empty query finds nothing.
//   - The zero citation is carried by no source.
//   - A vector query finds nothing in an index without vectors.
//   - A zero vector finds nothing, as it is found by nothing.
//   - Sources of one id in several scopes, with equal scores, order by scope.
//   - Vectors without an embedder's name are those of one more embedder; a
//     question without one is asked of any.
//   - Put refuses, whole, a call that holds a document without source, id or
//     scope, one scope and id twice, or a vector with a number that is not
//     finite.
package retrievaltest

import (
	"testing"

	"github.com/everycategory/advocate/retrieval"
)

// A Backend is an implementation of retrieval.Index under test.
type Backend struct {
	// Open returns a new, empty index, and sees to it by t.Cleanup that
	// nothing stays behind. It may skip the test where the backend is absent.
	Open func(t testing.TB) retrieval.Index
	// Reopen closes ix and opens what it held anew. Nil where an index
	// keeps nothing; the tests that need it are then skipped.
	Reopen func(t testing.TB, ix retrieval.Index) retrieval.Index
}

// A check is one part of the contract. It calls t.Fatal from its own
// goroutine only.
type check struct {
	name string
	run  func(t testing.TB, b Backend)
}

// TestIndex tests b against the contract, in parallel subtests.
func TestIndex(t *testing.T, b Backend) {
	for _, c := range checks() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.run(t, b)
		})
	}
}

func checks() []check {
	return []check{
		{"Empty", empty},
		{"Words", words},
		{"WordsOfOnePassage", wordsOfOnePassage},
		{"Weights", weights},
		{"Idf", idf},
		{"Ties", ties},
		{"Vectors", vectors},
		{"Cosine", cosine},
		{"ZeroVector", zeroVector},
		{"WordsAndVectors", wordsAndVectors},
		{"Filter", filter},
		{"FilterInside", filterInside},
		{"FilterOddValues", filterOddValues},
		{"Limit", limit},
		{"Lookup", lookup},
		{"Sources", sources},
		{"Unicode", unicodeTexts},
		{"Scopes", scopes},
		{"NoScope", noScope},
		{"Replace", replace},
		{"Delete", deletion},
		{"Statistics", statistics},
		{"Revision", revision},
		{"Dimension", dimensions},
		{"Embedder", embedders},
		{"BadDocuments", badDocuments},
		{"Cancelled", cancelled},
		{"Closed", closed},
		{"Concurrent", concurrent},
		{"Reopen", reopen},
		{"HashPrefixes", hashPrefixes},
	}
}
