package retrieval_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
	"github.com/everycategory/advocate/retrieval"
)

const thesaurus = `
means:
  - {say: ["won't pay", "stiffed"], mean: denial claim}
  - {say: [masseuse], mean: massage therapist}
spelling: [insurance, massage, therapist, preauthorization]
not_slips: [message]
topic:
  strong: [lmt, "prior authorization"]
  massage: [massage]
  insurance: [insurance, plan, denial]
other_professions: ["tattoo artist"]
foreign: [el, la, que, por]
outside: ["gift card"]
`

func lexicon(t *testing.T) *retrieval.Lexicon {
	t.Helper()
	l, err := retrieval.LoadLexicon(fstest.MapFS{"thesaurus.yaml": {Data: []byte(thesaurus)}})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// shelf is an index of fixed rankings: it knows the words of its sources,
// and answers every search with what it was given.
type shelf struct {
	sources []*corpus.Source
	results retrieval.Results
	asked   retrieval.Query
}

func (s *shelf) Put(context.Context, []retrieval.Document) error { return retrieval.ErrReadOnly }
func (s *shelf) Delete(context.Context, string, []string) error  { return retrieval.ErrReadOnly }
func (s *shelf) Info(context.Context) (retrieval.Info, error)    { return retrieval.Info{}, nil }
func (s *shelf) Close() error                                    { return nil }
func (s *shelf) Sources(context.Context, retrieval.Filter) ([]*corpus.Source, error) {
	return s.sources, nil
}

func (s *shelf) Search(_ context.Context, q retrieval.Query) (retrieval.Results, error) {
	s.asked = q
	return s.results, nil
}

func (s *shelf) Lookup(_ context.Context, c citation.Citation, _ retrieval.Filter) ([]*corpus.Source, error) {
	var out []*corpus.Source
	for _, src := range s.sources {
		if src.Cite.Base() == c.Base() {
			out = append(out, src)
		}
	}
	return out, nil
}

func (s *shelf) Idf(_ context.Context, tokens []string) ([]float32, []bool, error) {
	idf, known := make([]float32, len(tokens)), make([]bool, len(tokens))
	for i, tok := range tokens {
		idf[i] = 1
		for _, src := range s.sources {
			for j := range retrieval.Pieces(src) {
				known[i] = known[i] || slices.Contains(retrieval.IndexTokens(src, j), tok)
			}
		}
	}
	return idf, known, nil
}

func source(id, cite, text string) *corpus.Source {
	s := &corpus.Source{ID: id, Title: id, Kind: corpus.Statute, Jurisdiction: "WA", Scope: corpus.PublicScope,
		Passages: []corpus.Passage{{Text: text}, {Pin: "(1)", Text: text}}}
	if cite != "" {
		s.Cite, _ = citation.Parse(cite)
	}
	return s
}

func TestRead(t *testing.T) {
	t.Parallel()
	idx := &shelf{sources: []*corpus.Source{source("a", "RCW 48.43.045", "massage insurance plan denial claim therapist")}}
	tests := []struct {
		name, text string
		check      func(r retrieval.Reading) bool
	}{
		{"own words and their meaning", "they stiffed my masseuse", func(r retrieval.Reading) bool {
			return weight(r, "masseus") == 1 && weight(r, "denial") > 0 && weight(r, "denial") < 1
		}},
		{"a slip is corrected", "insirance for massge", func(r retrieval.Reading) bool {
			return r.Corrected["insirance"] == "insurance" && r.Corrected["massge"] == "massage" && weight(r, "massag") > 0
		}},
		{"a real word is not", "message plan", func(r retrieval.Reading) bool { return len(r.Corrected) == 0 }},
		{"longer words may hold more slips", "preauthorisashun plan", func(r retrieval.Reading) bool {
			return r.Corrected["preauthorisashun"] == "preauthorization"
		}},
		{"a citation is taken out of the words", "does rcw 48 43 045 1 a bind my plan", func(r retrieval.Reading) bool {
			return len(r.Citations) == 1 && r.Citations[0].Pin == "(1)(a)" && weight(r, "plan") == 1 && weight(r, "48") == 0
		}},
		{"another language", "por que el plan no paga la cosa", func(r retrieval.Reading) bool { return r.Foreign }},
		{"another profession", "can a tattoo artist join", func(r retrieval.Reading) bool { return r.Profession == "tattoo artist" }},
		{"another subject", "massage gift card", func(r retrieval.Reading) bool { return r.Outside == "gift card" }},
		{"an open question", "What is a plan?", func(r retrieval.Reading) bool { return r.Open }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, err := lexicon(t).Read(t.Context(), idx, tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if !tt.check(r) {
				t.Errorf("%q is read as %+v", tt.text, r)
			}
		})
	}
}

func weight(r retrieval.Reading, stem string) float32 {
	for _, term := range r.Terms {
		if term.Token == stem {
			return term.Weight
		}
	}
	return 0
}

func TestFindFusesWhatDiffers(t *testing.T) {
	t.Parallel()
	a, b, c := source("a", "", "massage plan"), source("b", "", "massage plan"), source("c", "RCW 48.43.045", "massage plan")
	words := []retrieval.SectionHit{
		{Source: a, Score: 9, Passages: []retrieval.PassageHit{{Passage: 1, Score: 1}}},
		{Source: b, Score: 8},
	}
	vectors := []retrieval.VectorHit{
		{Source: b, PassageHit: retrieval.PassageHit{Passage: 1, Score: 0.9}},
		{Source: b, PassageHit: retrieval.PassageHit{Passage: 0, Score: 0.8}},
		{Source: c, PassageHit: retrieval.PassageHit{Passage: 0, Score: 0.7}},
	}
	tests := []struct {
		name, text, want string
		results          retrieval.Results
	}{
		{"words alone keep their order", "massage plan", "a b", retrieval.Results{Words: words}},
		{"what both rank high comes first", "massage plan", "b a c", retrieval.Results{Words: words, Vectors: vectors}},
		{"what is cited comes before all", "massage plan of RCW 48.43.045", "c a b", retrieval.Results{Words: words}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			idx := &shelf{sources: []*corpus.Source{a, b, c}, results: tt.results}
			r := &retrieval.Retriever{Index: idx, Lexicon: lexicon(t)}
			f, err := r.Find(t.Context(), retrieval.Question{Text: tt.text, Scopes: []string{corpus.PublicScope}})
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, h := range f.Hits {
				ids = append(ids, h.Source.ID)
			}
			if got := strings.Join(ids, " "); got != tt.want {
				t.Errorf("hits %s, want %s", got, tt.want)
			}
		})
	}
}

// TestFindKeepsToTheState checks what the search is restricted to.
func TestFindKeepsToTheState(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text   string
		states []string
		want   string
	}{
		{"massage plan", nil, "US WA any"},
		{"massage plan", []string{"OR"}, "OR US any"},
		{"does RCW 48.43.045 bind a massage plan", []string{"OR"}, "OR US WA any"},
	} {
		idx := &shelf{sources: []*corpus.Source{source("a", "", "massage plan")}}
		r := &retrieval.Retriever{Index: idx, Lexicon: lexicon(t)}
		if _, err := r.Find(t.Context(), retrieval.Question{Text: tt.text, States: tt.states, Scopes: []string{corpus.PublicScope}}); err != nil {
			t.Fatal(err)
		}
		got := slices.Clone(idx.asked.Filter.Jurisdictions)
		slices.Sort(got)
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%q in %v searches %v, want %s", tt.text, tt.states, got, tt.want)
		}
	}
}

func TestFindDeclines(t *testing.T) {
	t.Parallel()
	a := source("a", "RCW 48.43.045", "massage insurance plan denial")
	for text, want := range map[string]retrieval.Reason{
		"":                                retrieval.Empty,
		"?!":                              retrieval.Empty,
		"what about the weather in tokyo": retrieval.OffTopic,
		"massage gift card plan":          retrieval.OffTopic,
		"can a tattoo artist join a plan": retrieval.OtherProfession,
		"por que el zapato la cosa":       retrieval.OtherLanguage,
		"massage insurance zither frobnicator kumquat gazebo walrus trombone tuba": retrieval.NothingNear,
		"does my insurance plan cover massage":                                     "",
		"RCW 48.43.045":                                                            "",
	} {
		idx := &shelf{sources: []*corpus.Source{a}, results: retrieval.Results{Words: []retrieval.SectionHit{{Source: a, Score: 3}}}}
		r := &retrieval.Retriever{Index: idx, Lexicon: lexicon(t)}
		f, err := r.Find(t.Context(), retrieval.Question{Text: text, Scopes: []string{corpus.PublicScope}})
		if err != nil {
			t.Fatal(err)
		}
		if f.Declined != want {
			t.Errorf("%q is declined as %q, want %q (share %.2f, topicality %d)", text, f.Declined, want, f.Share, f.Reading.Topicality)
		}
	}
}

func TestLexiconIsRefused(t *testing.T) {
	t.Parallel()
	for name, data := range map[string]string{
		"unknown field": "synonyms: []", "no meaning": `means: [{say: [x], mean: "the"}]`, "no words": `topic: {law: ["…"]}`, "not YAML": "{{",
	} {
		if _, err := retrieval.LoadLexicon(fstest.MapFS{"thesaurus.yaml": {Data: []byte(data)}}); err == nil || !strings.Contains(err.Error(), "thesaurus.yaml") {
			t.Errorf("%s: error %v, want one that names the file", name, err)
		}
	}
}

func TestAnalyze(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Insurers DENIED the claims": "insur deni claim",
		"RCW 48.43.045(1)(a)":        "rcw 48.43.045 1",
		"M54.5, 97124":               "m54.5 97124",
		"the therapist’s résumé":     "therapist resum",
		"self-funded":                "self fund",
		"":                           "",
	} {
		var stems []string
		for _, tok := range retrieval.Analyze(text) {
			if !tok.Stop {
				stems = append(stems, tok.Stem)
			}
		}
		if got := strings.Join(stems, " "); got != want {
			t.Errorf("%q is analysed as %q, want %q", text, got, want)
		}
	}
}

func FuzzFind(f *testing.F) {
	l, err := retrieval.LoadLexicon(fstest.MapFS{"thesaurus.yaml": {Data: []byte(thesaurus)}})
	if err != nil {
		f.Fatal(err)
	}
	a := source("a", "RCW 48.43.045", "massage insurance plan denial")
	idx := &shelf{sources: []*corpus.Source{a}, results: retrieval.Results{Words: []retrieval.SectionHit{{Source: a, Score: 3}}}}
	r := &retrieval.Retriever{Index: idx, Lexicon: l}
	for _, seed := range []string{"", "won't pay rcw 48 43 045", "97124는", "\xff\x00", "’’’", strings.Repeat("massage ", 100)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := r.Find(t.Context(), retrieval.Question{Text: text, Scopes: []string{corpus.PublicScope}})
		if err != nil {
			t.Fatal(err)
		}
		if got.Share < 0 || got.Share > 1 {
			t.Fatalf("share %v of %q", got.Share, text)
		}
	})
}
