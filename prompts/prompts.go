// Package prompts holds every word that is sent to a language model: one
// template and one output schema for each task, rendered from typed data. A
// model is told what to do with material that our code chose; it is given no
// tools, no addresses and no ids.
package prompts

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"text/template"
)

//go:embed *.tmpl *.schema.json
var files embed.FS

// A Prompt is what a model is sent, and the form of what it may answer.
type Prompt struct {
	Name   string          // of the task: "ask", "rewrite", "probe"
	Hash   string          // SHA-256, in hex, of template and schema: which words these were
	System string          // the rules
	User   string          // the material
	Schema json.RawMessage // JSON Schema of the answer

	// Fit says why the bytes of a request may not be sent, or nil; a nil Fit
	// lets all pass. It is no part of Hash.
	Fit func(body []byte) error
}

// A Set renders prompts. It is not modified after Load, and safe for
// concurrent use.
type Set struct {
	templates *template.Template
	hashes    map[string]string
	schemas   map[string]json.RawMessage
}

// The tasks there are templates for.
const (
	askTask     = "ask"
	rewriteTask = "rewrite"
	probeTask   = "probe"
)

// Load parses the templates. It fails only where the program was built with
// a broken one.
func Load() (*Set, error) {
	s := &Set{hashes: map[string]string{}, schemas: map[string]json.RawMessage{}}
	var err error
	s.templates, err = template.New("").Option("missingkey=error").Funcs(template.FuncMap{"data": data}).ParseFS(files, "*.tmpl")
	if err != nil {
		return nil, fmt.Errorf("prompts: %w", err)
	}
	for _, name := range []string{askTask, rewriteTask, probeTask} {
		text, err := files.ReadFile(name + ".tmpl")
		if err != nil {
			return nil, fmt.Errorf("prompts: %w", err)
		}
		schema, err := files.ReadFile(name + ".schema.json")
		if err != nil {
			return nil, fmt.Errorf("prompts: %w", err)
		}
		var compact bytes.Buffer
		if err := json.Compact(&compact, schema); err != nil {
			return nil, fmt.Errorf("prompts: %s.schema.json: %w", name, err)
		}
		sum := sha256.Sum256(append(append(text, 0), compact.Bytes()...))
		s.hashes[name], s.schemas[name] = hex.EncodeToString(sum[:]), compact.Bytes()
	}
	return s, nil
}

// Repair asks for an answer that was not of the form once more.
const Repair = "That was not one JSON value of the given form. Answer again with the JSON alone."

// InForm is told behind the rules where an endpoint takes no schema.
func (p Prompt) InForm() string {
	return p.System + "\nThe form, as JSON Schema: " + string(p.Schema)
}

// data marks text that comes from outside, so that a model can tell it from
// its orders: each line gets a bar in front. It is a second line of defence;
// the first is that nothing a model answers is believed.
func data(text string) string {
	return "| " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n| ")
}

func (s *Set) render(name string, values any) (Prompt, error) {
	p := Prompt{Name: name, Hash: s.hashes[name], Schema: s.schemas[name]}
	for part, to := range map[string]*string{"system": &p.System, "user": &p.User} {
		var b strings.Builder
		if err := s.templates.ExecuteTemplate(&b, name+"."+part, values); err != nil {
			return Prompt{}, fmt.Errorf("prompts: %s: %w", name, err)
		}
		*to = strings.TrimSpace(b.String())
	}
	return p, nil
}
