package prompts

// An Ask is the material of an answer: what was asked, the passages that may
// be used, and an answer that stands already.
type Ask struct {
	Question string   // redacted
	Facts    []string // "plan: self-funded"; what is known
	Passages []Passage
	Groups   []Group // the answer that stands
	Plain    bool    // plain language is wanted
}

// A Passage is a numbered piece of the library.
type Passage struct {
	N    int
	Cite string
	Text string
}

// A Group is a part of the answer, for all or for one branch.
type Group struct {
	N         int
	Part      string // "answer", "limits", "next"
	Branch    string // "If the employer self-funds"; "" for all
	Sentences []Sentence
}

// A Sentence is one of the standing answer's.
type Sentence struct {
	Text     string
	Passages []int
}

// AskReply is the form of a model's answer to an Ask.
type AskReply struct {
	Sentences []SaidSentence `json:"sentences"`
}

// A SaidSentence is one sentence of a model, with the passages it names.
type SaidSentence struct {
	Group    int         `json:"group"`
	Text     string      `json:"text"`
	Passages []int       `json:"passages"`
	Quotes   []SaidQuote `json:"quotes"`
}

// A SaidQuote is words that a model says stand in a passage.
type SaidQuote struct {
	Passage int    `json:"passage"`
	Text    string `json:"text"`
}

// Ask renders the prompt of an answer.
func (s *Set) Ask(a Ask) (Prompt, error) { return s.render(askTask, a) }
