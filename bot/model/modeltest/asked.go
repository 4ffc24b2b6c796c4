package modeltest

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
)

// Asked is what a request asks for, as a model reads it.
type Asked struct {
	Request  int // its number, from 1
	Body     []byte
	System   string
	User     string
	Question string
	Passages []Passage
	Groups   []Group
	Note     []Line // the sentences of a note
	First    string // the words at the ends of a trial's material; "" if it is none
	Last     string
}

// A Line is a numbered sentence of a note.
type Line struct {
	N    int
	Text string
}

// A Passage is one of the numbered passages.
type Passage struct {
	N          int
	Cite, Text string
}

// A Group is a numbered group of the answer that stands.
type Group struct {
	N         int
	Label     string // "answer, If a carrier insures the plan"
	Sentences []Sentence
}

// A Sentence is one that stands, with the passages it rests on.
type Sentence struct {
	Text     string
	Passages []int
}

var (
	groupLine   = regexp.MustCompile(`^Group (\d+) \((.*)\):$`)
	passageLine = regexp.MustCompile(`^\[(\d+)\] (.*)$`)
	marks       = regexp.MustCompile(` \[(\d+)\]`)
	noteLine    = regexp.MustCompile(`(?m)^\[(\d+)\] (?:subjective|objective|assessment|plan)\n\| (.*)$`)
	trialWord   = regexp.MustCompile(`(?m)^The (first|last) word is: (\w+)$`)
	endMarks    = regexp.MustCompile(`(?: \[\d+\])+$`)
)

// Read reads the body of a request. What is not there is zero.
func Read(body []byte) Asked {
	a := Asked{Body: body}
	var b struct {
		Messages []struct{ Role, Content string } `json:"messages"`
	}
	if json.Unmarshal(body, &b) != nil {
		return a
	}
	for _, m := range b.Messages {
		switch {
		case m.Role == "system":
			a.System = m.Content
		case m.Role == "user" && a.User == "": // the repair comes later
			a.User = m.Content
		}
	}
	a.read()
	return a
}

func (a *Asked) read() {
	for _, m := range noteLine.FindAllStringSubmatch(a.User, -1) {
		n, _ := strconv.Atoi(m[1])
		a.Note = append(a.Note, Line{n, m[2]})
	}
	for _, m := range trialWord.FindAllStringSubmatch(a.User, -1) {
		if m[1] == "first" {
			a.First = m[2]
		} else {
			a.Last = m[2]
		}
	}
	material, standing, _ := strings.Cut(a.User, "\nThe answer that stands:\n")
	question, passages, _ := strings.Cut(material, "\nPassages:\n")
	for line := range strings.Lines(question) {
		if text, ok := strings.CutPrefix(line, "| "); ok {
			a.Question += text
		}
	}
	for line := range strings.Lines(passages) {
		line = strings.TrimRight(line, "\n")
		if m := passageLine.FindStringSubmatch(line); m != nil {
			n, _ := strconv.Atoi(m[1])
			a.Passages = append(a.Passages, Passage{N: n, Cite: m[2]})
		} else if text, ok := strings.CutPrefix(line, "| "); ok && len(a.Passages) > 0 {
			a.Passages[len(a.Passages)-1].Text += text + "\n"
		}
	}
	for line := range strings.Lines(standing) {
		line = strings.TrimSpace(line)
		if m := groupLine.FindStringSubmatch(line); m != nil {
			n, _ := strconv.Atoi(m[1])
			a.Groups = append(a.Groups, Group{N: n, Label: m[2]})
		} else if say, ok := strings.CutPrefix(line, "- "); ok && len(a.Groups) > 0 {
			g := &a.Groups[len(a.Groups)-1]
			s := Sentence{Text: endMarks.ReplaceAllString(say, "")}
			for _, m := range marks.FindAllStringSubmatch(endMarks.FindString(say), -1) {
				n, _ := strconv.Atoi(m[1])
				s.Passages = append(s.Passages, n)
			}
			g.Sentences = append(g.Sentences, s)
		}
	}
}

// each makes a reply of what say makes of each sentence; "" leaves it out.
func (a *Asked) each(say func(g Group, s Sentence) string) *Reply {
	var r Reply
	for _, g := range a.Groups {
		for _, s := range g.Sentences {
			if text := say(g, s); text != "" {
				r.Say(g.N, text, s.Passages...)
			}
		}
	}
	return &r
}
