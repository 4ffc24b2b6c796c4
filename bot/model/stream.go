package model

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"regexp"
	"strings"
)

// An answered is what came of an answer.
type answered struct {
	content       strings.Builder
	finish        string
	input, output int // tokens, as the endpoint counts; 0 where it does not say
}

// thought is what some models write before they answer.
var thought = regexp.MustCompile(`(?s)<think>.*?(</think>|$)`)

// text is the answer without thoughts and without marks at its ends.
func (a *answered) text() string {
	return strings.TrimSpace(strings.TrimPrefix(thought.ReplaceAllString(a.content.String(), ""), "\ufeff"))
}

// A chunk is one event of a stream, or a whole answer; what is not read
// (reasoning in its two spellings, tool calls) is not shown.
type chunk struct {
	Choices []struct {
		Delta        part   `json:"delta"`
		Message      part   `json:"message"`
		FinishReason string `json:"finish_reason"`
	} `json:"choices"`
	Usage *struct {
		Prompt     int `json:"prompt_tokens"`
		Completion int `json:"completion_tokens"`
	} `json:"usage"`
	Error json.RawMessage `json:"error"`
}

type part struct {
	Content string `json:"content"`
}

// read takes an answer from res: server-sent events, or one JSON value from
// an endpoint that does not stream, of at most so many bytes. It calls alive
// with everything that comes. An answer without a finish reason broke off, whatever its stream's
// end looks like.
func read(res *http.Response, most int, alive func()) (*answered, error) {
	a := &answered{}
	body := &limited{r: res.Body, left: most, alive: alive}
	kind, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
	var err error
	if kind == "application/json" {
		err = a.whole(body)
	} else {
		err = a.stream(body)
	}
	switch {
	case err != nil:
		return a, err
	case a.finish == "length":
		return a, errLength
	case a.finish == "content_filter":
		return a, errFiltered
	case a.finish == "":
		return a, errTruncated
	}
	return a, nil
}

func (a *answered) whole(body io.Reader) error {
	text, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	return a.take(text)
}

// stream reads events: "data:" lines, with or without a blank line between,
// of any length up to the limit, the last one also without a line's end.
func (a *answered) stream(body io.Reader) error {
	r := bufio.NewReaderSize(body, 32<<10)
	event := ""
	for {
		line, err := r.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		field, value, _ := bytes.Cut(bytes.TrimPrefix(bytes.TrimRight(line, "\r\n"), []byte("\ufeff")), []byte(":"))
		value = bytes.TrimSpace(value)
		switch string(field) {
		case "event":
			event = string(value)
		case "data":
			switch {
			case event == "error":
				return errReported
			case string(value) == "[DONE]":
				return nil
			case len(value) > 0:
				if e := a.take(value); e != nil {
					return e
				}
			}
		case "":
			if len(line) > 0 && line[0] != ':' {
				event = ""
			}
		}
		if err != nil {
			return nil
		}
	}
}

// take adds one event.
func (a *answered) take(text []byte) error {
	var c chunk
	if err := json.Unmarshal(text, &c); err != nil {
		return errTruncated
	}
	if len(c.Error) > 0 && string(c.Error) != "null" {
		return errReported
	}
	if c.Usage != nil {
		a.input, a.output = c.Usage.Prompt, c.Usage.Completion
	}
	if len(c.Choices) > 0 { // chunks of usage and of filters have none
		a.content.WriteString(c.Choices[0].Delta.Content)
		a.content.WriteString(c.Choices[0].Message.Content)
		a.finish = or(c.Choices[0].FinishReason, a.finish)
	}
	return nil
}

// A limited reader ends with errLength after left bytes, and tells alive of
// all that comes.
type limited struct {
	r     io.Reader
	left  int
	alive func()
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errLength
	}
	n, err := l.r.Read(p[:min(len(p), l.left)])
	l.left -= n
	if n > 0 {
		l.alive()
	}
	return n, err
}
