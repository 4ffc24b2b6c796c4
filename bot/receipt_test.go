package bot_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot"
)

func sample(n int) *bot.Receipt {
	return &bot.Receipt{ID: bot.NewReceiptID(), Made: time.Date(2026, 7, 1, 0, 0, n, 0, time.UTC), Program: "advocate",
		Answer: json.RawMessage(`{"text":"a <b> & “c”"}`), Passages: []bot.Held{{Source: "s", Text: "They must answer."}}}
}

func TestReceiptComesBack(t *testing.T) {
	t.Parallel()
	r := &bot.Receipts{Dir: filepath.Join(t.TempDir(), "deep", "receipts")}
	rec := sample(1)
	if err := r.Save(rec); err != nil {
		t.Fatal(err)
	}
	got, err := r.Open(rec.ID)
	if err != nil || got.Passages[0].Text != "They must answer." {
		t.Fatalf("got %+v, %v", got, err)
	}
	moved := filepath.Join(t.TempDir(), "elsewhere.json")
	data, err := os.ReadFile(filepath.Join(r.Dir, rec.ID+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(moved, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Open(moved); err != nil {
		t.Errorf("a receipt given as a file: %v", err)
	}
	if _, err := r.Open("r-0123456789ab"); !errors.Is(err, bot.ErrNoReceipt) {
		t.Errorf("a missing receipt: %v", err)
	}
	other := &bot.Receipts{Dir: t.TempDir()}
	if err := other.Save(sample(2)); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Open(moved); !errors.Is(err, bot.ErrAltered) {
		t.Errorf("a receipt under another key: %v", err)
	}
}

// TestAlteredReceiptIsRefused changes single bytes everywhere; what still
// opens must say the same in every field.
func TestAlteredReceiptIsRefused(t *testing.T) {
	t.Parallel()
	r := &bot.Receipts{Dir: t.TempDir()}
	rec := sample(1)
	if err := r.Save(rec); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(r.Dir, rec.ID+".json")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	was, err := r.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	refused := 0
	for i := range data {
		bad := append([]byte(nil), data...)
		bad[i] ^= byte(1 + rng.IntN(255))
		file := filepath.Join(t.TempDir(), "bad.json")
		if err := os.WriteFile(file, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := r.Open(file)
		if err != nil {
			refused++
			continue
		}
		if fmt.Sprint(got) != fmt.Sprint(was) && compact(t, got) != compact(t, was) {
			t.Fatalf("byte %d altered and accepted: %s", i, bad)
		}
	}
	if refused < len(data)/2 {
		t.Errorf("only %d of %d alterations refused", refused, len(data))
	}
}

func compact(t *testing.T, r *bot.Receipt) string {
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestManyMakeOneKey saves from many at once into an empty folder.
func TestManyMakeOneKey(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "receipts")
	var wg sync.WaitGroup
	for i := range 24 {
		wg.Go(func() {
			r := &bot.Receipts{Dir: dir}
			rec := sample(i)
			if err := r.Save(rec); err != nil {
				t.Error(err)
			}
			if _, err := r.Open(rec.ID); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	if len(names) != 25 {
		t.Errorf("%d files, want 24 receipts and one key: %s", len(names), strings.Join(names, " "))
	}
}

func FuzzOpenReceipt(f *testing.F) {
	r := &bot.Receipts{Dir: f.TempDir()}
	rec := sample(1)
	if err := r.Save(rec); err != nil {
		f.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(r.Dir, rec.ID+".json"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte("{}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		name := filepath.Join(t.TempDir(), "x.json")
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := r.Open(name); err == nil && got.Seal != rec.Seal {
			t.Fatalf("accepted a seal of somebody else's: %s", data)
		}
	})
}

// TestRecheckOfTwoClaimsWithOneCitation: a citation's quotation may be that of
// one claim alone; the other passes again all the same.
func TestRecheckOfTwoClaimsWithOneCitation(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	as.Receipts = &bot.Receipts{Dir: t.TempDir()}
	ans, err := as.Ask(t.Context(), bot.Request{Text: "how do i dispose of old chart records"})
	if err != nil {
		t.Fatal(err)
	}
	re, err := as.Recheck(ans.ID)
	if err != nil || re.Claims < 2 || len(re.Failed) > 0 {
		t.Errorf("%+v, %v", re, err)
	}
}
