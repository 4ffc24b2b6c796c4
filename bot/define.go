package bot

import (
	"regexp"
	"strings"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

// defineForm matches a question for what a term means: "what is a
// superbill?", "whats TPA", "what does deemer clause mean exactly",
// "superbill meaning", "explain ERISA to me like I'm five".
var defineForm = regexp.MustCompile(`^(?:so |ok |hi )?(?:what s|whats|what is|what are|what does|what do|what counts as|define|meaning of|explain|can you explain|please explain) (?:an? |the )?(.+?)(?: mean| means| stand for)?(?: exactly| please| to me.*| in (?:normal|plain|simple) (?:words|english|language)| for (?:me|dummies|beginners)| and (?:does it matter|why does it matter|how does it work|is it bad|do i need one))?$|^(.+?) (?:meaning|definition)$`)

// defined finds the place that explains the term a question asks for: the
// law's own definition before the glossary's.
func (a *Assistant) defined(text string) (retrieval.Hit, bool) {
	m := defineForm.FindStringSubmatch(termForm(strings.ReplaceAll(text, "’", "'")))
	if m == nil {
		return retrieval.Hit{}, false
	}
	term := m[1] + m[2]
	if len(strings.Fields(term)) > 5 {
		return retrieval.Hit{}, false
	}
	var glossary *retrieval.Hit
	for _, s := range a.Catalog.Sources {
		for i := range s.Passages {
			p := &s.Passages[i]
			switch {
			case s.ID == glossaryID && sameTerm(p.Heading, term):
				glossary = &retrieval.Hit{Source: s, Pin: p.Pin}
			case s.Authority == corpus.PrimaryLaw && defines(p, term):
				return retrieval.Hit{Source: s, Pin: p.Pin}, true
			}
		}
	}
	if glossary == nil {
		return retrieval.Hit{}, false
	}
	return *glossary, true
}

// defines reports whether a passage of law is a definition of term: it is
// called so, or a numbered place has the term of several words for heading.
func defines(p *corpus.Passage, term string) bool {
	if name, ok := strings.CutPrefix(string(p.Pin), "definition of "); ok {
		return sameTerm(name, term)
	}
	return p.Pin.Enumerated() && strings.Contains(term, " ") && sameTerm(p.Heading, term)
}

// sameTerm compares terms without regard to case, marks, a plural's s and
// what kind of thing a term is of ("an any willing provider law").
func sameTerm(a, b string) bool { return bareTerm(a) == bareTerm(b) }

func bareTerm(term string) string {
	term = strings.TrimSuffix(termForm(term), "s")
	for _, kind := range []string{" law", " rule", " clause", " code", " number"} {
		term = strings.TrimSuffix(term, kind)
	}
	return strings.TrimSuffix(term, "s")
}
