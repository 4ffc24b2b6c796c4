package official

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// A Sync fetches targets into a store. It is for one use.
type Sync struct {
	Fetch   *Fetcher
	Writing *Writing
	Report  func(done, all int, o Outcome) // after each target; nil for none

	today        corpus.Date
	dispositions map[string][]byte // by address
	titles       map[string]*titleXML
	current      map[string]corpus.Date // eCFR: the day each title is current to
}

// Run fetches each target that was not fetched today. One that fails is an
// outcome with the reason and leaves what is held untouched; the error is of
// a store that cannot be written, or of ctx.
func (y *Sync) Run(ctx context.Context, targets []Target) ([]Outcome, error) {
	y.today = corpus.Date(y.Fetch.Now().Format(time.DateOnly))
	y.dispositions, y.titles, y.current = map[string][]byte{}, map[string]*titleXML{}, map[string]corpus.Date{}
	defer y.dropTitles()
	var out []Outcome
	for i, t := range targets {
		got, err := y.one(ctx, t, targets)
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		if errors.Is(err, errStore) {
			return out, err
		}
		if err != nil {
			got = []Outcome{{Cite: t.Cite, From: t.URL, Result: Failed, Note: err.Error()}}
		}
		for _, o := range got {
			out = append(out, o)
			if y.Report != nil {
				y.Report(i+1, len(targets), o)
			}
		}
	}
	return out, nil
}

// errStore marks an error of writing, after which going on makes no sense.
var errStore = errors.New("the store cannot be written")

func (y *Sync) one(ctx context.Context, t Target, all []Target) ([]Outcome, error) {
	if y.Writing.checked(t.URL).Checked == y.today {
		return []Outcome{{Cite: t.Cite, From: t.URL, Result: NotModified, Note: "it was fetched today already"}}, nil
	}
	switch t.Cite.System {
	case citation.RCW, citation.WAC:
		return y.washington(ctx, t)
	case citation.USC:
		return y.uscode(ctx, t, all)
	case citation.CFR:
		return y.ecfr(ctx, t)
	}
	return y.page(ctx, t, t.URL, Page{URL: t.URL, Cite: t.Cite})
}

// page fetches address and stores what it holds as p.
func (y *Sync) page(ctx context.Context, t Target, address string, p Page) ([]Outcome, error) {
	got, err := y.Fetch.get(ctx, address, y.Writing.checked(t.URL), MaxPage)
	if err != nil {
		return nil, err
	}
	if got.unchanged {
		return y.again(t)
	}
	p.Body, p.Captured = got.body, y.today
	return y.store(t, p, got)
}

// again notes that the publisher shows what it did before.
func (y *Sync) again(t Target) ([]Outcome, error) {
	if err := y.Writing.SeenAgain(t.URL, y.today); err != nil {
		return nil, fmt.Errorf("%w: %w", errStore, err)
	}
	return []Outcome{{Cite: t.Cite, From: t.URL, Result: NotModified}}, nil
}

func (y *Sync) store(t Target, p Page, got *fetched) ([]Outcome, error) {
	parsed, err := Parse(p)
	if err != nil {
		return nil, err
	}
	for i := range parsed {
		if c := parsed[i].Source.Cite; c != t.Cite {
			return nil, layout("%s was asked for, and the page holds %s", t.Cite, c)
		}
		parsed[i].Source.URL = t.URL
	}
	p.URL = t.URL
	return y.put(t, p, parsed, got)
}

func (y *Sync) put(t Target, p Page, parsed []Parsed, got *fetched) ([]Outcome, error) {
	changes, err := y.Writing.Put(p, parsed)
	if err == nil {
		err = y.Writing.remember(t.URL, y.today, got.etag, got.modified)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errStore, err)
	}
	var out []Outcome
	for i, c := range changes {
		out = append(out, outcome(parsed[i].Source, t.URL, string(c)))
	}
	return out, nil
}

// washington fetches a section; where the publisher shows none, its
// chapter's dispositions say what became of it.
func (y *Sync) washington(ctx context.Context, t Target) ([]Outcome, error) {
	out, err := y.page(ctx, t, t.URL, Page{URL: t.URL})
	if !errors.Is(err, ErrNotFound) {
		return out, err
	}
	chapter := citation.Citation{System: t.Cite.System, Number: t.Cite.Number[:strings.LastIndexAny(t.Cite.Number, ".-")]}
	address := washingtonURL(chapter, "&dispo=true")
	if y.dispositions[address] == nil {
		got, dispoErr := y.Fetch.get(ctx, address, seenEntry{}, MaxPage)
		if dispoErr != nil {
			return nil, errors.Join(err, dispoErr)
		}
		y.dispositions[address] = got.body
	}
	d, dispoErr := parseDispositions(y.dispositions[address], t.Cite)
	if dispoErr != nil {
		return nil, errors.Join(err, dispoErr)
	}
	p := Page{URL: t.URL, Body: y.dispositions[address], Captured: y.today, Copy: "the publisher's list of dispositions"}
	title := t.Title
	if title == "" {
		title = t.Cite.String()
	}
	return y.put(t, p, []Parsed{d.ended(p, t.Cite, title)}, &fetched{})
}

// ecfr fetches a section as of the day its title is current to.
func (y *Sync) ecfr(ctx context.Context, t Target) ([]Outcome, error) {
	title, section, _ := strings.Cut(t.Cite.Number, " ")
	if len(y.current) == 0 {
		if err := y.currentTitles(ctx); err != nil {
			return nil, err
		}
	}
	day, ok := y.current[title]
	if !ok {
		return nil, layout("the eCFR does not say to what day title %s is current", title)
	}
	address := fmt.Sprintf("https://www.ecfr.gov/api/versioner/v1/full/%s/title-%s.xml?section=%s", day, title, section)
	return y.page(ctx, t, address, Page{URL: address, Copy: "the eCFR as of " + string(day)})
}

func (y *Sync) currentTitles(ctx context.Context) error {
	const address = "https://www.ecfr.gov/api/versioner/v1/titles.json"
	got, err := y.Fetch.get(ctx, address, seenEntry{}, MaxPage)
	if err != nil {
		return err
	}
	var list struct {
		Titles []struct {
			Number int         `json:"number"`
			UpTo   corpus.Date `json:"up_to_date_as_of"`
		} `json:"titles"`
	}
	if err := json.Unmarshal(got.body, &list); err != nil || len(list.Titles) == 0 {
		return layout("%s is no list of titles: %v", address, err)
	}
	for _, t := range list.Titles {
		if t.UpTo.Valid() && len(t.UpTo) == len(time.DateOnly) {
			y.current[fmt.Sprint(t.Number)] = t.UpTo
		}
	}
	return nil
}
