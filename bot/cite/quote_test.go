package cite

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// A statute-like fixture of ours; it is not law.
const fixtureText = `(1) A carrier may not require review of any kind for up to six visits, except for insurance fraud. ` +
	`(2) A carrier shall, within thirty (30) days, pay 2.9% of $1,200 to a non-contracting provider; provided, that the claim is complete. ` +
	`(3) Services provided by a therapist's staff are included — unless the plan says otherwise. Nothing else is required.`

func TestFind(t *testing.T) {
	t.Parallel()
	digest := []string{
		"Permit every category of health care provider … to the extent that",
		"shall post on its website and provide upon request",
	}
	text := []string{fixtureText}
	tests := []struct {
		name, quote string
		official    []string
		want        string // the quotation in our words
		cut, lead   string
		err         error
	}{
		{"whole", "shall post on its website", digest, "shall post on its website", "", "", nil},
		{"short", "every", digest, "every", "", "", nil},
		{"curly, dash, spaces", "a therapist’s  staff are\nincluded", text, "a therapist's staff are included", "unless", "", nil},
		{"zero width and soft hyphen", "thirty\u200b (30) da\u00adys", text, "thirty (30) days", "", "", nil},
		{"closing full stop", "provide upon request.", digest, "provide upon request", "", "", nil},
		{"closing comma where the source has a full stop", "Nothing else is required,", text, "Nothing else is required", "", "", nil},
		{"question mark is no closing mark", "provide upon request?", digest, "", "", "", ErrNotThere},
		{"bracketed letter", "[p]ermit every category", digest, "Permit every category", "", "", nil},
		{"bracketed other letter", "[s]ermit every category", digest, "", "", "", ErrNotThere},
		{"case is kept", "permit every category", digest, "", "", "", ErrNotThere},
		{"ellipsis over words held", "post on its … provide upon request", digest, "post on its … provide upon request", "", "", nil},
		{"official ellipsis", "health care provider ... to the extent", digest, "health care provider … to the extent", "", "", nil},
		{"official ellipsis, short parts", "provider … to", digest, "provider … to", "", "", nil},
		{"across an official ellipsis without one", "health care provider to the extent that", digest, "", "", "", ErrNotThere},
		{"short part", "shall … provide upon request", digest, "", "", "", ErrShortPart},
		{"out of order", "provide upon request … shall post on its", digest, "", "", "", ErrNotThere},
		{"across quotations", "Permit every category … provide upon request", digest, "", "", "", ErrNotThere},
		{"part of a word", "ermit every", digest, "", "", "", ErrNotThere},
		{"part of a hyphenated word", "contracting provider", text, "", "", "", ErrNotThere},
		{"part of a number", "9% of", text, "", "", "", ErrNotThere},
		{"unit sign left out", "1,200 to", text, "", "", "", ErrNotThere},
		{"part of an amount", "pay 2.9% of $1", text, "", "", "", ErrNotThere},
		{"exception cut", "A carrier may not require review of any kind for up to six visits.", text, "A carrier may not require review of any kind for up to six visits", "except", "", nil},
		{"proviso cut", "to a non-contracting provider", text, "to a non-contracting provider", "provided,", "", nil},
		{"provided is also a participle", "Services", text, "Services", "", "", nil},
		{"cut through an ellipsis", "category of health care provider", digest, "category of health care provider", "to the extent", "", nil},
		{"ellipsis swallows a negation", "(1) A carrier may … require review of any", text, "(1) A carrier may … require review of any", "not", "", nil},
		{"ellipsis swallows an exception", "for up to six … A carrier shall, within", text, "for up to six … A carrier shall, within", "except", "", nil},
		{"ellipsis joins two sentences", "staff are included … else is required", text, "staff are included … else is required", "unless", "", nil},
		{"negation right before", "require review of any kind", text, "require review of any kind", "", "not", nil},
		{"ellipsis at the end", "A carrier shall …", text, "A carrier shall …", "", "", nil},
		{"no words", " … ", text, "", "", "", ErrNoWords},
		{"homoglyph", "shall pоst on its website", digest, "", "", "", ErrNotThere},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m, err := Find(tt.quote, tt.official)
			if !errors.Is(err, tt.err) {
				t.Fatalf("error %v, want %v", err, tt.err)
			}
			if m.Quote != tt.want || !strings.EqualFold(m.Cut, tt.cut) || m.Lead != tt.lead {
				t.Errorf("quote %q, cut %q, lead %q; want %q, %q, %q", m.Quote, m.Cut, m.Lead, tt.want, tt.cut, tt.lead)
			}
		})
	}
}

func TestFindPrefersUncut(t *testing.T) {
	t.Parallel()
	m, err := Find("must be given notice", []string{"An enrollee must be given notice unless", "A provider must be given notice."})
	if err != nil || m.Text != 1 || m.Cut != "" {
		t.Errorf("match %+v, error %v; want the second text, uncut", m, err)
	}
}

func TestSpans(t *testing.T) {
	t.Parallel()
	official := "the  carrier\u2019s own\u00a0sta\u00adff … e\u0301tat"
	m, err := Find("carrier's own staff … \u00e9tat", []string{official})
	if err != nil || len(m.Spans) != 2 {
		t.Fatalf("match %+v, error %v", m, err)
	}
	for i, want := range []string{"carrier\u2019s own\u00a0sta\u00adff", "e\u0301tat"} {
		if got := official[m.Spans[i].Start:m.Spans[i].End]; got != want {
			t.Errorf("span %d is %q, want %q", i, got, want)
		}
	}
}

func FuzzNormalise(f *testing.F) {
	for _, s := range []string{"", "a  b", "“x” – y\u00ad", "e\u200d\u0301", "\xff\xfe", "0\xf5\u0300", fixtureText} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := Normalise(s)
		if again := Normalise(n.Text).Text; again != n.Text {
			t.Errorf("not idempotent: %q, then %q", n.Text, again)
		}
		if n.at != nil && len(n.at) != len(n.Text) {
			t.Errorf("%d offsets for %d bytes", len(n.at), len(n.Text))
		}
		for i := 1; i < len(n.at); i++ {
			if n.at[i] < n.at[i-1] {
				t.Fatalf("offset %d goes back", i)
			}
		}
	})
}

// FuzzQuote holds Find to its promise: what it accepts occurs exactly, part
// by part and in order, in the official words.
func FuzzQuote(f *testing.F) {
	f.Add("[p]ermit every", "Permit every category … to the extent that")
	f.Add("a … b c d.", fixtureText)
	f.Add("\xff-\x80", "a\xff-\x80b")
	f.Fuzz(func(t *testing.T, quote, official string) {
		m, err := Find(quote, []string{official})
		if err != nil {
			return
		}
		end := 0
		for _, s := range m.Spans {
			if s.Start < end || s.End > len(official) || s.Start >= s.End {
				t.Fatalf("span %v after %d in %q", s, end, official)
			}
			end = s.End
		}
		words := readQuotation(quote)
		if len(words.parts) != len(m.Spans) {
			t.Fatalf("%d parts, %d spans", len(words.parts), len(m.Spans))
		}
		for i, s := range m.Spans {
			got := Normalise(official[s.Start:s.End]).Text
			want := strings.TrimRight(bracketed.ReplaceAllString(words.parts[i], "$1$2"), ".,;: ")
			if utf8.ValidString(official) && !strings.HasPrefix(strings.ToLower(got), strings.ToLower(want)) && !strings.EqualFold(got, words.parts[i]) {
				t.Errorf("%q is not the words %q", got, want)
			}
		}
	})
}
