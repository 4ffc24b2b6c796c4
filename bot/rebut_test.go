package bot_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/cite"
	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/bot/denial"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/library"
)

// desk is the assistant with what answers denials.
func desk(t testing.TB) *bot.Assistant {
	t.Helper()
	as := assistant(t)
	var err error
	if as.Denials, err = denial.Load(library.FS(), as.Catalog); err != nil {
		t.Fatal(err)
	}
	if as.Letters, err = bot.LoadLetters(library.FS()); err != nil {
		t.Fatal(err)
	}
	return as
}

// A rebutCase is a denial, what is known beside it, and what the letter must
// and must not be.
type rebutCase struct {
	name string
	req  bot.RebutRequest
	want []string
}

func rebutCases(t *testing.T) []rebutCase {
	t.Helper()
	files, err := filepath.Glob("testdata/rebut/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	var out []rebutCase
	for _, name := range files {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		c := rebutCase{name: strings.TrimSuffix(filepath.Base(name), ".txtar")}
		for _, f := range ar.Files {
			switch f.Name {
			case "flags":
				for _, kv := range strings.Fields(string(f.Data)) {
					c.flag(t, kv)
				}
			case "denial":
				c.req.Text = string(f.Data)
			case "want":
				c.want = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
			}
		}
		out = append(out, c)
	}
	return out
}

func (c *rebutCase) flag(t *testing.T, kv string) {
	name, value, _ := strings.Cut(kv, "=")
	switch name {
	case "state":
		c.req.State = value
	case "plan":
		c.req.Plan = value
	case "fact":
		c.req.Facts = append(c.req.Facts, value)
	case "received":
		c.req.Received = corpus.Date(value)
	default:
		t.Fatalf("%s: flag %q", c.name, kv)
	}
}

func TestRebut(t *testing.T) {
	t.Parallel()
	as := desk(t)
	for _, c := range rebutCases(t) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			out, err := as.Rebut(t.Context(), c.req)
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range c.want {
				if why := unlike(out, want); why != "" {
					t.Errorf("%s\n%s", why, out.Render(bot.Plain))
				}
			}
			mustHold(t, as, out)
		})
	}
}

// unlike says how a rebuttal differs from a line of what is wanted, or "".
func unlike(out *bot.Rebuttal, want string) string {
	name, value, _ := strings.Cut(want, ": ")
	letter := strings.ToLower(out.Letter)
	var cited []string
	for _, c := range out.Claims {
		for _, n := range c.Citations {
			cited = append(cited, out.Citations[n-1].Cite.String())
		}
	}
	has := slices.ContainsFunc(cited, func(c string) bool { return strings.HasPrefix(c, value) })
	var ok bool
	switch name {
	case "kind":
		ok = string(out.LetterKind) == strings.Replace(value, "none", "", 1)
	case "not-kind":
		ok = string(out.LetterKind) != value
	case "objection":
		ok = slices.ContainsFunc(out.Objections, func(o denial.Objection) bool { return o.ID == value })
	case "cite":
		ok = has
	case "not-cite":
		ok = !has
	case "say", "request", "quote":
		ok = strings.Contains(letter, strings.ToLower(value))
	case "not-say":
		ok = !strings.Contains(letter, strings.ToLower(value))
	case "question":
		ok = slices.ContainsFunc(out.Questions, func(q coverage.Question) bool { return q.Fact == value })
	case "deadline":
		ok = slices.ContainsFunc(out.Deadlines, func(d coverage.Deadline) bool { return d.Cite.String()+" "+string(d.Date) == value })
	}
	if ok {
		return ""
	}
	return fmt.Sprintf("want %s; kind %q, objections %v, cited %v", want, out.LetterKind, out.Objections, cited)
}

// unbound says why an authority of a letter may not be put to the plan, or "".
// What turns on whether the plan is grandfathered may be said with that
// condition, and what turns on who sponsors it to any sponsor; a question to
// the plan may name what turns on its answer.
func unbound(as *bot.Assistant, c bot.Claim, k bot.Citation, facts coverage.Facts) string {
	status, why, missing := as.Rules.Status(k.Cite, facts)
	switch {
	case status == coverage.Binds, status == coverage.General, c.Part == bot.Asking && status == coverage.Depends:
		return ""
	case status == coverage.DoesNotBind && k.Pinpoint == "whom it binds":
		return ""
	case status == coverage.Depends && slices.Equal(missing, []string{"sponsor"}):
		return ""
	case status == coverage.Depends && slices.Equal(missing, []string{"grandfathered"}):
		if c.Part == bot.Concession || strings.Contains(c.Text, "grandfathered") {
			return ""
		}
	}
	return why
}

// mustHold says what is true of every rebuttal: each claim was checked, each
// authority of the letter binds the plan or is of no state in particular,
// each footnote is a citation, each blank stands in the document, and nothing
// is called an appeal that has no ground.
func mustHold(t *testing.T, as *bot.Assistant, out *bot.Rebuttal) {
	t.Helper()
	facts := coverage.Facts{"plan": string(out.Applicability.Plan), "state": out.Applicability.State}
	for name, value := range out.Applicability.Facts {
		facts[name] = value
	}
	for name, value := range facts {
		if value == "" || value == "unknown" {
			delete(facts, name)
		}
	}
	grounds := 0
	for _, c := range slices.Concat(out.Claims, out.Ladder, out.Weaknesses) {
		if c.Verdict == cite.Withheld || len(c.Citations) == 0 {
			t.Errorf("unchecked: %q", c.Text)
		}
		if c.Part == bot.Ground {
			grounds++
		}
	}
	for _, c := range out.Claims {
		for _, n := range c.Citations {
			k := out.Citations[n-1]
			if why := unbound(as, c, k, facts); why != "" {
				t.Errorf("%q rests on %s: %s", c.Text, k.Cite, why)
			}
		}
	}
	if (out.LetterKind == bot.Appeal) != (grounds > 0) {
		t.Errorf("kind %q with %d grounds", out.LetterKind, grounds)
	}
	if (out.LetterKind == "") != (out.Letter == "") || out.LetterKind == "" && len(out.Why) == 0 {
		t.Errorf("kind %q, letter of %d bytes, why %q", out.LetterKind, len(out.Letter), out.Why)
	}
	d := out.Document()
	if d == nil {
		return
	}
	for _, b := range d.Blocks {
		for _, r := range b.Runs {
			for _, n := range r.Notes {
				if n < 1 || n > len(d.Notes) || d.Notes[n-1].N != n {
					t.Errorf("note %d of %d", n, len(d.Notes))
				}
			}
		}
	}
	blanks := d.Blanks()
	for _, m := range out.Missing {
		if !slices.Contains(blanks, m.Text) {
			t.Errorf("%q is missing and not in the letter", m.Text)
		}
	}
	if len(d.Exhibits) == 0 && len(d.Notes) > 0 {
		t.Error("no exhibits")
	}
}
