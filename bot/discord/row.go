package discord

import (
	"encoding/json"
	"slices"

	"github.com/bwmarrin/discordgo"
)

// inRow are the components of a row, as it is sent or as it comes back: each
// a discordgo.Button or a Select.
func inRow(row discordgo.MessageComponent) []discordgo.MessageComponent {
	var in, out []discordgo.MessageComponent
	switch row := row.(type) {
	case discordgo.ActionsRow:
		in = row.Components
	case *discordgo.ActionsRow:
		in = row.Components
	}
	for _, c := range in {
		switch c := c.(type) {
		case *discordgo.Button:
			out = append(out, *c)
		case *discordgo.SelectMenu:
			s := Select{CustomID: c.CustomID, Placeholder: c.Placeholder, Disabled: c.Disabled}
			for _, o := range c.Options {
				s.Options = append(s.Options, Option{o.Label, o.Value, o.Default})
			}
			out = append(out, s)
		case discordgo.Button, Select:
			out = append(out, c)
		}
	}
	return out
}

// Disabled are the rows of a message with the components of some actions no
// longer to be used: what it is edited to once that was done. Buttons that
// lead to a page stay.
func Disabled(rows []discordgo.MessageComponent, actions ...string) []discordgo.MessageComponent {
	out := []discordgo.MessageComponent{}
	for _, row := range rows {
		next := discordgo.ActionsRow{}
		for _, c := range inRow(row) {
			switch x := c.(type) {
			case discordgo.Button:
				x.Disabled = x.Disabled || slices.Contains(actions, Action(x.CustomID))
				c = x
			case Select:
				x.Disabled = x.Disabled || slices.Contains(actions, Action(x.CustomID))
				c = x
			}
			next.Components = append(next.Components, c)
		}
		if len(next.Components) > 0 {
			out = append(out, next)
		}
	}
	return out
}

// A Select is a list of which one is chosen, in a row of its own. The type of
// discordgo v0.29.0 sends each option with an empty description.
type Select struct {
	CustomID    string   `json:"custom_id"`
	Placeholder string   `json:"placeholder,omitempty"`
	Options     []Option `json:"options"`
	Disabled    bool     `json:"disabled,omitempty"`
}

// Type implements discordgo.MessageComponent.
func (Select) Type() discordgo.ComponentType { return discordgo.SelectMenuComponent }

// MarshalJSON implements discordgo.MessageComponent.
func (s Select) MarshalJSON() ([]byte, error) {
	type fields Select
	return json.Marshal(struct {
		Type discordgo.ComponentType `json:"type"`
		fields
	}{s.Type(), fields(s)})
}
