package retrievaltest

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"hash/fnv"
	"runtime"
	"slices"
	"testing"

	"github.com/everycategory/advocate/retrieval"
)

var bruteBackend = Backend{
	Open:   func(t testing.TB) retrieval.Index { return new(brute) },
	Reopen: func(t testing.TB, ix retrieval.Index) retrieval.Index { return &brute{docs: ix.(*brute).docs} },
}

func TestBrute(t *testing.T) {
	t.Parallel()
	TestIndex(t, bruteBackend)
}

// TestSuiteCatches hands the suite indexes with one fault each: the check
// that is there for it must fail.
func TestSuiteCatches(t *testing.T) {
	t.Parallel()
	for _, f := range faults() {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			b := Backend{
				Open: func(t testing.TB) retrieval.Index { return f.inject(&faulty{Index: new(brute)}) },
				Reopen: func(t testing.TB, ix retrieval.Index) retrieval.Index {
					old := ix.(*faulty)
					next := f.inject(&faulty{Index: &brute{docs: old.Index.(*brute).docs}})
					if next.reopened != nil {
						next.reopened(next.Index.(*brute))
					}
					return next
				},
			}
			i := slices.IndexFunc(checks(), func(c check) bool { return c.name == f.check })
			if !fails(t, checks()[i].run, b) {
				t.Errorf("%s does not notice", f.check)
			}
		})
	}
}

// TestFaultless makes sure that it is the fault that is caught, and that
// there is one for every check.
func TestFaultless(t *testing.T) {
	t.Parallel()
	b := Backend{
		Open: func(t testing.TB) retrieval.Index { return &faulty{Index: new(brute)} },
		Reopen: func(t testing.TB, ix retrieval.Index) retrieval.Index {
			return &faulty{Index: &brute{docs: ix.(*faulty).Index.(*brute).docs}}
		},
	}
	for _, c := range checks() {
		if fails(t, c.run, b) {
			t.Errorf("%s fails without a fault", c.name)
		}
		if !slices.ContainsFunc(faults(), func(f fault) bool { return f.check == c.name }) {
			t.Errorf("no fault shows that %s can fail", c.name)
		}
	}
}

// fails runs a check apart from t and reports whether it failed.
func fails(t *testing.T, run func(testing.TB, Backend), b Backend) bool {
	p := &probe{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		run(p, b)
	}()
	<-done
	return p.failed
}

// A probe is a test whose failure is nobody's.
type probe struct {
	testing.TB
	failed bool
}

func (p *probe) Error(...any)          { p.failed = true }
func (p *probe) Errorf(string, ...any) { p.failed = true }
func (p *probe) Fatal(...any)          { p.failed = true; runtime.Goexit() }
func (p *probe) Fatalf(string, ...any) { p.failed = true; runtime.Goexit() }

func TestTwins(t *testing.T) {
	t.Parallel()
	for i, hash := range []func(string) uint32{
		func(s string) uint32 { h := sha256.Sum256([]byte(s)); return binary.BigEndian.Uint32(h[:]) },
		func(s string) uint32 { h := sha1.Sum([]byte(s)); return binary.BigEndian.Uint32(h[:]) },
		func(s string) uint32 { h := md5.Sum([]byte(s)); return binary.BigEndian.Uint32(h[:]) },
		func(s string) uint32 { h := fnv.New64a(); h.Write([]byte(s)); return uint32(h.Sum64() >> 32) },
		func(s string) uint32 { h := fnv.New32a(); h.Write([]byte(s)); return h.Sum32() },
		func(s string) uint32 { return crc32.ChecksumIEEE([]byte(s)) },
	} {
		if pair := twins[i]; pair[0] == pair[1] || hash(pair[0]) != hash(pair[1]) {
			t.Errorf("twins %q do not have equal hashes", pair)
		}
	}
}
