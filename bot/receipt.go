package bot

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A Receipt lets an answer be checked again, offline, months later. It holds
// the answer and the words it was checked against, and never the question.
type Receipt struct {
	ID       string          `json:"id"`
	Made     time.Time       `json:"made"`
	Program  string          `json:"program"`
	Prompt   string          `json:"prompt,omitempty"` // hash of the words a model was told
	Answer   json.RawMessage `json:"answer"`
	Passages []Held          `json:"passages"`
	Seal     string          `json:"seal"` // HMAC-SHA-256 over all the above, in hex
}

// Held is a cited passage as it stood when the answer was given.
type Held struct {
	Cite   citation.Citation `json:"cite"`
	Source string            `json:"source"`
	Title  string            `json:"title"`
	Form   corpus.Form       `json:"form"`
	AsOf   corpus.Date       `json:"as_of"`
	Hash   string            `json:"sha256"` // of Text
	Text   string            `json:"text"`
}

// Receipts keeps receipts in a folder, one file each, sealed with a key
// beside them: proof against change by others, not by whoever holds the key.
// It is safe for use by many processes at once.
type Receipts struct {
	Dir string // made on the first Save
}

// Writable reports why no receipt can be written now, or nil. It makes the
// directory, as Save does, and leaves no file behind.
func (r *Receipts) Writable() error {
	if err := os.MkdirAll(r.Dir, 0o700); err != nil {
		return fmt.Errorf("bot: receipts: %w", err)
	}
	f, err := os.CreateTemp(r.Dir, ".probe-*")
	if err != nil {
		return fmt.Errorf("bot: receipts: %w", err)
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// Errors of reading a receipt.
var (
	ErrNoReceipt = errors.New("no such receipt")
	ErrAltered   = errors.New("receipt was altered, or sealed with another key")
)

const keyFile, keySize = "key", 32

var receiptID = regexp.MustCompile(`^r-[0-9a-f]{12}$`)

// NewReceiptID is a fresh name for a receipt.
func NewReceiptID() string {
	var b [6]byte
	rand.Read(b[:])
	return "r-" + hex.EncodeToString(b[:])
}

// Save seals rec and writes it by rename under its ID.
func (r *Receipts) Save(rec *Receipt) error {
	if !receiptID.MatchString(rec.ID) {
		return fmt.Errorf("bot: receipt: %q is no name for one", rec.ID)
	}
	if err := os.MkdirAll(r.Dir, 0o700); err != nil {
		return fmt.Errorf("bot: receipt: %w", err)
	}
	key, err := r.key(true)
	if err != nil {
		return err
	}
	rec.Seal = seal(key, rec)
	data, err := json.MarshalIndent(rec, "", "  ")
	if err != nil {
		return fmt.Errorf("bot: receipt: %w", err)
	}
	return writeByRename(filepath.Join(r.Dir, rec.ID+".json"), append(data, '\n'))
}

// Open reads the receipt called id, or the file at that path, and checks
// its seal: ErrNoReceipt, ErrAltered.
func (r *Receipts) Open(id string) (*Receipt, error) {
	name := id
	if receiptID.MatchString(id) {
		name = filepath.Join(r.Dir, id+".json")
	}
	data, err := readAtMost(name, 4<<20)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("bot: receipt %s: %w", id, ErrNoReceipt)
	case err != nil:
		return nil, fmt.Errorf("bot: receipt: %w", err)
	}
	var rec Receipt
	if err := json.Unmarshal(data, &rec); err != nil || !receiptID.MatchString(rec.ID) {
		return nil, fmt.Errorf("bot: receipt %s is not a receipt: %w", id, ErrAltered)
	}
	key, err := r.key(false)
	if err != nil {
		return nil, err
	}
	if !hmac.Equal([]byte(rec.Seal), []byte(seal(key, &rec))) {
		return nil, fmt.Errorf("bot: receipt %s: %w", id, ErrAltered)
	}
	return &rec, nil
}

// sealed is what the seal covers: everything but the seal, compactly.
func (rec *Receipt) sealed() []byte {
	c := *rec
	c.Seal = ""
	data, err := json.Marshal(&c)
	if err != nil {
		return nil // unreachable: every field came from or goes to JSON
	}
	return data
}

func seal(key []byte, rec *Receipt) string {
	mac := hmac.New(sha256.New, key)
	mac.Write(rec.sealed())
	return hex.EncodeToString(mac.Sum(nil))
}

// key reads the sealing key, making it first if create is set and there is
// none. Of many processes that make one at once, one wins and all use it.
func (r *Receipts) key(create bool) ([]byte, error) {
	name := filepath.Join(r.Dir, keyFile)
	key, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) && create {
		fresh := make([]byte, keySize)
		rand.Read(fresh)
		tmp, err := writeTemp(r.Dir, fresh)
		if err != nil {
			return nil, err
		}
		defer os.Remove(tmp)
		if err := os.Link(tmp, name); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, fmt.Errorf("bot: receipt key: %w", err)
		}
		return r.key(false)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("bot: receipt key %s is gone: receipts sealed with it can no longer be checked: %w", name, ErrAltered)
	}
	if err != nil {
		return nil, fmt.Errorf("bot: receipt key: %w", err)
	}
	if len(key) != keySize {
		return nil, fmt.Errorf("bot: receipt key %s is damaged: move it away; receipts sealed with it can no longer be checked", name)
	}
	return key, nil
}

// keep saves the answer's receipt: the answer as it is shown, without the
// person's own words. A disk that cannot be written costs the receipt, not
// the answer.
func (a *Assistant) keep(ans *Answer, l *law) {
	if a.Receipts == nil || ans.Abstained {
		return
	}
	kept := *ans
	kept.ID, kept.Readings, kept.Deadlines = NewReceiptID(), nil, nil
	kept.Text = kept.Render(Plain)
	var passages []Held
	for _, c := range ans.Citations {
		passages = append(passages, l.held(c)...)
	}
	if why := a.saveReceipt(&kept, ans.prompt, passages); why != "" {
		ans.Warnings = append(ans.Warnings, why)
		return
	}
	ans.ID = kept.ID
}

// saveReceipt saves kept, which has its ID, with the passages that it rests
// on. It says what to tell the person where that fails, or "".
func (a *Assistant) saveReceipt(kept *Answer, prompt string, passages []Held) string {
	body, err := json.Marshal(kept)
	if err == nil {
		err = a.Receipts.Save(&Receipt{ID: kept.ID, Made: a.Now().UTC(), Program: "advocate", Prompt: prompt, Answer: body, Passages: orEmpty(passages)})
	}
	if err != nil {
		return "No receipt was kept: " + rootCause(err) + "."
	}
	return ""
}

// held are the words a citation was checked against: the digest's passage,
// and of an official text the piece in which the quotation stands.
func (l *law) held(c Citation) []Held {
	var out []Held
	s, p := l.catalog.Resolve(c.Cite)
	if p != nil {
		out = append(out, Held{c.Cite, s.ID, s.Title, s.Form, s.AsOf, p.Hash(), keptText(s, p, c)})
	}
	if c.Text == "" || s != nil && s.ID == c.Text {
		return out
	}
	if words, t := l.textOf(c); t != nil {
		p := corpus.Passage{Text: words}
		out = append(out, Held{c.Cite, t.ID, t.Title, t.Form, c.AsOf, p.Hash(), words})
	}
	return out
}

// textOf is the piece of an official text in which a citation's quotation
// stands, and the text.
func (l *law) textOf(c Citation) (string, *corpus.Source) {
	for _, t := range l.catalog.Texts() {
		if t.ID != c.Text {
			continue
		}
		for _, words := range piecesOf(t, c.Pinpoint) {
			if _, err := cite.Find(c.Quote, []string{words}); err == nil {
				return words, t
			}
		}
	}
	return "", nil
}

// piecesOf are the pieces of a text in which a quotation may stand.
func piecesOf(t *corpus.Source, pin citation.Pinpoint) []string {
	return append(cite.WordsAt(t, pin), cite.Running(t, pin))
}

// holds reports whether the words of h are still what this library holds at
// its place.
func (l *law) holds(h Held) bool {
	for _, s := range l.catalog.Find(h.Cite) {
		if s.Form != h.Form {
			continue
		}
		if p := s.Passage(h.Cite.Pin); p != nil && p.Hash() == h.Hash {
			return true
		}
		if s.Form == corpus.Text && slices.Contains(piecesOf(s, h.Cite.Pin), h.Text) {
			return true
		}
	}
	return false
}

// Leaning returns the receipts of answers that cite one of cites, by id.
// A file that is no receipt of this machine is passed over.
func (r *Receipts) Leaning(cites []citation.Citation) ([]string, error) {
	entries, err := os.ReadDir(r.Dir)
	if errors.Is(err, fs.ErrNotExist) || len(cites) == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("bot: receipts: %w", err)
	}
	var out []string
	for _, e := range entries {
		id, ok := strings.CutSuffix(e.Name(), ".json")
		if !ok || !receiptID.MatchString(id) {
			continue
		}
		rec, err := r.Open(id)
		if err != nil {
			continue
		}
		if slices.ContainsFunc(rec.Passages, func(h Held) bool { return slices.Contains(cites, h.Cite.Base()) }) {
			out = append(out, id)
		}
	}
	return out, nil
}

// keptText is what a receipt keeps of a passage: all of it, or where the
// licence is limited the words that were shown.
func keptText(s *corpus.Source, p *corpus.Passage, c Citation) string {
	if quoteLimit(s.Licence) > 0 {
		return c.Quote
	}
	return p.Text
}

// A Recheck is what checking a receipt again found.
type Recheck struct {
	Receipt *Receipt `json:"receipt"`
	Claims  int      `json:"claims"`
	Failed  []string `json:"failed"`  // claims that no longer pass against the kept words
	Changed []string `json:"changed"` // places whose words in this library differ today
}

// Recheck opens a receipt, runs every claim through the checker against the
// words kept in it, and compares those words with this library's.
func (a *Assistant) Recheck(id string) (*Recheck, error) {
	rec, err := a.Receipts.Open(id)
	if err != nil {
		return nil, err
	}
	var ans Answer
	if err := json.Unmarshal(rec.Answer, &ans); err != nil {
		return nil, fmt.Errorf("bot: receipt %s: %w", id, ErrAltered)
	}
	out := &Recheck{Receipt: rec, Claims: len(ans.Claims), Failed: []string{}, Changed: []string{}}
	then, err := rec.catalog()
	if err != nil {
		return nil, err
	}
	now := a.law(a.today())
	for _, h := range rec.Passages {
		if !now.holds(h) {
			out.Changed = append(out.Changed, h.Cite.String())
		}
	}
	checker := cite.New(then)
	for _, c := range ans.Claims {
		claim := cite.Claim{Text: c.Text}
		for _, n := range c.Citations {
			if n < 1 || n > len(ans.Citations) {
				return nil, fmt.Errorf("bot: receipt %s: %w", id, ErrAltered)
			}
			claim.Refs = append(claim.Refs, cite.Ref{Cite: ans.Citations[n-1].Cite, Quote: ans.Citations[n-1].Quote})
		}
		// of two claims with one citation its quotation may be the other's
		if v := checker.Claim(claim).Verdict; v != c.Verdict && (v == cite.Withheld || c.Verdict != cite.Supported) {
			out.Failed = append(out.Failed, c.Text)
		}
	}
	return out, nil
}

// catalog is the library as far as the receipt keeps it.
func (rec *Receipt) catalog() (*corpus.Catalog, error) {
	byID := map[string]*corpus.Source{}
	var sources []*corpus.Source
	for _, h := range rec.Passages {
		s := byID[h.Source]
		if s == nil {
			s = &corpus.Source{ID: h.Source, Title: h.Title, Cite: h.Cite.Base(), Form: h.Form, Scope: corpus.PublicScope}
			if h.Form == corpus.Text {
				s.Status = "partial" // as far as the receipt keeps it
			}
			byID[h.Source] = s
			sources = append(sources, s)
		}
		s.Passages = append(s.Passages, corpus.Passage{Pin: h.Cite.Pin, Text: h.Text})
	}
	return corpus.NewCatalog(sources, nil)
}
