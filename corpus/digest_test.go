package corpus_test

import (
	"strings"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

const digest = `---
id: rcw-1.2.003
title: A sample provision
kind: statute
authority: primary-law
jurisdiction: WA
cite: RCW 48.43.045
covers: [RCW 48.43.046]
url: https://example.org/x
as_of: 2022
read_in: a sample
binds: [fully-insured]
licence: public
status: in-force
names: [sample law]
asks: [must they write back?]
---
A carrier must answer.
It must answer in writing.

## (1) Answers
A carrier "shall answer in thirty days … unless" it asked for more.

### (1)(a) In writing
The answer is in writing.

## What it does not say
It does not say how.
`

func TestDigestIsCutAtItsHeadings(t *testing.T) {
	t.Parallel()
	s, err := corpus.ParseDigest("sample.md", []byte(digest))
	if err != nil {
		t.Fatal(err)
	}
	var pins []string
	for _, p := range s.Passages {
		pins = append(pins, string(p.Pin))
	}
	if got, want := strings.Join(pins, "|"), "|(1)|(1)(a)|what it does not say"; got != want {
		t.Errorf("pins %s, want %s", got, want)
	}
	if len(s.Asks) != 1 || s.Asks[0] != "must they write back?" {
		t.Errorf("asks %q", s.Asks)
	}
	covered := citation.Citation{System: citation.RCW, Number: "48.43.046"}
	c, err := corpus.NewCatalog([]*corpus.Source{s}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Find(covered.At("(2)")); len(got) != 1 || got[0] != s {
		t.Errorf("%s is not found under what it covers, %s", s.ID, covered)
	}
	inner := s.Passage("(1)(a)")
	for _, part := range []string{"A sample provision", "Answers", `A carrier "shall answer`} {
		if !strings.Contains(inner.Context, part) {
			t.Errorf("context %q lacks %q", inner.Context, part)
		}
	}
	if q := s.Passage("(1)").Official(s.Form); len(q) != 1 || q[0] != "shall answer in thirty days … unless" {
		t.Errorf("official words %q", q)
	}
	if n := len(s.Within("(1)")); n != 2 {
		t.Errorf("%d passages within (1), want 2", n)
	}
	if s.Cite.At("(1)(a)") != (citation.Citation{System: citation.RCW, Number: "48.43.045", Pin: "(1)(a)"}) {
		t.Errorf("cited as %v", s.Cite)
	}
}

func TestDigestIsRefused(t *testing.T) {
	t.Parallel()
	long := strings.TrimSpace(strings.Repeat("word ", corpus.MaxQuote+1))
	tests := []struct{ name, old, new, want string }{
		{"no front matter", "---\nid", "id", "no front matter"},
		{"unknown field", "names:", "nicknames:", "nicknames"},
		{"a tag in place of a list", "names: [sample law]", "names: !x", "YAML"},
		{"no id", "id: rcw-1.2.003", "id:", "id"},
		{"no title", "title: A sample provision", "title:", "title is missing"},
		{"unknown kind", "kind: statute", "kind: gospel", "gospel"},
		{"unknown authority", "primary-law", "hearsay", "hearsay"},
		{"jurisdiction", "jurisdiction: WA", "jurisdiction: Washington", "Washington"},
		{"cite", "RCW 48.43.045", "RCW forty-eight", "forty-eight"},
		{"covers itself", "RCW 48.43.046", "RCW 48.43.045", "covers"},
		{"covers no citation", "RCW 48.43.046", "the rest", "the rest"},
		{"url", "https://example.org/x", "ftp://x", "ftp://x"},
		{"as_of", "as_of: 2022", "as_of: last year", "last year"},
		{"impossible month", "as_of: 2022", "as_of: 2022-13", "2022-13"},
		{"read_in", "read_in: a sample", "read_in:", "read_in is missing"},
		{"binds missing", "binds: [fully-insured]\n", "", "binds is missing"},
		{"binds unknown", "[fully-insured]", "[everyone]", "everyone"},
		{"licence", "licence: public", "licence: free", "free"},
		{"status", "status: in-force", "status: fine", "fine"},
		{"superseded by nothing", "status: in-force", "status: superseded", "superseded_by"},
		{"empty section", "The answer is in writing.", "", "says nothing"},
		{"two of one pinpoint", "### (1)(a)", "### (1)", "two passages"},
		{"open quotation", `"shall answer`, `shall answer`, "without its partner"},
		{"long quotation", "shall answer in thirty days … unless", long, "41 words"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if !strings.Contains(digest, tt.old) {
				t.Fatalf("the sample lacks %q", tt.old)
			}
			_, err := corpus.ParseDigest("sample.md", []byte(strings.Replace(digest, tt.old, tt.new, 1)))
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "sample.md") {
				t.Errorf("error %v, want one that names the file and %q", err, tt.want)
			}
		})
	}
}

const card = `id: card-sample
title: A sample card
kind: card
authority: practice
jurisdiction: any
cite: none
url: none
as_of: 2026
read_in: a sample
binds: []
licence: public
status: in-force
asks: [may they?]
answer:
  - say: They must answer.
    cites: [RCW 48.43.045(1)]
next:
  - say: Ask in writing.
    cites: [RCW 48.43.045]
`

func TestCardsMayCiteOnlyWhatIsHeld(t *testing.T) {
	t.Parallel()
	s, err := corpus.ParseDigest("sample.md", []byte(digest))
	if err != nil {
		t.Fatal(err)
	}
	good, err := corpus.ParseCard("card.yaml", []byte(card))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := corpus.NewCatalog([]*corpus.Source{s}, []*corpus.Card{good}); err != nil {
		t.Errorf("a good card was refused: %v", err)
	}
	for _, cite := range []string{"RCW 48.43.045(9)", "RCW 48.43.999"} {
		bad, err := corpus.ParseCard("card.yaml", []byte(strings.Replace(card, "RCW 48.43.045(1)", cite, 1)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := corpus.NewCatalog([]*corpus.Source{s}, []*corpus.Card{bad}); err == nil || !strings.Contains(err.Error(), cite) {
			t.Errorf("error %v, want one that names %s", err, cite)
		}
	}
}

func TestCardIsRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, old, new, want string }{
		{"unknown field", "asks:", "questions:", "questions"},
		{"no next", "next:", "weak:", "next"},
		{"a cite of its own", "cite: none", "cite: RCW 48.43.045", "cite: none"},
		{"an unreadable citation", "RCW 48.43.045(1)", "that law", "that law"},
		{"another kind", "kind: card", "kind: guide", "want card or correction"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := corpus.ParseCard("card.yaml", []byte(strings.Replace(card, tt.old, tt.new, 1)))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q in it", err, tt.want)
			}
		})
	}
}

func TestHashTellsEveryChange(t *testing.T) {
	t.Parallel()
	parse := func(text string) string {
		s, err := corpus.ParseDigest("sample.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return s.Hash()
	}
	was := parse(digest)
	if parse(digest) != was {
		t.Error("the hash of one text is not one")
	}
	for old, new := range map[string]string{"must answer in writing": "may answer in writing", "What it does not say": "What it says",
		"a sample\n": "another\n", "as_of: 2022": "as_of: 2023", "sample law": "law",
		"must they write back?": "must they answer?", "RCW 48.43.046": "RCW 48.43.047"} {
		if parse(strings.Replace(digest, old, new, 1)) == was {
			t.Errorf("%q for %q does not change the hash", new, old)
		}
	}
}

func FuzzParseDigest(f *testing.F) {
	f.Add(digest)
	f.Add("---\n---\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := corpus.ParseDigest("fuzz.md", []byte(text))
		if err == nil && (s.ID == "" || len(s.Passages) == 0) {
			t.Fatalf("accepted a source without an id or a passage: %q", text)
		}
	})
}

func FuzzParseCard(f *testing.F) {
	f.Add(card)
	f.Fuzz(func(t *testing.T, text string) {
		c, err := corpus.ParseCard("fuzz.yaml", []byte(text))
		if err == nil && (c.Source == nil || len(c.Answer) == 0) {
			t.Fatalf("accepted a card without a source or an answer: %q", text)
		}
	})
}
