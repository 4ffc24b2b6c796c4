package bot

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot/coverage"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/retrieval"
)

// A hearing is a request that was read.
type hearing struct {
	state     string // two letters, or "other"
	day       corpus.Date
	position  string
	audience  *audience
	bill      string // as it was given, or the bracket
	billAloud string
	speaker   string // or the bracket
	committee string // or ""
	about     ownText
	story     ownText
	minutes   float64
	budget    int // words
	themes    []string
	warnings  []string

	frames *frames
}

// The most that is read of each short field, in words said aloud, so that the
// frame of a testimony fits into its shortest.
const (
	mostBill      = 12
	mostCommittee = 14
	mostSpeaker   = 14
	mostMinutes   = 15
	mostTopic     = 4 << 10 // bytes
)

// readHearing says what is wrong with a request, or reads it.
func (a *Assistant) readHearing(r TestifyRequest) (*hearing, error) {
	h := &hearing{frames: &a.Testimonies.frames, minutes: r.Minutes, position: strings.ToLower(strings.TrimSpace(r.Position))}
	given, err := a.Rules.Given("", r.State, nil)
	switch {
	case err != nil:
		return nil, err
	case given["state"] == "":
		return nil, fmt.Errorf("bot: %w: state: want whose hearing it is, as two letters such as OR: it decides which law may be spoken of as this state's", coverage.ErrFact)
	case !slices.Contains(positions, h.position):
		return nil, fmt.Errorf("bot: %w: position=%s: want %s", coverage.ErrFact, clipped(r.Position), strings.Join(positions, ", "))
	case !(r.Minutes >= 1 && r.Minutes <= mostMinutes):
		return nil, fmt.Errorf("bot: %w: minutes=%v: want 1 to %d", coverage.ErrFact, r.Minutes, mostMinutes)
	}
	h.state, h.budget = given["state"], int(math.Floor(float64(h.frames.Pace)*r.Minutes))
	if h.day, err = a.day(Request{On: r.On}); err != nil {
		return nil, err
	}
	if err := h.readTexts(r); err != nil {
		return nil, err
	}
	h.readAudience(r.Audience)
	h.themes = h.frames.themesOf(strings.Join([]string{r.About, r.Topic, h.bill}, "\n"))
	return h, nil
}

// clipped is the beginning of a short field, for an error.
func clipped(s string) string {
	if runes := []rune(s); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return s
}

// readTexts reads what the speaker wrote.
func (h *hearing) readTexts(r TestifyRequest) error {
	for _, t := range []struct {
		what, text string
		most       int
	}{{"what the bill does", r.About, MaxOwn}, {"story", r.Story, MaxOwn}, {"topic", r.Topic, mostTopic}} {
		if len(t.text) > t.most {
			return fmt.Errorf("%w: %s", ErrUnreadable, fmt.Sprintf("The %s is too long (%d kB; at most %d kB). Give the part that matters.", t.what, len(t.text)>>10, t.most>>10))
		}
		if why := notText(t.text); why != "" {
			return fmt.Errorf("%w: %s", ErrUnreadable, why)
		}
	}
	for _, f := range []struct {
		what, text, like string
		most             int
		to               *string
	}{
		{"bill", r.Bill, "HB 2", mostBill, &h.bill},
		{"committee", r.Committee, "Senate Health Committee", mostCommittee, &h.committee},
		{"speaker", r.Speaker, "Pat Sample, a massage therapist in Salem", mostSpeaker, &h.speaker},
		{"audience", r.Audience, "legislators", mostSpeaker, new(string)},
	} {
		if why := notText(f.text); why != "" {
			return fmt.Errorf("%w: %s", ErrUnreadable, why)
		}
		text, _ := harmless(f.text)
		if n := SpokenWords(text); n > f.most || len(text) > 40*f.most {
			return fmt.Errorf("%w: %s", ErrUnreadable, fmt.Sprintf("The %s takes %d words to say; at most %d. Give it short, such as %q.", f.what, n, f.most, f.like))
		}
		*f.to = strings.TrimRight(text, " .,;:!?")
	}
	h.about, h.story = own(r.About), own(r.Story)
	h.fillBlanks()
	return nil
}

// fillBlanks puts brackets where the speaker gave nothing.
func (h *hearing) fillBlanks() {
	h.billAloud = h.frames.Speech.bill(h.bill)
	if h.bill == "" {
		h.bill = h.blank("bill")
		h.billAloud = h.bill
	}
	if h.speaker == "" {
		h.speaker = h.blank("speaker")
	}
}

// blank is the bracket of that name.
func (h *hearing) blank(name string) string { return h.frames.Blanks[name].Text }

// blankNames are in the order in which a speaker is asked to fill them.
var blankNames = []string{"bill", "speaker", "about", "story", "contact"}

// gaps are the brackets that stand in some texts.
func (f *frames) gaps(texts ...string) []Gap {
	var out []Gap
	all := strings.Join(texts, "\n")
	for _, name := range blankNames {
		begins, _, _ := strings.Cut(f.Blanks[name].Text, "{")
		if strings.Contains(all, begins) {
			out = append(out, Gap{name, f.Blanks[name].Ask})
		}
	}
	return out
}

// readAudience takes the audience whose words the text has; legislators where
// it has none.
func (h *hearing) readAudience(text string) {
	h.audience = &h.frames.Audiences[0]
	if strings.TrimSpace(text) == "" {
		return
	}
	words := map[string]bool{}
	for _, t := range retrieval.Analyze(text) {
		words[t.Word] = true
	}
	best := 0
	for i := range h.frames.Audiences {
		aud := &h.frames.Audiences[i]
		n := 0
		for _, w := range aud.Words {
			if words[w] {
				n++
			}
		}
		if words[aud.ID] {
			n += len(aud.Words)
		}
		if n > best {
			best, h.audience = n, aud
		}
	}
	if best == 0 {
		h.warnings = append(h.warnings, "The audience was not understood, so the words are for legislators. Known are legislators, agency, insurers and public.")
	}
}

// stem prepares the words of the themes.
func (f *frames) stem() {
	f.themeStems = map[string][]string{}
	for name, words := range f.Themes {
		for _, w := range words {
			if stems := stemsOf(w); !slices.Contains(f.themeStems[name], stems) {
				f.themeStems[name] = append(f.themeStems[name], stems)
			}
		}
	}
}

// stemsOf is a text as its stems, with a space before and behind each.
func stemsOf(text string) string {
	var b strings.Builder
	b.WriteByte(' ')
	for _, t := range retrieval.Analyze(text) {
		b.WriteString(t.Stem + " ")
	}
	return b.String()
}

// mostThemes is how many themes a bill is taken to have.
const mostThemes = 4

// themesOf are the themes whose words a text has, those with the most first;
// the default ones where it has none.
func (f *frames) themesOf(text string) []string {
	stems := strings.ReplaceAll(stemsOf(text), " ", "  ") // each with spaces of its own
	count := map[string]int{}
	var out []string
	for name, list := range f.themeStems {
		for _, w := range list {
			count[name] += strings.Count(stems, strings.ReplaceAll(w, " ", "  "))
		}
		if count[name] > 0 {
			out = append(out, name)
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return strings.Compare(a, b)
	})
	if len(out) == 0 {
		return slices.Clone(f.Default)
	}
	return out[:min(len(out), mostThemes)]
}
