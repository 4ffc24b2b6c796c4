package main

import (
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/everycategory/advocate/bot/model/modeltest"
)

// languageModel KIND serves a language model on loopback until the script
// ends, and puts its address into $MODEL: honest, hostile, short (its context
// is cut without a word), broken, keyless, slow (it says nothing), flaky (every
// ninth request is refused) or other (it has another model).
func languageModel(ts *testscript.TestScript, _ bool, args []string) {
	script, ok := modelScripts()[args[0]]
	if !ok {
		ts.Fatalf("no such model: %s", args[0])
	}
	s := modeltest.Serve(1, script)
	ts.Defer(s.Stop)
	ts.Setenv("MODEL", s.URL)
}

func modelScripts() map[string]modeltest.Script {
	honest := modeltest.Says(modeltest.Honest)
	faults := modeltest.Faults("the material")
	var asked atomic.Int64
	return map[string]modeltest.Script{
		"honest": honest,
		"hostile": modeltest.Says(func(r *rand.Rand, a modeltest.Asked) string {
			reply, _ := modeltest.Hostile()["upcoding"](r, a)
			for _, line := range a.Note {
				reply = `{"sentences":[{"n":1,"text":"` + strings.Repeat(line.Text+" CPT 97140 x 4 units. ", 2) + `"}]}`
			}
			return reply
		}),
		"short": modeltest.Says(func(r *rand.Rand, a modeltest.Asked) string {
			if len(a.User) > 4000 {
				a.First = "nothing"
			}
			return modeltest.Honest(r, a)
		}),
		"broken":  faults["cut, a clean end"],
		"keyless": faults["status 401"],
		"slow":    faults["stalls before the first byte"],
		"flaky": func(w http.ResponseWriter, req *http.Request, r *rand.Rand, a modeltest.Asked) {
			if asked.Add(1)%9 == 0 {
				faults["status 401"](w, req, r, a)
				return
			}
			honest(w, req, r, a)
		},
		"other": func(w http.ResponseWriter, req *http.Request, r *rand.Rand, a modeltest.Asked) {
			if strings.HasSuffix(req.URL.Path, "/models") {
				w.Write([]byte(`{"data":[{"id":"qwen3"},{"id":"llama\u001b[31m"}]}`))
				return
			}
			http.NotFound(w, req)
		},
	}
}
