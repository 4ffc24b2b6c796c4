package ledgertest

import (
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/everycategory/advocate/bot/ledger"
)

// backend keeps ledgers in memory with a fault; only what is to be reopened
// is in a file.
func backend(check string, f fault) Backend {
	open := func(t testing.TB, file string, o ledger.Options) ledger.Ledger {
		if f.options != nil {
			f.options(&o)
		}
		var l ledger.Ledger
		var err error
		if check == "Reopen" {
			l, err = ledger.Open(t.Context(), file, o)
		} else {
			l, err = ledger.NewMemory(o)
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		broken := &faulty{Ledger: l, now: o.Now, file: file}
		if f.inject != nil {
			f.inject(broken)
		}
		return broken
	}
	b := Backend{Open: func(t testing.TB, o ledger.Options) ledger.Ledger {
		return open(t, filepath.Join(t.TempDir(), "ledger.db"), o)
	}}
	if check == "Reopen" {
		b.Reopen = func(t testing.TB, l ledger.Ledger, o ledger.Options) ledger.Ledger {
			l.Close()
			file := l.(*faulty).file
			if f.forgets {
				file += "2"
			}
			return open(t, file, o)
		}
	}
	return b
}

// TestSuiteCatches hands the suite ledgers with one fault each: the check
// that is there for it must fail.
func TestSuiteCatches(t *testing.T) {
	t.Parallel()
	for _, f := range faults() {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			i := slices.IndexFunc(checks(), func(c check) bool { return c.name == f.check })
			if !fails(t, checks()[i].run, backend(f.check, f)) {
				t.Errorf("%s does not notice", f.check)
			}
		})
	}
}

// TestFaultless makes sure that it is the fault that is caught, and that
// there is one for every check.
func TestFaultless(t *testing.T) {
	t.Parallel()
	for _, c := range checks() {
		if fails(t, c.run, backend(c.name, fault{})) {
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
func (p *probe) Logf(string, ...any)   {}
func (p *probe) Fatal(...any)          { p.failed = true; runtime.Goexit() }
func (p *probe) Fatalf(string, ...any) { p.failed = true; runtime.Goexit() }
