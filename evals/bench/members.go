package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/everycategory/advocate/bot/web"
	"github.com/everycategory/advocate/evals/trust"
)

// A memberRow is what 64 members who ask at once got.
type memberRow struct {
	Server string  `json:"server"`
	Does   string  `json:"does"`
	Rate   float64 `json:"answers_per_second"`
	Median float64 `json:"median_seconds"`
	P99    float64 `json:"p99_seconds"`
	N      int     `json:"n"`
}

const membersAtOnce = 64

// members puts the product's server, and what somebody would write in its
// place over the same library, on loopback in turn.
func (b *bench) members(ctx context.Context) ([]memberRow, error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	house, err := trust.Open()
	if err != nil {
		return nil, err
	}
	defer house.Close()
	file := filepath.Join(dir, "library.db")
	if err := libraryFTS(ctx, file, house.Catalog); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	ours, err := web.New(web.Config{Assistant: house.Assistant(), AtOnce: membersAtOnce, Wait: time.Minute})
	if err != nil {
		return nil, err
	}
	servers := []struct {
		row     memberRow
		handler http.Handler
		took    []float64
		all     time.Duration
	}{
		{row: memberRow{Server: "advocate serve", Does: "answers, their citations checked"}, handler: ours},
		{row: memberRow{Server: "FTS5 behind net/http", Does: "ten passages, unchecked"}, handler: ftsHandler(db)},
		{row: memberRow{Server: "net/http alone", Does: "a fixed body"}, handler: fixedHandler()},
	}
	asked, err := bodies()
	if err != nil {
		return nil, err
	}
	for turn := -1; turn < b.turns; turn++ { // the first warms, and is not counted
		b.say("members: turn %d of %d", max(0, turn+1), b.turns)
		for i := range servers {
			s := &servers[i]
			begun := time.Now()
			took, err := load(ctx, s.handler, asked, b.asked)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", s.row.Server, err)
			}
			if turn >= 0 {
				s.took, s.all = append(s.took, took...), s.all+time.Since(begun)
			}
		}
	}
	var out []memberRow
	for _, s := range servers {
		s.row.N, s.row.Rate = len(s.took), float64(len(s.took))/s.all.Seconds()
		s.row.Median, s.row.P99 = quantile(s.took, .5), quantile(s.took, .99)
		out = append(out, s.row)
	}
	return out, nil
}

// bodies are the golden questions as they are sent.
func bodies() ([]string, error) {
	all, err := goldenQuestions()
	if err != nil {
		return nil, err
	}
	var out []string
	for _, r := range all {
		data, err := json.Marshal(map[string]string{"question": r.Text})
		if err != nil {
			return nil, err
		}
		out = append(out, string(data))
	}
	return out, nil
}

// load sends n questions to a handler from all members at once, over
// loopback, and returns the seconds that each took.
func load(ctx context.Context, h http.Handler, asked []string, n int) ([]float64, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: time.Minute}
	go server.Serve(listener) //nolint:errcheck // it ends by Close
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: membersAtOnce}}
	defer client.CloseIdleConnections()
	took, errs := make([]float64, n), make([]error, membersAtOnce)
	var wg sync.WaitGroup
	for m := range membersAtOnce {
		wg.Go(func() {
			for i := m; i < n && errs[m] == nil; i += membersAtOnce {
				begun := time.Now()
				errs[m] = post(ctx, client, "http://"+listener.Addr().String()+"/v1/ask", asked[i%len(asked)])
				took[i] = time.Since(begun).Seconds()
			}
		})
	}
	wg.Wait()
	if i := slices.IndexFunc(errs, func(err error) bool { return err != nil }); i >= 0 {
		return nil, errs[i]
	}
	return took, nil
}

func post(ctx context.Context, client *http.Client, address, body string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	n, err := io.Copy(io.Discard, res.Body)
	if err == nil && (res.StatusCode != http.StatusOK || n == 0) {
		err = fmt.Errorf("status %d with %d bytes", res.StatusCode, n)
	}
	return err
}

// ftsHandler returns ten passages that hold the words of a question.
func ftsHandler(db *sql.DB) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var asked struct {
			Question string `json:"question"`
		}
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			http.Error(w, "not JSON", http.StatusBadRequest)
			return
		}
		words := strings.FieldsFunc(asked.Question, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		rows, err := db.QueryContext(r.Context(), "SELECT title, body FROM library WHERE library MATCH ? ORDER BY bm25(library) LIMIT 10", `"`+strings.Join(words, `" OR "`)+`"`)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		defer rows.Close()
		hits := []map[string]string{}
		for rows.Next() {
			var title, body string
			if err = rows.Scan(&title, &body); err != nil {
				break
			}
			hits = append(hits, map[string]string{"title": title, "body": body})
		}
		if err != nil || rows.Err() != nil {
			http.Error(w, "the table cannot be read", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(hits) //nolint:errcheck // the client went away
	})
}

// fixedHandler reads what is asked and returns the same four kilobytes.
func fixedHandler() http.Handler {
	body := []byte(`"` + strings.Repeat("x", 4<<10) + `"`)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body) //nolint:errcheck // it is not looked at
		w.Header().Set("Content-Type", "application/json")
		w.Write(body) //nolint:errcheck // the client went away
	})
}
