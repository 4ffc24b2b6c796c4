package ledger_test

import (
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/everycategory/advocate/bot/ledger"
)

// BenchmarkAccept accepts new events, one after the other and from eight at
// once: on the disk, which waits for it each time, and in memory.
func BenchmarkAccept(b *testing.B) {
	for name, open := range map[string]func(b *testing.B) ledger.Ledger{
		"file": func(b *testing.B) ledger.Ledger {
			return open(b, filepath.Join(b.TempDir(), "ledger.db"), ledger.Options{})
		},
		"memory": func(b *testing.B) ledger.Ledger { return memoryBackend.Open(b, ledger.Options{}) },
	} {
		for _, senders := range []int{1, 8} {
			b.Run(fmt.Sprint(name, "/", senders), func(b *testing.B) {
				l := open(b)
				var n atomic.Int64
				b.SetParallelism(senders)
				one := func() {
					if ok, err := l.Accept(b.Context(), question(int(n.Add(1)))); !ok || err != nil {
						b.Fatal(ok, err)
					}
				}
				if senders > 1 {
					b.RunParallel(func(pb *testing.PB) {
						for pb.Next() {
							one()
						}
					})
					return
				}
				for b.Loop() {
					one()
				}
			})
		}
	}
}

// BenchmarkDuplicate accepts one event again and again, which writes nothing.
func BenchmarkDuplicate(b *testing.B) {
	l := open(b, filepath.Join(b.TempDir(), "ledger.db"), ledger.Options{})
	for b.Loop() {
		if _, err := l.Accept(b.Context(), question(1)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkWork is all an event costs: Accept, Claim, Begin, Settle, Finish.
func BenchmarkWork(b *testing.B) {
	l := open(b, filepath.Join(b.TempDir(), "ledger.db"), ledger.Options{})
	for n := 0; b.Loop(); n++ {
		_, err := l.Accept(b.Context(), question(n))
		if err != nil {
			b.Fatal(err)
		}
		j, _, err := l.Claim(b.Context(), ledger.Want{Platform: "slack"})
		if err == nil {
			_, err = l.Begin(b.Context(), j, "reply")
		}
		if err == nil {
			err = l.Settle(b.Context(), j, "reply", ledger.Done, "1")
		}
		if err == nil {
			err = l.Finish(b.Context(), j, "answered")
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkForget forgets one of those who asked 10,000 questions of a
// kilobyte each: what it costs is the file's being written anew.
func BenchmarkForget(b *testing.B) {
	l := open(b, filepath.Join(b.TempDir(), "ledger.db"), ledger.Options{})
	text := make(ledger.Text, 1000)
	for n := range 10_000 {
		e := question(n)
		e.Text = text
		if _, err := l.Accept(b.Context(), e); err != nil {
			b.Fatal(err)
		}
	}
	s, err := l.Stats(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := l.Forget(b.Context(), ledger.Principal{Platform: "slack", User: "U2"}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(s.Bytes)/1e6, "MB")
}
