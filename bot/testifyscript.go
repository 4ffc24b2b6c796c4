package bot

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// How a script's words are shared out: what the bill does takes a quarter at
// most, the story four tenths, or six where its first sentence is as long; the
// bracket for a story a fifth, and no more than a minute.
const (
	aboutShare      = 0.25
	storyShare      = 0.4
	longStoryShare  = 0.6
	blankStoryShare = 0.2
	mostBlankStory  = 60 // seconds
)

// blankMinutes is from how many minutes a bracket for a story is left.
const blankMinutes = 2

// choose decides what is said: the frame comes first, then the speaker's own
// words up to their share, then points, and what is left goes to the story.
func (s *speaker) choose() {
	left := s.budget - s.total(s.opening()) - s.total(s.closing()) - s.total(s.tellBill())
	for _, share := range []float64{storyShare, longStoryShare} {
		if s.story = s.within(min(int(share*float64(s.budget)), left)); s.story != nil {
			break
		}
	}
	reserved := s.total(s.storyTold())
	s.fill(s.all, left-reserved)
	used := 0
	taken := map[SpeechPart]bool{}
	for _, c := range s.chosen {
		used += c.words + s.signpost(c.Part, !taken[c.Part])
		taken[c.Part] = true
	}
	s.story = s.within(left - used)
}

// within is as much of the story as fits into most words with what is said
// before it; nil for none.
func (s *speaker) within(most int) []string {
	told := s.hearing.story.within(most - SpokenWords(s.frames.Story))
	if len(told) == 0 {
		return nil
	}
	return told
}

func (s *speaker) total(list []Statement) int {
	n := 0
	for _, st := range list {
		n += st.words
	}
	return n
}

// ours is a statement of the speaker's own: who speaks, for what, what is
// asked. It counts brackets as what goes into them.
func (s *speaker) ours(part SpeechPart, text string) Statement {
	return Statement{In: inScript, Part: part, Text: text, Mark: MarkOwn, words: s.frames.words(text)}
}

// framed fills a frame of one or more sentences.
func (s *speaker) framed(part SpeechPart, frame string) []Statement {
	var out []Statement
	fill := strings.NewReplacer("{bill}", s.billAloud, "{speaker}", s.speaker, "{committee}", s.committeeAloud())
	for _, sentence := range sentencesOf(frame) {
		out = append(out, s.ours(part, upperFirst(fill.Replace(sentence))))
	}
	return out
}

// committeeAloud is the committee behind "the".
func (h *hearing) committeeAloud() string {
	name := h.committee
	for _, the := range []string{"the ", "The "} {
		name = strings.TrimPrefix(name, the)
	}
	if name == "" {
		return h.audience.Body
	}
	return name
}

func (s *speaker) opening() []Statement {
	greeting := s.audience.Greeting
	if s.committee != "" && s.audience.GreetingTo != "" {
		greeting = s.audience.GreetingTo
	}
	return append(s.framed(PartOpening, greeting), s.framed(PartOpening, s.frames.Position[s.position])...)
}

func (s *speaker) closing() []Statement {
	return append(s.framed(PartAsk, s.audience.Ask[s.position]), s.framed(PartAsk, s.audience.Close)...)
}

// tellBill says what the bill does in the speaker's own words, as much of them as
// its share holds; else it is a bracket.
func (s *speaker) tellBill() []Statement {
	most := max(int(aboutShare*float64(s.budget)), s.frames.Blanks["about"].Words)
	for told := s.about.within(most); len(told) > 0; told = told[:len(told)-1] {
		if out := s.sayAbout(told); s.total(out) <= most {
			return out
		}
	}
	return []Statement{s.ours(PartBill, s.blank("about"))}
}

// sayAbout leads into the speaker's words on the bill.
func (s *speaker) sayAbout(told []string) []Statement {
	var out []Statement
	for i, sentence := range told {
		if i == 0 {
			sentence = stopped(s.frames.lead(sentence))
		}
		out = append(out, s.ours(PartBill, sentence))
	}
	return out
}

// lead puts the speaker's first sentence on the bill behind its frame. Of its
// words none changes, but for a capital.
func (f *frames) lead(sentence string) string {
	frame := f.About
	low := strings.ToLower(sentence)
	verb, _, _ := strings.Cut(low, " ")
	switch {
	case slices.Contains(f.Verbs, verb):
		frame, sentence = f.AboutVerb, lowerFirst(sentence)
	case slices.ContainsFunc(f.Subjects, func(s string) bool { return strings.HasPrefix(low, s+" ") }):
		frame, sentence = f.AboutIt, lowerFirst(sentence)
	}
	return strings.ReplaceAll(frame, "{about}", sentence)
}

// stopped ends a sentence with a full stop where it has no end.
func stopped(text string) string {
	if endsSentence(text) || strings.HasSuffix(text, ".") || strings.HasSuffix(text, "]") {
		return text
	}
	return strings.TrimRight(text, " ,;:") + "."
}

// storyTold is the story, as much of it as is said, or its bracket, or nothing.
func (s *speaker) storyTold() []Statement {
	if len(s.story) > 0 {
		out := []Statement{s.ours(PartStory, s.frames.Story)}
		for _, sentence := range s.story {
			out = append(out, s.ours(PartStory, sentence))
		}
		return out
	}
	if s.hearing.story.words > 0 || s.minutes < blankMinutes {
		return nil
	}
	seconds := min(int(blankStoryShare*60*s.minutes), mostBlankStory)
	return []Statement{s.ours(PartStory, strings.ReplaceAll(s.blank("story"), "{seconds}", strconv.Itoa(seconds)))}
}

// speak writes the script.
func (s *speaker) speak() {
	paras := [][]Statement{s.opening(), s.tellBill()}
	for _, part := range speechParts {
		post := s.frames.Signposts[string(part)]
		for _, c := range s.chosen {
			if c.Part != part {
				continue
			}
			var para []Statement
			if post != "" && s.minutes >= signpostMinutes {
				para = append(para, s.ours(part, post))
			}
			post = ""
			paras = append(paras, append(para, s.statements(c, inScript, c.spoken)...))
		}
	}
	paras = append(paras, s.storyTold(), s.closing())
	s.out.Script = s.set(paras)
	s.out.Words = s.total(slices.Concat(paras...))
	s.out.script = s.scriptDocument(paras)
	s.out.script.Large = true // it is read from at arm's length
}

// set keeps the statements of some paragraphs and joins their words.
func (s *speaker) set(paras [][]Statement) string {
	var text []string
	for _, para := range paras {
		if len(para) == 0 {
			continue
		}
		var words []string
		for _, st := range para {
			words = append(words, st.Text)
		}
		text = append(text, strings.Join(words, " "))
		s.out.Statements = append(s.out.Statements, para...)
	}
	return strings.Join(text, "\n\n")
}

// statements are a point's sentences with their citations.
func (s *speaker) statements(c *checkedPoint, in string, sayings []checkedSaying) []Statement {
	var out []Statement
	for _, x := range sayings {
		st := Statement{In: in, Part: c.Part, Text: x.text, Mark: c.Mark, Strength: strings.Join(c.Strength, "; "), words: SpokenWords(x.text)}
		if c.Mark != MarkOpinion {
			st.Verdict, st.Citations = x.Verdict, s.numbers(x)
		}
		out = append(out, st)
	}
	return out
}

// numbers are the numbers of the places that a sentence rests on.
func (s *speaker) numbers(x checkedSaying) []int {
	var out []int
	for _, ref := range x.Refs {
		if n := s.number(ref); !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// bracketed is a blank in a text; what the speaker gives has no square
// brackets any more.
var bracketed = regexp.MustCompile(`\[[^\[\]]*\]`)

var secondsBlank = regexp.MustCompile(`([0-9]+) seconds\]$`)

// words counts a text as it is said, each bracket as what goes into it.
func (f *frames) words(text string) int {
	n := SpokenWords(bracketed.ReplaceAllString(text, " "))
	for _, b := range bracketed.FindAllString(text, -1) {
		if m := secondsBlank.FindStringSubmatch(b); m != nil {
			seconds, _ := strconv.Atoi(m[1])
			n += seconds * f.Pace / 60
			continue
		}
		for _, known := range f.Blanks {
			if known.Text == b {
				n += known.Words
			}
		}
	}
	return n
}

// spokenTime is how long so many words take: "1 min 52 s".
func (f *frames) spokenTime(words int) string {
	seconds := (words*60 + f.Pace - 1) / f.Pace
	if seconds < 60 {
		return fmt.Sprintf("%d s", seconds)
	}
	return fmt.Sprintf("%d min %02d s", seconds/60, seconds%60)
}
