package cite

import (
	"errors"
	"strings"
	"testing"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// rcw is RCW 48.99.<number>; chapter 48.99 has no such sections.
func rcw(number string, pin citation.Pinpoint) citation.Citation {
	return citation.Citation{System: citation.RCW, Number: "48.99." + number, Pin: pin}
}

// fixtures is a catalog of four made-up sources: a digest, an official text, a
// superseded digest and a case.
func fixtures(t testing.TB) *corpus.Catalog {
	t.Helper()
	base := corpus.Source{Kind: corpus.Statute, Authority: corpus.PrimaryLaw, Jurisdiction: "WA", URL: "https://example.org",
		AsOf: "2026", ReadIn: "a fixture", Licence: "public", Status: "in-force", Scope: corpus.PublicScope, Form: corpus.Digest}
	digest, text, old, judged := base, base, base, base
	digest.ID, digest.Title, digest.Cite = "rcw-48.99.010", "Criteria", rcw("010", "")
	digest.Passages = []corpus.Passage{
		{Heading: "Criteria", Text: "A carrier must show its criteria, and may not require review of the first six visits."},
		{Pin: "(1)", Heading: "Showing", Text: `A carrier "shall post on its website and provide upon request … any criteria the carrier uses".` + "\nA patient may ask for the criteria."},
		{Pin: "(1)(a)", Heading: "Six visits", Text: `A carrier "may not require review of any kind for up to six visits, except for fraud".` + "\nSee RCW 48.99.020 for payment."},
		{Pin: "(2)", Heading: "Referral", Text: `The plan "may require a referral or prescription".`},
	}
	text.ID, text.Title, text.Form, text.Cite = "rcw-48.99.020", "Payment", corpus.Text, rcw("020", "")
	text.Licence = "quote:12"
	text.Passages = []corpus.Passage{
		{Heading: "Payment", Text: "Payment of claims."},
		{Pin: "(1)", Heading: "Time", Text: "A carrier shall pay a complete claim within thirty days after receipt, unless the enrollee agrees otherwise.\nNothing in this subsection requires a carrier to pay interest."},
		{Pin: "(2)", Heading: "Interest", Text: "Interest at the rate of one percent a month is owed on a claim that is paid late and that was complete when the carrier received it from the provider."},
	}
	old.ID, old.Title, old.Cite, old.Status = "rcw-48.99.005", "Old", rcw("005", ""), "superseded"
	old.SupersededBy = rcw("010", "")
	old.Passages = []corpus.Passage{{Heading: "Old", Text: `RCW 48.99.010 took the place of this section, which began "Each carrier shall disclose".`}}
	judged.ID, judged.Title, judged.Kind = "case", "Carrier v. State", corpus.Case
	judged.Cite = citation.Citation{System: citation.F3d, Number: "999 1"}
	judged.Passages = []corpus.Passage{{Heading: "Carrier v. State", Text: "In 1998 the Ninth Circuit upheld the rule."},
		{Pin: "holding", Heading: "Holding", Text: "The rule regulates insurance, so it is saved from preemption."}}
	family := base
	family.ID, family.Title, family.Kind = "icd-m99.9", "A family of codes", corpus.Code
	family.Cite = citation.Citation{System: citation.ICD10CM, Number: "M99.9"}
	family.Covers = []citation.Citation{{System: citation.ICD10CM, Number: "M99.91"}}
	family.Passages = []corpus.Passage{{Heading: "A family of codes", Text: "ICD-10-CM M99.9 heads a family and is not billable; it has the code M99.91."},
		{Pin: "the codes", Heading: "The codes", Text: "M99.91 is the left side."}}
	c, err := corpus.NewCatalog([]*corpus.Source{&digest, &text, &old, &judged, &family}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestClaim(t *testing.T) {
	t.Parallel()
	k := New(fixtures(t))
	judged := citation.Citation{System: citation.F3d, Number: "999 1", Pin: "holding"}
	tests := []struct {
		name, text string
		refs       []Ref
		want       Verdict
		reason     string // part of it
	}{
		{"no refs", "A carrier must show its criteria.", nil, Withheld, "cites nothing"},
		{"supported", "Carriers have to show their criteria.", []Ref{{rcw("010", ""), ""}}, Supported, ""},
		{"verified", "A carrier must post its criteria on its website.", []Ref{{rcw("010", "(1)"), "[S]hall post on its website and provide upon request."}}, Verified, ""},
		{"quotation in the text", `A carrier "shall post on its website" any criteria it uses.`, []Ref{{rcw("010", "(1)"), ""}}, Supported, ""},
		{"not held", "A carrier must show its criteria.", []Ref{{rcw("999", ""), ""}}, Withheld, "RCW 48.99.999 is not in the library"},
		{"pinpoint not held", "A carrier must show its criteria.", []Ref{{rcw("010", "(9)"), ""}}, Withheld, "without that pinpoint"},
		{"altered quotation", "A carrier must post its criteria on its website.", []Ref{{rcw("010", "(1)"), "may post on its website"}}, Withheld, "do not stand there"},
		{"wrong pinpoint", "The plan may require a referral.", []Ref{{rcw("010", "(1)"), "may require a referral or prescription"}}, Withheld, "in RCW 48.99.010(2)"},
		{"quotation of another source", "A carrier must show its criteria.", []Ref{{rcw("010", ""), "shall pay a complete claim within thirty days"}}, Withheld, "in RCW 48.99.020(1)"},
		{"cut quotation", "A carrier may not require review of any kind for up to six visits.", []Ref{{rcw("010", "(1)(a)"), "may not require review of any kind for up to six visits."}}, Withheld, `"except"`},
		{"negation left out of a quotation", "A carrier may not require review of any kind for up to six visits.", []Ref{{rcw("010", "(1)(a)"), "require review of any kind"}}, Withheld, `"not"`},
		{"licence", "Interest is owed on a claim that is paid late.", []Ref{{rcw("020", "(2)"), "is owed on a claim that is paid late and that was complete when the carrier received it"}}, Withheld, "licence"},
		{"guard", "A carrier may show its criteria.", []Ref{{rcw("010", ""), ""}}, Withheld, `it has "show" as allowed, where the passage has it as a duty`},
		{"words that are not official in quotation marks", `A carrier "must show" its criteria.`, []Ref{{rcw("010", "(1)"), ""}}, Withheld, "do not stand there"},
		{"negation said outside the marks", `A carrier may not "require review of any kind for up to six visits, except for fraud".`, []Ref{{rcw("010", "(1)(a)"), ""}}, Supported, ""},
		{"negation not said", `A carrier may "require review of any kind for up to six visits, except for fraud".`, []Ref{{rcw("010", "(1)(a)"), ""}}, Withheld, `"not" stands right before`},
		{"another citation in the text", "Under RCW 48.99.030 a carrier must show its criteria.", []Ref{{rcw("010", ""), ""}}, Withheld, "RCW 48.99.030"},
		{"its own citation in the text", "Under RCW 48.99.010 a carrier must show its criteria.", []Ref{{rcw("010", ""), ""}}, Supported, ""},
		{"a citation its passage names", "RCW 48.99.020 is where to see about payment.", []Ref{{rcw("010", "(1)(a)"), ""}}, Supported, ""},
		{"passages inside the pinpoint count", "A patient may ask for the criteria, and a carrier may not require review of any kind for up to six visits, except for fraud.", []Ref{{rcw("010", "(1)"), ""}}, Supported, ""},
		{"the court stands in a case's first sentence", "The Ninth Circuit's case says that the rule regulates insurance.", []Ref{{judged, ""}}, Supported, ""},
		{"an official text", "A carrier must pay a complete claim within 30 days after receipt, unless the enrollee agrees otherwise.", []Ref{{rcw("020", "(1)"), ""}}, Supported, ""},
		{"one bad ref of two", "A carrier must show its criteria.", []Ref{{rcw("010", ""), ""}, {rcw("999", ""), ""}}, Withheld, "not in the library"},
	}
	for _, tt := range tests {
		r := k.Claim(Claim{tt.text, tt.refs})
		if r.Verdict != tt.want || !strings.Contains(r.Reason, tt.reason) || (r.Reason == "") != (tt.want != Withheld) {
			t.Errorf("%s: %s, %q; want %s, %q", tt.name, r.Verdict, r.Reason, tt.want, tt.reason)
		}
		if len(r.Refs) != len(tt.refs) {
			t.Errorf("%s: %d refs of %d", tt.name, len(r.Refs), len(tt.refs))
		}
	}
}

// TestResolved: the quotation is in our words, the digest sentence the one
// that fits, and errors can be told apart.
func TestResolved(t *testing.T) {
	t.Parallel()
	k := New(fixtures(t))
	r := k.Claim(Claim{"A patient may ask for the criteria.", []Ref{{rcw("010", "(1)"), "shall post on its  website … any criteria the carrier uses,"}}})
	got := r.Refs[0]
	if got.Quote != "shall post on its website … any criteria the carrier uses" || got.Digest != "A patient may ask for the criteria." {
		t.Errorf("quote %q, digest %q", got.Quote, got.Digest)
	}
	for quote, want := range map[string]error{"may require a referral": ErrPinpoint, "shall not post on its website": ErrNotThere, "…": ErrNoWords, "shall … any criteria the carrier uses": ErrShortPart} {
		if r := k.Claim(Claim{"A patient may ask for the criteria.", []Ref{{rcw("010", "(1)"), quote}}}); !errors.Is(r.Refs[0].Err, want) {
			t.Errorf("%q: %v, want %v", quote, r.Refs[0].Err, want)
		}
	}
}

// TestVerdictsRepeat: the same claim gives the same result every time, alone
// and with others at work.
func TestVerdictsRepeat(t *testing.T) {
	t.Parallel()
	k := New(fixtures(t))
	c := Claim{"A carrier must post its criteria on its website.", []Ref{{rcw("010", "(1)"), "shall post on its website"}}}
	first := k.Claim(c)
	results := make(chan Result)
	for range 20 {
		go func() { results <- k.Claim(c) }()
	}
	for range 20 {
		if r := <-results; r.Verdict != first.Verdict || r.Refs[0].Quote != first.Refs[0].Quote {
			t.Errorf("%+v, then %+v", first, r)
		}
	}
}
