package model

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/prompts"
)

// An Ability is what an endpoint was seen to do.
type Ability struct {
	Form   string        // how it is told the form of an answer
	Counts bool          // it says how many tokens it read, so that a cut is seen each time
	Read   int           // tokens of the longest material that it read whole, by a high estimate
	Whole  bool          // that is all that the settings let it be sent, or MostTried
	Took   time.Duration // for that
}

// MostTried is the most tokens that Probe sends: more than an answer's
// material has.
const MostTried = 12 << 10

// What is looked for at the two ends of the material.
const firstWord, lastWord = "heron", "cedar"

// Probe tries what the endpoint can do: it asks for two words in the form of
// an answer, at first with little between them and then with as much as the
// settings allow. It sends nothing of anybody's, and costs as much as an
// answer or two. An error matches bot.ErrModel.
func (c *Client) Probe(ctx context.Context, set *prompts.Set) (Ability, error) {
	if _, err := c.twoWords(ctx, set, 0); err != nil {
		return Ability{}, err
	}
	start := c.config.Now()
	room := min(c.config.Context-c.config.Answer, MostTried)
	reply, err := c.twoWords(ctx, set, room)
	took := c.config.Now().Sub(start)
	c.mu.Lock()
	defer c.mu.Unlock()
	a := Ability{Form: c.form.String(), Counts: c.counts, Took: took, Read: room}
	a.Whole = err == nil && alike(reply.First, firstWord) && alike(reply.Last, lastWord)
	return a, err
}

// twoWords asks for the words at the ends of about so many tokens.
func (c *Client) twoWords(ctx context.Context, set *prompts.Set, room int) (prompts.ProbeReply, error) {
	var reply prompts.ProbeReply
	p, err := set.Probe(prompts.Probe{First: firstWord, Last: lastWord})
	if err != nil {
		return reply, err
	}
	const line = len("Line 1000 says nothing.\n")
	used := tokens(p.System) + tokens(p.User) + tokens(string(p.Schema)) + line
	if fill := (room - used) * 3 / line; fill > 0 {
		if p, err = set.Probe(prompts.Probe{First: firstWord, Last: lastWord, Fill: fill}); err != nil {
			return reply, err
		}
	}
	out, err := c.Complete(ctx, p)
	if err != nil {
		return reply, err
	}
	if json.Unmarshal(out, &reply) != nil {
		return reply, fmt.Errorf("%w: %w", bot.ErrModel, errNotJSON)
	}
	return reply, nil
}

func alike(said, word string) bool { return strings.EqualFold(strings.Trim(said, " .\"'"), word) }

// String names a form in words.
func (f form) String() string {
	switch f {
	case bySchema:
		return "by JSON schema"
	case byObject:
		return "as a JSON object"
	}
	return "by words alone"
}

// Models are the names of models that the endpoint says it has, at most n;
// nil where it does not say.
func (c *Client) Models(ctx context.Context, n int) []string {
	ctx, cancel := context.WithTimeout(ctx, min(c.config.Total, 10*time.Second))
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.config.endpoint("/models"), nil)
	if err != nil {
		return nil
	}
	if c.config.Key != "" {
		req.Header.Set("Authorization", "Bearer "+c.config.Key)
		req.Header.Set("Api-Key", c.config.Key)
	}
	res, err := c.config.HTTP.Do(req)
	if err != nil {
		return nil
	}
	defer res.Body.Close()
	var list struct {
		Data []struct {
			ID string `json:"id"`
		} `json:"data"`
	}
	if res.StatusCode != http.StatusOK || json.NewDecoder(io.LimitReader(res.Body, 1<<20)).Decode(&list) != nil {
		return nil
	}
	var names []string
	for _, m := range list.Data {
		if len(names) < n && m.ID != "" && len(m.ID) < 100 {
			names = append(names, m.ID)
		}
	}
	return names
}
