package prompts

// A Rewrite is the material of a note put in clinical language: its
// sentences, numbered, as the composer put them.
type Rewrite struct {
	Sentences []NoteSentence
}

// A NoteSentence is one sentence of a note, redacted.
type NoteSentence struct {
	N       int
	Section string // "subjective", "objective", "assessment", "plan"
	Text    string
}

// RewriteReply is the form of a model's answer to a Rewrite.
type RewriteReply struct {
	Sentences []SaidLine `json:"sentences"`
}

// A SaidLine is what a model says for the sentence of that number.
type SaidLine struct {
	N    int    `json:"n"`
	Text string `json:"text"`
}

// Rewrite renders the prompt of a note.
func (s *Set) Rewrite(r Rewrite) (Prompt, error) { return s.render(rewriteTask, r) }
