package discord

import (
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/chat/layout"
	"github.com/everycategory/advocate/corpus"
)

// Complete are the values that an option which is being typed may have, at
// most MaxOptions, the best first: states by their names and letters, public
// sources by their citations and titles, values of settings. There are none
// for other options, and none that names a document which not everybody may
// see. Typed reads what is being typed.
func (v View) Complete(s Submitted) []*discordgo.ApplicationCommandOptionChoice {
	typed := strings.ToLower(strings.Join(strings.Fields(s.values[s.Focused]), " "))
	var first, rest []layout.Choice // what begins so, what holds it
	offer := func(c layout.Choice, words ...string) {
		for _, w := range words {
			if strings.HasPrefix(strings.ToLower(w), typed) {
				first = append(first, c)
				return
			}
		}
		for _, w := range words {
			if strings.Contains(strings.ToLower(w), typed) {
				rest = append(rest, c)
				return
			}
		}
	}
	switch {
	case s.Focused == FieldState, s.Focused == optionValue && s.values[optionName] == "state":
		for _, state := range v.Rules.States() {
			offer(layout.Choice{Value: state.Code, Text: state.Name + " (" + state.Code + ")"}, state.Code, state.Name)
		}
	case s.Focused == FieldPlan:
		for _, p := range layout.Plans() {
			offer(p, p.Value, p.Text)
		}
	case s.Focused == FieldSource:
		for _, src := range v.Catalog.Sources {
			if cite := src.Cite.String(); src.Scope == corpus.PublicScope && cite != "" && layout.Units(cite) <= MaxChoice {
				offer(layout.Choice{Value: cite, Text: cite + ": " + src.Title}, cite, src.Title)
			}
		}
	case s.Focused == optionValue:
		for _, value := range settingValues[s.values[optionName]] {
			offer(layout.Choice{Value: value, Text: value}, value)
		}
	}
	out := []*discordgo.ApplicationCommandOptionChoice{}
	for _, c := range append(first, rest...) {
		if len(out) < MaxOptions {
			out = append(out, &discordgo.ApplicationCommandOptionChoice{Name: layout.Clip(Plain(c.Text), MaxChoice), Value: c.Value})
		}
	}
	return out
}

// settingValues are the values of settings that are few.
var settingValues = map[string][]string{"answers": {"on", "off", "none"}, "mentions": {"thread", "private", "none"}, "committee": {"none"}}
