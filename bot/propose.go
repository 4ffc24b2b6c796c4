package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/prompts"
)

// propose lets the model put the composer's sentences into better words. Each
// of its sentences takes the place of the composer's only where the writer
// finds the same facts in both; whatever else happens the composer's stand,
// and a warning says so.
func (a *Assistant) propose(ctx context.Context, out *Rewritten, r RewriteRequest, c *phi.Case) {
	if a.Model == nil || len(out.Sentences) == 0 {
		return
	}
	if !a.Model.Home() && !a.PHIAgreements {
		out.warn(sayAgreements)
		return
	}
	r.begin(StageProposed)
	p, err := a.notePrompt(out, c)
	var reply []byte
	if err == nil {
		reply, err = a.Model.Complete(ctx, p)
	}
	var said prompts.RewriteReply
	if err == nil && json.Unmarshal(reply, &said) != nil {
		err = fmt.Errorf("%w: what it wrote was not of the form asked for", ErrModel)
	}
	if err != nil {
		out.warn("The built-in composer wrote this: " + rootless(err) + ".")
		return
	}
	proposed, tried := proposals(said, len(out.Sentences), c)
	next, _ := a.Clinical.Replace(out.Rewrite, proposed)
	taken := 0
	for i, was := range out.Sentences {
		if proposed[i] != "" && (proposed[i] == was.To || next.Sentences[i].To != was.To) {
			taken++
		}
	}
	if taken == 0 {
		out.warn("The built-in composer wrote this: nothing the language model wrote passed the check.")
		return
	}
	out.Rewrite, out.Model, out.prompt = next, a.Model.Name(), p.Hash
	if refused := tried - taken; refused > 0 {
		out.warn(fmt.Sprintf("%d of the language model's %d sentences changed a fact or added something, so the composer's stand in their place.", refused, tried))
	}
}

const sayAgreements = "The built-in composer wrote this. The language model is not on this machine, and a note is sent to such a one only where whoever runs this has stated, with --phi-agreements, that agreements for health information are signed."

func (out *Rewritten) warn(text string) { out.Warnings = append(out.Warnings, text) }

// notePrompt renders the sentences for the model, as they may leave: what
// identifies or may identify somebody is a placeholder. The bytes are then
// looked at once more, and nothing is sent where something is found.
func (a *Assistant) notePrompt(out *Rewritten, c *phi.Case) (prompts.Prompt, error) {
	lines := make([]string, len(out.Sentences))
	for i, s := range out.Sentences {
		lines[i] = strings.Join(strings.Fields(s.To), " ")
	}
	text, _ := c.RedactAgain(strings.Join(lines, "\n"), phi.Outside)
	redacted := strings.Split(text, "\n")
	if len(redacted) != len(lines) { // one identifier runs over two sentences
		return prompts.Prompt{}, fmt.Errorf("%w: this note could not be made anonymous sentence by sentence, so it was not sent", ErrModel)
	}
	var q prompts.Rewrite
	for i, line := range redacted {
		q.Sentences = append(q.Sentences, prompts.NoteSentence{N: i + 1, Section: string(out.Sentences[i].From.Section), Text: line})
	}
	p, err := a.Prompts.Rewrite(q)
	if err != nil {
		return p, err
	}
	return leaving(c, p)
}

// proposals are the model's sentences by the index of those they replace, and
// how many it wrote. Of two for one sentence the first counts.
func proposals(said prompts.RewriteReply, n int, c *phi.Case) (proposed []string, tried int) {
	proposed = make([]string, n)
	for _, s := range said.Sentences {
		tried++
		if s.N >= 1 && s.N <= n && proposed[s.N-1] == "" && len(s.Text) <= maxSentence {
			proposed[s.N-1] = strings.TrimSpace(c.RestoreUnsure(s.Text))
		}
	}
	return proposed, tried
}
