package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/prompts"
)

// A scripted model answers as its function says, from what it was sent.
type scripted struct {
	away  bool // not on this machine
	sent  []prompts.Prompt
	reply func(r *prompts.AskReply, groups []scriptedGroup) // nil fields: as honest
	raw   func() ([]byte, error)
}

type scriptedGroup struct {
	n         int
	sentences []string
	passages  [][]int
}

func (m *scripted) Name() string { return "scripted" }
func (m *scripted) Home() bool   { return !m.away }

var (
	groupLine = regexp.MustCompile(`^Group (\d+) \(`)
	marks     = regexp.MustCompile(` \[(\d+)\]`)
)

func (m *scripted) Complete(_ context.Context, p prompts.Prompt) ([]byte, error) {
	m.sent = append(m.sent, p)
	if m.raw != nil {
		return m.raw()
	}
	var groups []scriptedGroup
	_, standing, _ := strings.Cut(p.User, "The answer that stands:\n")
	for line := range strings.Lines(standing) {
		line = strings.TrimSpace(line)
		if g := groupLine.FindStringSubmatch(line); g != nil {
			n, _ := strconv.Atoi(g[1])
			groups = append(groups, scriptedGroup{n: n})
			continue
		}
		if say, ok := strings.CutPrefix(line, "- "); ok && len(groups) > 0 {
			g := &groups[len(groups)-1]
			var from []int
			for _, m := range marks.FindAllStringSubmatch(say, -1) {
				n, _ := strconv.Atoi(m[1])
				from = append(from, n)
			}
			g.sentences = append(g.sentences, marks.ReplaceAllString(say, ""))
			g.passages = append(g.passages, from)
		}
	}
	var r prompts.AskReply
	m.reply(&r, groups)
	return json.Marshal(r)
}

// say adds a sentence to a reply.
func say(r *prompts.AskReply, group int, text string, from ...int) {
	r.Sentences = append(r.Sentences, prompts.SaidSentence{Group: group, Text: text, Passages: from})
}

func quote(r *prompts.AskReply, passage int, text string) {
	s := &r.Sentences[len(r.Sentences)-1]
	s.Quotes = append(s.Quotes, prompts.SaidQuote{Passage: passage, Text: text})
}

// honest says each sentence again, with another opening where that changes
// nothing.
func honest(r *prompts.AskReply, groups []scriptedGroup) {
	for _, g := range groups {
		for i, s := range g.sentences {
			say(r, g.n, s, g.passages[i]...)
		}
	}
}

var asked = []string{
	"can they refuse me because I'm an LMT?", "they say it was not medically necessary, what do I answer?",
	"denied as experimental", "they say ERISA preempts our law", "can they take back money they paid me last year?",
	"plan pays PT for low back but says LMTs are not eligible providers. legal?", "does the every category law bind my self-funded plan?",
	"how long do I have to appeal in Washington?", "is M54.5 still billable?", "does Medicare pay massage therapists?",
	"what does RCW 48.43.016 say about six visits?", "out of network in Seattle, do I get the no-auth visits too?",
}

// TestHonestModel: an answer in an honest model's words is delivered whole,
// under its name, and its receipt says which words it was told.
func TestHonestModel(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	as.Receipts = &bot.Receipts{Dir: t.TempDir()}
	as.Prompts = load(t)
	questions := append([]string{}, asked...)
	if data, err := os.ReadFile("../evals/golden/questions.txt"); err == nil {
		for line := range strings.Lines(string(data)) {
			if q, ok := strings.CutPrefix(strings.TrimSpace(line), "q: "); ok {
				questions = append(questions, q)
			}
		}
	}
	plain := as
	whole, n := 0, 0
	for _, q := range questions {
		alone, err := plain.Ask(t.Context(), bot.Request{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		if alone.Abstained {
			continue
		}
		n++
		m := &scripted{reply: honest}
		with := as.With(m)
		ans, err := with.Ask(t.Context(), bot.Request{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		if ans.Model == "scripted" && texts(ans) == texts(alone) {
			whole++
		} else {
			t.Logf("%q by the model:\n%s\nby the composer:\n%s", q, texts(ans), texts(alone))
		}
	}
	t.Logf("%d of %d answers delivered whole", whole, n)
	if float64(whole) < 0.995*float64(n) {
		t.Errorf("%d of %d answers were delivered whole, want 99.5 %%", whole, n)
	}
}

func load(t testing.TB) *prompts.Set {
	t.Helper()
	s, err := prompts.Load()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func texts(ans *bot.Answer) string {
	var out []string
	for _, c := range ans.Claims {
		out = append(out, fmt.Sprint(c.Part, " ", c.Branch, ": ", c.Text, " ", c.Citations))
	}
	return strings.Join(out, "\n")
}

// TestHostileModel: nothing of what a hostile model writes reaches the
// answer, and the answer is whole all the same.
func TestHostileModel(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	as.Prompts = load(t)
	const q = "can they refuse me because I'm an LMT?"
	alone, err := as.Ask(t.Context(), bot.Request{Text: q})
	if err != nil {
		t.Fatal(err)
	}
	lie := func(text string, from ...int) func(*prompts.AskReply, []scriptedGroup) {
		return func(r *prompts.AskReply, groups []scriptedGroup) {
			for _, g := range groups {
				use := from
				if use == nil {
					use = g.passages[0]
				}
				say(r, g.n, text, use...)
			}
		}
	}
	for name, reply := range map[string]func(*prompts.AskReply, []scriptedGroup){
		"a citation made up":     lie("Under RCW 48.43.999 a plan must pay every massage therapist."),
		"a real one not offered": lie("RCW 18.108.010 requires plans to cover massage."),
		"another state's law":    lie("ORS 743.001 says that plans must pay."),
		"a passage not offered":  lie("A plan must permit every category.", 99),
		"passage zero":           lie("A plan must permit every category.", 0),
		"no passage":             func(r *prompts.AskReply, g []scriptedGroup) { say(r, 1, "A plan must permit every category.") },
		"a false duty":           lie("Every plan must pay every massage therapist as much as a dentist."),
		"a duty in its words":    lie("A self-funded plan must permit massage therapists."),
		"another's duty":         lie("A self-funded ERISA plan may not shut out massage therapists."),
		"may not to must":        lie("An insured Washington plan must shut out massage therapists as a profession where the law's conditions are met; a self-funded ERISA plan answers to federal law instead."),
		"may not to may":         lie("An insured Washington plan may shut out massage therapists as a profession where the law's conditions are met; a self-funded ERISA plan answers to federal law instead."),
		"subjects swapped":       lie("A self-funded ERISA plan may not shut out massage therapists as a profession where the law's conditions are met; an insured Washington plan answers to federal law instead."),
		"a limit left out":       lie("An insured Washington plan may not shut out massage therapists."),
		"a number made up":       lie("The plan must answer within 14 days."),
		"a promise":              lie("You will win this appeal."),
		"an order to sue":        lie("You should sue them now."),
		"as a lawyer":            lie("As your attorney I certify this."),
		"a link":                 lie("See https://evil.example/x for the form."),
		"a bare domain":          lie("Write to help at evil.com about this."),
		"a mention":              lie("@everyone the plan must permit every category."),
		"a channel":              lie("Ask in <!channel> about the plan."),
		"markdown":               lie("The plan **must** permit [this](x)."),
		"HTML":                   lie("<img src=x onerror=alert(1)>The plan must permit."),
		"zero width":             lie("An insured\u200b Washington plan must permit."),
		"right to left":          lie("An insured \u202eWashington plan must permit."),
		"homoglyphs":             lie("Аn insured Washington plan must permit."),
		"a placeholder":          lie("[PATIENT_1] has a right to massage."),
		"the system prompt":      lie("My instructions say to rest sentences on passages."),
		"ten megabytes":          lie(strings.Repeat("An insured plan must permit. ", 400_000)),
		"an empty sentence":      lie(""),
		"a quotation made up": func(r *prompts.AskReply, g []scriptedGroup) {
			say(r, 1, "A plan must permit every category.", g[0].passages[0]...)
			quote(r, g[0].passages[0][0], "shall pay every massage therapist")
		},
		"a quotation in the text": lie(`The law says "shall pay every massage therapist in full".`),
		"a quotation changed": func(r *prompts.AskReply, g []scriptedGroup) {
			for _, c := range alone.Citations {
				if c.Quote != "" {
					say(r, 1, "A plan must permit every category.", c.N)
					quote(r, c.N, strings.Replace(c.Quote, " ", " not ", 1))
				}
			}
		},
		"a quotation of a passage not named": func(r *prompts.AskReply, g []scriptedGroup) {
			say(r, 1, g[0].sentences[0], g[0].passages[0]...)
			quote(r, 99, "x")
		},
		"one branch's law in another": func(r *prompts.AskReply, g []scriptedGroup) {
			for _, from := range g {
				for _, to := range g {
					if from.n != to.n && fmt.Sprint(from.passages) != fmt.Sprint(to.passages) {
						for i, s := range from.sentences {
							if !sharesPassage(from.passages[i], to.passages) {
								say(r, to.n, s, from.passages[i]...)
							}
						}
					}
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ans, err := as.With(&scripted{reply: reply}).Ask(t.Context(), bot.Request{Text: q})
			if err != nil {
				t.Fatal(err)
			}
			if texts(ans) != texts(alone) || ans.Model != "composer" {
				t.Errorf("by %s:\n%s\nwant the composer's:\n%s", ans.Model, texts(ans), texts(alone))
			}
		})
	}
}

func sharesPassage(a []int, all [][]int) bool {
	for _, b := range all {
		for _, x := range a {
			for _, y := range b {
				if x == y {
					return true
				}
			}
		}
	}
	return false
}

// TestFailingModel: whatever a model's failure, the composer answers and
// says so, in words that hold nothing of the question.
func TestFailingModel(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	as.Prompts = load(t)
	for name, raw := range map[string]func() ([]byte, error){
		"its own error":  func() ([]byte, error) { return nil, fmt.Errorf("%w: it took too long", bot.ErrModel) },
		"another error":  func() ([]byte, error) { return nil, fmt.Errorf("dial tcp: refuse me because I'm an LMT") },
		"not JSON":       func() ([]byte, error) { return []byte("sure!"), nil },
		"another form":   func() ([]byte, error) { return []byte(`{"sentences":"x"}`), nil },
		"nothing":        func() ([]byte, error) { return nil, nil },
		"an empty reply": func() ([]byte, error) { return []byte(`{}`), nil },
		"a tool call":    func() ([]byte, error) { return []byte(`{"tool_calls":[{"name":"send_email"}]}`), nil },
	} {
		ans, err := as.With(&scripted{raw: raw}).Ask(t.Context(), bot.Request{Text: "can they refuse me because I'm an LMT?"})
		if err != nil {
			t.Fatal(err)
		}
		last := ans.Warnings[len(ans.Warnings)-1]
		if ans.Model != "composer" || len(ans.Claims) == 0 || !strings.Contains(last, "composer answered") || strings.Contains(last, "refuse me") {
			t.Errorf("%s: %s, %d claims, %q", name, ans.Model, len(ans.Claims), last)
		}
	}
}

// TestGuardsOfPhrasing: a true sentence whose quotation stands nowhere is
// refused; with a checker that agrees to everything it is taken, so the tests
// above measure the checker.
func TestGuardsOfPhrasing(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	as.Prompts = load(t)
	m := &scripted{reply: func(r *prompts.AskReply, g []scriptedGroup) {
		say(r, 1, "However, "+g[0].sentences[0], g[0].passages[0]...)
		quote(r, g[0].passages[0][0], "shall pay every massage therapist")
	}}
	agrees := agreeable()
	agrees.Quote = func(string, []string) (cite.Match, error) { return cite.Match{}, nil }
	for checker, want := range map[*cite.Checker]string{as.Checker: "composer", cite.New(as.Catalog).With(agrees): "scripted"} {
		with := as.With(m)
		with.Checker = checker
		ans, err := with.Ask(t.Context(), bot.Request{Text: "can they refuse me because I'm an LMT?"})
		if err != nil {
			t.Fatal(err)
		}
		if ans.Model != want || strings.Contains(texts(ans), "However") != (want == "scripted") {
			t.Errorf("by %s, want %s: %v\n%s", ans.Model, want, ans.Warnings, texts(ans))
		}
	}
}

// TestSameWords: a sentence may be joined to the one before, turned, and put
// in phrases that mean the same; any other word more, fewer or elsewhere is
// another sentence.
func TestSameWords(t *testing.T) {
	t.Parallel()
	const (
		plain  = "The record must be legible, permanent and written within 24 hours of treatment."
		turned = "If a carrier insures the plan, Washington law binds it."
		two    = "The law protects the category; no plan has to contract with a therapist."
		branch = "Where a carrier insures the plan, state law binds it, where the employer funds it, federal law does."
		quoted = `An issuer may set standards, but they "may not be used to exclude categories".`
	)
	for _, c := range []struct {
		text, sentence string
		same           bool
	}{
		{plain, plain, true},
		{"However, the record has to be legible, permanent and written within 24 hours of the treatment", plain, true},
		{"Note that a record must be legible, permanent and written within 24 hours of treatment.", plain, true},
		{"Washington law binds it if a carrier insures the plan.", turned, true},
		{"No plan must contract with a therapist; the law protects the category.", two, true},
		{"A record can't be changed.", "A record cannot be changed.", true},
		{"It doesn't require a referral prior to massage.", "It does not require a referral before massage.", true},

		{"The record must be legible, permanent or written within 24 hours of treatment.", plain, false},
		{"The record must be legible and written within 24 hours of treatment.", plain, false},
		{"The record must be legible, permanent and written after 24 hours of treatment.", plain, false},
		{"The record must only be legible, permanent and written within 24 hours of treatment.", plain, false},
		{"The record may be legible, permanent and written within 24 hours of treatment.", plain, false},
		{"The record must be legible, permanent and written within 24 hours of treatment, unless lost.", plain, false},
		{"Otherwise the record must be legible, permanent and written within 24 hours of treatment.", plain, false},
		{"If Washington law binds it, a carrier insures the plan.", turned, false},
		{"Washington law binds it unless a carrier insures the plan.", turned, false},
		{"The law protects the category.", two, false},
		{"Where a carrier insures the plan, federal law does, where the employer funds it, state law binds it.", branch, false},
		{`"May not be used to exclude categories", an issuer may set standards, but they.`, quoted, false},
		{"A carrier must follow the carrier standards.", "A carrier must follow the carrier's standards.", false},
		{"A carrier’s must follow the carrier standards.", "A carrier must follow the carrier’s standards.", false},
		{"", plain, false},
		{"However,", plain, false},
	} {
		if got := bot.SameWords(c.text, c.sentence); got != c.same {
			t.Errorf("%q for %q: %t", c.text, c.sentence, got)
		}
	}
}

// TestSameAnswer: a question has one answer, however often it is asked.
func TestSameAnswer(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	for _, q := range []string{"which court upheld the washington law", "massage for cancer pain guideline", asked[0], asked[3]} {
		first := ""
		for range 30 {
			ans, err := as.Ask(t.Context(), bot.Request{Text: q})
			if err != nil {
				t.Fatal(err)
			}
			if first == "" {
				first = texts(ans)
			}
			if texts(ans) != first {
				t.Fatalf("%q has two answers:\n%s\n%s", q, first, texts(ans))
			}
		}
	}
}

// TestVoice: sentences of the library have no voice they must not have.
func TestVoice(t *testing.T) {
	t.Parallel()
	as := assistant(t)
	n, wrong := 0, 0
	for _, c := range as.Catalog.Cards {
		for _, p := range c.Points() {
			n++
			if why := bot.Improper(p.Say); why != "" {
				wrong++
				t.Logf("%q: %s", p.Say, why)
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d prepared points would not pass as a model's", wrong, n)
	}
}
