package modeltest

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"

	"github.com/everycategory/advocate/prompts"
)

// A Reply is an answer in the making.
type Reply struct{ prompts.AskReply }

// Say adds a sentence for a group, resting on passages.
func (r *Reply) Say(group int, text string, passages ...int) {
	r.Sentences = append(r.Sentences, prompts.SaidSentence{Group: group, Text: text, Passages: append([]int{}, passages...), Quotes: []prompts.SaidQuote{}})
}

// Quote adds a quotation of a passage to the last sentence.
func (r *Reply) Quote(passage int, text string) {
	s := &r.Sentences[len(r.Sentences)-1]
	s.Quotes = append(s.Quotes, prompts.SaidQuote{Passage: passage, Text: text})
}

// Text is the reply as a model writes it.
func (r *Reply) Text() string {
	if r.Sentences == nil {
		return `{"sentences":[]}`
	}
	data, _ := json.Marshal(r.AskReply) // strings and numbers always encode
	return string(data)
}

// Says is the script that answers with what reply makes.
func Says(reply func(r *rand.Rand, a Asked) string) Script {
	return func(w http.ResponseWriter, _ *http.Request, r *rand.Rand, a Asked) { Content(w, reply(r, a)) }
}
