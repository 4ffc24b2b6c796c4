package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/model"
	"github.com/everycategory/advocate/prompts"
)

// lookAtModel tries what the language model can do, with words of nobody's. To
// have none is no fault.
func (a *app) lookAtModel(c *cobra.Command) finding {
	const what = "language model"
	m, err := a.languageModel()
	if err != nil {
		return finding{what, false, err.Error(), ""}
	}
	if m == nil {
		return finding{what, true, "none: the built-in composer does all of the work; --model-url and --model set one", ""}
	}
	set, err := prompts.Load()
	if err != nil {
		return finding{what, false, err.Error(), "build advocate again from a clean checkout"}
	}
	progress, ready := a.waiting()
	if progress != nil {
		progress("asking the language model what it can do")
	}
	can, err := m.Probe(c.Context(), set)
	ready()
	where := "elsewhere: no note is sent there without --phi-agreements"
	if m.Home() {
		where = "on this machine"
	}
	name := fmt.Sprintf("%s at %s, %s", m.Name(), a.settings.modelURL.value, where)
	switch {
	case err != nil:
		return finding{what, false, name + ": " + strings.TrimPrefix(err.Error(), bot.ErrModel.Error()+": "), a.modelRemedy(c.Context(), m, err)}
	case !can.Whole:
		return finding{what, false, fmt.Sprintf("%s: it answers, but not from all of the %d tokens that it was sent: its context is smaller than the settings say, or the model is too weak to use", name, can.Read),
			"give the server a larger context (Ollama: OLLAMA_CONTEXT_LENGTH), or say what it has with --model-context"}
	}
	counts := "counts its tokens"
	if !can.Counts {
		counts = "does not count its tokens, so a cut context would show only here"
	}
	return finding{what, true, fmt.Sprintf("%s: told the form of answers %s; %s; read %d tokens whole in %.1f s", name, can.Form, counts, can.Read, can.Took.Seconds()), ""}
}

// modelRemedy is what to do where the model does not answer.
func (a *app) modelRemedy(ctx context.Context, m *model.Client, err error) string {
	text := err.Error()
	switch {
	case strings.Contains(text, "refused the key"):
		return "give its key with " + a.settings.modelKey.env + ", or in a file with " + a.settings.modelKeyFile.name()
	case strings.Contains(text, "could not be reached"):
		return "start it, or correct --model-url (" + a.settings.modelURL.value + "); until then the built-in composer does all of the work"
	case strings.Contains(text, "neither the address nor the model"):
		if names := m.Models(ctx, 8); len(names) > 0 {
			return fmt.Sprintf("give --model one that it has: %q", names)
		}
		return "correct --model-url or --model"
	case strings.Contains(text, "budget"):
		return "wait for the day to end, or raise --model-day"
	}
	if strings.Contains(text, "took too long") {
		return "give it more time with --model-time (" + a.settings.modelTime.value + "), or use a quicker model"
	}
	return "until it answers, the built-in composer does all of the work"
}
