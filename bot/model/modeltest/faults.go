package modeltest

import (
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"
)

// Faults are what goes wrong on the wire, by name. Where words are sent, echo
// is among them. Those that stall do so until the client gives up.
func Faults(echo string) map[string]Script {
	half := Event(`{"sentences":[{"group":1,"text":"`+echo, "")
	object := `{"error":{"message":"bad prompt: ` + echo + `","type":"server_error"}}`
	return map[string]Script{
		"status 400":                   status(400, object),
		"status 401":                   status(401, object),
		"status 403":                   status(403, object),
		"status 404":                   status(404, object),
		"status 413":                   status(413, object),
		"status 422":                   status(422, object),
		"status 429":                   status(429, object),
		"status 500":                   status(500, `{"error":"`+echo+`"}`),
		"status 502, a page":           status(502, "<html>"+echo),
		"status 503":                   status(503, ""),
		"status 529":                   status(529, object),
		"a redirect":                   redirect,
		"hangs up at once":             hangUp(""),
		"hangs up in the middle":       hangUp(half),
		"cut, a clean end":             streams(half),
		"cut, DONE without a reason":   streams(half, Done),
		"nothing at all":               streams(),
		"an empty answer":              streams(Event("", "stop"), Done),
		"an error as a string":         streams("data: {\"error\":\"" + echo + "\"}\n\n"),
		"an error as an object, late":  streams(half, "data: "+object+"\n\n"),
		"an error as an event":         streams(half, "event: error\ndata: {}\n\n"),
		"not JSON in the stream":       streams("data: <html>" + echo + "\n\n"),
		"too long for the tokens":      streams(half, Event("", "length"), Done),
		"filtered":                     streams(half, Event("", "content_filter"), Done),
		"prose":                        streams(Event("I would say that "+echo+" should sue.", "stop"), Done),
		"half an object":               streams(Event(`{"sentences":[{"group":1,`, "stop"), Done),
		"another schema":               streams(Event(`{"answer":"`+echo+`"}`, "stop"), Done),
		"a tool call":                  streams(`data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"name":"send","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}`+"\n\n", Done),
		"thoughts alone":               streams(Event("<think>"+echo, "stop"), Done),
		"an endless stream":            endless(Event(strings.Repeat("x", 4096), "")),
		"endless keep-alives":          endless(strings.Repeat(": keep-alive\n\n", 1000)),
		"one line without an end":      endless("data: " + strings.Repeat("x", 32<<10)),
		"a hundred megabytes at once":  streams("data: {\"choices\":[{\"delta\":{\"content\":\"" + strings.Repeat("x", 8<<20)),
		"stalls before the first byte": stalls(""),
		"stalls in the middle":         stalls(half),
		"a byte at a time":             drips,
		"a JSON error with status 200": whole(object),
		"JSON without a choice":        whole(`{"choices":[]}`),
		"JSON cut short":               whole(`{"choices":[{"message":{"content":"` + echo),
		"a part of the material read":  streams(Event(`{"sentences":[]}`, "stop"), `data: {"choices":[],"usage":{"prompt_tokens":3}}`+"\n\n", Done),
	}
}

func status(code int, body string) Script {
	return func(w http.ResponseWriter, _ *http.Request, _ *rand.Rand, _ Asked) {
		w.WriteHeader(code)
		io.WriteString(w, body)
	}
}

func streams(parts ...string) Script {
	return func(w http.ResponseWriter, _ *http.Request, _ *rand.Rand, _ Asked) { Stream(w, parts...) }
}

func whole(body string) Script {
	return func(w http.ResponseWriter, _ *http.Request, _ *rand.Rand, _ Asked) {
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, body)
	}
}

func redirect(w http.ResponseWriter, req *http.Request, _ *rand.Rand, _ Asked) {
	http.Redirect(w, req, "http://127.0.0.1:1/elsewhere", http.StatusTemporaryRedirect)
}

func hangUp(begin string) Script {
	return func(w http.ResponseWriter, _ *http.Request, _ *rand.Rand, _ Asked) {
		if begin != "" {
			Stream(w, begin)
		}
		panic(http.ErrAbortHandler)
	}
}

// endless sends part until the client is gone.
func endless(part string) Script {
	return func(w http.ResponseWriter, req *http.Request, _ *rand.Rand, _ Asked) {
		w.Header().Set("Content-Type", "text/event-stream")
		for req.Context().Err() == nil {
			if _, err := io.WriteString(w, part); err != nil {
				return
			}
		}
	}
}

func stalls(begin string) Script {
	return func(w http.ResponseWriter, req *http.Request, _ *rand.Rand, _ Asked) {
		if begin != "" {
			Stream(w, begin)
		}
		<-req.Context().Done()
	}
}

func drips(w http.ResponseWriter, req *http.Request, _ *rand.Rand, _ Asked) {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-req.Context().Done():
			return
		case <-tick.C:
			Stream(w, ":")
		}
	}
}
