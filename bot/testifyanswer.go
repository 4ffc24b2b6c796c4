package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/corpus/citation"
)

// hardest is how many questions are prepared.
const hardest = 5

// answer picks the hardest questions of the other side for this bill and
// answers them. A question is left out where fewer than two sentences of its
// answer pass.
func (s *speaker) answer() {
	type asked struct {
		*question
		score int
	}
	var all []asked
	for i := range s.Testimonies.questions {
		q := &s.Testimonies.questions[i]
		if score, ok := s.score(q.Worth, q.Themes); ok && s.fits(q.Side, q.If) {
			all = append(all, asked{q, score})
		}
	}
	slices.SortStableFunc(all, func(a, b asked) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.ID, b.ID))
	})
	for _, q := range all {
		if len(s.out.Questions) == hardest {
			return
		}
		if h, ok := s.answered(q.question); ok {
			s.out.Questions = append(s.out.Questions, h)
		}
	}
}

// answered is a question with the sentences of its answer that pass.
func (s *speaker) answered(q *question) (HostileQuestion, bool) {
	h := HostileQuestion{ID: q.ID, Q: q.Q, Claims: []Statement{}, Citations: []int{}}
	var passed []checkedSaying
	var from []answerSentence
	for _, sentence := range q.Answer {
		if x := s.said(sentence.Say, sentence.Cites); x.Verdict != cite.Withheld {
			passed, from = append(passed, x), append(from, sentence)
		}
	}
	if len(passed) < 2 {
		return h, false
	}
	var text []string
	for i, x := range passed {
		st := Statement{In: "answer", Text: x.text, Mark: from[i].Mark, Strength: strings.Join(s.Testimonies.strength(from[i]), "; "), Verdict: x.Verdict, Citations: s.numbers(x)}
		h.Claims = append(h.Claims, st)
		text = append(text, x.text)
		for _, n := range st.Citations {
			if !slices.Contains(h.Citations, n) {
				h.Citations = append(h.Citations, n)
			}
		}
	}
	h.A = strings.Join(text, " ")
	return h, true
}

// identify looks for identifiers in the story. The story stands: it is the
// speaker's, and the speaker decides.
func (s *speaker) identify(story string) {
	if story == "" {
		return
	}
	if s.Gate == nil {
		s.out.Warnings = append(s.out.Warnings, "The story was not looked through for names and other identifiers.")
		return
	}
	_, s.out.PHI = s.Gate.NewCase(phi.Draft).Redact(story, phi.Owner)
	if lines := identifierLines(s.out.PHI); len(lines) > 0 && strings.HasPrefix(lines[0], "found: ") {
		s.out.Warnings = append(s.out.Warnings, "The story names somebody, or what identifies somebody ("+strings.TrimPrefix(lines[0], "found: ")+
			"). A hearing is public and recorded: have that person's consent, or leave it out.")
	}
}

// warn says what the speaker has to know: what was left out, what nobody
// checked, what this library does not hold, what the law's warnings are.
func (s *speaker) warn() {
	add := func(format string, args ...any) {
		s.out.Warnings = append(s.out.Warnings, fmt.Sprintf(format, args...))
	}
	if all := s.about.words; all > 0 {
		told := 0
		for _, st := range s.out.Statements {
			if st.In == inScript && st.Part == PartBill {
				told += st.words
			}
		}
		if st := s.tellBill(); st[0].Text == s.blank("about") {
			add("What you wrote on the bill takes %d words to say and its first sentence does not fit: say it in at most %d. The written version has all of it.", all, s.total(st))
		} else if told < all {
			add("What you wrote on the bill takes %d words to say; the script has its first %d, cut at the end of a sentence. The written version has all of it.", all, told)
		}
	}
	if all := s.hearing.story.words; all > 0 {
		told := SpokenWords(strings.Join(s.story, " "))
		switch {
		case len(s.story) == 0:
			add("The story takes %d words to say and its first sentence does not fit, so the script has none of it. Shorten it to %d words. The written version has all of it.", all, int(storyShare*float64(s.budget)))
		case len(s.story) < len(s.hearing.story.sentences):
			add("Of the story, %d of %d words were left out of the script, from the end, at the end of a sentence. The written version has all of it.", max(all-told, 1), all)
		}
	}
	if s.about.linked || s.hearing.story.linked {
		add("A web or mail address in your words was left out.")
	}
	if len(citation.Find(strings.Join(append(slices.Clone(s.about.sentences), s.hearing.story.sentences...), "\n"))) > 0 {
		add("Your own words name a law or a study. They stand as you wrote them and were not checked: 'advocate check' does that.")
	}
	if !s.holdsLawOf(s.state) {
		add("Nothing is said of %s own law: this library has verified nothing of it that fits this bill. Ask the state's insurance department before the hearing.", s.stateName())
	}
	if left := s.budget - s.out.Words; left >= s.frames.Pace {
		add("The script takes %s of %s. What is left is for your story, or for questions.", s.frames.spokenTime(s.out.Words), s.frames.spokenTime(s.budget))
	}
	s.out.Warnings = append(s.out.Warnings, s.law.warnings(&s.cited, s.hearing.day, s.today())...)
	var cites []citation.Citation
	for _, c := range s.out.Citations {
		cites = append(cites, c.Cite)
	}
	facts, err := s.Rules.Given("", s.state, nil)
	if err == nil {
		s.out.Applicability = s.Rules.Apply(facts, s.hearing.day).About(cites)
	}
	s.out.Missing = s.frames.gaps(s.out.Script, s.out.Written, s.out.Handout)
}

// holdsLawOf reports whether a point of that state's own law was used.
func (s *speaker) holdsLawOf(state string) bool {
	return slices.ContainsFunc(s.out.Citations, func(c Citation) bool { return c.Jurisdiction == state })
}

// stateName is the name of the hearing's state, as an owner.
func (s *speaker) stateName() string {
	for _, st := range s.Rules.States() {
		if st.Code == s.state {
			return st.Name + "'s"
		}
	}
	return "the state's"
}
